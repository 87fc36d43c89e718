"""Beside the text on a wide terminal: the entities that are on screen, one line each, in the order of the text."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from annotate.layers import Unplaced
from annotate.project_wide import EntityRecord
from annotate.view import Entry, EntryState
from annotate.words import Range
from tui.reading import Reading
from tui.safe_text import shorten
from tui.tally import Group, Tally

_COUNT_AFTER = 0.1
"""Seconds after something was shown at which mentions are counted, so that no key waits for it."""

_MARK = {
    EntryState.SUGGESTED: "·",
    EntryState.CONFIRMED: "✓",
    EntryState.CORRECTED: "≠",
    EntryState.ADDED: "+",
    EntryState.REJECTED: "✗",
    EntryState.NEW_SINCE_DONE: "*",
}


Count = Callable[[str, str], int | None]
"""From the text and the label of an entity to how often it is mentioned; None where that is not known."""


PANEL = 36
"""Columns that it takes."""


class EntityPanel(Widget):
    """Entity, label, mentions here, state; the one under the cursor is marked."""

    DEFAULT_CSS = """
    EntityPanel {
        width: 36;
        padding: 0 1 0 1;
        color: $text-muted;
    }
    """

    class Chosen(Message):
        """A group was clicked; its first mention on screen is at [start, end)."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start = start
            self.end = end

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows: list[tuple[str, str, str, bool]] = []
        self._places: list[tuple[int, int]] = []
        self._reading: Reading | None = None
        self._in_project: Count | None = None
        self._records: Callable[[], Iterable[EntityRecord]] = tuple
        self._tally: Tally | None = None
        self._visible: Range = (0, 0)
        self._counting = False

    class Listed(Message):
        """What has no place was clicked."""

    def show_reading(
        self,
        reading: Reading,
        visible: Range,
        in_project: Count | None = None,
        records: Callable[[], Iterable[EntityRecord]] = tuple,
    ) -> None:
        """Show the entities of that range of an article, if the panel is shown itself.

        Args:
            reading: of the article.
            visible: what is on screen.
            in_project: gives how often an entity is mentioned in the project, None where that is not known.
            records: gives what the annotator said of entities.
        """
        if not self.display:
            return
        self._in_project, self._records = in_project, records
        if self._tally is None or self._tally.view is not reading.view:
            self._tally = Tally(reading.view, records)
        self._reading, self._visible = reading, visible
        if not self.is_counted and not self._counting:
            self._counting = True
            self.set_timer(_COUNT_AFTER, self._count_on)
        entries = reading.view.overlapping(*visible)
        self.show_entries(reading.article.text, entries, reading.focus, reading.unplaced, self._tally)

    @property
    def is_counted(self) -> bool:
        """Whether it is known how often each entity is mentioned in the article."""
        return self._tally is not None and self._tally.complete

    def forget_groups(self) -> None:
        """What the annotator said of entities may be another by now."""
        if self._tally:
            self._tally.forget_groups()

    def take_changes(self, changes: Collection[Range]) -> None:
        """Count mentions anew where something changed."""
        if self._tally:
            self._tally.update(changes)

    def _count_on(self) -> None:
        """Count the mentions in one piece of the article; when it was the last, show how many there are."""
        if self._tally is None or self._reading is None:
            return
        self._tally.advance()
        self._counting = not self._tally.complete
        if self._counting:
            self.call_later(self._count_on)
        else:
            self.show_reading(self._reading, self._visible, self._in_project, self._records)

    def show_entries(
        self,
        text: str,
        entries: Sequence[Entry],
        focus: Entry | None,
        unplaced: Sequence[Unplaced] = (),
        tally: Tally | None = None,
    ) -> None:
        """Group `entries` by entity and label, in the order of their first mention; below them what has no place.

        Args:
            text: of the article.
            entries: those on screen.
            focus: the one whose group is marked.
            unplaced: what has no place in the text.
            tally: of the article; without it names are entities, and the mentions on screen are counted.
        """
        groups: dict[tuple[Group, str], list[Entry]] = {}
        for entry in entries:
            groups.setdefault((_group_of(text, entry, tally), entry.label), []).append(entry)
        here = (_group_of(text, focus, tally), focus.label) if focus else None
        rows = [
            (named.name, label, self._counted(named, label, group, tally), (named, label) == here)
            for (named, label), group in groups.items()
        ]
        rows += [(one.quote, one.label or "note", "no place", False) for one in unplaced]
        self._places = [(group[0].start, group[0].end) for group in groups.values()]
        if rows != self._rows:
            self._rows = rows
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One group a line; where there are more than lines, those around the marked one."""
        base = self.rich_style
        width, height = self.content_size
        index = y + self._first(height)
        if index >= len(self._rows):
            return Strip.blank(width, base)
        if y == height - 1 and index < len(self._rows) - 1:
            return _fitted(f"… {len(self._rows) - index} more", "", width, base)
        name, label, state, here = self._rows[index]
        style = base + Style(bold=True, reverse=True) if here else base
        return _fitted(name, f" {label.lower()[:9]:<9}{state:>8}", width, style)

    def on_click(self, event: events.Click) -> None:
        """Tell which group was clicked."""
        height = self.content_size.height
        index = event.y + self._first(height)
        is_more = event.y == height - 1 and index < len(self._rows) - 1
        if index < len(self._places) and not is_more:
            self.post_message(self.Chosen(*self._places[index]))
        elif len(self._places) <= index < len(self._rows) and not is_more:
            self.post_message(self.Listed())

    def _counted(self, named: Group, label: str, group: Sequence[Entry], tally: Tally | None) -> str:
        """Mentions in the article, and in the project where that has more: 3/31×; then the state."""
        undecided = any(entry.undecided for entry in group)
        mark = _MARK[EntryState.SUGGESTED] if undecided else _MARK[group[0].state]
        here = _sum(tally.count(text, label) for text in named.texts) if tally else len(group)
        project = self._project_count(named, label, tally) if here else None
        if here and project and project > here:
            return f"{here}/{project}×{mark}"
        return (f"{here}×" if here and here > 1 else "") + mark

    def _project_count(self, named: Group, label: str, tally: Tally | None) -> int | None:
        """Mentions in the project of the names that say by themselves whose they are, and here of the others."""
        if self._in_project is None or tally is None:
            return None
        full = [text for text in named.texts if len(named.texts) == 1 or " " in text]
        keys = {text.casefold(): text for text in full}
        short = (tally.count(text, label) for text in named.texts if text not in full)
        return _sum([*(self._in_project(text, label) for text in keys.values()), *short])

    def _first(self, height: int) -> int:
        """The group on the first line: the marked one is kept in sight, two lines from the end."""
        marked = next((index for index, row in enumerate(self._rows) if row[3]), 0)
        return max(min(marked + 3 - height, len(self._rows) - height), 0)


def _group_of(text: str, entry: Entry, tally: Tally | None) -> Group:
    name = text[entry.start : entry.end]
    return tally.group(name, entry.label) if tally else Group(name, (name,))


def _sum(counts: Iterable[int | None]) -> int | None:
    known = list(counts)
    return None if None in known else sum(one or 0 for one in known)


def _fitted(name: str, tail: str, width: int, style: Style) -> Strip:
    room = max(width - len(tail), 0)
    cut = Strip([Segment(shorten(name, room), style)]).adjust_cell_length(room, style)
    return Strip([*cut, Segment(tail, style)]).crop(0, width)
