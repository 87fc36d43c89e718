"""What a pipeline makes of texts, as plain values that can cross from one process to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from annotate.spans import Span
from annotate.suggestions import Source, Suggestion
from annotate.words import trim

BATCH_ARTICLES = 16
BATCH_CHARACTERS = 200_000

Batch = list[tuple[str, str]]
"""Articles that are run together, as (id, text)."""

Proposal = tuple[int, int, str, float | None]
"""(start, end, label, score)."""

Outcome = tuple[list[Proposal], str]
"""What came of one text: the proposals, and one line about what went wrong, or ""."""


class Pipeline(Protocol):
    """A loaded pipeline of whatever kind."""

    @property
    def source(self) -> Source:
        """Who it is as a source of suggestions."""
        ...

    def read(self, texts: Sequence[str]) -> list[Outcome]:
        """What came of each text; one that fails does not take the others with it."""
        ...


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a pipeline proposes for one article.

    Attributes:
        article_id: the article.
        source: the pipeline.
        suggestions: in the order of the text.
        error: one line about why there are none, or "".
    """

    article_id: str
    source: Source
    suggestions: tuple[Suggestion, ...]
    error: str = ""


def extracted(source: Source, batch: Batch, outcomes: Iterable[Outcome]) -> list[Extracted]:
    """The outcomes of a batch, one for each article, as what `source` proposes."""
    return [
        Extracted(article_id, source, tuple(suggestions_of(source, proposals)), error)
        for (article_id, _), (proposals, error) in zip(batch, outcomes, strict=True)
    ]


def suggestions_of(source: Source, proposals: Iterable[Proposal]) -> list[Suggestion]:
    """The proposals as suggestions of `source`."""
    return [
        Suggestion(Span(start, end, label), source.name, source.version, score)
        for start, end, label, score in proposals
    ]


def settled(text: str, proposals: Iterable[Proposal]) -> Outcome:
    """Proposals for `text` without white space at their edges, each range and label once, in the order of the text."""
    best: dict[tuple[int, int, str], float | None] = {}
    for start, end, label, score in proposals:
        start, end = trim(text, start, end)
        if start >= end:
            continue
        place = (start, end, label)
        scores = [one for one in (best.get(place), score) if one is not None]
        best[place] = max(scores, default=None)
    return [(*place, score) for place, score in sorted(best.items(), key=_in_text_order)], ""


def told(error: BaseException) -> str:
    """An error that somebody else's code raised, in one line."""
    return f"{type(error).__name__}: {first_line(error)}"


def first_line(error: BaseException) -> str:
    """The first line of an error's message that holds anything."""
    return next((line.strip() for line in str(error).split("\n") if line.strip()), "no reason given")


def batches(
    articles: Iterable[tuple[str, str]], *, size: int = BATCH_ARTICLES, characters: int = BATCH_CHARACTERS
) -> Iterator[Batch]:
    """The articles in small groups, so that a model works on several and memory stays small.

    Args:
        articles: (id, text) of each, read as groups are asked for.
        size: articles in a group at most.
        characters: of all texts of a group at most, unless a single one has more.
    """
    batch: Batch = []
    held = 0
    for article_id, text in articles:
        if batch and (len(batch) == size or held + len(text) > characters):
            yield batch
            batch, held = [], 0
        batch.append((article_id, text))
        held += len(text)
    if batch:
        yield batch


def _in_text_order(item: tuple[tuple[int, int, str], float | None]) -> tuple[int, int, str]:
    (start, end, label), _ = item
    return start, -end, label
