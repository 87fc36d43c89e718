"""Say where words and characters begin and end, so that cursor and boundaries move by what a reader sees.

A word is a word of UAX #29 with hyphens and a closing 's apart: `Pakistan's` is `Pakistan` and `'s`, `Pak-US`
is `Pak`, `-` and `US`. A character is an extended grapheme cluster of the same annex.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import regex

_WORDISH_CLASS = r"[\p{L}\p{N}\p{S}\p{Co}%‰‱٪﹪％§]"  # Unicode calls the percent and section signs punctuation
_FIRST_WORDISH = regex.compile(_WORDISH_CLASS)
_LAST_WORDISH = regex.compile(_WORDISH_CLASS, regex.REVERSE)
_WORD_EDGE = regex.compile(r"\b", regex.WORD)
_POSSESSIVE = regex.compile(r"(?<=[\p{L}\p{M}\p{N}\p{S}\p{Pe}\p{Pf}.%\"])['’][sS]\b", regex.WORD)
_CLUSTER = regex.compile(r"\X")

# Whether two regional indicators part depends on how many stand before them, and the matcher counts them anew
# at each one; cutting a long run after every 128th keeps the work linear and every cut on a true edge.
_FLAG_RUN = regex.compile(r"\p{RI}{128}(?=\p{RI})")
_FLAG_RUN_IN_WORDS = regex.compile(r"(?:\p{RI}[\p{WB=Extend}\p{WB=Format}\p{WB=ZWJ}]*+){128}(?=\p{RI})")

Range = tuple[int, int]
"""A half-open range of code points in the article's text."""


def grapheme_edges(text: str, start: int, end: int) -> list[int]:
    """Return the edges of the grapheme clusters of `text[start:end]`, as offsets into `text`.

    Both ends are included; an empty slice has the one edge `start`. The slice is segmented by itself, so
    `start` should be an edge already.
    """
    edges = [start]
    for base, part in _parts(text[start:end], _FLAG_RUN):
        edges += [start + base + match.end() for match in _CLUSTER.finditer(part)]
    return edges


def trim(text: str, start: int, end: int) -> Range:
    """Return the range without white space at its edges; `(start, start)` where nothing else is in it."""
    inner = text[start:end].lstrip()
    if not inner:
        return start, start
    return end - len(inner), end - len(inner) + len(inner.rstrip())


def segment_edges(paragraph: str) -> list[int]:
    """Return the edges of all segments (words, punctuation, space) of a text, both ends included.

    A text of no characters has the one edge 0.
    """
    edges = {0, len(paragraph)}
    for base, part in _parts(paragraph, _FLAG_RUN_IN_WORDS):
        edges.update(base + match.start() for match in _WORD_EDGE.finditer(part))
    for match in _POSSESSIVE.finditer(paragraph):
        edges.discard(match.start() + 1)
        edges |= {match.start(), match.end()}
    return sorted(edges)


