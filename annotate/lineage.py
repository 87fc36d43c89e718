"""What an annotation was before: the decisions that made it what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.decisions import Decision, Reanchor
from annotate.layers import Annotation, Part
from annotate.view import Entry


@dataclass(frozen=True, slots=True)
class Past:
    """A decision as the journal holds it.

    Attributes:
        time: UTC, as in 2026-01-31T09:30:00.123Z.
        decision: what was decided.
        undone: whether it takes an earlier one back, whose verb it then has.
    """

    time: str
    decision: Decision
    undone: bool = False


def lineage(entry: Entry, past: Sequence[Past]) -> list[Past]:
    """The decisions on an entry, in order: on its annotation, on those it took the place of, and notes and flags.

    Of an undecided entry they are those that were taken back, and so left nothing.

    Args:
        entry: whose.
        past: the decisions on its article, in order.
    """
    place = (entry.start, entry.end)
    ids = {entry.annotation.id} if entry.annotation else set()
    found = []
    for one in reversed(past):
        parts = (one.decision.before, one.decision.after)
        concerned = [held for part in parts for held in part.annotations if _concerns(held, ids, entry)]
        if concerned or any(_has_remark(part, place) for part in parts):
            found.append(one)
        if any(held.id in ids for held in one.decision.after.annotations):
            ids.update(held.id for held in one.decision.before.annotations)
    return found[::-1]


def _concerns(annotation: Annotation, ids: set[str], entry: Entry) -> bool:
    if entry.annotation:
        return annotation.id in ids
    return (annotation.span.start, annotation.span.end) == (entry.start, entry.end)


def _has_remark(part: Part, place: tuple[int, int]) -> bool:
    return any((one.start, one.end) == place for one in part.remarks)


def describe_change(decision: Decision) -> str:
    """What a decision changed, in a few words: “ORG → PERSON”, “Gen Ali” → “Ali”; "" for a note or a flag."""
    if isinstance(decision, Reanchor):
        return "the text changed, and its place with it"
    before, after = _main(decision.before), _main(decision.after)
    if before is None or after is None:
        one = before or after
        return f"{one.span.label} “{one.quote}”" if one else ""
    changes = []
    if before.span.label != after.span.label:
        changes.append(f"{before.span.label} → {after.span.label}")
    if before.quote != after.quote:
        changes.append(f"“{before.quote}” → “{after.quote}”")
    return ", ".join(changes) or f"{after.span.label} “{after.quote}”"


def _main(part: Part) -> Annotation | None:
    """The annotation that a part is about: the first; what it leaves rejected comes after it."""
    return part.annotations[0] if part.annotations else None
