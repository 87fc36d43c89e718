"""The annotator's view: what the suggestions and their own layer come to on screen.

It is a pure function of these. `View.apply` keeps it up to date at a cost that depends on what lies near the
change, not on how many entities there are; the result equals a view built anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from annotate.articles import Article
from annotate.decisions import Decision, apply_all
from annotate.layers import Annotation, Kind, Layer, Remark, State, Status
from annotate.position_index import PositionIndex
from annotate.schemes import LabelScheme
from annotate.spans import Span
from annotate.suggestions import Suggestion


class EntryState(Enum):
    """How an entry is drawn."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"
    NEW_SINCE_DONE = "new since done"


_STATE_OF_KIND = {kind: EntryState(kind.value) for kind in Kind}

EntryKey = tuple[int, int, str]
"""(start, -end, annotation id or ""): sorts entries as they are read, outer before inner."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entity on screen: an annotation, or the unsettled suggestions of one range.

    Attributes:
        start, end: the range.
        label: the annotation's, or the best-scored suggestion's.
        state: how it stands.
        annotation: the annotation, if the entry is one.
        suggestions: the unsettled suggestions of the range, best first; empty for an annotation.
        remark: what was noted about the range.
    """

    start: int
    end: int
    label: str
    state: EntryState
    annotation: Annotation | None = None
    suggestions: tuple[Suggestion, ...] = ()
    remark: Remark | None = None

    @property
    def key(self) -> EntryKey:
        """What the entry is found by."""
        return self.start, -self.end, self.annotation.id if self.annotation else ""

    @property
    def undecided(self) -> bool:
        """Whether the annotator still has to settle it."""
        return self.state is EntryState.SUGGESTED

    @property
    def score(self) -> float | None:
        """The best suggestion's score."""
        return self.suggestions[0].score if self.suggestions else None


