"""The annotator's view: what the suggestions and their own layer come to on screen.

It is a pure function of these and of the sieve through which the suggestions are seen. `View.apply` keeps it up to
date at a cost that depends on what lies near the change, not on how many entities there are; the result equals a view
built anew.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from annotate.articles import Article
from annotate.decisions import Decision, apply_all
from annotate.errors import DecisionError
from annotate.layers import Annotation, Kind, Layer, Remark, State, Status
from annotate.position_index import LONG, PositionIndex
from annotate.schemes import LabelScheme
from annotate.sieve import ALL, Sieve
from annotate.spans import Span
from annotate.suggestions import MEMORY, Suggestion
from annotate.undecided import EntryKey as EntryKey
from annotate.undecided import Undecided, rank_of
from annotate.words import Range


class EntryState(Enum):
    """How an entry is drawn."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    ADDED = "added"
    REJECTED = "rejected"
    NEW_SINCE_DONE = "new since done"


_STATE_OF_KIND = {kind: EntryState(kind.value) for kind in Kind}

_ByRange = dict[Range, list[Suggestion]]


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
        """The best suggestion's score, less what speaks against it."""
        return self.suggestions[0].standing if self.suggestions else None


class View:
    """The entries of an article for one annotator, in the order of the text.

    Attributes:
        article: the text.
        scheme: the labels, and whether annotations may overlap.
        layer: the annotator's layer as it now is.
        struck: ids of annotations rejected in this sitting: drawn struck until the article is left.
        sieve: what of the suggestions is shown; of the rest only `hidden_count`, `hidden_at` and `hides` know.
    """

    def __init__(
        self,
        article: Article,
        scheme: LabelScheme,
        suggestions: Iterable[Suggestion],
        layer: Layer,
        struck: Iterable[str] = (),
        sieve: Sieve = ALL,
    ) -> None:
        self.article = article
        self.scheme = scheme
        self.layer = layer
        self.struck: set[str] = set(struck)
        self.sieve = sieve
        self._suggested, self._hidden = _sifted(_by_range(suggestions, len(article.text), scheme), sieve)
        self._annotated: dict[Range, dict[str, Annotation]] = {}
        for annotation in layer.annotations.values():
            span = annotation.span
            self._annotated.setdefault((span.start, span.end), {})[annotation.id] = annotation
        confirmed = [one for one in layer.annotations.values() if one.state is State.CONFIRMED]
        self._confirmed = PositionIndex((one.span.start, one.span.end, one.id) for one in confirmed)
        places = [*self._suggested, *(place for place in self._annotated if place not in self._suggested)]
        places += [place for place in self._hidden if place not in self._suggested and place not in self._annotated]
        self._places = PositionIndex([(*place, place) for place in places])
        self._entries: dict[EntryKey, Entry] = {}
        found = sorted([found for place in places for found in self._found_at(place)])
        self._keys = [key for key, _ in found]
        self._long = {key for key in self._keys if -key[1] - key[0] > LONG}
        self._undecided = Undecided((key for key, undecided in found if undecided), self._score)
        self._hidden_left = {place for place in self._hidden if self._hides(place)}

    # What is there ------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """All entries in the order of the text, outer before inner."""
        return [self._entry(key) for key in self._keys]

    def starts(self) -> list[int]:
        """Where the entries start, in order."""
        return [key[0] for key in self._keys]

    def entry(self, key: EntryKey | None) -> Entry | None:
        """The entry of that key, if it is still there."""
        if key is None:
            return None
        at = bisect_left(self._keys, key)
        return self._entry(key) if at < len(self._keys) and self._keys[at] == key else None

    def overlapping(self, start: int, end: int) -> list[Entry]:
        """The entries that share a code point with [start, end), in order."""
        keys = self._keys
        near = keys[bisect_left(keys, (start - LONG,)) : bisect_left(keys, (end,))]
        found = [key for key in near if -key[1] > start]
        found.extend(key for key in self._long if key[0] < start - LONG and -key[1] > start)
        return [self._entry(key) for key in sorted(found)]

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
        return len(self._confirmed)

    def undecided(self) -> list[Entry]:
        """The entries that the annotator still has to settle, in order."""
        return [self._entry(key) for key in self._undecided.keys]

    def new_since_done(self) -> list[Entry]:
        """Entries suggested after the annotator finished the article."""
        return [entry for entry in self.entries() if entry.state is EntryState.NEW_SINCE_DONE]

    def after(self, key: EntryKey, *, undecided: bool = False) -> Entry | None:
        """The first entry after `key`, if there is one."""
        if undecided:
            return self._entry_or_none(self._undecided.after(key))
        index = bisect_right(self._keys, key)
        return self._entry(self._keys[index]) if index < len(self._keys) else None

    def before(self, key: EntryKey, *, undecided: bool = False) -> Entry | None:
        """The last entry before `key`, if there is one."""
        if undecided:
            return self._entry_or_none(self._undecided.before(key))
        index = bisect_left(self._keys, key)
        return self._entry(self._keys[index - 1]) if index else None

    def by_certainty(self, entry: Entry | None, step: int) -> Entry | None:
        """The undecided entry that is next (`step` 1) or previous (-1) when the least certain come first.

        It is counted from `entry`, whether that is undecided still or not, and round the ends; from what no source
        scored and from None it is counted from before the least certain.
        """
        rank = rank_of(entry.key, entry.score) if entry and entry.suggestions else None
        return self._entry_or_none(self._undecided.by_certainty(rank, step))

    @property
    def hidden_count(self) -> int:
        """At how many ranges there is something unsettled of which the sieve shows nothing."""
        return len(self._hidden_left)

    def hidden_at(self, start: int, end: int) -> bool:
        """Whether the sieve hides an unsettled suggestion that shares a code point with [start, end)."""
        left = self._hidden_left
        return bool(left) and any(place in left for place in self._places.overlapping(start, end))

    def hides(self, start: int, end: int) -> bool:
        """Whether the sieve hides all that is unsettled at exactly that range, and there is something."""
        return (start, end) in self._hidden_left

    def hidden_suggestions(self, start: int, end: int) -> tuple[Suggestion, ...]:
        """What the sieve hides of what is suggested at exactly that range."""
        return tuple(self._hidden.get((start, end), ()))

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

    @cached_property
    def sources(self) -> frozenset[str]:
        """The names of the sources that suggest anything in the article."""
        ranges = (*self._suggested.values(), *self._hidden.values())
        return frozenset(one.source for held in ranges for one in held)

    # What changes -------------------------------------------------------------------------------------

    def apply(self, decisions: Sequence[Decision]) -> list[Range]:
        """Take `decisions` into the layer and the entries; give the ranges whose drawing changed.

        Raises:
            DecisionError: one does not fit; the view is as it was.
        """
        mine = [one for one in decisions if one.article_id == self.article.id]
        layer = apply_all(self.layer, mine)
        if layer.text_hash != self.article.text_hash:
            raise DecisionError("this belongs to another text of the article")
        status_changed = (self.layer.marks.finished is Status.DONE) != (layer.marks.finished is Status.DONE)
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
            places.update((start, -back) for start, back, name in self._keys if not name)
        return self._refresh(places)

    def offer(self, suggestions: Iterable[Suggestion]) -> View:
        """The view with these suggestions in place of the ones it had."""
        return View(self.article, self.scheme, suggestions, self.layer, self.struck, self.sieve)

    def sifted(self, sieve: Sieve) -> View:
        """The view through another sieve."""
        return View(self.article, self.scheme, self.suggestions(), self.layer, self.struck, sieve)

    def suggestions(self) -> list[Suggestion]:
        """All that is suggested, settled and hidden ones too."""
        return [one for held in (self._suggested, self._hidden) for found in held.values() for one in found]

    def _hold(self, annotation: Annotation) -> None:
        span = annotation.span
        place = (span.start, span.end)
        if not self._is_known(place):
            self._places.add(*place, place)
        self._annotated.setdefault(place, {})[annotation.id] = annotation
        if annotation.state is State.CONFIRMED:
            self._confirmed.add(*place, annotation.id)

    def _release(self, annotation: Annotation) -> None:
        span = annotation.span
        place = (span.start, span.end)
        del self._annotated[place][annotation.id]
        if not self._annotated[place]:
            del self._annotated[place]
            if not self._is_known(place):
                self._places.remove(*place, place)
        if annotation.state is State.CONFIRMED:
            self._confirmed.remove(*place, annotation.id)

    def _is_known(self, place: Range) -> bool:
        return place in self._suggested or place in self._annotated or place in self._hidden

    def _places_near(self, touched: Iterable[Range]) -> set[Range]:
        places = set(touched)
        for start, end in list(places):
            places.update(self._places.overlapping(start, end))
        return places

    def _refresh(self, places: Iterable[Range]) -> list[Range]:
        changed = []
        for place in places:
            old = list(self._keys_at(place))
            before = [self._entries.pop(key, None) for key in old]
            new = self._found_at(place)
            for key in old:
                self._discard(key)
            for key, undecided in new:
                self._put(key, undecided)
            if place in self._hidden:
                (self._hidden_left.add if self._hides(place) else self._hidden_left.discard)(place)
            if before != [self._entry(key) for key, _ in new]:
                changed.append(place)
        return changed

    def _discard(self, key: EntryKey) -> None:
        del self._keys[bisect_left(self._keys, key)]
        self._long.discard(key)
        self._undecided.discard(key)

    def _put(self, key: EntryKey, undecided: bool) -> None:
        insort(self._keys, key)
        if -key[1] - key[0] > LONG:
            self._long.add(key)
        if undecided:
            self._undecided.add(key)

    def _keys_at(self, place: Range) -> Iterator[EntryKey]:
        start, end = place
        index = bisect_left(self._keys, (start, -end, ""))
        while index < len(self._keys) and self._keys[index][:2] == (start, -end):
            yield self._keys[index]
            index += 1

    def _found_at(self, place: Range) -> list[tuple[EntryKey, bool]]:
        """The keys of one range's entries, each with whether it is undecided.

        They are the confirmed annotations and what is unsettled; where there is neither, what was just rejected.
        """
        start, end = place
        held = self._annotated.get(place)
        found: list[tuple[EntryKey, bool]] = []
        if held:
            found = [((start, -end, one.id), False) for one in held.values() if one.state is State.CONFIRMED]
            if found and not self.scheme.overlap:
                return found
        if self._unsettled(place):
            found.append(((start, -end, ""), self.layer.marks.finished is not Status.DONE))
        elif held and not found:
            struck = self._struck(place)
            if struck:
                found.append(((start, -end, struck.id), False))
        return found

    def _score(self, key: EntryKey) -> float | None:
        """The best score at the range of an undecided entry."""
        unsettled = self._unsettled((key[0], -key[1]))
        return unsettled[0].standing if unsettled else None

    def _hides(self, place: Range) -> bool:
        return not self._unsettled(place) and bool(self._unsettled_of(self._hidden.get(place), place))

    def _unsettled(self, place: Range) -> tuple[Suggestion, ...]:
        return self._unsettled_of(self._suggested.get(place), place)

    def _unsettled_of(self, suggested: list[Suggestion] | None, place: Range) -> tuple[Suggestion, ...]:
        if not suggested or (not self.scheme.overlap and any(self._confirmed.overlapping(*place))):
            return ()
        held = self._annotated.get(place)
        if not held:
            return tuple(suggested)
        labels = {one.span.label for one in held.values()}
        return tuple(one for one in suggested if one.span.label not in labels)

    def _struck(self, place: Range) -> Annotation | None:
        """What stands for the annotations of a range that were rejected in this sitting."""
        if not self.scheme.overlap and any(self._confirmed.overlapping(*place)):
            return None
        struck = [one for one in self.annotations_at(*place) if one.id in self.struck]
        return min(struck, key=lambda one: (one.span, one.id), default=None)

    def _entry_or_none(self, key: EntryKey | None) -> Entry | None:
        return None if key is None else self._entry(key)

    def _entry(self, key: EntryKey) -> Entry:
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = self._make(key)
        return entry

    def _make(self, key: EntryKey) -> Entry:
        place = (key[0], -key[1])
        remark = self.layer.remarks.get(place)
        if key[2]:
            annotation = self._annotated[place][key[2]]
            return Entry(*place, annotation.span.label, _STATE_OF_KIND[annotation.kind], annotation, remark=remark)
        unsettled = self._unsettled(place)
        done = self.layer.marks.finished is Status.DONE
        state = EntryState.NEW_SINCE_DONE if done else EntryState.SUGGESTED
        return Entry(*place, unsettled[0].span.label, state, None, unsettled, remark)


def _by_range(suggestions: Iterable[Suggestion], length: int, scheme: LabelScheme) -> _ByRange:
    """Those that lie in the text and have a label of the scheme, best first in each range."""
    found: _ByRange = {}
    for one in suggestions:
        span = one.span
        if span.end <= length and span.label in scheme:
            found.setdefault((span.start, span.end), []).append(one)
    for held in found.values():
        if len(held) > 1:
            held.sort(key=_best_first)
    return found


def _sifted(suggested: _ByRange, sieve: Sieve) -> tuple[_ByRange, _ByRange]:
    """What the sieve shows in each range, and what it hides."""
    if sieve == ALL:
        return suggested, {}
    divided = {place: sieve.divide(held) for place, held in suggested.items()}
    shown = {place: seen for place, (seen, _) in divided.items() if seen}
    return shown, {place: unseen for place, (_, unseen) in divided.items() if unseen}


def _best_first(suggestion: Suggestion) -> tuple[int, float, str, str]:
    standing = suggestion.standing
    score = 1.0 if standing is None else standing
    stands_back = suggestion.source == MEMORY and suggestion.lowered is not None
    return 2 if stands_back else int(suggestion.score is None), -score, suggestion.source, suggestion.span.label
