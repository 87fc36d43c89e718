"""Every mention of a text in an article: where it stands, and how one decision is made for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from annotate import acts
from annotate.acts import Decisions
from annotate.decisions import Decision, How
from annotate.layers import State
from annotate.spans import Span
from annotate.view import Entry, View
from annotate.words import Range, Words, trim

_TAKEN = "under a confirmed entity"
_DISPUTED = "under a suggestion"
_TOGETHER = "decided with another one here"


def mentions_of(text: str, words: Words, start: int, end: int) -> list[Range]:
    """The places of the text at [start, end), itself among them, in order and without overlap.

    Case counts. Where [start, end) begins or ends between words so do the mentions: `Ali` is not found in `Alice`.
    """
    before = _places(text, words, (start, end), (0, start))
    return [*before, (start, end), *_places(text, words, (start, end), (end, len(text)))]


def next_mention(text: str, words: Words, start: int, end: int) -> Range | None:
    """The next place after [start, end) where its text stands, as in `mentions_of`, round the end of the article."""
    after = _places(text, words, (start, end), (end, len(text)))
    return next(chain(after, _places(text, words, (start, end), (0, start))), None)


def _places(text: str, words: Words, mention: Range, within: Range) -> Iterator[Range]:
    quote = text[slice(*mention)]
    whole = [words.parts_at(offset) for offset in mention]
    at = text.find(quote, *within)
    while at >= 0:
        place = (at, at + len(quote))
        fits = all(words.parts_at(offset) for offset, needed in zip(place, whole, strict=True) if needed)
        if fits:
            yield place
        at = text.find(quote, place[1] if fits else at + 1, within[1])


@dataclass(frozen=True, slots=True)
class Same:
    """One decision for every mention of a text.

    Attributes:
        decisions: of one group; none when every mention is decided like that already.
        told: what they come to, and what was left out and why.
    """

    decisions: Decisions
    told: str


def same_in_article(view: View, entry: Entry, words: Words) -> Same:
    """The decision on `entry` for every other mention of its text; a suggestion is confirmed and comes first.

    Where the entry is confirmed, mentions that nobody suggested are added, and a boundary that was corrected is
    corrected wherever the same was suggested. Where it is rejected, so is every other entry of that text. What was
    decided otherwise is decided anew. Nothing is done to a mention that overlaps what another decision or
    suggestion says, or a suggestion that the view's sieve hides; such are counted.
    """
    return _Gathering(view, entry).gather(mentions_of(view.article.text, words, entry.start, entry.end))


class _Gathering:
    """Gathers decisions that can be applied one after the other."""

    def __init__(self, view: View, entry: Entry) -> None:
        self._view = view
        self._entry = entry
        self._rejected = entry.annotation is not None and entry.annotation.state is State.REJECTED
        self._decisions: list[Decision] = []
        self._used: set[object] = set()
        self._left_out: Counter[str] = Counter()
        self._count = 0
        self._anew = 0

    def gather(self, places: list[Range]) -> Same:
        here = (self._entry.start, self._entry.end)
        if self._entry.suggestions:
            self._take(acts.confirm(self._view, self._entry), anew=False)
        for place in places:
            if place != here:
                self._decide(place)
        return Same(tuple(self._decisions), self._told(len(places)))

    def _decide(self, place: Range) -> None:
        entries = [one for one in self._view.overlapping(*place) if (one.start, one.end) == place]
        if not entries and self._view.hides(*place):
            self._leave_hidden()
        elif self._rejected:
            for entry in entries:
                if not _is_rejected(entry):
                    self._take(acts.reject(self._view, entry, How.ARTICLE), anew=entry.annotation is not None)
        elif not any(_is_confirmed_as(one, self._entry.label) for one in entries):
            self._confirm(place, entries)

    def _confirm(self, place: Range, entries: list[Entry]) -> None:
        """Make the mention what the entry is: what stands there is relabelled or moved, else it is added."""
        view, label = self._view, self._entry.label
        suggested = self._suggested_alike(place)
        if self._is_in_the_way(place, suggested):
            return
        if entries:
            anew = entries[0].annotation is not None
            self._take(acts.relabel(view, entries[0], label, How.ARTICLE), anew=anew)
        elif suggested:
            self._take(acts.correct(view, suggested, Span(*place, label), How.ARTICLE), anew=False)
        elif view.hidden_at(*place) and not view.scheme.overlap:
            self._leave_hidden()
        elif trim(view.article.text, *place) == place:
            anew = bool(view.annotations_at(*place))
            self._take(acts.add(view, *place, label, How.ARTICLE), anew=anew)

    def _suggested_alike(self, place: Range) -> Entry | None:
        """The undecided entry that lies about the mention as what was suggested for the entry lies about it."""
        for one in self._origins():
            start, end = place[0] + one[0] - self._entry.start, place[1] + one[1] - self._entry.end
            alike = 0 <= start and self._text(start, end) == self._text(*one)
            for found in self._view.overlapping(*place) if alike else ():
                if found.suggestions and (found.start, found.end) == (start, end):
                    return found
        return None

    def _origins(self) -> list[Range]:
        annotation = self._entry.annotation
        here = (self._entry.start, self._entry.end)
        spans = [one.span for one in annotation.origin] if annotation else []
        return [(span.start, span.end) for span in spans if (span.start, span.end) != here]

    def _text(self, start: int, end: int) -> str:
        return self._view.article.text[start:end]

    def _is_in_the_way(self, place: Range, suggested: Entry | None) -> bool:
        """Whether the mention has to be left out; if so it is counted."""
        if self._view.scheme.overlap:
            return False
        others = [one for one in self._view.overlapping(*place) if (one.start, one.end) != place and one != suggested]
        if any(one.annotation and not _is_rejected(one) for one in others):
            self._left_out[_TAKEN] += 1
            return True
        if any(one.suggestions for one in others):
            self._left_out[_DISPUTED] += 1
            return True
        return False

    def _leave_hidden(self) -> None:
        self._left_out[f"hidden {self._view.sieve.side}"] += 1

    def _take(self, decisions: Decisions, *, anew: bool) -> None:
        used = {one for decision in decisions for one in _used_by(decision)}
        if used & self._used:
            self._left_out[_TOGETHER] += 1
            return
        self._used |= used
        self._decisions.extend(decisions)
        self._count += bool(decisions)
        self._anew += anew

    def _told(self, places: int) -> str:
        what = "no entity" if self._rejected else f"{self._entry.label} confirmed"
        told = f"{self._count} {'mention' if self._count == 1 else 'mentions'}: {what}"
        if not self._decisions:
            quote = self._text(self._entry.start, self._entry.end)
            told = f"no other mention of “{quote}”" if places == 1 else f"nothing to change on mentions of “{quote}”"
        if self._anew:
            told += f" ({self._anew} decided otherwise before)"
        return told + "".join(f" · {count} left out, {why}" for why, count in self._left_out.items())


def _used_by(decision: Decision) -> Iterator[object]:
    """What two decisions of one group cannot both take out, or put in."""
    yield from (one.id for one in decision.before.annotations)
    for part in (decision.before, decision.after):
        yield from ((one.start, one.end) for one in part.remarks)


def _is_rejected(entry: Entry) -> bool:
    return entry.annotation is not None and entry.annotation.state is State.REJECTED


def _is_confirmed_as(entry: Entry, label: str) -> bool:
    return entry.annotation is not None and not _is_rejected(entry) and entry.label == label
