"""Count what an annotator did: entities by label and kind, what was corrected, and how far each source agreed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from annotate.layers import Annotation, Kind, State, Status
from annotate.suggestions import Suggestion
from annotate.view import View
from annotate.ways import Way

UNDECIDED = "undecided"
KINDS = (*(kind.value for kind in Kind), UNDECIDED)
"""What is counted of each label: the annotator's entities by kind, and what they have not settled."""


class Correction(Enum):
    """What was wrong with what was suggested."""

    LABEL = "label"
    BOUNDARY = "boundary"
    BOTH = "both"
    ADDED = "added"
    REJECTED = "rejected"


class Share(Enum):
    """How much of an article is decided."""

    NONE = "nothing"
    SOME = "less than half"
    MOST = "half or more"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is counted of some articles, for one annotator.

    Attributes:
        articles: how many, by status.
        words: pieces of text between white space, by the article's status.
        entities: by (label, one of KINDS).
        settled: suggestions that the annotator's layer settles, by source.
        agreed: those of them for which it holds a confirmed annotation of the same start, end and label.
        corrections: annotations that are not as suggested, by (label, what was wrong).
        shares: articles in which something is suggested or annotated, by how much of it is decided.
        seen: suggestions that annotations came from, by (source, the suggestion's label, how it was decided).
        held: those of them that were confirmed as they were.
    """

    articles: Counter[Status] = field(default_factory=Counter)
    words: Counter[Status] = field(default_factory=Counter)
    entities: Counter[tuple[str, str]] = field(default_factory=Counter)
    settled: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    corrections: Counter[tuple[str, Correction]] = field(default_factory=Counter)
    shares: Counter[Share] = field(default_factory=Counter)
    seen: Counter[tuple[str, str, Way]] = field(default_factory=Counter)
    held: Counter[tuple[str, str, Way]] = field(default_factory=Counter)

    def include(self, other: Statistics) -> None:
        """Count what `other` counts as well."""
        self.articles.update(other.articles)
        self.words.update(other.words)
        self.entities.update(other.entities)
        self.settled.update(other.settled)
        self.agreed.update(other.agreed)
        self.corrections.update(other.corrections)
        self.shares.update(other.shares)
        self.seen.update(other.seen)
        self.held.update(other.held)

    def precision(self, source: str) -> float | None:
        """The share of a source's settled suggestions that the annotator agreed with; None without any."""
        return self.agreed[source] / self.settled[source] if self.settled[source] else None

    def count_of(self, kind: str) -> int:
        """Entities of one of KINDS, of all labels."""
        return sum(number for (_, one), number in self.entities.items() if one == kind)

    def corrected(self, correction: Correction) -> int:
        """Annotations of all labels of which that was wrong."""
        return sum(number for (_, one), number in self.corrections.items() if one is correction)

    def as_suggested(self, source: str, way: Way, label: str = "") -> tuple[int, int]:
        """Of a source's suggestions that were decided that way: (confirmed as they were, all).

        Args:
            source: the source.
            way: how they were decided.
            label: only those of that label; of all where it is "".
        """
        keys = [key for key in self.seen if (key[0], key[2]) == (source, way) and label in ("", key[1])]
        return sum(self.held[key] for key in keys), sum(self.seen[key] for key in keys)

    @property
    def undecided(self) -> int:
        """What is still to settle."""
        return self.count_of(UNDECIDED)

    @property
    def decided(self) -> int:
        """Annotations, confirmed or rejected."""
        return self.entities.total() - self.undecided


def count(view: View, suggestions: Iterable[Suggestion], ways: Mapping[str, Way] | None = None) -> Statistics:
    """Count one article.

    Args:
        view: of the article.
        suggestions: all that sources propose for it.
        ways: how its annotations came to be, by their ids.
    """
    status = view.layer.status
    found = Statistics(Counter({status: 1}), Counter({status: len(view.article.text.split())}))
    for annotation in view.layer.annotations.values():
        found.entities[annotation.span.label, annotation.kind.value] += 1
        correction = correction_of(annotation)
        if correction:
            found.corrections[annotation.span.label, correction] += 1
    for entry in view.undecided():
        found.entities[entry.label, UNDECIDED] += 1
    for suggestion in suggestions:
        if suggestion.span.label in view.scheme and view.is_settled(suggestion):
            found.settled[suggestion.source] += 1
            found.agreed[suggestion.source] += _agrees(view, suggestion)
    if found.entities:
        found.shares[_share(found.decided, found.undecided)] += 1
    for suggestion, held, name in _seen(view.layer.annotations.values()):
        key = (suggestion.source, suggestion.span.label, (ways or {}).get(name, Way.OTHER))
        found.seen[key] += 1
        found.held[key] += held
    return found


def correction_of(annotation: Annotation) -> Correction | None:
    """What was wrong with what was suggested; None where it is confirmed as it was.

    Where several suggestions lie behind an annotation, the one that is nearest counts: of its range, else of its label.
    """
    if annotation.kind is Kind.CONFIRMED:
        return None
    if annotation.kind is not Kind.CORRECTED:
        return Correction(annotation.kind.value)
    span = annotation.span
    if any((one.span.start, one.span.end) == (span.start, span.end) for one in annotation.origin):
        return Correction.LABEL
    if any(one.span.label == span.label for one in annotation.origin):
        return Correction.BOUNDARY
    return Correction.BOTH


def _agrees(view: View, suggestion: Suggestion) -> bool:
    return any(one.state is State.CONFIRMED for one in view.holding(suggestion.span))


def _share(decided: int, undecided: int) -> Share:
    if not decided:
        return Share.NONE
    if not undecided:
        return Share.ALL
    return Share.MOST if decided >= undecided else Share.SOME


def _seen(annotations: Iterable[Annotation]) -> Iterator[tuple[Suggestion, bool, str]]:
    """Each suggestion that annotations came from, whether one of them is it as it was, and the id of that one."""
    found: dict[tuple[object, ...], tuple[Suggestion, bool, str]] = {}
    for annotation in annotations:
        for one in annotation.origin:
            held = annotation.state is State.CONFIRMED and one.span == annotation.span
            if held or (one.source, one.span) not in found:
                found[one.source, one.span] = one, held, annotation.id
    yield from found.values()
