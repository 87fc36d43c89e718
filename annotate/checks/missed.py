"""A text that is labelled here and not there: bare in an article that is done, or rejected, or labelled this once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

import regex

from annotate.checks.corpus import CheckedArticle, Evidence, Taken
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import COMPARED, Options, share_weight
from annotate.spans import Span

NAME = "missed"
_FEW = 3
"""Labelled mentions of a text that is mostly bare up to which they are doubted."""
_MOSTLY = 0.8
_JOINED_BEFORE = regex.compile(r"[\p{L}\p{N}][-–.,:/’']|.?[$€£¥#@]", regex.DOTALL)
_JOINED_AFTER = regex.compile(r"[-–.,:/][\p{L}\p{N}]|[%°].?", regex.DOTALL)
_LISTED = 100
"""Bare places of a text that are remembered; of one with more the rest is counted."""


class Missed:
    """Remembers where texts stand bare that are confirmed elsewhere."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._evidence = evidence
        self._bare: dict[str, list[Spot]] = defaultdict(list)
        self._bare_count: Counter[str] = Counter()

    def look(self, article: CheckedArticle) -> None:
        """Remember bare places."""
        rejected = {(one.start, one.end) for one in article.rejected}
        if not article.done and not rejected:
            return
        taken, reach = Taken(article.spans), 0
        for one in self._evidence.known.occurrences(article.text):
            if one.start < reach or taken.at(one.start, one.end):
                continue
            reach = one.end
            if _is_joined(article.text, one.start, one.end):
                continue
            if article.done or (one.start, one.end) in rejected:
                self._remember(article.article_id, one.start, one.end, one.string)

    def _remember(self, article_id: str, start: int, end: int, text: str) -> None:
        self._bare_count[text] += 1
        bare, most = self._bare[text], self._evidence.count(text) * (1 - _MOSTLY) / _MOSTLY
        if len(bare) < min(max(most + 1, COMPARED), _LISTED):
            bare.append(Spot(article_id, start, end, ""))

    def doubts(self) -> Iterator[Doubt]:
        """One for each text that is nearly always labelled, or nearly never."""
        for text, bare in self._bare_count.items():
            labelled = self._evidence.count(text)
            label, like = self._evidence.majority(text), self._evidence.like(text)
            told = f"“{text}”: {label} {labelled}, not labelled {bare}"
            if labelled >= _MOSTLY * (labelled + bare):
                spots = [
                    Spot(one.article_id, one.start, one.end, "", Span(one.start, one.end, label))
                    for one in self._bare[text]
                ]
                listed = (*spots, *like)
                yield Doubt(NAME, told, listed, share_weight(bare, labelled), labelled + bare - len(listed))
            elif labelled <= _FEW and bare >= _MOSTLY * (labelled + bare):
                spots = [Spot(one.article_id, one.start, one.end, one.label, remove=True) for one in like]
                listed = (*spots, *self._bare[text][:COMPARED])
                yield Doubt(NAME, told, listed, share_weight(labelled, bare), labelled + bare - len(listed))


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether a mark without white space joins a place to what is beside it: `1.17`, `twenty-four`, `12-11`."""
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    return _JOINED_BEFORE.fullmatch(before) is not None or _JOINED_AFTER.fullmatch(after) is not None
