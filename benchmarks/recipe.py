"""Suggestions made from gold by a fixed recipe, so that what an annotator has to do is the same everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from annotate.spans import Span
from annotate.words import Range, Words

SEED = 7
RELABELLED, WRONG_BOUNDARY, MISSING, SPURIOUS = 0.08, 0.06, 0.06, 0.05


def suggestions_by_recipe(text: str, gold: Sequence[Span], labels: Sequence[str], random: Random) -> list[Span]:
    """The gold with shares of it relabelled, with an edge a word off, or left out, and as many as a share spurious."""
    words = Words(text)
    found: list[Span] = []
    for span in gold:
        fate = random.random()
        if fate < RELABELLED:
            found.append(Span(span.start, span.end, random.choice([one for one in labels if one != span.label])))
        elif fate < RELABELLED + WRONG_BOUNDARY:
            found.append(_off(words, span, [one for one in (*gold, *found) if one != span], random))
        elif fate >= RELABELLED + WRONG_BOUNDARY + MISSING:
            found.append(span)
    free = [word for word in _all_words(words, text) if not _taken(word, (*gold, *found))]
    count = sum(random.random() < SPURIOUS for _ in gold)
    spurious = random.sample(free, min(count, len(free)))
    return sorted([*found, *(Span(*word, random.choice(labels)) for word in spurious)])


def _off(words: Words, span: Span, others: Sequence[Span], random: Random) -> Span:
    """The span with one edge moved by a word, where that leaves something and touches no other."""
    ranges = [
        (words.previous_edge(span.start), span.end),
        (span.start, words.next_edge(span.end)),
        (words.next_start(span.start), span.end),
        (span.start, words.previous_end(span.end)),
    ]
    fit = [one for one in ranges if one[0] < one[1] and one != (span.start, span.end) and not _taken(one, others)]
    return Span(*random.choice(fit), span.label) if fit else span


def _taken(place: Range, spans: Iterable[Span]) -> bool:
    return any(one.overlaps(*place) for one in spans)


def _all_words(words: Words, text: str) -> list[Range]:
    found = []
    word: Range | None = words.word_at(0)
    while word and word[0] < word[1]:
        found.append(word)
        word = words.next_word(word[0])
    return found
