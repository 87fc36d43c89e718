"""The lines of a concordance: in which order, which are ticked, and what is decided on them. Knows no terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from annotate import acts
from annotate.acts import Decisions
from annotate.concordance import Line, Order, sort_key
from annotate.layers import Status
from annotate.project_wide import MentionKey
from annotate.spreading import Spread, decide_at, spread_to
from annotate.view import EntryState
from tui.arrangement import following
from tui.corpus import Corpus
from tui.desk import Desk
from tui.long_task import OnArticle
from tui.widgets.line_list import Context

_SETTLED = (EntryState.CONFIRMED, EntryState.CORRECTED, EntryState.ADDED)


def key_of_line(line: Line) -> MentionKey:
    """What a line is found by."""
    return line.article_id, line.start, line.end


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
        found = self._corpus.at(*key_of_line(line))
        return sort_key(line, self.order, self._places.get(line.article_id, 0), found[0].label if found else "")

    def row(self, index: int) -> Context:
        """A line as it stands now."""
        line = self.lines[index]
        key = key_of_line(line)
        found = self._corpus.at(*key)
        exact = found is not None and (found[0].start, found[0].end) == (line.start, line.end)
        outcome = self.outcomes.get(key)
        told = outcome.against if outcome else ""
        if found and not exact and not told:
            told = f"in “{found[0].text}”"
        if self.ticked is not None and not told and self.is_done(line.article_id):
            told = "done"
        ticked = None if self.ticked is None else key in self.ticked
        return Context(line, found[0].label if found else "", found[1] if found and exact else None, ticked, told)

    def is_done(self, article_id: str) -> bool:
        """Whether the annotator has done the article."""
        row = self._desk.rows.get(article_id)
        return row is not None and row.status is Status.DONE

    def summary(self) -> str:
        """How many lines in how many articles, and how they stand."""
        articles = len({line.article_id for line in self.lines})
        states: Counter[str] = Counter()
        for line in self.lines:
            found = self._corpus.at(*key_of_line(line))
            if found and (found[0].start, found[0].end) == (line.start, line.end):
                states[found[0].label if found[1] in _SETTLED else "undecided"] += 1
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
        view = self._desk.view(line.article_id)
        decisions = decide_at(view, line.start, line.end, label)
        self._desk.decide(view, decisions)
        return bool(decisions)

    def confirm(self, index: int) -> bool:
        """Confirm what is suggested for a line; whether something was.

        Raises:
            ManiculeError: it cannot be decided.
        """
        line = self.lines[index]
        view = self._desk.view(line.article_id)
        entries = [one for one in view.overlapping(line.start, line.end) if one.suggestions]
        exact = [one for one in entries if (one.start, one.end) == (line.start, line.end)]
        if not exact:
            return False
        self._desk.decide(view, acts.confirm(view, exact[0]))
        return True

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
