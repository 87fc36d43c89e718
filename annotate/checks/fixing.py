"""Settle what a check has found: decisions like any other, and what is accepted as it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotate import acts
from annotate.acts import Decisions
from annotate.checks.findings import Case, Finding, Spot
from annotate.decisions import Accept, Decision, How
from annotate.errors import DecisionError
from annotate.layers import Layer, Part, State
from annotate.project_wide import PROJECT, Accepted
from annotate.spans import Span
from annotate.spreading import decide_at, kept_new
from annotate.view import Entry, View


def is_as_found(view: View, spot: Spot) -> bool:
    """Whether nothing else was decided at a place since it was found."""
    if spot.label:
        return _entry(view, Span(spot.start, spot.end, spot.label)) is not None
    over = view.confirmed_overlapping(spot.start, spot.end)
    if view.scheme.overlap:
        return not any((one.span.start, one.span.end) == (spot.start, spot.end) for one in over)
    return not over


def fix(view: View, spots: Iterable[Spot], how: How = How.SINGLE) -> tuple[Decisions, list[str]]:
    """What it takes to make of suspected places what is proposed, and why some are left as they are.

    What is decided in bulk leaves an article new that the annotator has not begun to read.

    Args:
        view: of the article; it is taken through the decisions, so nobody else may look at it.
        spots: places of that article; those at which something else was decided since are passed over.
        how: singly or in bulk.
    """
    made: list[Decision] = []
    problems = []
    for spot in spots:
        try:
            steps = _fix(view, spot, how) if is_as_found(view, spot) else ()
        except DecisionError as error:
            problems.append(error.message)
        else:
            made += steps
    return tuple(made), problems


def _fix(view: View, spot: Spot, how: How) -> Decisions:
    """The decisions for one place, with the view taken through them."""
    wanted = spot.fix
    entry = _entry(view, Span(spot.start, spot.end, spot.label)) if spot.label else None
    if wanted is None:
        return _take(view, acts.reject(view, entry, how), how) if entry and spot.remove else ()
    if wanted.label not in view.scheme:
        raise DecisionError(f"there is no label {wanted.label}")
    if entry is None:
        return _take(view, decide_at(view, wanted.start, wanted.end, wanted.label, how), how)
    steps: Decisions = ()
    if (wanted.start, wanted.end) != (entry.start, entry.end):
        if any(one != entry.annotation for one in acts.replaced_by(view, wanted.start, wanted.end)):
            return _take(view, acts.add(view, wanted.start, wanted.end, wanted.label, how), how)
        steps = _take(view, acts.move(view, entry, wanted.start, wanted.end, how), how)
        moved = _entry(view, Span(wanted.start, wanted.end, entry.label))
        if moved is None:
            return steps
        entry = moved
    return (*steps, *_take(view, acts.relabel(view, entry, wanted.label, how), how))


def _take(view: View, decisions: Decisions, how: How) -> Decisions:
    marked = decisions if how is How.SINGLE else kept_new(view, decisions)
    view.apply(marked)
    return marked


def _entry(view: View, span: Span) -> Entry | None:
    """The entry of a confirmed annotation of exactly that range and label."""
    for entry in view.overlapping(span.start, span.end):
        held = entry.annotation
        if held and held.state is State.CONFIRMED and held.span == span:
            return entry
    return None


def accept(layer: Layer, finding: Finding, cases: Sequence[Case]) -> Decisions:
    """These places of a finding are right as they are; nothing where all of them were accepted before.

    Args:
        layer: the annotator's layer of the project.
        finding: what was found.
        cases: those of its suspects that are accepted.
    """
    new = {one.id: one for one in cases if one.id not in layer.accepted}
    if not new:
        return ()
    records = tuple(Accepted(name, finding.rule, finding.told) for name in new)
    return (Accept(PROJECT, "", Part(), Part(accepted=records)),)
