"""Break an article into the lines of a screen, as offsets into its text, fast enough for every resize.

Lines are filled greedily. They break at spaces, beside characters of two cells, and, in a word that is longer
than a line, between grapheme clusters. The spaces at a break are not drawn: they lie between the end of one
line and the start of the next, and count as the former's.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise

from rich.cells import cell_len

from annotate.words import grapheme_edges
from tui.safe_text import drawable, drawable_line

_BREAK_SPACES = frozenset(" \u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
_SPACE, _BESIDE_WIDE = 1, 2

# Characters of one cell that are always a cluster of their own: Latin, Greek, Cyrillic, Armenian, Hebrew and
# Arabic letters, Georgian, punctuation, currencies, letterlike, arrows, and the stand-ins of `drawable`.
NARROW_RANGES: tuple[tuple[int, int], ...] = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xAE, 0x2FF),
    (0x370, 0x482),
    (0x48A, 0x556),
    (0x559, 0x58A),
    (0x5D0, 0x5EA),
    (0x620, 0x64A),
    (0x660, 0x66F),
    (0x671, 0x6D5),
    (0x10A0, 0x10FF),
    (0x1E00, 0x1FFF),
    (0x2010, 0x2027),
    (0x2030, 0x205E),
    (0x20A0, 0x20C0),
    (0x2100, 0x218B),
    (0x2190, 0x21FF),
    (0x2400, 0x2426),
    (0x2500, 0x25FC),
    (0xFFFD, 0xFFFD),
)
_NOT_NARROW = re.compile("[^" + "".join(f"{chr(first)}-{chr(last)}" for first, last in NARROW_RANGES[1:]) + " -~]")

_Cut = Callable[[int], tuple[int, int]]
"""From a line's start to the end of its drawn text and the start of the next line, within a paragraph."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The screen lines of a text: line `i` draws `text[starts[i]:ends[i]]`. There is always at least one.

    Attributes:
        starts, ends: of the lines.
        badges: offsets before which a cell stands that belongs to no code point, in order; some more than once.
    """

    starts: array[int]
    ends: array[int]
    badges: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.starts)

    def line_of(self, offset: int) -> int:
        """Return the line that an offset is on; what is not drawn between two lines is on the former."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def badges_in(self, start: int, end: int) -> int:
        """Return how many badges stand before the code points of [start, end)."""
        return bisect_left(self.badges, end) - bisect_left(self.badges, start)


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A text's lines without badges, made before they are shown.

    Attributes:
        width: that they were wrapped for, in cells.
        lines: the lines.
    """

    width: int
    lines: Lines


def wrap(text: str, width: int, badges: Sequence[int] = ()) -> Lines:
    """Wrap a text into lines of at most `width` cells; a width below 1 counts as 1.

    Only a line that is one single cluster with its badges can be wider.

    Args:
        text: the text.
        width: in cells.
        badges: offsets before which a further cell is to be kept, in order; each is the start of a cluster.
    """
    starts, ends = array("L"), array("L")
    for base, paragraph in _paragraphs(text):
        _add_lines(starts, ends, base, paragraph, max(width, 1), badges)
    return Lines(starts, ends, badges)


def wrap_again(text: str, lines: Lines, width: int, badges: Sequence[int], places: Iterable[int]) -> Lines:
    """Wrap for other badges a text that was wrapped for this width, where only those at `places` are others."""
    starts, ends = lines.starts[:], lines.ends[:]
    for base in {text.rfind("\n", 0, place) + 1 for place in places}:
        reach = text.find("\n", base)
        paragraph = text[base : len(text) if reach < 0 else reach]
        new_starts, new_ends = array("L"), array("L")
        _add_lines(new_starts, new_ends, base, paragraph, max(width, 1), badges)
        first, last = bisect_left(starts, base), bisect_right(starts, base + len(paragraph))
        starts[first:last], ends[first:last] = new_starts, new_ends
    return Lines(starts, ends, badges)


def is_narrow(text: str) -> bool:
    """Whether every code point is drawn in one cell and is a cluster of its own."""
    drawn = drawable(text)
    return drawn.isascii() or not _NOT_NARROW.search(drawn)


def _add_lines(
    starts: array[int], ends: array[int], base: int, paragraph: str, width: int, badges: Sequence[int]
) -> None:
    """Append the lines of a paragraph that begins at `base`."""
    first, last = bisect_left(badges, base), bisect_left(badges, base + len(paragraph))
    cut = _cutter(paragraph, width, [badge - base for badge in badges[first:last]])
    start, size = 0, len(paragraph)
    while True:
        end, following = cut(start)
        starts.append(base + start)
        ends.append(base + end)
        if following >= size:
            break
        start = following


def column_of(text: str, lines: Lines, line: int, offset: int) -> int:
    """Return at which cell of a line the code point at an offset on it is drawn, after its badges."""
    start = lines.starts[line]
    return cell_x(text, start, offset) + lines.badges_in(start, min(offset + 1, lines.ends[line]))


def cell_x(text: str, line_start: int, offset: int) -> int:
    """Return how many cells are drawn from the start of a line to an offset on it."""
    return cell_len(drawable_line(text[line_start:offset]))


def offset_at(text: str, lines: Lines, line: int, cell_x: int) -> int:
    """Return where the grapheme cluster under a cell of a line starts.

    Under a badge that is the one it stands before; left of the line the first one, right of it the last; on an empty
    line, the start of the line.
    """
    found = lines.starts[line]
    for left, _, right_cell in _drawn_clusters(text, lines, line):
        found = left
        if cell_x < right_cell:
            break
    return found


def drawn_at(text: str, lines: Lines, line: int, cell_x: int) -> int | None:
    """Return where the cluster drawn at a cell of a line starts; None for a badge, and where nothing is drawn."""
    for left, left_cell, right_cell in _drawn_clusters(text, lines, line):
        if cell_x < right_cell:
            return left if cell_x >= left_cell else None
    return None


def _drawn_clusters(text: str, lines: Lines, line: int) -> Iterator[tuple[int, int, int]]:
    """Yield each cluster of a line: where it starts, its first cell after its badges, the cell after its last."""
    cell = 0
    for left, right in pairwise(grapheme_edges(text, lines.starts[line], lines.ends[line])):
        first = cell + lines.badges_in(left, right)
        cell = first + cell_len(drawable_line(text[left:right]))
        yield left, first, cell


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, paragraph
        start += len(paragraph) + 1


def _cutter(paragraph: str, width: int, badges: Sequence[int]) -> _Cut:
    drawn = drawable(paragraph)
    if drawn.isascii() or not _NOT_NARROW.search(drawn):
        return _NarrowCutter(drawn, width, badges)
    return _MeasuringCutter(paragraph, drawn, width, badges)


class _NarrowCutter:
    """Cut a paragraph in which every code point is one cell and one cluster, by arithmetic alone."""

    def __init__(self, drawn: str, width: int, badges: Sequence[int] = ()) -> None:
        self._drawn = drawn
        self._width = width
        self._badges = badges

    def _limit(self, start: int) -> int:
        """Return how far a line from `start` on reaches; each badge takes the place of a character."""
        limit = start + self._width
        for badge in islice(self._badges, bisect_left(self._badges, start), None):
            if badge >= limit:
                break
            limit -= 1
        return max(limit, start + 1)

    def __call__(self, start: int) -> tuple[int, int]:
        drawn, limit = self._drawn, self._limit(start)
        if limit >= len(drawn):
            return len(drawn), len(drawn)
        space = drawn.rfind(" ", start, limit + 1)
        if space < 0:
            return limit, limit
        end = start + len(drawn[start:space].rstrip(" "))
        following = space + 1
        while following < len(drawn) and drawn[following] == " ":
            following += 1
        return end, following


class _MeasuringCutter:
    """Cut any paragraph, by the cells of its code points and the edges of its clusters."""

    def __init__(self, paragraph: str, drawn: str, width: int, badges: Sequence[int] = ()) -> None:
        self._width = width
        self._edges = grapheme_edges(paragraph, 0, len(paragraph))
        widths = [_cells_of[character] for character in drawn]
        self._breaks = self._find_breaks(drawn, list(accumulate(widths, initial=0)))
        for badge in badges:
            widths[badge] += 1
        self._cells = list(accumulate(widths, initial=0))

    def _find_breaks(self, drawn: str, cells: Sequence[int]) -> bytearray:
        """Mark each space, and each edge beside a cluster of two cells or more, by its offset."""
        breaks = bytearray(len(drawn) + 1)
        after_wide = False
        for start, end in pairwise(self._edges):
            wide = cells[end] - cells[start] > 1
            if end - start == 1 and drawn[start] in _BREAK_SPACES:
                breaks[start] = _SPACE
            elif wide or after_wide:
                breaks[start] = _BESIDE_WIDE
            after_wide = wide
        return breaks

    def __call__(self, start: int) -> tuple[int, int]:
        cells, breaks, size = self._cells, self._breaks, len(self._cells) - 1
        reach = bisect_right(cells, cells[start] + self._width, lo=start) - 1
        if reach == size:
            return size, size
        found = max(breaks.rfind(_SPACE, start, reach + 1), breaks.rfind(_BESIDE_WIDE, start + 1, reach + 1))
        end = following = found if found >= 0 else self._edge_within(start, reach)
        while end > start and breaks[end - 1] == _SPACE:
            end -= 1
        while following < size and breaks[following] == _SPACE:
            following += 1
        return end, following

    def _edge_within(self, start: int, reach: int) -> int:
        """Return the last cluster edge up to `reach`, or the end of a first cluster that is too wide."""
        index = bisect_right(self._edges, reach) - 1
        if self._edges[index] > start:
            return self._edges[index]
        return self._edges[index + 1]


class _CellsOf(dict[str, int]):
    """The cells of each drawn code point met so far."""

    def __missing__(self, character: str) -> int:
        cells = self[character] = cell_len(character)
        return cells


_cells_of = _CellsOf()
