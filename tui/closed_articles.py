"""What the library's keys come to on an article that is not open. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate import acts
from annotate.acts import Decisions
from annotate.decisions import Group
from annotate.errors import ManiculeError
from annotate.layers import Status
from annotate.view import View
from tui.desk import Desk
from tui.question import Question
from tui.travel import Way, bring_up_to_date, in_order, told, where_told

_Act = Callable[[View], Decisions]


class ClosedArticles:
    """Decides on articles as a whole.

    Methods that act leave behind a `notice` and a `question`; errors become notices.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.notice = ""
        self.question: Question | None = None

    def begin(self) -> None:
        """Start on another key: what the last one said or asked is over."""
        self.notice = ""
        self.question = None

    def done(self, article_id: str) -> None:
        """Finish an article; ask when something is undecided, or when it is done already."""
        view = self._view(article_id)
        if view is None:
            return
        left, hidden = view.undecided_count, view.sieve.hidden(view.hidden_count)
        if view.layer.status is Status.DONE:
            self._ask("done already:", "d reopen · Esc", article_id, {"d": acts.reopen})
        elif left:
            answers: dict[str, _Act] = {
                "space": lambda page: acts.finish(page, acts.confirm_rest),
                "x": lambda page: acts.finish(page, acts.reject_rest),
            }
            told = f"{left} undecided, {hidden} left alone:" if hidden else f"{left} undecided:"
            self._ask(told, "Space confirm · x reject · Esc", article_id, answers)
        elif hidden:
            told = f"{hidden}, which stay undecided:"
            self._ask(told, "d done all the same · Esc", article_id, {"d": acts.finish})
        elif self._desk.extracting and not view.entries():
            self._ask("suggestions are still to come:", "d done all the same · Esc", article_id, {"d": acts.finish})
        else:
            self._decide(article_id, acts.finish)

    def skip(self, article_id: str) -> None:
        """Leave an article out; ask when it is done, since it is no gold then, and when it is left out already."""
        view = self._view(article_id)
        if view is None:
            return
        if view.layer.status is Status.DONE:
            self._ask("done already:", "s leave it out of the gold · Esc", article_id, {"s": acts.skip})
        elif view.layer.status is Status.SKIPPED:
            self._ask("skipped already:", "s reopen · Esc", article_id, {"s": acts.reopen})
        else:
            self._decide(article_id, acts.skip)

    def flag(self, article_id: str) -> None:
        """Flag an article, or take the flag away."""
        self._decide(article_id, lambda page: acts.flag(page, None))

    def noted(self, article_id: str) -> str | None:
        """The note on an article; None when it cannot be read."""
        view = self._view(article_id)
        return view.layer.marks.note if view else None

    def note(self, article_id: str, text: str) -> None:
        """Note `text` on an article."""
        self._decide(article_id, lambda page: acts.note(page, None, text))

    def travel(self, way: Way) -> list[str]:
        """Undo or redo the last group, wherever it was; the articles that it touched, as the library lists them."""
        try:
            group = way.step(self._desk.session, lambda done, total: None)
        except ManiculeError as error:
            self.notice = error.message
            return []
        articles = in_order(self._desk, group) if group else []
        self.tell_travel(way, group, articles, bring_up_to_date(self._desk, articles))
        return articles

    def tell_travel(self, way: Way, group: Group | None, articles: Sequence[str], problems: Sequence[str]) -> None:
        """Say what an undo or a redo has done, and what went wrong on the way."""
        self.notice = " · ".join([told(way, group) + where_told(self._desk, articles), *problems[:1]])

    # How it is done ----------------------------------------------------------------------------------------

    def _view(self, article_id: str) -> View | None:
        try:
            return self._desk.view(article_id)
        except ManiculeError as error:
            self.notice = error.message
            return None

    def _ask(self, text: str, keys: str, article_id: str, answers: dict[str, _Act]) -> None:
        def answer(act: _Act) -> Callable[[], None]:
            return lambda: self._decide(article_id, act)

        self.question = Question(text, {key: answer(act) for key, act in answers.items()}, keys)

    def _decide(self, article_id: str, act: _Act) -> None:
        view = self._view(article_id)
        if view is None:
            return
        try:
            self._desk.decide(view, act(view))
        except ManiculeError as error:
            self.notice = error.message
