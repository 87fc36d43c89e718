"""What checks read of a corpus: articles one after the other, and what is counted of all of them in small space."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from annotate.checks.findings import Spot
from annotate.checks.known_strings import KnownStrings
from annotate.checks.tokens import Tokens, string_of, tokens_of
from annotate.position_index import PositionIndex
from annotate.spans import Span
from annotate.splitting import signature
from annotate.suggestions import Suggestion
from annotate.words import Range

EXAMPLES = 6
"""Places of each text that are kept to be compared with; the others are counted."""


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article as one annotator has decided on it.

    Attributes:
        article_id: the article.
        text: in the revision that the annotator's layer belongs to.
        done: whether the annotator has done it: only then does bare text say that there is no entity.
        spans: what they confirmed, in the order of the text.
        rejected: what they rejected.
        suggestions: what pipelines propose that the annotator is shown.
    """

    article_id: str
    text: str
    done: bool
    spans: tuple[Span, ...]
    rejected: tuple[Span, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


class CheckedArticles(Protocol):
    """The articles on which an annotator has decided something; may be gone through again and again."""

    def __iter__(self) -> Iterator[CheckedArticle]:
        """Each of them, read when it is its turn."""

    def text(self, article_id: str) -> str:
        """The text of one of them, as it was gone through."""


@dataclass
class Evidence:
    """What is counted of all articles before any of them is judged.

    Attributes:
        strings: how often each text was confirmed with each label.
        labels: how often each label was confirmed.
        examples: the first places of each text, as (article, start, end, label).
        inside, outside: how often a word is the first or last of a mention of several, and how often it stands just
            outside one; by label, side (-1 left, 1 right) and word.
        ids, signatures: of the articles, to find those that are nearly the same.
    """

    strings: dict[str, dict[str, int]] = field(default_factory=dict)
    labels: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, int, int, str]]] = field(default_factory=dict)
    inside: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    outside: Counter[tuple[str, int, str]] = field(default_factory=Counter)
    ids: list[str] = field(default_factory=list)
    signatures: list[array[int]] = field(default_factory=list)

    def take(self, article: CheckedArticle) -> None:
        """Count an article."""
        self.ids.append(article.article_id)
        self.signatures.append(signature(article.text))
        tokens = tokens_of(article.text)
        for span in article.spans:
            self.labels[span.label] += 1
            string = string_of(article.text[span.start : span.end])
            by_label = self.strings.setdefault(string, {})
            by_label[span.label] = by_label.get(span.label, 0) + 1
            examples = self.examples.setdefault(string, [])
            if len(examples) < EXAMPLES:
                examples.append((article.article_id, span.start, span.end, span.label))
            for side, word, is_inside in edge_words(tokens, span):
                (self.inside if is_inside else self.outside)[span.label, side, word] += 1

    @cached_property
    def known(self) -> KnownStrings:
        """All texts that were confirmed, to be found wherever else they stand; for when all articles are counted."""
        return KnownStrings(self.strings)

    def count(self, string: str, label: str = "") -> int:
        """How often a text was confirmed with a label, or with any."""
        by_label = self.strings.get(string, {})
        return by_label.get(label, 0) if label else sum(by_label.values())

    def like(self, string: str) -> list[Spot]:
        """A few places where a text was confirmed."""
        return [Spot(*place) for place in self.examples.get(string, ())]

    def majority(self, string: str) -> str:
        """The label that a text was confirmed with most often; of several the one that is most common in all."""
        by_label = self.strings[string]
        return max(by_label, key=lambda label: (by_label[label], self.labels[label], label))


def edge_words(tokens: Tokens, span: Span) -> Iterator[tuple[int, str, bool]]:
    """The words at the edges of a span, as (side, word, whether it lies inside); a single word has no inner ones."""
    held = tokens.within(span.start, span.end)
    if not held:
        return
    if not tokens.parted(held[0] - 1):
        yield -1, tokens.text(held[0] - 1), False
    if not tokens.parted(held[-1]):
        yield 1, tokens.text(held[-1] + 1), False
    if len(held) > 1:
        yield -1, tokens.text(held[0]), True
        yield 1, tokens.text(held[-1]), True


class Taken:
    """The spans of a text by where they are; asks cost little however many there are."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._held = PositionIndex((one.start, one.end, one) for one in spans)

    def at(self, start: int, end: int) -> list[Span]:
        """The spans that share a code point with a range, in order."""
        return sorted(self._held.overlapping(start, end))


def by_range(spans: Sequence[Span]) -> dict[Range, str]:
    """The label of each range that has one only, as spans nest or not."""
    counts = Counter((one.start, one.end) for one in spans)
    return {(one.start, one.end): one.label for one in spans if counts[one.start, one.end] == 1}
