"""All that a decision changed, in words: for the log, and where two copies say different things."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.decisions import Decision, Reanchor
from annotate.layers import Kind, Marks, Part
from annotate.lineage import describe_change


def describe_whole_change(decision: Decision) -> str:
    """All that a decision changed, with where in the text, on one line: “ORG → PERSON at 17-22”, “open → done”."""
    before, after = decision.before, decision.after
    if isinstance(decision, Reanchor):
        return f"the text changed: {len(after.annotations)} moved with it, {len(after.unplaced)} without a place"
    told = [describe_change(decision), _place(after) or _place(before), _suggested(decision), *_remarks(before, after)]
    if before.marks and after.marks:
        told.extend(_marks(before.marks, after.marks))
    return " ".join(one for one in told if one)


def _place(part: Part) -> str:
    return next((f"at {one.span.start}-{one.span.end}" for one in part.annotations), "")


def _suggested(decision: Decision) -> str:
    """What had been suggested, where a suggestion was decided on otherwise."""
    first = next(iter(decision.after.annotations), None)
    if decision.before.annotations or first is None or first.kind is not Kind.CORRECTED:
        return ""
    span = first.origin[0].span
    moved = f" at {span.start}-{span.end}" if (span.start, span.end) != (first.span.start, first.span.end) else ""
    return f"suggested as {span.label}{moved}"


def _remarks(before: Part, after: Part) -> Iterator[str]:
    old = {(one.start, one.end): one for one in before.remarks}
    new = {(one.start, one.end): one for one in after.remarks}
    for place in sorted(old.keys() | new.keys()):
        was, now = old.get(place), new.get(place)
        unsure = (bool(was and was.unsure), bool(now and now.unsure))
        note = (was.note if was else "", now.note if now else "")
        if unsure[0] != unsure[1]:
            yield f"{'unsure' if unsure[1] else 'no longer unsure'} at {place[0]}-{place[1]}"
        if note[0] != note[1]:
            yield f"“{note[0]}” → “{note[1]}” at {place[0]}-{place[1]}"


def _marks(before: Marks, after: Marks) -> Iterator[str]:
    if before.finished != after.finished:
        states = (one.finished.value if one.finished else "open" for one in (before, after))
        yield " → ".join(states)
    if before.flagged != after.flagged:
        yield "flagged" if after.flagged else "no longer flagged"
    if before.note != after.note:
        yield f"“{before.note}” → “{after.note}”"
