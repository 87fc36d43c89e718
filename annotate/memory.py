"""What an annotator said of each string before: it becomes suggestions of its own, and doubts about those of others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from annotate.articles import Article
from annotate.decisions import Decision
from annotate.layers import Annotation, Layer, State
from annotate.position_index import PositionIndex
from annotate.spans import Span
from annotate.strings_in_text import Found, Strings
from annotate.suggestions import MEMORY, Suggestion
from annotate.words import Range

_NEAR = 40
"""Code points beside a string in which its neighbouring word is looked for."""

_ENOUGH = 2
"""Decisions beside one word that tell more than those on the string elsewhere, where these disagree."""

_TRUST = 2
"""How many confirmations a source's word is worth."""

_ELSEWHERE = 0.25
"""What a confirmation as something else counts against a label, beside a rejection: it may have been another thing."""

_CLEARLY = 2
"""Times more often than rejected a string has to be confirmed for memory to propose it."""

_LAST_WORD = re.compile(r"(\w+)[ -]\Z|(\w{1,4})\. \Z")
_FIRST_WORD = re.compile(r"[ -](\w+)")
_SENTENCE_ENDS = re.compile(r"(?:^|\n|[.!?:][”’\"')]* |[“‘\"(])\Z")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a decision said of a string, as long as it stood.

    Attributes:
        id: of the annotation.
        quote: the string.
        label: what it was said to be, or not to be.
        confirmed: whether it was.
        before, after: the words that adjoin it, or "".
        since: when it was decided, UTC; "" where that is not known.
        until: when it was decided otherwise; "" while it stands.
    """

    id: str
    quote: str
    label: str
    confirmed: bool
    before: str = ""
    after: str = ""
    since: str = ""
    until: str = ""

    def stood(self, at: str) -> bool:
        """Whether it stood at a moment."""
        return self.since <= at and (not self.until or self.until > at)

    @property
    def key(self) -> tuple[str, str, str, bool, str]:
        """What tells it from all others of its article."""
        return self.id, self.quote, self.label, self.confirmed, self.since


def evidence_of(
    changes: Iterable[tuple[str, Decision]], layer: Layer, text_of: Callable[[str], str]
) -> tuple[Evidence, ...]:
    """What an annotator's decisions on an article said of its strings, in the order in which they were made.

    Args:
        changes: the decisions, each with its time, in order.
        layer: what they came to; it is trusted over them.
        text_of: gives the text of a revision, "" where it cannot be read.
    """
    history = _History()
    for time, decision in changes:
        history.take(time, decision, text_of)
    return history.agreeing_with(layer, text_of)


class _History:
    """What stands at the end of some decisions, and what stood before."""

    def __init__(self) -> None:
        self._standing: dict[str, tuple[Annotation, list[Evidence]]] = {}
        self._over: list[Evidence] = []

    def take(self, time: str, decision: Decision, text_of: Callable[[str], str]) -> None:
        for one in decision.before.annotations:
            self._end(one.id, time)
        for one in decision.after.annotations:
            self._end(one.id, time)
            self._standing[one.id] = one, said_by(one, text_of(revision_after(decision)), time)

    def _end(self, name: str, time: str) -> None:
        _, said = self._standing.pop(name, (None, ()))
        self._over += [replace(one, until=time) for one in said if one.since != time]

    def agreeing_with(self, layer: Layer, text_of: Callable[[str], str]) -> tuple[Evidence, ...]:
        found = list(self._over)
        for name, one in layer.annotations.items():
            annotation, said = self._standing.get(name, (None, []))
            found += said if annotation == one else said_by(one, text_of(layer.text_hash), "")
        return tuple(found)


def revision_after(decision: Decision) -> str:
    """The revision of the text that what a decision puts in belongs to."""
    return decision.after.text_hash or decision.text_hash


def said_by(one: Annotation, text: str, since: str) -> list[Evidence]:
    """What an annotation says of its string, and of what else was suggested in its place."""
    span = one.span
    before, after = _beside(text, span.start, span.end)
    found = [Evidence(one.id, one.quote, span.label, one.state is State.CONFIRMED, before, after, since)]
    if one.state is State.CONFIRMED:
        for other in sorted({other.span for other in one.origin} - {span}):
            quote = text[other.start : other.end]
            if quote:
                found.append(Evidence(one.id, quote, other.label, False, *_beside(text, other.start, other.end), since))
    return found


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words that adjoin a range, before it also a short one with a full stop, as in “Mr. Khan”; "" for none.

    A word that begins a line or a sentence is in small letters: its capital says nothing.
    """
    left = text[max(start - _NEAR, 0) : start]
    before, after = _LAST_WORD.search(left), _FIRST_WORD.match(text[end : end + _NEAR])
    word = (before[1] or before[2]) if before else ""
    if before and _SENTENCE_ENDS.search(left, 0, before.start()):
        word = word.lower()
    return word, after[1] if after else ""


