"""Find where the places of a text stand in a newer version of it: by what they say and by what stands around them.

This is the idea of the TextQuoteSelector of the W3C Web Annotation Data Model (2017, section 4.2.4): a quote with what
comes before and after it. White space counts as one space however much there is, so that newly broken lines are no
change.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import regex

from annotate.position_index import PositionIndex
from annotate.words import Range

CONTEXT = 32
"""Characters before and after a place by which it is known again."""

_ENOUGH = CONTEXT // 2
"""Characters of the context that must be the same for a quote that stands more than once."""

_NEAR = 200
"""Mentions of a quote that are looked at, the nearest to where it is expected."""

_PATIENCE = 1.0
"""Seconds after which a guess is given up."""

_SPACE = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text with one space for each run of white space, and where its characters stand in the text itself."""

    text: str
    offsets: list[int]

    @classmethod
    def of(cls, text: str) -> _Flat:
        pieces: list[str] = []
        offsets: list[int] = []
        at = 0
        for run in _SPACE.finditer(text):
            pieces += [text[at : run.start()], " "]
            offsets += [*range(at, run.start()), run.start()]
            at = run.end()
        pieces.append(text[at:])
        offsets += [*range(at, len(text)), len(text)]
        return cls("".join(pieces), offsets)

    def inner(self, place: Range) -> Range:
        """A range of the text itself as one of the flat text; white space at its edges is left out."""
        start, end = bisect_left(self.offsets, place[0]), bisect_left(self.offsets, place[1])
        while start < end and self.text[start] == " ":
            start += 1
        while end > start and self.text[end - 1] == " ":
            end -= 1
        return start, end

    def outer(self, place: Range) -> Range:
        """A range of the flat text, which neither begins nor ends with a space, as one of the text itself."""
        return self.offsets[place[0]], self.offsets[place[1] - 1] + 1


def place_again(old: str, new: str, places: Iterable[Range], *, overlap: bool = False) -> dict[Range, Range | None]:
    """Where each place of `old` stands in `new`; None where that cannot be said.

    A place is only ever found on text that says the same but for white space, and where it was not inside of a word it
    is not found inside of one. No two places are found at the same range, and, unless they may `overlap`, places that
    did not overlap still do not.

    Args:
        old: the text that the places belong to.
        new: the text in which they are looked for.
        places: half-open ranges, not empty.
        overlap: whether any places may come to overlap.
    """
    return _Anchoring(_Flat.of(old), _Flat.of(new), overlap).find(sorted(set(places)))


