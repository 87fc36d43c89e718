"""A layer: one annotator's annotations, remarks, status and flags for one article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar

from annotate.errors import DecisionError
from annotate.overlay import to_change
from annotate.project_wide import Accepted, EntityRecord
from annotate.spans import Span
from annotate.suggestions import Suggestion

_Held = TypeVar("_Held", "Annotation", "Unplaced", EntityRecord, Accepted)


class State(Enum):
    """What an annotator said of a span."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Kind(Enum):
    """How an annotation relates to the suggestions it came from."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"


class Status(Enum):
    """Where an annotator stands with an article."""

    NEW = "new"
    IN_PROGRESS = "in progress"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Annotation:
    """A span in an annotator's layer.

    Attributes:
        id: random, kept for the annotation's life.
        span: where, and the label.
        quote: the text that the span covers.
        state: confirmed or rejected.
        origin: every suggestion it came from; empty when the annotator found it.
        spread: whether it came from a decision elsewhere to an article that the annotator had not begun to read.
    """

    id: str
    span: Span
    quote: str
    state: State
    origin: tuple[Suggestion, ...] = ()
    spread: bool = False

    @property
    def kind(self) -> Kind:
        """Confirmed, corrected, added or rejected: it follows from the state and the origin."""
        if self.state is State.REJECTED:
            return Kind.REJECTED
        if not self.origin:
            return Kind.ADDED
        same = any(suggestion.span == self.span for suggestion in self.origin)
        return Kind.CONFIRMED if same else Kind.CORRECTED


@dataclass(frozen=True, slots=True)
class Remark:
    """What an annotator noted about the entity at [start, end), decided or not."""

    start: int
    end: int
    unsure: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What an annotator said of an article as a whole.

    Attributes:
        finished: DONE or SKIPPED, or None while it is open.
        flagged: marked to come back to.
        note: free text.
        shown: names of the sources whose suggestions were on screen.
        remembered: up to when the annotator's memory was looked at for what was on screen, UTC; "" where it was not.
    """

    finished: Status | None = None
    flagged: bool = False
    note: str = ""
    shown: tuple[str, ...] = ()
    remembered: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What an annotator said of a place that a newer text no longer has, or not certainly.

    Attributes:
        id: the annotation's, or made of the place for a remark alone.
        text_hash: the revision in which the place is.
        start, end: the place there.
        quote: the text that it covers there.
        annotation: what stood there, if it was an annotation.
        remark: what was noted about it, if anything.
    """

    id: str
    text_hash: str
    start: int
    end: int
    quote: str
    annotation: Annotation | None = None
    remark: Remark | None = None

    @property
    def label(self) -> str:
        """The annotation's label; "" for a remark alone."""
        return self.annotation.span.label if self.annotation else ""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a layer that a decision takes out or puts in.

    Attributes:
        annotations, remarks: whole values.
        marks: of the article as a whole; None where the decision leaves them alone.
        unplaced: whole values.
        text_hash: the revision that the layer belongs to; "" where the decision leaves that alone.
        entities, accepted: whole values; in decisions about the project only.
    """

    annotations: tuple[Annotation, ...] = ()
    remarks: tuple[Remark, ...] = ()
    marks: Marks | None = None
    unplaced: tuple[Unplaced, ...] = ()
    text_hash: str = ""
    entities: tuple[EntityRecord, ...] = ()
    accepted: tuple[Accepted, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """One annotator's work on one revision of an article, or on the project as a whole. Never changed, only replaced.

    Attributes:
        article_id: the article, or `PROJECT`.
        text_hash: the revision that the offsets belong to; "" for the project.
        annotations: by id.
        remarks: by (start, end).
        marks: status, flag and note of the article.
        unplaced: by id, what belongs to earlier revisions and found no place in this one.
        entities: by id; the project's only.
        accepted: findings by id; the project's only.
    """

    article_id: str
    text_hash: str
    annotations: Mapping[str, Annotation] = field(default_factory=dict)
    remarks: Mapping[tuple[int, int], Remark] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    unplaced: Mapping[str, Unplaced] = field(default_factory=dict)
    entities: Mapping[str, EntityRecord] = field(default_factory=dict)
    accepted: Mapping[str, Accepted] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """New until something is decided, then in progress, until it is done or skipped."""
        if self.marks.finished is not None:
            return self.marks.finished
        begun = any(not one.spread for one in self.annotations.values())
        return Status.IN_PROGRESS if begun else Status.NEW

    def confirmed(self) -> list[Annotation]:
        """The confirmed annotations in the order of the text."""
        held = [one for one in self.annotations.values() if one.state is State.CONFIRMED]
        return sorted(held, key=lambda one: one.span)

    def replaced(self, changes: Iterable[tuple[Part, Part]]) -> Layer:
        """The layer after each (before, after) in turn.

        Raises:
            DecisionError: a `before` is not what the layer holds.
        """
        annotations = to_change(self.annotations)
        remarks = dict(self.remarks)
        unplaced = dict(self.unplaced)
        marks, text_hash = self.marks, self.text_hash
        entities, accepted = dict(self.entities), dict(self.accepted)
        for before, after in changes:
            _swap(annotations, before.annotations, after.annotations, _quoted)
            _swap_remarks(remarks, before.remarks, after.remarks)
            _swap(entities, before.entities, after.entities, lambda _: "the entity")
            _swap(accepted, before.accepted, after.accepted, lambda _: "the finding")
            if before.marks is not None and after.marks is not None:
                if marks != before.marks:
                    raise DecisionError("the article's status has changed since")
                marks = after.marks
            _swap(unplaced, before.unplaced, after.unplaced, _quoted)
            if before.text_hash != after.text_hash:
                if text_hash != before.text_hash:
                    raise DecisionError("the article's text has changed since")
                text_hash = after.text_hash
        return Layer(self.article_id, text_hash, annotations, remarks, marks, unplaced, entities, accepted)


def _swap(
    held: MutableMapping[str, _Held], before: tuple[_Held, ...], after: tuple[_Held, ...], told: Callable[[_Held], str]
) -> None:
    for one in before:
        if held.get(one.id) != one:
            raise DecisionError(f"{told(one)} has changed since")
        del held[one.id]
    for one in after:
        if one.id in held:
            raise DecisionError(f"{told(one)} is there already")
        held[one.id] = one


def _quoted(one: Annotation | Unplaced) -> str:
    return f"“{one.quote}”"


def _swap_remarks(held: dict[tuple[int, int], Remark], before: tuple[Remark, ...], after: tuple[Remark, ...]) -> None:
    for one in before:
        if held.get((one.start, one.end)) != one:
            raise DecisionError("the remark has changed since")
        del held[one.start, one.end]
    for one in after:
        if (one.start, one.end) in held:
            raise DecisionError("there is a remark already")
        held[one.start, one.end] = one
