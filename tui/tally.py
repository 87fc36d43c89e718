"""How often each entity is mentioned in an article, counted piece by piece and kept up to date. Knows no terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from annotate.project_wide import EntityRecord
from annotate.view import EntryState, View
from annotate.words import Range

PIECE = 8_000
"""Characters whose entities are counted at a time."""

MANY = 500
"""Changes at once from which everything is counted anew."""

Name = tuple[str, str]
"""The text of an entity and its label."""


MANY_NAMES = 600
"""Names in an article from which each stands for itself: to group more takes longer than a key may."""


@dataclass(frozen=True, slots=True)
class Group:
    """The texts of one label that stand for one entity in an article.

    Attributes:
        name: what the entity is called.
        texts: what it is called in the article.
    """

    name: str
    texts: tuple[str, ...]


class Tally:
    """Counts the entries of a view by their text and label, those that were rejected left out.

    Attributes:
        view: the view.
    """

    def __init__(self, view: View, records: Callable[[], Iterable[EntityRecord]] = tuple) -> None:
        """Nothing is counted yet.

        Args:
            view: the view.
            records: gives what the annotator said of entities. What they said of single mentions is not looked at.
        """
        self.view = view
        self._records = records
        self._groups: dict[Name, Group] | None = None
        self._reached = 0
        self._names: dict[Range, list[Name]] = {}
        self._counts: Counter[Name] = Counter()

    def _begin_anew(self) -> None:
        self._reached = 0
        self._names.clear()
        self._counts.clear()
        self._groups = None

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

    def group(self, name: str, label: str) -> Group:
        """The texts that name the same entity as this one; itself alone as long as not everything is counted."""
        alone = Group(" ".join(name.split()), (name,))
        if not self.complete:
            return alone
        if self._groups is None:
            self._groups = self._grouped()
        return self._groups.get((name, label), alone)

    def forget_groups(self) -> None:
        """What the annotator said of entities may be another by now."""
        self._groups = None

    def _grouped(self) -> dict[Name, Group]:
        from annotate.entities.grouping import Mention, group

        names = [name for name, count in self._counts.items() if count > 0]
        if len(names) > MANY_NAMES:
            return {}
        # One mention each will do, at a place where none stands.
        mentions = [Mention("", -1 - at, -1 - at, label, text) for at, (text, label) in enumerate(names)]
        found: dict[Name, Group] = {}
        for entity in group(mentions, self._records()):
            texts: dict[str, list[str]] = defaultdict(list)
            for one in entity.mentions:
                texts[one.label].append(one.text)
            for label, held in texts.items():
                found |= {(text, label): Group(entity.name, tuple(held)) for text in held}
        return found

    def _count(self, place: Range) -> None:
        before = self._names.pop(place, ())
        self._counts.subtract(before)
        entries = [one for one in self.view.overlapping(*place) if (one.start, one.end) == place]
        text = self.view.article.text[slice(*place)]
        names = [(text, one.label) for one in entries if one.state is not EntryState.REJECTED]
        if names:
            self._names[place] = names
            self._counts.update(names)
        if any(not self._counts[one] for one in before) or any(self._counts[one] == 1 for one in names):
            self._groups = None
