"""The same entity with different boundaries: what is one mention elsewhere is only part of one here, or more than one.

For every text that was confirmed somewhere the places are gathered where it stands too, but another mention begins or
ends inside it: `[the Senate]` and `the [Senate]`, `Gen [Ali Khan]` and `[Gen Ali Khan]`, `[ISPR] (` and `[ISPR (]`.
The fewer are doubted. A text by itself is doubted where it is another one with an article, a title, a possessive,
punctuation or brackets at an edge, and that is not how such are marked in this corpus.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

import regex

from annotate.checks.corpus import CheckedArticle, Evidence, Taken
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import COMPARED, Options, share_weight
from annotate.checks.tokens import tokens_of
from annotate.entities.grouping import PERSON, family_of
from annotate.entities.names import TITLES
from annotate.spans import Span
from annotate.words import Range

NAME = "boundaries"
_LISTED = 100
_LONGEST = 200
"""Characters of a mention beyond which nothing is looked for at its edges."""
_ARTICLE = regex.compile(r"(?:the|a|an)\s+", regex.IGNORECASE)
_TITLE = regex.compile(r"(\p{L}+)\.?\s+")
_OPENING = regex.compile(r"[\p{Ps}\p{Pi}\"'‘“,;:.\s-]+")
_CLOSING = regex.compile(r"(?:['’][sS]?(?=\s|$)|[\p{Pe}\p{Pf}\"'’”,;:!?\s-]|(?<=\w{4})\.)+$")


class Boundaries:
    """Remembers where confirmed texts stand that are parted otherwise."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._evidence = evidence
        self._parted: dict[str, list[tuple[Spot, ...]]] = defaultdict(list)
        self._parted_count: Counter[str] = Counter()
        self._votes: Counter[str] = Counter()

    def look(self, article: CheckedArticle) -> None:
        """Remember where mentions cross confirmed texts."""
        whole = {(one.start, one.end) for one in article.spans}
        taken = Taken(article.spans)
        reach = 0
        for one in self._evidence.known.occurrences(article.text):
            if one.end <= reach or one.string.isnumeric():
                continue
            if (one.start, one.end) in whole:
                reach = one.end
                continue
            inside = taken.at(one.start, one.end)
            if inside and not any(span.start <= one.start and one.end <= span.end for span in inside):
                self._parted_count[one.string] += 1
                self._votes[one.string] += self._vote(article, inside[0], one.start)
                spots = tuple(Spot(article.article_id, span.start, span.end, span.label) for span in inside)
                if len(self._parted[one.string]) < _LISTED:
                    self._parted[one.string].append((Spot(article.article_id, one.start, one.end, ""), *spots))

    def _vote(self, article: CheckedArticle, span: Span, start: int) -> int:
        """How much more often than not the word beside a parted mention is inside of such mentions."""
        tokens = tokens_of(article.text)
        held = tokens.within(span.start, span.end)
        if not held:
            return 0
        word = tokens.text(held[0] - 1) if start < span.start else tokens.text(held[-1] + 1)
        edge = (span.label, -1 if start < span.start else 1, word)
        return self._evidence.inside[edge] - self._evidence.outside[edge]

    def doubts(self) -> Iterator[Doubt]:
        """One for each text that is parted otherwise here and there, and for each with an edge that others have not."""
        yield from self._parted_doubts()
        yield from self._edge_doubts()

    # Whole and parted --------------------------------------------------------------------------------------

    def _parted_doubts(self) -> Iterator[Doubt]:
        for text, count in self._parted_count.items():
            whole = self._evidence.count(text)
            places, label = self._parted[text], self._evidence.majority(text)
            told = f"“{text}”: one mention {whole}, parted {count}"
            if whole > count or (whole == count and self._votes[text] > 0):
                suspects = [_grown(place, label) for place in places]
                listed = (*suspects, *self._evidence.like(text))
            else:
                inner = next((one for one in places if _is_inside(one)), None)
                suspects = [one for spot in self._evidence.like(text) if inner and (one := _shrunk(spot, inner))]
                listed = (*suspects, *(spots[1] for spots in places[:COMPARED]))
            if suspects:
                weight = share_weight(min(whole, count), max(whole, count))
                yield Doubt(NAME, told, listed, weight, whole + count - len(listed))

    # Edges -------------------------------------------------------------------------------------------------

    def _edge_doubts(self) -> Iterator[Doubt]:
        for text, by_label in self._evidence.strings.items():
            for label, count in by_label.items() if text not in self._parted_count else ():
                start, end = core(text, label)
                inner = text[start:end]
                usual = self._evidence.count(inner, label)
                if inner != text and usual and count <= COMPARED and self._is_unusual(text, label, (start, end)):
                    yield self._edge_doubt(text, label, (start, end), usual)

    def _is_unusual(self, text: str, label: str, inner: Range) -> bool:
        """Whether what the core leaves out stands outside of mentions more often than inside."""
        counts = self._evidence
        left, right = tokens_of(text[: inner[0]]), tokens_of(text[inner[1] :])
        edges = [(label, -1, left.text(0))] if len(left) else []
        edges += [(label, 1, right.text(len(right) - 1))] if len(right) else []
        return any(counts.outside[edge] > counts.inside[edge] for edge in edges)

    def _edge_doubt(self, text: str, label: str, inner: Range, usual: int) -> Doubt:
        spots = [
            Spot(one.article_id, one.start, one.end, label, Span(one.start + inner[0], one.start + inner[1], label))
            for one in self._evidence.like(text)
            if one.label == label and one.end - one.start == len(text)
        ]
        like = [one for one in self._evidence.like(text[slice(*inner)]) if one.label == label]
        told = f"“{text}”: {label} {len(spots)}, “{text[slice(*inner)]}” {usual}"
        return Doubt(NAME, told, (*spots, *like), share_weight(len(spots), usual), usual - len(like))