def _begins_a_name(word: str) -> bool:
    """Whether a word is likely to be part of a name or a number."""
    return word[:1].isupper() or word[:1].isdigit()


@dataclass(frozen=True, slots=True)
class Said:
    """How often a string was said to be what, all over or beside one word.

    Attributes:
        yes: confirmations by label.
        no: rejections by label.
        where: beside which word, in words; "" for all over.
    """

    yes: Counter[str] = field(default_factory=Counter)
    no: Counter[str] = field(default_factory=Counter)
    where: str = ""

    @property
    def agrees(self) -> bool:
        """Whether all decisions say the same."""
        return len(self.yes) + len(self.no) <= 1

    def against(self, label: str) -> int:
        """How many decisions speak against a label."""
        return self.yes.total() - self.yes[label] + self.no[label]

    def likelihood(self, label: str) -> float:
        """How likely the label is right after these decisions: from 0 to 1, never either."""
        return (self.yes[label] + 1) / (self.yes[label] + self.against(label) + 2)

    def ranked(self) -> list[tuple[str, int]]:
        """The labels that it was confirmed with, the most frequent first, each with how often."""
        return sorted(self.yes.items(), key=lambda one: (-one[1], one[0]))

    def told(self, label: str) -> str:
        """Why the label is suggested: “confirmed 12 times as ORG”."""
        parts = [f"confirmed {_times(self.yes[label])} as {label}{self.where}"]
        return ", ".join([*parts, *self._told_against(label)])

    def told_against(self, label: str) -> str:
        """Why a label is doubted: “rejected 3 times, confirmed once as GPE”; "" where nothing speaks against it."""
        return ", ".join(self._told_against(label)) + (self.where if self.against(label) else "")

    def _told_against(self, label: str) -> Iterator[str]:
        if self.no[label]:
            yield f"rejected {_times(self.no[label])}"
        for other, count in self.ranked():
            if other != label:
                yield f"confirmed {_times(count)} as {other}"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count:,} times"


class Memory:
    """What one annotator, or several who share it, said of strings in all articles.

    Attributes:
        latest: the time of the newest decision that it knows of; "" while it knows none.
    """

    def __init__(self) -> None:
        self.latest = ""
        self._said: dict[str, dict[str, list[Evidence]]] = {}
        self._quotes: dict[str, dict[str, set[str]]] = {}
        self._strings = Strings()

    def put(self, article_id: str, evidence: Iterable[Evidence]) -> None:
        """Make this all that was said in an article."""
        for quote in set().union(*self._quotes.pop(article_id, {}).values()):
            del self._said[quote][article_id]
        for one in evidence:
            self._add(article_id, one)

    def note(self, time: str, decision: Decision, text_of: Callable[[str], str]) -> None:
        """Take in a decision that was made just now; one that is known already changes nothing."""
        article_id = decision.article_id
        self.latest = max(self.latest, time)
        for name in {one.id for part in (decision.before, decision.after) for one in part.annotations}:
            self._end(article_id, name, time)
        for one in decision.after.annotations:
            for said in said_by(one, text_of(revision_after(decision)), time):
                self._add(article_id, said)

    def _add(self, article_id: str, one: Evidence) -> None:
        if one.quote not in self._said:
            self._said[one.quote] = {}
            self._strings.add(one.quote)
        held = self._said[one.quote].setdefault(article_id, [])
        if all(other.key != one.key for other in held):
            held.append(one)
        self._quotes.setdefault(article_id, {}).setdefault(one.id, set()).add(one.quote)
        self.latest = max(self.latest, one.since, one.until)

    def _end(self, article_id: str, name: str, time: str) -> None:
        for quote in self._quotes.get(article_id, {}).get(name, ()):
            held = self._said[quote][article_id]
            for at, one in enumerate(held):
                if one.id == name and not one.until and one.since < time:
                    held[at] = replace(one, until=time)

    # What it comes to --------------------------------------------------------------------------------------

    def find(self, text: str, before: Found | None = None) -> Found:
        """Where the strings that were ever spoken of stand in a text.

        Args:
            text: the text.
            before: what was found in it some time ago.
        """
        return self._strings.find(text, before)

    def recalled(
        self, article: Article, at: str, proposed: Sequence[Suggestion], found: Found | None = None
    ) -> list[Suggestion]:
        """What others propose for an article, each with the doubts about it, and what memory itself proposes.

        It follows from what was said in other articles up to the moment `at`, and from nothing else.

        Args:
            article: the article.
            at: UTC, as the journal has it.
            proposed: what others propose.
            found: what `find` found in its text some time ago.
        """
        look = _Look(article, at, self._said)
        ranges = PositionIndex((one.span.start, one.span.end, one.span) for one in proposed)
        mine = look.proposals(self.find(article.text, found).places, ranges)
        return [*(look.weighed(one) for one in proposed), *mine]


