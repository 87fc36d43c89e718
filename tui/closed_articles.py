"""What the library's keys come to on an article that is not open. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable

from annotate import acts
from annotate.acts import Decisions
from annotate.decisions import Group
from annotate.errors import ManiculeError
from annotate.layers import Status
from annotate.view import View
from tui.arrangement import title_or_id
from tui.desk import Desk
from tui.question import Question
from tui.told_groups import articles_of, describe

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

    def undo(self) -> list[str]:
        """Take back the last group, wherever it was; the articles that it touched."""
        return self._travel(self._desk.session.undo, "undone", "nothing to undo")

    def redo(self) -> list[str]:
        """Do again what was undone; the articles that it touched."""
        return self._travel(self._desk.session.redo, "done again", "nothing to redo")

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

    def _travel(self, step: Callable[[], Group | None], done: str, nothing: str) -> list[str]:
        try:
            group = step()
        except ManiculeError as error:
            self.notice = error.message
            return []
        if group is None:
            self.notice = nothing
            return []
        articles = articles_of(group)
        if not articles:
            self.notice = f"{done}: {describe(group)}"
            return []
        for article_id in articles:
            self._desk.refresh_row(article_id)
        title = title_or_id(articles[0], self._desk.rows.get(articles[0]))
        more = f" and {len(articles) - 1} more" if len(articles) > 1 else ""
        self.notice = f"{done}: {describe(group)} in {title}{more}"
        return articles
