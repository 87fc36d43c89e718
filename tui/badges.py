"""Where labels stand as badges in the text: cells of their own, which stay while decisions come and go."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.segment import Segment

from annotate.view import Entry
from annotate.words import Range
from tui.palette import Palette
from tui.standing import Standing
from tui.wrapping import is_narrow


class Badges:
    """The cells kept for badges in one article: one before each entity, and before each that was there.

    A cell is only ever added, so that no decision on what is there shifts the text.
    """

    def __init__(self, reading: Standing) -> None:
        """Keep a cell for every entity there is."""
        self._reading = reading
        self._kept = Counter(map(self._place, reading.view.starts()))
        self._cells = sorted(self._kept.elements())

    @property
    def cells(self) -> Sequence[int]:
        """The offsets before which cells are kept, in order; one with several cells comes as often."""
        return self._cells

    def take_in(self, changes: Iterable[Range]) -> list[int]:
        """Keep cells for entities that are new where something changed; where they are."""
        new: Counter[int] = Counter()
        for start, end in changes:
            wanted = Counter(self._place(one.start) for one in self._reading.view.overlapping(start, end))
            new |= Counter({place: count - self._kept[place] for place, count in wanted.items()})
        for place, count in new.items():
            self._kept[place] += count
        if new:
            self._cells = sorted([*self._cells, *new.elements()])
        return list(new)

    def on_line(self, start: int, end: int, entries: Sequence[Entry], palette: Palette) -> list[tuple[int, Segment]]:
        """The badges of a line by the offset that they stand before: keys of labels, blanks for what is gone."""
        by_place: dict[int, list[Entry]] = {}
        for one in entries:
            by_place.setdefault(self._place(one.start), []).append(one)
        kept = self._cells[bisect_left(self._cells, start) : bisect_left(self._cells, end)]
        return [
            (place, segment)
            for place, cells in Counter(kept).items()
            for segment in self._badges_at(cells, by_place.get(place, ()), palette)
        ]

    def _badges_at(self, cells: int, entries: Sequence[Entry], palette: Palette) -> list[Segment]:
        blank = [Segment(" ", palette.text)] * (cells - len(entries))
        return [*blank, *(Segment(self._key(one.label), palette.badge(one.label)) for one in entries)]

    def _key(self, name: str) -> str:
        label = self._reading.view.scheme.label(name)
        return (label.key if label else "") or "·"

    def _place(self, offset: int) -> int:
        """Where a badge for what starts at `offset` stands: never inside of a character."""
        text = self._reading.article.text
        if is_narrow(text[max(offset - 1, 0) : offset + 1]):
            return offset
        start, end = self._reading.characters.word_at(offset)
        return start if start < offset < end else offset


def with_badges(segments: Iterable[Segment], start: int, badges: Sequence[tuple[int, Segment]]) -> list[Segment]:
    """The segments of a line that starts at `start`, one character a code point, with badges before their places."""
    drawn: list[Segment] = []
    waiting = list(badges)
    for segment in segments:
        text, end = segment.text, start + len(segment.text)
        while waiting and waiting[0][0] < end:
            place, badge = waiting.pop(0)
            before, text = text[: place - start], text[place - start :]
            drawn += [Segment(before, segment.style), badge] if before else [badge]
            start = place
        drawn.append(Segment(text, segment.style))
        start = end
    return drawn
