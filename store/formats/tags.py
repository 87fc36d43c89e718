"""Tags of tokens (IOB1, IOB2, BIOES, BILOU) from spans and back; a tag that cannot follow its neighbour is refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from store.formats.model import GoldArticle
from store.formats.sentences import in_sentences
from store.formats.tokens import Token

Scheme = Literal["IOB1", "IOB2", "BIOES"]

OUTSIDE = "O"

TokenSpan = tuple[int, int, str]
"""(first token, last token, label); the last is included."""

_ENDS = {"E": "E", "L": "E"}
_SINGLES = {"S": "S", "U": "S"}
_PREFIXES = {"B": "B", "I": "I", **_ENDS, **_SINGLES}
"""Prefixes as BIOES writes them; BILOU calls two of them otherwise."""


class TagError(ValueError):
    """A tag that is none, or that cannot follow the one before.

    Attributes:
        index: its number in the sentence, from 0.
    """

    def __init__(self, index: int, why: str) -> None:
        super().__init__(why)
        self.index = index


@dataclass(frozen=True, slots=True)
class Sentence:
    """Consecutive tokens of an article with a tag each."""

    tokens: tuple[Token, ...]
    tags: tuple[str, ...]


def sentences(article: GoldArticle, tokens: Sequence[Token], scheme: Scheme = "IOB2") -> Iterator[Sentence]:
    """The article's tokens sentence by sentence; a span that runs over a sentence's end makes the two one.

    Args:
        article: its spans do not overlap, and begin and end with tokens.
        tokens: of its text.
        scheme: IOB2 or BIOES.
    """
    tags = tags_of(article, tokens, scheme)
    first = 0
    for sentence in in_sentences(article.text, tokens, article.spans):
        yield Sentence(tuple(sentence), tuple(tags[first : first + len(sentence)]))
        first += len(sentence)


def tags_of(article: GoldArticle, tokens: Sequence[Token], scheme: Scheme = "IOB2") -> list[str]:
    """A tag for each token."""
    tags = [OUTSIDE] * len(tokens)
    for first, last, label in token_spans(article, tokens):
        for index in range(first, last + 1):
            tags[index] = f"{'B' if index == first else 'I'}-{label}"
        if scheme == "BIOES":
            tags[last] = f"{'S' if first == last else 'E'}-{label}"
    return tags


def token_spans(article: GoldArticle, tokens: Sequence[Token]) -> list[TokenSpan]:
    """The article's spans by their tokens."""
    starts = {one.start: index for index, one in enumerate(tokens)}
    ends = {one.end: index for index, one in enumerate(tokens)}
    return [(starts[one.start], ends[one.end], one.label) for one in article.spans]


def split_tag(tag: str, index: int = 0) -> tuple[str, str]:
    """A tag's prefix, as BIOES calls it, and its label; ("O", "") outside. A label may hold hyphens.

    Raises:
        TagError: it is no tag.
    """
    if tag == OUTSIDE:
        return OUTSIDE, ""
    prefix, hyphen, label = tag.partition("-")
    if prefix not in _PREFIXES or not hyphen or not label:
        raise TagError(index, f"{tag!r} is no tag: O, or B-, I-, E-, S-, L- or U- and a label")
    return _PREFIXES[prefix], label


class SchemeFinder:
    """Finds out which scheme a file's tags follow, from all of them."""

    def __init__(self) -> None:
        self._begins_with_i = ""
        self._begins_with_b = ""
        self._has_ends = False

    def look(self, tags: Sequence[str], where: Sequence[str]) -> None:
        """Take in a sentence.

        Args:
            tags: its tags.
            where: the place of each, for messages.

        Raises:
            TagError: one is no tag.
        """
        before = (OUTSIDE, "")
        for index, tag in enumerate(tags):
            prefix, label = split_tag(tag, index)
            self._has_ends |= prefix in "ES"
            alone = before[0] in (OUTSIDE, "E", "S") or before[1] != label
            if prefix == "I" and alone:
                self._begins_with_i = self._begins_with_i or where[index]
            if prefix == "B" and alone:
                self._begins_with_b = self._begins_with_b or where[index]
            before = prefix, label

    def scheme(self) -> Scheme:
        """The scheme.

        Raises:
            TagError: the tags follow none.
        """
        if self._has_ends:
            return "BIOES"
        if self._begins_with_i and self._begins_with_b:
            raise TagError(
                0,
                f"an entity begins with I- at {self._begins_with_i}, and with B- at {self._begins_with_b}: "
                "neither IOB1 nor IOB2",
            )
        return "IOB1" if self._begins_with_i else "IOB2"


def spans_of(tags: Sequence[str], scheme: Scheme) -> list[TokenSpan]:
    """The spans that a sentence's tags stand for.

    Raises:
        TagError: a tag cannot follow the one before it.
    """
    found: list[TokenSpan] = []
    open_at, open_label = -1, ""
    for index, (prefix, label) in enumerate([*_split(tags), (OUTSIDE, "")]):
        goes_on = open_at >= 0 and prefix in ("I", "E") and label == open_label
        if open_at >= 0 and not goes_on:
            if scheme == "BIOES":
                raise TagError(min(index, len(tags) - 1), f"the entity {open_label} before it lacks its end (E- or S-)")
            found.append((open_at, index - 1, open_label))
            open_at = -1
        if prefix in ("I", "E") and not goes_on and scheme != "IOB1":
            raise TagError(index, f"{tags[index]!r} goes on with an entity that has not begun")
        if prefix in ("B", "S") or (prefix == "I" and not goes_on):
            open_at, open_label = index, label
        if prefix in ("E", "S"):
            found.append((open_at, index, label))
            open_at = -1
    return found


def _split(tags: Iterable[str]) -> list[tuple[str, str]]:
    return [split_tag(tag, index) for index, tag in enumerate(tags)]


def joined(sentences_of_words: Iterable[Sequence[str]]) -> tuple[str, list[list[tuple[int, int]]]]:
    """A text made of tokens, with a space between two and a line for each sentence, and where each token lies."""
    places: list[list[tuple[int, int]]] = []
    pieces: list[str] = []
    at = 0
    for words in sentences_of_words:
        places.append([])
        for word in words:
            places[-1].append((at, at + len(word)))
            at += len(word) + 1
        pieces.append(" ".join(words))
    return "\n".join(pieces), places
