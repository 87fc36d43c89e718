"""Cuts words into the pieces that a table of vectors knows, longest first, so that unknown words mean something too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_LONGEST_WORD = 40
_MOST_PIECES = 8


class Pieces:
    """A list of word pieces; one that does not open a word is written with "##" in front."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._rows = {name: row for row, name in enumerate(names)}

    def __len__(self) -> int:
        return len(self.names)

    def of(self, word: str) -> tuple[int, ...]:
        """The rows of a word's pieces, without case and accents; none where a part of it has no piece."""
        rows: list[int] = []
        for part in _parts(_plain(word[:_LONGEST_WORD])):
            start = 0
            while start < len(part) and len(rows) < _MOST_PIECES:
                row, start = self._longest(part, start)
                if row is None:
                    return ()
                rows.append(row)
        return tuple(rows)

    def _longest(self, part: str, start: int) -> tuple[int | None, int]:
        mark = "##" if start else ""
        for end in range(len(part), start, -1):
            row = self._rows.get(mark + part[start:end])
            if row is not None:
                return row, end
        return None, len(part)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(char for char in letters if unicodedata.category(char) != "Mn")


def _parts(word: str) -> list[str]:
    """The runs of letters and digits, and each other character that is no white space by itself."""
    parts: list[str] = []
    joined = False
    for char in word:
        letter = char.isalnum()
        if letter and joined:
            parts[-1] += char
        elif not char.isspace():
            parts.append(char)
        joined = letter
    return parts
