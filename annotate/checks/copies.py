"""Articles that are nearly the same, decided differently: agency copy, updates of one story, the same text twice."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from annotate.checks.corpus import CheckedArticle, Evidence
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import COMPARED, Options, share_weight
from annotate.sentences import sentence_breaks
from annotate.spans import Span
from annotate.splitting import near_duplicates
from annotate.words import Range

NAME = "copies"
_LEAST = 20
"""Characters of a sentence from which it is compared: shorter ones stand in any article."""

_LISTED = 50
"""Copies of a sentence that are remembered of those that are decided alike."""


_Decided = tuple[tuple[Span, ...], bool]
"""The mentions in a sentence, counted from where it begins, and whether its article is done."""


@dataclass(slots=True)
class _Copies:
    """The copies of a sentence that are decided alike: how many, and of some of them article and offset."""

    count: int = 0
    places: list[tuple[str, int]] = field(default_factory=list)


class Copies:
    """Remembers the sentences of articles that are nearly the same."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        groups = [members for members in near_duplicates(evidence.signatures) if len(members) > 1]
        self._group = {evidence.ids[one]: number for number, members in enumerate(groups) for one in members}
        self._sentences: dict[tuple[int, bytes], dict[_Decided, _Copies]] = defaultdict(lambda: defaultdict(_Copies))
        self._quotes: dict[tuple[int, bytes, Range], str] = {}

    def look(self, article: CheckedArticle) -> None:
        """Remember the sentences of an article that has a copy."""
        group = self._group.get(article.article_id)
        if group is None:
            return
        starts = [one.start for one in article.spans]
        edges = [0, *sentence_breaks(article.text), len(article.text)]
        for left, right in pairwise(sorted(set(edges))):
            sentence = article.text[left:right]
            start = right - len(sentence.lstrip())
            if len(sentence.strip()) < _LEAST:
                continue
            held = article.spans[bisect_left(starts, start) : bisect_left(starts, right)]
            spans = tuple(Span(one.start - start, one.end - start, one.label) for one in held)
            digest = hashlib.blake2b(sentence.strip().encode("utf-8", "replace"), digest_size=9).digest()
            alike = self._sentences[group, digest][spans, article.done]
            alike.count += 1
            if len(alike.places) < _LISTED:
                alike.places.append((article.article_id, start))
            for one, span in zip(held, spans, strict=True):
                self._quotes.setdefault((group, digest, (span.start, span.end)), article.text[one.start : one.end])

    def doubts(self) -> Iterator[Doubt]:
        """One for each place of a sentence that copies have decided differently."""
        for key, decided in self._sentences.items():
            if len(decided) > 1:
                for place in sorted({(span.start, span.end) for spans, _ in decided for span in spans}):
                    yield from self._doubt(decided, place, self._quotes[*key, place])

    def _doubt(self, decided: Mapping[_Decided, _Copies], place: Range, quote: str) -> Iterator[Doubt]:
        """What most copies have at a place, and those that have something else there, or nothing and are done."""
        votes: Counter[str] = Counter()
        for (spans, done), alike in decided.items():
            label = _label_at(spans, place)
            if label or done:
                votes[label] += alike.count
        best, most = max(votes.items(), key=lambda one: (one[1], bool(one[0]), one[0]))
        if len(votes) < 2 or not best:
            return
        spots, like = [], []
        for (spans, done), alike in decided.items():
            label = _label_at(spans, place)
            if label == best:
                like += [_spot(one, spans, place, "") for one in alike.places]
            elif label or done:
                spots += [_spot(one, spans, place, best) for one in alike.places]
        listed = (*spots, *like[:COMPARED])
        told = ", ".join(f"{label or 'not labelled'} {count}" for label, count in votes.most_common())
        weight = share_weight(votes.total() - most, most)
        yield Doubt(NAME, f"“{quote}” in the same sentence: {told}", listed, weight, votes.total() - len(listed))


def _label_at(spans: Sequence[Span], place: Range) -> str:
    return next((one.label for one in spans if (one.start, one.end) == place), "")


def _spot(copy: tuple[str, int], spans: Sequence[Span], place: Range, fix: str) -> Spot:
    """The place in one copy; where a mention of another range lies there, that one."""
    article_id, offset = copy
    label = _label_at(spans, place)
    there = next((one for one in spans if not label and one.overlaps(*place)), None)
    start, end = (there.start, there.end) if there else place
    wanted = Span(offset + place[0], offset + place[1], fix) if fix else None
    return Spot(article_id, offset + start, offset + end, there.label if there else label, wanted)
