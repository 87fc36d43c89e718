"""What labels of other schemes mean in a project's, so that a pipeline that says PER can suggest a PERSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from annotate.schemes import LabelScheme
from annotate.spans import Span
from annotate.suggestions import Suggestion


def translated(suggestions: Iterable[Suggestion], scheme: LabelScheme) -> list[Suggestion]:
    """The suggestions with the labels that the scheme's translations give them, in their order.

    One whose label is translated to nothing is left out. Where two of one source become the same, the better scored
    one stays. A label without a translation stays, whether the scheme has it or not.
    """
    if not scheme.translations:
        return list(suggestions)
    best: dict[tuple[str, Span], Suggestion] = {}
    for one in suggestions:
        label = scheme.meant(one.source, one.span.label)
        if not label:
            continue
        span = Span(one.span.start, one.span.end, label)
        held = best.get((one.source, span))
        if held is None or _score(held) < _score(one):
            best[one.source, span] = replace(one, span=span)
    return list(best.values())


def _score(suggestion: Suggestion) -> float:
    return -1.0 if suggestion.score is None else suggestion.score
