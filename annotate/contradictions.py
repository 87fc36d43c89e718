"""Where two copies of one annotator's work came together: what both of them say, and what they say differently."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.layers import Annotation, Layer, State
from annotate.schemes import LabelScheme


def contradictions(layer: Layer, scheme: LabelScheme) -> list[tuple[Annotation, Annotation]]:
    """Pairs of annotations that cannot both hold, in the order of the text.

    These are confirmed ones that overlap though the scheme allows none to, and one that is confirmed beside one of the
    same start, end and label that is rejected. Of equal ones only the first counts.
    """
    held = _distinct(layer)
    confirmed = [one for one in held if one.state is State.CONFIRMED]
    by_span = {one.span: one for one in confirmed}
    pairs = [(by_span[one.span], one) for one in held if one.state is State.REJECTED and one.span in by_span]
    if not scheme.overlap:
        pairs.extend(_overlapping(confirmed))
    return sorted(pairs, key=lambda pair: (pair[0].span, pair[1].span))


def twins(layer: Layer) -> list[Annotation]:
    """Annotations that say what another one says already: both copies had decided the same."""
    if len({(one.span, one.state) for one in layer.annotations.values()}) == len(layer.annotations):
        return []
    kept = {one.id for one in _distinct(layer)}
    return [one for one in layer.annotations.values() if one.id not in kept]


def _distinct(layer: Layer) -> list[Annotation]:
    first: dict[object, Annotation] = {}
    for one in sorted(layer.annotations.values(), key=lambda one: (one.span, one.id)):
        first.setdefault((one.span, one.state), one)
    return list(first.values())


def _overlapping(confirmed: list[Annotation]) -> Iterator[tuple[Annotation, Annotation]]:
    """Each annotation with the one that reaches furthest into it, of annotations sorted by their start."""
    furthest: Annotation | None = None
    for one in confirmed:
        if furthest and one.span.start < furthest.span.end:
            yield furthest, one
        if furthest is None or one.span.end > furthest.span.end:
            furthest = one
