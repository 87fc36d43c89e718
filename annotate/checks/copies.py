"""Articles that are nearly the same, decided differently: agency copy, updates of one story, the same text twice."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from annotate.checks.corpus import CheckedArticle, Evidence
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import COMPARED, Options, share_weight
from annotate.sentences import sentence_breaks
from annotate.spans import Span
from annotate.splitting import near_duplicates

NAME = "copies"
_LEAST = 20
"""Characters of a sentence from which it is compared: shorter ones stand in any article."""

_Place = tuple[int, int]
"""Start and end, from where the sentence begins."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """A sentence as it stands in one article: where it begins, and what was decided in it."""

    article_id: str
    start: int
    done: bool
    spans: tuple[Span, ...]


class Copies:
    """Remembers the sentences of articles that are nearly the same."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        groups = [members for members in near_duplicates(evidence.signatures) if len(members) > 1]
        self._group = {evidence.ids[one]: number for number, members in enumerate(groups) for one in members}
        self._sentences: dict[tuple[int, bytes], list[_Copy]] = defaultdict(list)
        self._quotes: dict[tuple[int, bytes, _Place], str] = {}

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
            self._sentences[group, digest].append(_Copy(article.article_id, start, article.done, spans))
            for one in held:
                place = (one.start - start, one.end - start)
                self._quotes[group, digest, place] = article.text[one.start : one.end]

    def doubts(self) -> Iterator[Doubt]:
        """One for each place of a sentence that copies have decided differently."""
        for key, copies in self._sentences.items():
            if len(copies) > 1 and len({frozenset(one.spans) for one in copies}) > 1:
                for place in sorted({(span.start, span.end) for one in copies for span in one.spans}):
                    yield from self._doubt(copies, place, self._quotes[*key, place])

    def _doubt(self, copies: list[_Copy], place: _Place, quote: str) -> Iterator[Doubt]:
        """What most copies have at a place, and those that have something else there, or nothing and are done."""
        decided = [(one, _label_at(one, place)) for one in copies]
        votes = Counter(label for one, label in decided if label or one.done)
        best, most = max(votes.items(), key=lambda one: (one[1], bool(one[0]), one[0]))
        if len(votes) < 2 or not best:
            return
        odd = [(one, label) for one, label in decided if label != best and (label or one.done)]
        spots = [_spot(one, place, label, best) for one, label in odd]
        like = [_spot(one, place, label, "") for one, label in decided if label == best][:COMPARED]
        told = ", ".join(f"{label or 'not labelled'} {count}" for label, count in votes.most_common())
        unlisted = sum(votes.values()) - len(spots) - len(like)
        yield Doubt(
            NAME, f"“{quote}” in the same sentence: {told}", (*spots, *like), share_weight(len(odd), most), unlisted
        )


def _label_at(copy: _Copy, place: _Place) -> str:
    return next((one.label for one in copy.spans if (one.start, one.end) == place), "")


def _spot(copy: _Copy, place: _Place, label: str, fix: str) -> Spot:
    """The place in one copy; where a mention of another range lies there, that one."""
    wanted = Span(copy.start + place[0], copy.start + place[1], fix or label)
    there = next((one for one in copy.spans if not label and one.overlaps(*place)), None)
    start, end = (there.start, there.end) if there else place
    held = there.label if there else label
    return Spot(copy.article_id, copy.start + start, copy.start + end, held, wanted if fix else None)