def _grown(place: tuple[Spot, ...], label: str) -> Spot:
    """The first mention in a parted text, to be all of it; where it crosses an edge, with what is beyond cut off."""
    whole, first = place[0], place[1]
    return Spot(first.article_id, first.start, first.end, first.label, Span(whole.start, whole.end, label))


def _is_inside(place: tuple[Spot, ...]) -> bool:
    """Whether the first mention of a parted text lies in it altogether."""
    return place[0].start <= place[1].start and place[1].end <= place[0].end


def _shrunk(spot: Spot, like: tuple[Spot, ...]) -> Spot | None:
    """A whole mention, to be parted as another place of its text is; None where white space makes that unclear."""
    whole, first = like[0], like[1]
    if spot.end - spot.start != whole.end - whole.start:
        return None
    start, end = spot.start + first.start - whole.start, spot.end + first.end - whole.end
    return Spot(spot.article_id, spot.start, spot.end, spot.label, Span(max(start, 0), end, first.label))


@lru_cache(maxsize=65_536)
def core(text: str, label: str) -> Range:
    """What is left of a mention's text without article, titles before a person, possessive, punctuation at its edges.

    All of it where nothing would be left.
    """
    start, end = 0, len(text)
    if end > _LONGEST:
        return 0, end
    while True:
        found = _OPENING.match(text, start) or _ARTICLE.match(text, start) or _title(text, start, label)
        if not found:
            break
        start = found.end()
    found = _CLOSING.search(text, start)
    end = found.start() if found else end
    if start >= end or not any(one.isalnum() for one in text[start:end]):
        return 0, len(text)
    if _is_wanted(text, start, end):
        return 0, len(text)
    return start, end


def _title(text: str, start: int, label: str) -> regex.Match[str] | None:
    found = _TITLE.match(text, start) if family_of(label) == PERSON else None
    return found if found and found[1].casefold() in TITLES else None


def _is_wanted(text: str, start: int, end: int) -> bool:
    """Whether what is at an edge belongs to it: a bracket or quotation mark whose other one is inside."""
    inner = text[start:end]
    return any(text.count(left) and inner.count(left) != inner.count(right) for left, right in ("()", "[]", "“”"))
