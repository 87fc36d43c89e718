"""Find the texts that an annotator has confirmed anywhere wherever else they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotate.checks.tokens import Tokens, string_of, tokens_of

_LONGEST = 40
"""Tokens of a text beyond which it is not looked for."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a confirmed text stands, decided on or not."""

    start: int
    end: int
    string: str


class KnownStrings:
    """Looks texts up by their first word: what a search costs grows with the article, not with the number of texts."""

    def __init__(self, strings: Iterable[str]) -> None:
        self._strings: set[str] = set()
        lengths: dict[str, set[int]] = defaultdict(set)
        for one in strings:
            tokens = Tokens(one)
            if 0 < len(tokens) <= _LONGEST and (tokens.starts[0], tokens.ends[-1]) == (0, len(one)):
                self._strings.add(one)
                lengths[tokens.text(0)].add(len(tokens))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}
        self._last: tuple[str, Sequence[Occurrence]] = "", ()

    def occurrences(self, text: str) -> Sequence[Occurrence]:
        """The places of all texts in one, those that begin at the same word the longest first."""
        if self._last[0] is not text:
            self._last = text, self._find(text)
        return self._last[1]

    def _find(self, text: str) -> Sequence[Occurrence]:
        tokens = tokens_of(text)
        texts, starts, ends, lengths = tokens.texts, tokens.starts, tokens.ends, self._lengths
        found = []
        for first, word in enumerate(texts):
            for length in lengths.get(word, ()):
                last = first + length - 1
                if last >= len(texts):
                    continue
                quote = text[starts[first] : ends[last]]
                string = quote if length == 1 else string_of(quote)
                if string in self._strings and "\n" not in quote:
                    found.append(Occurrence(starts[first], ends[last], string))
        return found
