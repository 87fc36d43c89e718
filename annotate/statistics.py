"""Count what an annotator did: entities by label and kind, and how far each source agreed with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from annotate.layers import Kind, State, Status
from annotate.suggestions import Suggestion
from annotate.view import View

UNDECIDED = "undecided"
KINDS = (*(kind.value for kind in Kind), UNDECIDED)
"""What is counted of each label: the annotator's entities by kind, and what they have not settled."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is counted of some articles, for one annotator.

    Attributes:
        articles: how many, by status.
        words: pieces of text between white space, by the article's status.
        entities: by (label, one of KINDS).
        settled: suggestions that the annotator's layer settles, by source.
        agreed: those of them for which it holds a confirmed annotation of the same start, end and label.
    """

    articles: Counter[Status] = field(default_factory=Counter)
    words: Counter[Status] = field(default_factory=Counter)
    entities: Counter[tuple[str, str]] = field(default_factory=Counter)
    settled: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)

    def include(self, other: Statistics) -> None:
        """Count what `other` counts as well."""
        self.articles.update(other.articles)
        self.words.update(other.words)
        self.entities.update(other.entities)
        self.settled.update(other.settled)
        self.agreed.update(other.agreed)

    def precision(self, source: str) -> float | None:
        """The share of a source's settled suggestions that the annotator agreed with; None without any."""
        return self.agreed[source] / self.settled[source] if self.settled[source] else None

    def count_of(self, kind: str) -> int:
        """Entities of one of KINDS, of all labels."""
        return sum(number for (_, one), number in self.entities.items() if one == kind)


def count(view: View, suggestions: Iterable[Suggestion]) -> Statistics:
    """Count one article; `suggestions` are all that sources propose for it."""
    status = view.layer.status
    found = Statistics(Counter({status: 1}), Counter({status: len(view.article.text.split())}))
    for annotation in view.layer.annotations.values():
        found.entities[annotation.span.label, annotation.kind.value] += 1
    for entry in view.undecided():
        found.entities[entry.label, UNDECIDED] += 1
    for suggestion in suggestions:
        if suggestion.span.label in view.scheme and view.is_settled(suggestion):
            found.settled[suggestion.source] += 1
            found.agreed[suggestion.source] += _agrees(view, suggestion)
    return found


def _agrees(view: View, suggestion: Suggestion) -> bool:
    return any(one.state is State.CONFIRMED for one in view.holding(suggestion.span))
