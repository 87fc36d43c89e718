"""What of an annotator's memory is shown in an article, and what an article is without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotate.layers import Layer, Status
from annotate.memory import Memory
from annotate.position_index import PositionIndex
from annotate.suggestions import MEMORY, Suggestion
from annotate.view import View


def moment_for(layer: Layer, memory: Memory) -> str:
    """Up to when memory is to be looked at for an article; "" for not at all.

    In an article on which nothing was decided yet, that is now. From the first decision on the moment that was noted
    with it holds, so that the same is suggested whenever the article is opened. In one that is done there is nothing
    left to suggest.
    """
    if layer.marks.finished is Status.DONE:
        return ""
    if layer.marks.remembered or layer.status is not Status.NEW:
        return layer.marks.remembered
    return memory.latest


def free_of(layer: Layer, suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Those that memory does not propose over a confirmed annotation."""
    confirmed = PositionIndex((one.span.start, one.span.end, one.id) for one in layer.confirmed())
    return [
        one
        for one in suggestions
        if one.source != MEMORY or not any(confirmed.overlapping(one.span.start, one.span.end))
    ]


def without_memory(view: View) -> View:
    """The view of what the sources say, as it is wherever an article is not open: in lists and counts."""
    suggestions = view.suggestions()
    if not any(one.source == MEMORY or one.doubt for one in suggestions):
        return view
    return view.offer(replace(one, lowered=None, doubt="") for one in suggestions if one.source != MEMORY)


def left_by_memory_alone(view: View) -> int:
    """At how many ranges nothing is unsettled but what memory suggests, whether the sieve shows it or not."""
    ranges = {(one.span.start, one.span.end) for one in view.suggestions() if one.source == MEMORY}
    return sum(_is_alone(view, *place) for place in ranges)


def _is_alone(view: View, start: int, end: int) -> bool:
    entry = view.entry((start, -end, ""))
    if entry:
        return entry.undecided and all(one.source == MEMORY for one in entry.suggestions)
    return view.hides(start, end) and all(one.source == MEMORY for one in view.hidden_suggestions(start, end))