class _Anchoring:
    """One run over the places: first those whose surroundings are the same, then the others."""

    def __init__(self, old: _Flat, new: _Flat, overlap: bool) -> None:
        self._old = old
        self._new = new
        self._overlap = overlap
        self._shift = 0
        self._mentions: dict[str, list[int]] = {}
        self._taken: PositionIndex[tuple[Range, Range]] = PositionIndex()
        self._found: dict[Range, Range] = {}

    def find(self, places: list[Range]) -> dict[Range, Range | None]:
        inner = {place: self._old.inner(place) for place in places}
        for sure in (True, False):
            for place in places:
                if place not in self._found and inner[place][0] < inner[place][1]:
                    self._find(place, inner[place], sure)
        return {place: self._outer(place, inner[place]) for place in places}

    def _outer(self, place: Range, inner: Range) -> Range | None:
        found = self._found.get(place)
        return self._new.outer(found) if found else None

    def _find(self, place: Range, inner: Range, sure: bool) -> None:
        """Look for a place where it is expected, then anywhere; `sure` takes only what stands in the same words."""
        length = inner[1] - inner[0]
        expected = inner[0] + self._shift
        whole = self._context(self._old.text, inner[0], inner[1])
        same = expected >= 0 and self._context(self._new.text, expected, expected + length) == whole
        if same and self._take(place, inner, expected):
            return
        start = self._best(inner, sure)
        if start is not None and self._take(place, inner, start):
            self._shift = start - inner[0]

    def _best(self, inner: Range, sure: bool) -> int | None:
        """The mention of the same quote whose surroundings are the most alike, the nearest of several such."""
        starts = self._starts(self._old.text[inner[0] : inner[1]])
        expected = inner[0] + self._shift
        at = bisect_left(starts, expected)
        near = starts[max(at - _NEAR // 2, 0) : at + _NEAR // 2]
        ranked = sorted((-self._alike(inner, start), abs(start - expected), start) for start in near)
        for likeness, _, start in ranked:
            if not self._is_free(inner, start):
                continue
            if -likeness >= (2 * CONTEXT if sure else _ENOUGH):
                return start
            return start if not sure and self._is_only(inner, starts) else None
        return None

    def _is_only(self, inner: Range, starts: list[int]) -> bool:
        """Whether the quote stands once in either text."""
        quote = self._old.text[inner[0] : inner[1]]
        first = self._old.text.find(quote)
        return len(starts) == 1 and first == inner[0] and self._old.text.find(quote, first + 1) < 0

    def _alike(self, inner: Range, start: int) -> int:
        """How many characters before and after a mention are the same as before and after the place."""
        old, new = self._old.text, self._new.text
        end = start + inner[1] - inner[0]
        before = _same(old[max(inner[0] - CONTEXT, 0) : inner[0]][::-1], new[max(start - CONTEXT, 0) : start][::-1])
        after = _same(old[inner[1] : inner[1] + CONTEXT], new[end : end + CONTEXT])
        return before + after

    def _starts(self, quote: str) -> list[int]:
        found = self._mentions.get(quote)
        if found is None:
            found = self._mentions[quote] = []
            at = self._new.text.find(quote)
            while at >= 0:
                found.append(at)
                at = self._new.text.find(quote, at + 1)
        return found

    def _context(self, text: str, start: int, end: int) -> tuple[str, str, str]:
        return text[max(start - CONTEXT, 0) : start], text[start:end], text[end : end + CONTEXT]

    def _take(self, place: Range, inner: Range, start: int) -> bool:
        if not self._is_free(inner, start):
            return False
        found = start, start + inner[1] - inner[0]
        self._found[place] = found
        self._taken.add(*found, (inner, found))
        return True

    def _is_free(self, inner: Range, start: int) -> bool:
        """Whether the place may stand there: not inside of a word, and over no other that it did not overlap before."""
        end = start + inner[1] - inner[0]
        for edge, was in ((start, inner[0]), (end, inner[1])):
            if _joins(self._new.text, edge) and not _joins(self._old.text, was):
                return False
        for other, found in self._taken.overlapping(start, end):
            overlapped = other[0] < inner[1] and inner[0] < other[1]
            if found == (start, end) or not (self._overlap or overlapped):
                return False
        return True


def _same(one: str, other: str) -> int:
    """How many characters are the same from the beginning on; both ending there counts as all that could be."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return CONTEXT if len(one) == len(other) else min(len(one), len(other))


def _joins(text: str, offset: int) -> bool:
    """Whether an offset lies inside of a word."""
    return 0 < offset < len(text) and text[offset - 1].isalnum() and text[offset].isalnum()


def guess(old: str, new: str, place: Range) -> Range | None:
    """Where a place whose words have changed may stand now: as many words beside what stood before or after it.

    It is a guess for a person to look at: the text there says something else.
    """
    flat, other = _Flat.of(old), _Flat.of(new)
    start, end = flat.inner(place)
    words = len(flat.text[start:end].split())
    before, after = flat.text[max(start - CONTEXT, 0) : start].strip(), flat.text[end : end + CONTEXT].strip()
    for left, right in ((before, after), ("", after), (before, "")):
        found = _beside(other.text, left, right, words)
        if found:
            there = other.text[slice(*found)]
            gone = before.endswith(there) or after.startswith(there)
            return None if gone else other.outer(found)
    return None


def _beside(text: str, left: str, right: str, words: int) -> Range | None:
    """About so many words between the end of `left` and the beginning of `right`, or beside the one that there is."""
    any_words = r"\S+(?: \S+)"
    body = f"{any_words}{{0,{2 * words}}}?" if left and right else f"{any_words}{{{words - 1}}}"
    if not words or not (left or right):
        return None
    for count in (CONTEXT, _ENOUGH):
        pattern = f"{regex.escape(left[-count:])} ?(?<!\\w)(?P<guess>{body})(?!\\w) ?{regex.escape(right[:count])}"
        with suppress(TimeoutError):
            hit = regex.search(pattern, text, timeout=_PATIENCE)
            if hit:
                return hit.span("guess")
    return None
