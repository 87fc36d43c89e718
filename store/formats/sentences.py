"""Group an article's tokens into sentences for the formats that need them, without cutting a span in two."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from annotate.sentences import sentence_breaks
from store.formats.model import GoldSpan
from store.formats.tokens import Token


def in_sentences(text: str, tokens: Sequence[Token], spans: Iterable[GoldSpan]) -> Iterator[list[Token]]:
    """The tokens, sentence by sentence; where a span runs over the end of a sentence, the next one joins it."""
    breaks = sentence_breaks(text)
    left_to_pass = sorted(((span.start, span.end) for span in spans), reverse=True)
    reach = 0
    sentence: list[Token] = []
    for token in tokens:
        if sentence and reach <= token.start and _ends_between(breaks, sentence[-1], token):
            yield sentence
            sentence = []
        while left_to_pass and left_to_pass[-1][0] < token.end:
            reach = max(reach, left_to_pass.pop()[1])
        sentence.append(token)
    if sentence:
        yield sentence


def _ends_between(breaks: Sequence[int], left: Token, right: Token) -> bool:
    """Whether a sentence ends after `left` has begun and before `right` does."""
    first = bisect_right(breaks, left.start)
    return first < len(breaks) and breaks[first] <= right.start
