"""One decision for every mention of a text in a project: what it comes to at a place, and what is in its way."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotate import acts
from annotate.acts import Decisions
from annotate.decisions import Decision, How
from annotate.errors import DecisionError
from annotate.layers import Annotation, State, Status
from annotate.view import Entry, View


def decide_at(view: View, start: int, end: int, label: str, how: How = How.SINGLE) -> Decisions:
    """What a person decides at a place: it is an entity of that label, or none where the label is "".

    Raises:
        DecisionError: there is no entity to reject, or no such label.
    """
    entries = _entries_at(view, start, end)
    if not label:
        if not entries:
            raise DecisionError("no entity here to reject")
        return tuple(one for entry in entries for one in acts.reject(view, entry, how))
    if any(one.annotation and one.annotation.state is State.CONFIRMED and one.label == label for one in entries):
        return ()
    return acts.relabel(view, entries[0], label, how) if entries else acts.add(view, start, end, label, how)


@dataclass(frozen=True, slots=True)
class Spread:
    """What a decision made elsewhere comes to at a place.

    Attributes:
        decisions: none where it is decided like that already, or something is in the way.
        against: what the annotator decided there by hand that contradicts it, or "".
    """

    decisions: Decisions
    against: str = ""


def spread_to(view: View, start: int, end: int, label: str, *, over: bool = False) -> Spread:
    """What it comes to that every mention of a text is an entity of that label, or none where the label is "".

    In an article that the annotator has not begun to read what is decided is marked as spread, and the article stays
    new.

    Args:
        view: of the article.
        start: of the mention.
        end: of the mention.
        label: the label, or "".
        over: whether the person has ticked this very mention: else nothing that was decided by hand is decided anew.
    """
    against = _against(view, start, end, label)
    if against and not over:
        return Spread((), against)
    if not label and not any(over or one.suggestions for one in _entries_at(view, start, end)):
        return Spread(())
    decisions = decide_at(view, start, end, label, How.PROJECT)
    return Spread(kept_new(view, decisions))


def kept_new(view: View, decisions: Decisions) -> Decisions:
    """Decisions from elsewhere, marked so that an article that the annotator has not begun to read stays new."""
    return tuple(_spread(one) for one in decisions) if view.layer.status is Status.NEW else decisions


def _entries_at(view: View, start: int, end: int) -> list[Entry]:
    return [one for one in view.overlapping(start, end) if (one.start, one.end) == (start, end)]


def _against(view: View, start: int, end: int, label: str) -> str:
    if view.hides(start, end):
        return f"hidden {view.sieve.side}"
    for one in view.annotations_at(start, end):
        if one.state is State.REJECTED and label and one.span.label == label:
            return "rejected"
        if one.state is State.CONFIRMED and one.span.label != label and not (label and view.scheme.overlap):
            return f"confirmed as {one.span.label}"
    if not label or view.scheme.overlap:
        return ""
    for one in view.confirmed_overlapping(start, end):
        if (one.span.start, one.span.end) != (start, end):
            return f"“{one.quote}” confirmed as {one.span.label}"
    return ""


def _spread(decision: Decision) -> Decision:
    annotations = tuple(_marked(one) for one in decision.after.annotations)
    return replace(decision, after=replace(decision.after, annotations=annotations))


def _marked(one: Annotation) -> Annotation:
    return replace(one, spread=True)
