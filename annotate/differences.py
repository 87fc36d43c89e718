"""Say what makes one layer of another, as a decision, so that a change made otherwise has its place in the history."""

from __future__ import annotations

from annotate.decisions import Decision, How
from annotate.layers import Layer, Part


def difference(before: Layer, after: Layer) -> Decision | None:
    """The decision that makes `after` of `before`, both of one article; None where they are equal."""
    old, new = _beyond(before, after), _beyond(after, before)
    return None if old == new else Decision(after.article_id, after.text_hash, old, new, How.IMPORT)


def _beyond(layer: Layer, other: Layer) -> Part:
    """The part of a layer that another does not have; its revision where they are on different ones."""
    return Part(
        tuple(one for name, one in layer.annotations.items() if other.annotations.get(name) != one),
        tuple(one for at, one in layer.remarks.items() if other.remarks.get(at) != one),
        layer.marks if layer.marks != other.marks else None,
        tuple(one for name, one in layer.unplaced.items() if other.unplaced.get(name) != one),
        layer.text_hash if layer.text_hash != other.text_hash else "",
    )
