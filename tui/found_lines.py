"""The lines of a concordance: in which order, which are ticked, and what is decided on them. Knows no terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from annotate import acts
from annotate.acts import Decisions
from annotate.concordance import Line, Order, sort_key
from annotate.errors import DecisionError
from annotate.layers import Status
from annotate.project_wide import MentionKey
from annotate.spreading import Spread, decide_at, spread_to
from annotate.view import EntryState, View
from tui.arrangement import following
from tui.corpus import Corpus, Known
from tui.desk import Desk
from tui.long_task import OnArticle
from tui.widgets.line_list import Context

_SETTLED = (EntryState.CONFIRMED, EntryState.CORRECTED, EntryState.ADDED)


def key_of_line(line: Line) -> MentionKey:
    """What a line is found by."""
    return line.article_id, line.start, line.end


def standing_at(corpus: Corpus, desk: Desk, line: Line) -> tuple[str, EntryState | None, str]:
    """The label and state of what is at a line, and what else is to be said of it."""
    key = key_of_line(line)
    known = corpus.at(*key)
    if known is None or known.mention.key != key:
        if corpus.is_rejected(*key):
            return "", EntryState.REJECTED, ""
        return "", None, f"in “{known.mention.text}”" if known else ""
    if known.state is EntryState.SUGGESTED and not desk.sieve.shows(known.score):
        return "", None, f"hidden {desk.sieve.side}"
    return known.mention.label, known.state, ""


class FoundLines:
    """The lines that a search has found, and what is done with them.

    Attributes:
        lines: in the order in which they are shown.
        order: what they are sorted by.
        ticked: those that are ticked; None while lines are not ticked.
        label: what the ticked ones are to be decided as: "" for no entity; None where it is still to be said.
        outcomes: what that comes to on each line; empty where it is still to be said.
    """

    def __init__(self, desk: Desk, corpus: Corpus) -> None:
        self._desk = desk
        self._corpus = corpus
        self._places = {article_id: place for place, article_id in enumerate(desk.ids)}
        self.lines: list[Line] = []
        self.order = Order.ARTICLE
        self.ticked: set[MentionKey] | None = None
        self.label: str | None = None
        self.outcomes: dict[MentionKey, Spread] = {}
        self._views: dict[str, View] = {}

    # What is shown -----------------------------------------------------------------------------------------

    def add(self, lines: Iterable[Line]) -> None:
        """Take in lines below those that are there; they are put in order by `sort`."""
        self.lines.extend(lines)

    def sort(self) -> None:
        """Put the lines in order."""
        self.lines.sort(key=self._sort_key)

    def next_order(self) -> None:
        """Sort by what comes next."""
        self.order = following(self.order)
        self.sort()

    def _sort_key(self, line: Line) -> tuple[object, ...]:
        known = self._known(line)
        label = known.mention.label if known else ""
        return sort_key(line, self.order, self._places.get(line.article_id, 0), label)

    def _known(self, line: Line) -> Known | None:
        """The entity of exactly the line's place."""
        known = self._corpus.at(*key_of_line(line))
        return known if known and known.mention.key == key_of_line(line) else None

    def row(self, index: int) -> Context:
        """A line as it stands now."""
        line = self.lines[index]
        key = key_of_line(line)
        ticked = None if self.ticked is None else key in self.ticked
        label, state, told = self._standing(line)
        outcome = self.outcomes.get(key)
        if outcome and outcome.against:
            told = outcome.against
        elif self.ticked is not None and self.is_done(line.article_id):
            told = told or "done"
        return Context(line, label, state, ticked, told)

    def _standing(self, line: Line) -> tuple[str, EntryState | None, str]:
        """The label and state of what is at a line, and what else is to be said of it."""
        return standing_at(self._corpus, self._desk, line)

    def is_done(self, article_id: str) -> bool:
        """Whether the annotator has done the article."""
        row = self._desk.rows.get(article_id)
        return row is not None and row.status is Status.DONE

    def summary(self) -> str:
        """How many lines in how many articles, and how they stand."""
        articles = len({line.article_id for line in self.lines})
        states: Counter[str] = Counter()
        for line in self.lines:
            label, state, _ = self._standing(line)
            if state and state is not EntryState.REJECTED:
                states[label if state in _SETTLED else "undecided"] += 1
        parts = [f"{label} {count} ✓" for label, count in states.most_common() if label != "undecided"]
        if states["undecided"]:
            parts.append(f"{states['undecided']} undecided")
        return " · ".join([_counted(len(self.lines), "line"), _counted(articles, "article"), *parts])

    # Ticking -----------------------------------------------------------------------------------------------

    def start_ticking(self) -> None:
        """Let lines be ticked; none is."""
        self.ticked, self.label, self.outcomes = set(), None, {}

    def stop_ticking(self) -> None:
        """Back to one decision for one line."""
        self.ticked, self.label, self.outcomes = None, None, {}

    def tick(self, index: int) -> str:
        """Tick a line or take that back; why it cannot be ticked, or ""."""
        key = key_of_line(self.lines[index])
        outcome = self.outcomes.get(key)
        if self.ticked is None or (outcome and outcome.against):
            return outcome.against if outcome else ""
        self.ticked ^= {key}
        return ""

    def tick_all(self) -> None:
        """Tick all lines that can be; none where they are all ticked already."""
        free = {key for line in self.lines if not _is_against(self.outcomes.get(key := key_of_line(line)))}
        self.ticked = set() if self.ticked == free else free

    # Deciding ----------------------------------------------------------------------------------------------

    def decide(self, index: int, label: str) -> bool:
        """Decide on one line as in its text; whether there was something to decide.

        Raises:
            ManiculeError: it cannot be decided.
        """
        line = self.lines[index]
        view = self._view(line.article_id)
        return self._commit(view, decide_at(view, line.start, line.end, label))

    def confirm(self, index: int) -> bool:
        """Confirm what a line shows as suggested; whether something was.

        Raises:
            ManiculeError: it cannot be decided.
        """
        line = self.lines[index]
        shown, _, _ = self._standing(line)
        view = self._view(line.article_id)
        for entry in view.overlapping(line.start, line.end):
            if entry.suggestions and (entry.start, entry.end) == (line.start, line.end):
                if entry.label != shown:
                    self._corpus.note(view)
                    raise DecisionError(f"{entry.label} is suggested here now: look again")
                return self._commit(view, acts.confirm(view, entry))
        return False

    def _view(self, article_id: str) -> View:
        """The article's view, read once while its lines are looked at."""
        if article_id not in self._views:
            self._views[article_id] = self._desk.view(article_id)
        return self._views[article_id]

    def _commit(self, view: View, decisions: Decisions) -> bool:
        if not decisions:
            return False
        self._desk.decide_and_stay(view, decisions)
        self._corpus.note(view)
        return True

    def forget(self, article_id: str) -> None:
        """Something else was decided in the article: it is read anew."""
        self._views.pop(article_id, None)

    def leave(self) -> None:
        """Bring the files of the articles up to date in which something was decided here."""
        for article_id in self._views:
            self._desk.session.leave(article_id)
        self._views.clear()

    def reckon(self, label: str, on_article: OnArticle) -> dict[MentionKey, Spread]:
        """What it comes to that every line is an entity of that label, or none where it is ""; for a worker thread."""
        outcomes: dict[MentionKey, Spread] = {}
        by_article = self._by_article(self.lines)
        for done, (article_id, lines) in enumerate(by_article.items(), start=1):
            view = self._desk.peek(article_id)
            outcomes.update((key_of_line(one), spread_to(view, one.start, one.end, label)) for one in lines)
            on_article(done, len(by_article))
        return outcomes

    def propose(self, label: str, outcomes: dict[MentionKey, Spread]) -> None:
        """Tick all lines on which the decision can be made, but for those in articles that are done."""
        self.label, self.outcomes = label, outcomes
        self.ticked = {key for key, one in outcomes.items() if one.decisions and not self.is_done(key[0])}

    def decisions(self, label: str, on_article: OnArticle) -> Decisions:
        """The decisions of one group for the ticked lines; for a worker thread."""
        wanted = self.ticked or set()
        by_article = self._by_article([one for one in self.lines if key_of_line(one) in wanted])
        found: list[Decisions] = []
        for done, (article_id, lines) in enumerate(by_article.items(), start=1):
            view = self._desk.peek(article_id)
            found += [spread_to(view, one.start, one.end, label, over=not self.outcomes).decisions for one in lines]
            on_article(done, len(by_article))
        return tuple(one for decisions in found for one in decisions)

    def _by_article(self, lines: Sequence[Line]) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = {}
        for line in lines:
            found.setdefault(line.article_id, []).append(line)
        return found


def _is_against(outcome: Spread | None) -> bool:
    return outcome is not None and bool(outcome.against)


def _counted(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