class _Look:
    """Memory of one moment, looked at for one article."""

    def __init__(self, article: Article, at: str, said: dict[str, dict[str, list[Evidence]]]) -> None:
        self._article = article
        self._at = at
        self._said = said
        self._standing: dict[str, tuple[list[Evidence], Said]] = {}
        self._worth: dict[tuple[str, str], list[tuple[str, str, float]]] = {}

    def weighed(self, one: Suggestion) -> Suggestion:
        """A suggestion, less sure where decisions speak against it."""
        span = one.span
        quote = self._article.text[span.start : span.end]
        if quote not in self._said:
            return one
        said = self._said_at(quote, (span.start, span.end))
        no, elsewhere = said.no[span.label], said.yes.total() - said.yes[span.label]
        if not no and not elsewhere:
            return one
        trusted = said.yes[span.label] + _TRUST
        kept = trusted / (trusted + no + _ELSEWHERE * elsewhere)
        score = 1.0 if one.score is None else one.score
        return replace(one, lowered=score * kept, doubt=said.told_against(span.label))

    def proposals(self, places: Iterable[tuple[Range, str]], proposed: PositionIndex[Span]) -> Iterator[Suggestion]:
        """What memory proposes: the longest first, none over another, none within what others propose."""
        taken: PositionIndex[Range] = PositionIndex()
        for place, quote in sorted(places, key=lambda one: (one[0][0] - one[0][1], one[0][0])):
            if any(taken.overlapping(*place)) or self._lies_within(place, proposed):
                continue
            labels = self._labels(quote, place) if self._stands_alone(quote, place) else []
            if labels:
                taken.add(*place, place)
            stands_back = bool(labels) and self._is_undisputed(place, quote, proposed)
            for label, why, score in labels:
                yield Suggestion(Span(*place, label), MEMORY, why, score, score if stands_back else None)

    def _is_undisputed(self, place: Range, quote: str, proposed: PositionIndex[Span]) -> bool:
        """Whether others propose a label for exactly that place that was never rejected or replaced for its string.

        They know what it stands in; that it was something else elsewhere does not tell against them.
        """
        labels = [one.label for one in proposed.overlapping(*place) if (one.start, one.end) == place]
        return bool(labels) and not any(self._said_at(quote, place).no[label] for label in labels)

    def _lies_within(self, place: Range, proposed: PositionIndex[Span]) -> bool:
        """Whether others propose more than the place there, of which nothing says that it is not right."""
        for span in proposed.overlapping(*place):
            wider = span.start <= place[0] and place[1] <= span.end and (span.start, span.end) != place
            if wider and not self._is_doubted(span):
                return True
        return False

    def _stands_alone(self, quote: str, place: Range) -> bool:
        """Whether the string is not likely to be part of a longer one there.

        Where a name or number adjoins it, it was confirmed somewhere with one on that side: what was confirmed as
        “Sudan” is not proposed in “South Sudan”, nor “17” in “17 May”.
        """
        before, after = map(_begins_a_name, _beside(self._article.text, *place))
        if not before and not after:
            return True
        standing = [one for one in self._all(quote)[0] if one.confirmed]
        return (not before or any(_begins_a_name(one.before) for one in standing)) and (
            not after or any(_begins_a_name(one.after) for one in standing)
        )

    def _is_doubted(self, span: Span) -> bool:
        quote = self._article.text[span.start : span.end]
        said = self._said_at(quote, (span.start, span.end)) if quote in self._said else Said()
        return said.against(span.label) > said.yes[span.label]

    def _labels(self, quote: str, place: Range) -> list[tuple[str, str, float]]:
        """The labels that a string was clearly more often confirmed with than rejected, each with why, and a score."""
        said = self._said_at(quote, place)
        key = quote, said.where
        if key not in self._worth:
            self._worth[key] = [
                (label, said.told(label), round(said.likelihood(label), 4))
                for label, count in said.ranked()
                if count > _CLEARLY * said.no[label]
            ]
        return self._worth[key]

    def _said_at(self, quote: str, place: Range) -> Said:
        standing, said = self._all(quote)
        if said.agrees:
            return said
        words = _beside(self._article.text, *place)
        for which, word, where in (("before", words[0], " after “{}”"), ("after", words[1], " before “{}”")):
            near = [one for one in standing if word and getattr(one, which) == word]
            if len(near) >= _ENOUGH and (beside := _counted(near, where.format(word))).agrees:
                return beside
        return said

    def _all(self, quote: str) -> tuple[list[Evidence], Said]:
        """What stood of a string in other articles, and what it comes to."""
        found = self._standing.get(quote)
        if found is None:
            mine = self._article.id
            standing = [
                one
                for article_id, held in self._said[quote].items()
                if article_id != mine
                for one in held
                if one.stood(self._at)
            ]
            found = self._standing[quote] = standing, _counted(standing)
        return found


def _counted(evidence: Iterable[Evidence], where: str = "") -> Said:
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    for one in evidence:
        (yes if one.confirmed else no)[one.label] += 1
    return Said(yes, no, where)
