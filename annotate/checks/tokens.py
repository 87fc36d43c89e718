"""The tokens by which texts are compared: words and punctuation marks, wherever white space is."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from functools import lru_cache

import regex

_TOKEN = regex.compile(r"\w+|[^\w\s]")


class Tokens:
    """The words and punctuation marks of a text, white space left out."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = list(_TOKEN.finditer(text))
        self.starts = array("L", [one.start() for one in found])
        self.ends = array("L", [one.end() for one in found])
        self.texts = [one[0] for one in found]

    def __len__(self) -> int:
        return len(self.starts)

    def text(self, index: int) -> str:
        """The token of a number; "" before the first and after the last."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def parted(self, index: int) -> bool:
        """Whether a line ends after the token of a number, or it has none before or after it."""
        if not 0 <= index < len(self.starts) - 1:
            return True
        return "\n" in self._text[self.ends[index] : self.starts[index + 1]]

    def before(self, offset: int) -> int:
        """The number of the last token that ends at the offset or before it; -1 where there is none."""
        return bisect_right(self.ends, offset) - 1

    def after(self, offset: int) -> int:
        """The number of the first token that starts at the offset or after it."""
        return bisect_left(self.starts, offset)

    def within(self, start: int, end: int) -> range:
        """The numbers of the tokens that lie in a range."""
        return range(self.after(start), self.before(end) + 1)


@lru_cache(maxsize=4)
def tokens_of(text: str) -> Tokens:
    """The tokens of a text; those of the texts that were asked for last are at hand."""
    return Tokens(text)


@lru_cache(maxsize=65_536)
def string_of(quote: str) -> str:
    """A mention's text as it is compared with others: white space between its words made single spaces."""
    return " ".join(quote.split())
