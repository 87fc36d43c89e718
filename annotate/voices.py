"""Who of several sources says what about one entity, so that an annotator sees where they agree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from annotate.suggestions import MEMORY, Suggestion
from annotate.view import Entry, View


@dataclass(frozen=True, slots=True)
class Voices:
    """What the sources that suggest anything in an article say about one range of it.

    Attributes:
        by_label: the suggestions of exactly that range by their label, best first.
        otherwise: those that overlap it, of sources that suggest nothing for exactly that range.
        silent: the names of the sources that suggest nothing there; memory does not count among them.
    """

    by_label: dict[str, list[Suggestion]]
    otherwise: tuple[Suggestion, ...] = ()
    silent: tuple[str, ...] = ()


def voices(view: View, entry: Entry, shown: Collection[str]) -> Voices:
    """Who says what about an entry that is still a suggestion; nobody about one that is decided.

    Args:
        view: the entry's.
        entry: of the view.
        shown: the sources whose suggestions the annotator is shown.
    """
    by_label: dict[str, list[Suggestion]] = {}
    for one in entry.suggestions:
        by_label.setdefault(one.span.label, []).append(one)
    if not by_label:
        return Voices(by_label)
    heard = {one.source for one in (*entry.suggestions, *view.hidden_suggestions(entry.start, entry.end))}
    asked = set(shown) - {MEMORY}
    if heard.issuperset(asked):
        return Voices(by_label)
    near = [one for other in view.overlapping(entry.start, entry.end) for one in other.suggestions]
    otherwise = tuple(one for one in near if one.source not in heard)
    silent = view.sources.intersection(asked) - heard - {one.source for one in otherwise}
    return Voices(by_label, otherwise, tuple(sorted(silent)))
