"""Many strings looked for in a text at once: each place where one stands from word's edge to word's edge."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from annotate.words import Range, Words

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of scripts that put no space between words: one by one they are what a string may begin with."""

_TOKEN = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")

_STOPS = frozenset(".,:;")
_JOINING = _STOPS | frozenset("'’‘")
"""Marks that stand within words and numbers, and part them only where no letter or digit is on one side."""

_PARTING = frozenset(' \n\t!"#$%&()*+-/<=>?@[\\]^`{|}~“”–—…£€')
"""Marks that part what is on their sides, whatever it is."""

_DIGITS = frozenset("0123456789")
_LATIN = frozenset(char for char in map(chr, range(0x250)) if char.isalpha() or char.isdecimal())


@dataclass(slots=True)
class _Beginning:
    """The strings that begin with one token, each with where in it that stands.

    Attributes:
        alone: those of one token.
        with_next: the others by their second token, so that what begins with “the” is not all tried at every “the”.
    """

    alone: list[tuple[str, int]] = field(default_factory=list)
    with_next: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a text.

    Attributes:
        places: where each string stands, overlapping ones too.
        looked_for: how many strings there were then.
    """

    places: tuple[tuple[Range, str], ...]
    looked_for: int


_FEW = 300
"""Strings that are sooner found one by one than all at once."""


class Strings:
    """Strings to look for. One more costs no more than itself; a text, what its own length is."""

    def __init__(self) -> None:
        self._beginnings: dict[str, _Beginning] = {}
        self._known: dict[str, int] = {}

    def add(self, string: str) -> None:
        """Look for this one too; what holds no letter and no digit is never found."""
        tokens = [found for found, _ in zip(_TOKEN.finditer(string), range(2), strict=False)]
        if not tokens or string in self._known:
            return
        self._known[string] = len(self._known)
        beginning = self._beginnings.setdefault(tokens[0][0], _Beginning())
        place = string, tokens[0].start()
        if len(tokens) == 1:
            beginning.alone.append(place)
        else:
            beginning.with_next.setdefault(tokens[1][0], []).append(place)

    def find(self, text: str, before: Found | None = None) -> Found:
        """Where the strings stand in a text; none begins or ends inside of a word.

        Args:
            text: the text.
            before: what was found in it when fewer strings were known.
        """
        edges, count = _Edges(text), len(self._known)
        candidates: Iterator[tuple[str, int]]
        newer = count - before.looked_for if before else count
        if before and newer <= _FEW:
            strings = islice(reversed(self._known), newer)
            candidates = ((string, found.start()) for string in strings for found in _occurrences(string, text))
        else:
            before, candidates = None, self._candidates(text)
        places = [
            ((start, start + len(string)), string)
            for string, start in candidates
            if start >= 0
            and text.startswith(string, start)
            and edges.part_at(start)
            and edges.part_at(start + len(string))
        ]
        return Found((*before.places, *places) if before else tuple(places), count)

    def _candidates(self, text: str) -> Iterator[tuple[str, int]]:
        beginnings = self._beginnings
        at, with_next = 0, None
        for found in _TOKEN.finditer(text):
            token = found[0]
            if with_next and token in with_next:
                for string, offset in with_next[token]:
                    yield string, at - offset
            beginning = beginnings.get(token)
            if beginning is None:
                with_next = None
                continue
            at, with_next = found.start(), beginning.with_next
            for string, offset in beginning.alone:
                yield string, at - offset


def _occurrences(string: str, text: str) -> Iterator[re.Match[str]]:
    return re.finditer(f"(?={re.escape(string)})", text)


class _Edges:
    """Where words part in a text; it is taken apart only where one look at two characters does not tell."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = Words(text)

    def part_at(self, offset: int) -> bool:
        text = self._text
        if offset in (0, len(text)):
            return True
        before, after = text[offset - 1], text[offset]
        if before in _LATIN:
            if after in _LATIN:
                return False
            if after in _PARTING or (after in _JOINING and self._is_mark(offset + 1)):
                return True
            if self._is_in_number(offset):
                return False
        elif after in _LATIN:
            if before in _PARTING or (before in _STOPS and self._is_mark(offset - 2)):
                return True
            if self._is_in_number(offset - 1):
                return False
        elif after in _PARTING and before in _PARTING:
            return True
        return self._words.parts_at(offset)

    def _is_in_number(self, offset: int) -> bool:
        """Whether a point or comma between two digits is at an offset."""
        around = self._text[offset - 1 : offset + 2]
        return len(around) == 3 and around[1] in ".," and around[0] in _DIGITS and around[2] in _DIGITS

    def _is_mark(self, offset: int) -> bool:
        """Whether no letter or digit is at an offset for sure, which may lie beyond the text."""
        return not 0 <= offset < len(self._text) or self._text[offset] in _PARTING or self._text[offset] in _JOINING
