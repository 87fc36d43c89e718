"""Break an article into the lines of a screen, as offsets into its text, fast enough for every resize.

Lines are filled greedily. They break at spaces, beside characters of two cells, and, in a word that is longer
than a line, between grapheme clusters. The spaces at a break are not drawn: they lie between the end of one
line and the start of the next, and count as the former's.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

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
    """The screen lines of a text: line `i` draws `text[starts[i]:ends[i]]`. There is always at least one."""

    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.starts)

    def line_of(self, offset: int) -> int:
        """Return the line that an offset is on; what is not drawn between two lines is on the former."""
        return max(bisect_right(self.starts, offset) - 1, 0)


def wrap(text: str, width: int) -> Lines:
    """Wrap a text into lines of at most `width` cells; a width below 1 counts as 1.

    Only a line that is one single cluster can be wider.
    """
    width = max(width, 1)
    starts, ends = array("L"), array("L")
    for base, paragraph in _paragraphs(text):
        cut = _cutter(paragraph, width)
        start, size = 0, len(paragraph)
        while True:
            end, following = cut(start)
            starts.append(base + start)
            ends.append(base + end)
            if following >= size:
                break
            start = following
    return Lines(starts, ends)


def cell_x(text: str, line_start: int, offset: int) -> int:
    """Return how many cells are drawn from the start of a line to an offset on it."""
    return cell_len(drawable_line(text[line_start:offset]))


def offset_at(text: str, lines: Lines, line: int, cell_x: int) -> int:
    """Return where the grapheme cluster under a cell of a line starts.

    Left of the line that is its first cluster, right of it the last; on an empty line, the start of the line.
    """
    start, end = lines.starts[line], lines.ends[line]
    edges = grapheme_edges(text, start, end)
    drawn_to = 0
    for left, right in pairwise(edges):
        drawn_to += cell_len(drawable_line(text[left:right]))
        if cell_x < drawn_to:
            return left
    return edges[-2] if len(edges) > 1 else start


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for paragraph in text.split("\n"):
        yield start, paragraph
        start += len(paragraph) + 1


def _cutter(paragraph: str, width: int) -> _Cut:
    drawn = drawable(paragraph)
    if drawn.isascii() or not _NOT_NARROW.search(drawn):
        return _NarrowCutter(drawn, width)
    return _MeasuringCutter(paragraph, drawn, width)


class _NarrowCutter:
    """Cut a paragraph in which every code point is one cell and one cluster, by arithmetic alone."""

    def __init__(self, drawn: str, width: int) -> None:
        self._drawn = drawn
        self._width = width

    def __call__(self, start: int) -> tuple[int, int]:
        drawn, limit = self._drawn, start + self._width
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

    def __init__(self, paragraph: str, drawn: str, width: int) -> None:
        self._width = width
        self._cells = list(accumulate(map(_cells_of.__getitem__, drawn), initial=0))
        self._edges = grapheme_edges(paragraph, 0, len(paragraph))
        self._breaks = self._find_breaks(drawn)

    def _find_breaks(self, drawn: str) -> bytearray:
        """Mark each space, and each edge beside a cluster of two cells or more, by its offset."""
        cells, breaks = self._cells, bytearray(len(drawn) + 1)
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
