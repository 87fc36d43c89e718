"""Carry offsets between code points, in which Manicule counts, and the units in which other tools count.

Python counts code points, JavaScript and Java count UTF-16 code units, C-like tools bytes of UTF-8, and some
browsers' editors grapheme clusters. Only the stretches where a unit differs from code points are kept, so a text
with three emoji costs three entries, and every offset is found by bisection.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Literal, get_args

from annotate.errors import ManiculeError

Unit = Literal["codepoint", "utf16", "utf8", "grapheme"]
"""What an offset counts."""

UNITS: tuple[Unit, ...] = get_args(Unit)
"""All units; code points first."""

Quote = tuple[int, int, str]
"""(start, end, the text that a file says lies between them)."""

_Stretch = tuple[int, int, int]
"""(first code point, how many code points, how many units) where the two differ."""

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")
_MAYBE_CLUSTERED = re.compile("[^\x00-\x7f]|\r\n")


class OffsetError(ManiculeError):
    """An offset that is beyond the text or inside a character."""

    title = "Offset"


class Offsets:
    """Converts between code points and one other unit in one text.

    Attributes:
        unit: the other unit.
        codepoints: the text's length in code points.
        units: the text's length in the other unit.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self.unit = unit
        self.codepoints = len(text)
        self._starts, self._ends = array("L"), array("L")
        self._unit_starts, self._unit_ends = array("L"), array("L")
        gained = 0
        for start, length, units in _stretches(text, unit):
            self._starts.append(start)
            self._ends.append(start + length)
            self._unit_starts.append(start + gained)
            gained += units - length
            self._unit_ends.append(start + length + gained)
        self.units = len(text) + gained

    def from_codepoint(self, offset: int) -> int:
        """Say which offset in the other unit a code-point offset is.

        Raises:
            OffsetError: it is not in the text, or inside a grapheme cluster.
        """
        self._check(offset, self.codepoints)
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        return self._across(offset, self._starts, self._ends, self._unit_starts, self._unit_ends, index)

    def to_codepoint(self, offset: int) -> int:
        """Say which code-point offset an offset in the other unit is.

        Raises:
            OffsetError: it is not in the text, or inside a character.
        """
        self._check(offset, self.units)
        index = bisect_right(self._unit_starts, offset) - 1
        if index < 0:
            return offset
        return self._across(offset, self._unit_starts, self._unit_ends, self._starts, self._ends, index)

    def _check(self, offset: int, length: int) -> None:
        if not 0 <= offset <= length:
            raise OffsetError(f"offset {offset} is not within 0 and {length}")

    def _across(
        self,
        offset: int,
        starts: array[int],
        ends: array[int],
        other_starts: array[int],
        other_ends: array[int],
        index: int,
    ) -> int:
        """Carry an offset over, given the last stretch that begins at it or before it."""
        if offset >= ends[index]:
            return offset - ends[index] + other_ends[index]
        if offset == starts[index]:
            return other_starts[index]
        raise OffsetError(f"offset {offset} is inside a character")


def to_codepoints(text: str, offsets: Iterable[int], unit: Unit) -> list[int]:
    """Carry offsets in some unit into code points, in the order given.

    Raises:
        OffsetError: one is not in the text, or inside a character.
    """
    table = Offsets(text, unit)
    return [table.to_codepoint(one) for one in offsets]


def from_codepoints(text: str, offsets: Iterable[int], unit: Unit) -> list[int]:
    """Carry code-point offsets into some unit, in the order given.

    Raises:
        OffsetError: one is not in the text, or inside a grapheme cluster.
    """
    table = Offsets(text, unit)
    return [table.from_codepoint(one) for one in offsets]


def fitting_unit(text: str, quotes: Iterable[Quote]) -> Unit | None:
    """Name the unit in which every quote is the text between its offsets; None where there is none.

    Code points are preferred, then UTF-16, graphemes and bytes: where units do not differ, it is code points.
    """
    quotes = list(quotes)
    for unit in ("codepoint", "utf16", "grapheme", "utf8"):
        if _fits(text, quotes, Offsets(text, unit)):
            return unit
    return None


def _fits(text: str, quotes: list[Quote], table: Offsets) -> bool:
    try:
        return all(text[table.to_codepoint(start) : table.to_codepoint(end)] == quote for start, end, quote in quotes)
    except OffsetError:
        return False


def _stretches(text: str, unit: Unit) -> Iterator[_Stretch]:
    if unit == "utf16":
        return ((found.start(), 1, 2) for found in _ASTRAL.finditer(text))
    if unit == "utf8":
        return ((found.start(), 1, _bytes(found[0])) for found in _BEYOND_ASCII.finditer(text))
    if unit == "grapheme" and _MAYBE_CLUSTERED.search(text):
        return _clusters(text)
    return iter(())


def _bytes(character: str) -> int:
    code = ord(character)
    return 2 if code < 0x800 else 3 if code < 0x10000 else 4


def _clusters(text: str) -> Iterator[_Stretch]:
    from annotate.words import grapheme_edges

    for start, end in pairwise(grapheme_edges(text, 0, len(text))):
        if end - start > 1:
            yield start, end - start, 1