class View:
    """The entries of an article for one annotator, in the order of the text.

    Attributes:
        article: the text.
        scheme: the labels, and whether annotations may overlap.
        layer: the annotator's layer as it now is.
        struck: ids of annotations rejected in this sitting: drawn struck until the article is left.
    """

    def __init__(
        self,
        article: Article,
        scheme: LabelScheme,
        suggestions: Iterable[Suggestion],
        layer: Layer,
        struck: Iterable[str] = (),
    ) -> None:
        self.article = article
        self.scheme = scheme
        self.layer = layer
        self.struck: set[str] = set(struck)
        self._suggested: dict[tuple[int, int], list[Suggestion]] = {}
        self._annotated: dict[tuple[int, int], dict[str, Annotation]] = {}
        self._confirmed: PositionIndex[str] = PositionIndex()
        self._confirmed_count = 0
        self._ranges: PositionIndex[tuple[int, int]] = PositionIndex()
        self._entries: dict[EntryKey, Entry] = {}
        self._keys: list[EntryKey] = []
        self._undecided: list[EntryKey] = []
        self._drawn: PositionIndex[EntryKey] = PositionIndex()
        self._fill(suggestions)

    def _fill(self, suggestions: Iterable[Suggestion]) -> None:
        length = len(self.article.text)
        for one in suggestions:
            if one.span.end <= length and one.span.label in self.scheme:
                self._suggested.setdefault((one.span.start, one.span.end), []).append(one)
        for place, held in self._suggested.items():
            held.sort(key=_best_first)
            self._ranges.add(*place, place)
        for annotation in self.layer.annotations.values():
            self._hold(annotation)
        for place in self._suggested.keys() | self._annotated.keys():
            for entry in self._entries_at(place):
                self._entries[entry.key] = entry
                self._drawn.add(entry.start, entry.end, entry.key)
        self._keys = sorted(self._entries)
        self._undecided = [key for key in self._keys if self._entries[key].undecided]

    # What is there ------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """All entries in the order of the text, outer before inner."""
        return [self._entries[key] for key in self._keys]

    def entry(self, key: EntryKey | None) -> Entry | None:
        """The entry of that key, if it is still there."""
        return self._entries.get(key) if key is not None else None

    def overlapping(self, start: int, end: int) -> list[Entry]:
        """The entries that share a code point with [start, end), in order."""
        return [self._entries[key] for key in sorted(self._drawn.overlapping(start, end))]

    def innermost(self, start: int, end: int) -> Entry | None:
        """The shortest entry that overlaps [start, end): the one that keys act on."""
        found = self.overlapping(start, end)
        return min(found, key=lambda entry: (entry.end - entry.start, not entry.undecided), default=None)

    @property
    def undecided_count(self) -> int:
        """How many entries the annotator still has to settle."""
        return len(self._undecided)

    @property
    def confirmed_count(self) -> int:
        """How many annotations are confirmed."""
        return self._confirmed_count

    def undecided(self) -> list[Entry]:
        """The entries that the annotator still has to settle, in order."""
        return [self._entries[key] for key in self._undecided]

    def new_since_done(self) -> list[Entry]:
        """Entries suggested after the annotator finished the article."""
        return [entry for entry in self.entries() if entry.state is EntryState.NEW_SINCE_DONE]

    def after(self, key: EntryKey, *, undecided: bool = False) -> Entry | None:
        """The first entry after `key`, if there is one."""
        keys = self._undecided if undecided else self._keys
        index = bisect_right(keys, key)
        return self._entries[keys[index]] if index < len(keys) else None

    def before(self, key: EntryKey, *, undecided: bool = False) -> Entry | None:
        """The last entry before `key`, if there is one."""
        keys = self._undecided if undecided else self._keys
        index = bisect_left(keys, key)
        return self._entries[keys[index - 1]] if index else None

    def confirmed_overlapping(self, start: int, end: int) -> list[Annotation]:
        """The confirmed annotations that share a code point with [start, end), in order."""
        found = [self.layer.annotations[name] for name in self._confirmed.overlapping(start, end)]
        return sorted(found, key=lambda one: one.span)

    def annotations_at(self, start: int, end: int) -> list[Annotation]:
        """The annotations, confirmed or rejected, of exactly that range."""
        return list(self._annotated.get((start, end), {}).values())

    def holding(self, span: Span) -> list[Annotation]:
        """The annotations, confirmed or rejected, of exactly that start, end and label."""
        return [one for one in self.annotations_at(span.start, span.end) if one.span.label == span.label]

    def remark_at(self, start: int, end: int) -> Remark | None:
        """What the annotator noted about exactly that range."""
        return self.layer.remarks.get((start, end))

    def is_settled(self, suggestion: Suggestion) -> bool:
        """Whether the layer has settled the suggestion."""
        span = suggestion.span
        if self.holding(span):
            return True
        return not self.scheme.overlap and bool(self.confirmed_overlapping(span.start, span.end))

    # What changes -------------------------------------------------------------------------------------

    def apply(self, decisions: Sequence[Decision]) -> list[tuple[int, int]]:
        """Take `decisions` into the layer and the entries; give the ranges whose drawing changed.

        Raises:
            DecisionError: one does not fit; the view is as it was.
        """
        mine = [one for one in decisions if one.article_id == self.article.id]
        layer = apply_all(self.layer, mine)
        status_changed = (self.layer.status is Status.DONE) != (layer.status is Status.DONE)
        for decision in mine:
            for annotation in decision.before.annotations:
                self._release(annotation)
            for annotation in decision.after.annotations:
                self._hold(annotation)
                if annotation.state is State.REJECTED:
                    self.struck.add(annotation.id)
        self.layer = layer
        touched = [place for decision in mine for place in decision.touched()]
        places = self._places_near(touched)
        if status_changed:
            places |= self._suggested.keys()
        return self._refresh(places)

    def offer(self, suggestions: Iterable[Suggestion]) -> View:
        """The view with these suggestions in place of the ones it had."""
        return View(self.article, self.scheme, suggestions, self.layer, self.struck)

    def _hold(self, annotation: Annotation) -> None:
        span = annotation.span
        place = (span.start, span.end)
        self._annotated.setdefault(place, {})[annotation.id] = annotation
        self._ranges.add(*place, place)
        if annotation.state is State.CONFIRMED:
            self._confirmed_count += 1
            self._confirmed.add(span.start, span.end, annotation.id)

    def _release(self, annotation: Annotation) -> None:
        span = annotation.span
        place = (span.start, span.end)
        del self._annotated[place][annotation.id]
        if not self._annotated[place]:
            del self._annotated[place]
            if place not in self._suggested:
                self._ranges.remove(*place, place)
        if annotation.state is State.CONFIRMED:
            self._confirmed_count -= 1
            self._confirmed.remove(span.start, span.end, annotation.id)

    def _places_near(self, touched: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
        places = set(touched)
        for start, end in list(places):
            places.update(self._ranges.overlapping(start, end))
        return places

    def _refresh(self, places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        changed = []
        for place in places:
            old = {key: self._entries[key] for key in self._keys_at(place)}
            new = {entry.key: entry for entry in self._entries_at(place)}
            if old == new:
                continue
            changed.append(place)
            for key in old.keys() - new.keys():
                self._discard(key)
            for key, entry in new.items():
                self._put(key, entry)
        return changed

    def _discard(self, key: EntryKey) -> None:
        entry = self._entries.pop(key)
        self._drawn.remove(entry.start, entry.end, key)
        del self._keys[bisect_left(self._keys, key)]
        if entry.undecided:
            del self._undecided[bisect_left(self._undecided, key)]

    def _put(self, key: EntryKey, entry: Entry) -> None:
        if key in self._entries:
            self._discard(key)
        self._entries[key] = entry
        self._drawn.add(entry.start, entry.end, key)
        insort(self._keys, key)
        if entry.undecided:
            insort(self._undecided, key)

    def _keys_at(self, place: tuple[int, int]) -> Iterator[EntryKey]:
        start, end = place
        index = bisect_left(self._keys, (start, -end, ""))
        while index < len(self._keys) and self._keys[index][:2] == (start, -end):
            yield self._keys[index]
            index += 1

    def _entries_at(self, place: tuple[int, int]) -> list[Entry]:
        """The entries of one range: confirmed annotations, what is undecided, else what was just rejected."""
        remark = self.layer.remarks.get(place)
        held = self.annotations_at(*place)
        entries = [
            Entry(*place, one.span.label, _STATE_OF_KIND[one.kind], one, remark=remark)
            for one in held
            if one.state is State.CONFIRMED
        ]
        unsettled = tuple(one for one in self._suggested.get(place, ()) if not self.is_settled(one))
        if unsettled:
            done = self.layer.status is Status.DONE
            state = EntryState.NEW_SINCE_DONE if done else EntryState.SUGGESTED
            entries.append(Entry(*place, unsettled[0].span.label, state, None, unsettled, remark))
        elif not entries:
            entries.extend(self._struck_at(place, remark))
        return entries

    def _struck_at(self, place: tuple[int, int], remark: Remark | None) -> list[Entry]:
        struck = [one for one in self.annotations_at(*place) if one.id in self.struck]
        if not struck or (not self.scheme.overlap and self.confirmed_overlapping(*place)):
            return []
        first = min(struck, key=lambda one: (one.span, one.id))
        return [Entry(*place, first.span.label, EntryState.REJECTED, first, remark=remark)]


def _best_first(suggestion: Suggestion) -> tuple[bool, float, str, str]:
    score = suggestion.score
    return score is None, -(score or 0.0), suggestion.source, suggestion.span.label
