"""How often each entity is mentioned in an article, counted piece by piece and kept up to date. Knows no terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from annotate.view import EntryState, View
from annotate.words import Range

PIECE = 8_000
"""Characters whose entities are counted at a time."""

MANY = 500
"""Changes at once from which everything is counted anew."""

Name = tuple[str, str]
"""The text of an entity and its label."""


class Tally:
    """Counts the entries of a view by their text and label, those that were rejected left out.

    Attributes:
        view: the view.
    """

    def __init__(self, view: View) -> None:
        """Nothing is counted yet."""
        self.view = view
        self._reached = 0
        self._names: dict[Range, list[Name]] = {}
        self._counts: Counter[Name] = Counter()

    def _begin_anew(self) -> None:
        self._reached = 0
        self._names.clear()
        self._counts.clear()

    @property
    def complete(self) -> bool:
        """Whether everything is counted."""
        return self._reached >= len(self.view.article.text)

    def advance(self) -> None:
        """Count one piece more."""
        start, end = self._reached, self._reached + PIECE
        self._reached = end
        for place in {(one.start, one.end) for one in self.view.overlapping(start, end) if start <= one.start}:
            self._count(place)

    def update(self, changes: Collection[Range]) -> None:
        """Count anew where something changed: everything, piece by piece, where that is much."""
        if not self._reached:
            return
        if len(changes) > MANY or any(end - start > PIECE for start, end in changes):
            self._begin_anew()
            return
        for start, end in changes:
            near = {(one.start, one.end) for one in self.view.overlapping(start, end)}
            for place in near | {(start, end)}:
                self._count(place)

    def count(self, name: str, label: str) -> int | None:
        """How many mentions there are; None as long as not everything is counted."""
        return self._counts[name, label] if self.complete else None

    def _count(self, place: Range) -> None:
        self._counts.subtract(self._names.pop(place, ()))
        entries = [one for one in self.view.overlapping(*place) if (one.start, one.end) == place]
        text = self.view.article.text[slice(*place)]
        names = [(text, one.label) for one in entries if one.state is not EntryState.REJECTED]
        if names:
            self._names[place] = names
            self._counts.update(names)
