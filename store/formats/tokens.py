"""The one tokenisation of all token formats: spaCy's blank tokenizer of the language, without white space."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Token:
    """A token that is not white space.

    Attributes:
        start, end: half-open code points in the text.
        text: what it covers.
        space: whether a single space, and nothing else, stands between it and the next token.
        index: its number among spaCy's tokens, those of white space counted.
    """

    start: int
    end: int
    text: str
    space: bool
    index: int


Tokenize = Callable[[str], Sequence[Token]]


@cache
def spacy_tokenizer(language: str) -> Callable[[str], Doc]:
    """The tokenizer that spaCy has of a language.

    Raises:
        PipelineError: spaCy has no such language.
    """
    from annotate.extraction import blank

    return blank(language).tokenizer


def tokenizer(language: str) -> Tokenize:
    """What cuts texts of a language into tokens.

    Raises:
        PipelineError: spaCy has no such language.
    """
    cut = spacy_tokenizer(language)

    @lru_cache(maxsize=2)
    def tokenize(text: str) -> Sequence[Token]:
        return tuple(
            Token(one.idx, one.idx + len(one.text), one.text, bool(one.whitespace_), one.i)
            for one in cut(text)
            if not one.is_space
        )

    return tokenize