def _parts(text: str, flag_run: regex.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield `(offset, part)` of a text cut inside its long runs of flags."""
    cuts = [] if text.isascii() else [match.end() for match in flag_run.finditer(text)]
    for start, end in pairwise([0, *cuts, len(text)]):
        yield start, text[start:end]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One paragraph's extent and the ranges of its words, all as offsets into the article."""

    start: int
    end: int
    word_starts: array[int]
    word_ends: array[int]

    def word(self, index: int) -> Range:
        return self.word_starts[index], self.word_ends[index]


class Words:
    """The words of one article's text, found paragraph by paragraph when they are first asked for.

    A segment is a word, and so a stop of the cursor, when it holds a letter, a digit or a symbol; space and
    punctuation are passed over. Offsets count code points and are clamped to the text.
    """

    _first: ClassVar = _FIRST_WORDISH
    _last: ClassVar = _LAST_WORDISH
    """What only a stop holds, found forwards and backwards."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs: dict[int, _Paragraph] = {}

    def word_at(self, offset: int) -> Range:
        """Return the word that contains `offset`, else the nearest after it, else the nearest before it.

        A text without a word answers `(0, 0)`.
        """
        offset = self._clamped(offset)
        return self._first_ending_after(offset) or self._last_starting_before(offset) or (0, 0)

    def next_word(self, offset: int) -> Range | None:
        """Return the word after the one at `offset`, in a later paragraph if need be."""
        return self._first_ending_after(self.word_at(offset)[1])

    def previous_word(self, offset: int) -> Range | None:
        """Return the word before the one at `offset`, in an earlier paragraph if need be."""
        return self._last_starting_before(self.word_at(offset)[0])

    def next_edge(self, offset: int) -> int:
        """Return where a span's end at `offset` grows to: the next end of a word, else `offset`."""
        offset = self._clamped(offset)
        word = self._first_ending_after(offset)
        return word[1] if word else offset

    def previous_edge(self, offset: int) -> int:
        """Return where a span's start at `offset` grows to: the start of a word before it, else `offset`."""
        offset = self._clamped(offset)
        word = self._last_starting_before(offset)
        return word[0] if word else offset

    def next_start(self, offset: int) -> int:
        """Return where a span's start at `offset` shrinks to: the next start of a word, else `offset`."""
        offset = self._clamped(offset)
        word = self._first_ending_after(offset)
        if word and word[0] <= offset:
            word = self._first_ending_after(word[1])
        return word[0] if word else offset

    def previous_end(self, offset: int) -> int:
        """Return where a span's end at `offset` shrinks to: the end of a word before it, else `offset`."""
        offset = self._clamped(offset)
        word = self._last_starting_before(offset)
        if word and word[1] >= offset:
            word = self._last_starting_before(word[0])
        return word[1] if word else offset

    def starting_in(self, start: int, end: int) -> list[Range]:
        """Return the words that start in a range of the text."""
        found = []
        word = self.word_at(start)
        if word[0] < start:
            word = self.next_word(start) or (end, end)
        while word[0] < min(end, word[1]):
            found.append(word)
            word = self._first_ending_after(word[1]) or (end, end)
        return found

    def parts_at(self, offset: int) -> bool:
        """Return whether words part at `offset`: it lies inside of none."""
        paragraph = self._paragraph(self._clamped(offset))
        index = bisect_right(paragraph.word_ends, offset)
        return index == len(paragraph.word_ends) or paragraph.word_starts[index] >= offset

    def grapheme_edges(self, start: int, end: int) -> list[int]:
        """Return the edges of the grapheme clusters of a range of the text, both ends included."""
        return grapheme_edges(self._text, self._clamped(start), self._clamped(end))

    def _clamped(self, offset: int) -> int:
        return min(max(offset, 0), len(self._text))

    def _first_ending_after(self, offset: int) -> Range | None:
        paragraph = self._paragraph(offset)
        index = bisect_right(paragraph.word_ends, offset)
        if index < len(paragraph.word_ends):
            return paragraph.word(index)
        later = self._first.search(self._text, paragraph.end)
        return self._paragraph(later.start()).word(0) if later else None

    def _last_starting_before(self, offset: int) -> Range | None:
        paragraph = self._paragraph(offset)
        index = bisect_left(paragraph.word_starts, offset)
        if index > 0:
            return paragraph.word(index - 1)
        earlier = self._last.search(self._text, 0, paragraph.start)
        return self._paragraph(earlier.start()).word(-1) if earlier else None

    def _paragraph(self, offset: int) -> _Paragraph:
        """Return the paragraph of an offset; a line feed belongs to the paragraph that it ends."""
        start = self._text.rfind("\n", 0, offset) + 1
        paragraph = self._paragraphs.get(start)
        if paragraph is None:
            end = self._text.find("\n", offset)
            paragraph = self._segmented(start, len(self._text) if end < 0 else end)
            self._paragraphs[start] = paragraph
        return paragraph

    def _segmented(self, start: int, end: int) -> _Paragraph:
        text, starts, ends = self._text, array("L"), array("L")
        for left, right in pairwise(self._edges(start, end)):
            if text[left].isalpha() or self._first.search(text, left, right):
                starts.append(left)
                ends.append(right)
        return _Paragraph(start, end, starts, ends)

    def _edges(self, start: int, end: int) -> Sequence[int]:
        return [start + edge for edge in segment_edges(self._text[start:end])]


class Characters(Words):
    """The characters of one article's text as stops, for those who want to go more finely than by words.

    Every grapheme cluster is a stop, unless it is white space: nothing to be seen begins or ends there.
    """

    _first = regex.compile(r"\S")
    _last = regex.compile(r"\S", regex.REVERSE)

    def _edges(self, start: int, end: int) -> Sequence[int]:
        return grapheme_edges(self._text, start, end)
