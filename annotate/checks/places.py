"""Mentions whose edges lie where none can: inside a word, across the end of a sentence, on white space."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from annotate.checks.corpus import CheckedArticle, Evidence
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import Options
from annotate.checks.tokens import string_of
from annotate.sentences import sentence_breaks
from annotate.spans import Span
from annotate.words import Words, trim

SENTENCES, WORDS, SPACES = "sentences", "words", "spaces"
_CERTAIN = 1.0
_STOP = regex.compile(r"[.!?…؟۔।。！？｡\s]+[\"'”’»)\]」』）]*\Z")
_LONGEST_STOP = 20
_JOINED = regex.compile(r"[\p{L}\p{M}\p{N}]{2}")
_INVISIBLE = regex.compile(r"[\s\u200b\u2060\ufeff]+")


class Sentences:
    """Finds mentions that go on beyond the end of a sentence."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._evidence = evidence
        self._found: list[Doubt] = []

    def look(self, article: CheckedArticle) -> None:
        """Remember those of an article."""
        breaks = sentence_breaks(article.text) if article.spans else []
        for span in article.spans:
            at = bisect_right(breaks, span.start)
            if at < len(breaks) and breaks[at] < span.end and article.text[breaks[at] : span.end].strip():
                fix = self._better_part(article.text, span, breaks[at])
                self._found.append(_doubt(SENTENCES, "crosses the end of a sentence", article, span, fix))

    def _better_part(self, text: str, span: Span, cut: int) -> Span | None:
        """The part before or after the end of a sentence that is a mention elsewhere, else the longer one."""
        stop = _STOP.search(text, max(span.start, cut - _LONGEST_STOP), cut)
        parts = [trim(text, span.start, stop.start() if stop else cut), trim(text, cut, span.end)]
        found = [Span(start, end, span.label) for start, end in parts if start < end]

        def goodness(part: Span) -> tuple[int, int]:
            return self._evidence.count(string_of(text[part.start : part.end]), span.label), part.end - part.start

        return max(found, key=goodness, default=None)

    def doubts(self) -> Iterator[Doubt]:
        """One for each."""
        return iter(self._found)


class InnerWords:
    """Finds mentions that begin or end inside a word."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._found: list[Doubt] = []

    def look(self, article: CheckedArticle) -> None:
        """Remember those of an article."""
        text, words = article.text, Words(article.text)
        for span in article.spans:
            if not (_is_joined(text, span.start) or _is_joined(text, span.end)):
                continue
            start = span.start if words.parts_at(span.start) else words.word_at(span.start)[0]
            end = span.end if words.parts_at(span.end) else words.word_at(span.end)[1]
            if (start, end) != (span.start, span.end):
                fix = Span(start, end, span.label)
                self._found.append(_doubt(WORDS, "begins or ends inside a word", article, span, fix))

    def doubts(self) -> Iterator[Doubt]:
        """One for each."""
        return iter(self._found)


class Spaces:
    """Finds mentions that begin or end with white space, or with what is not to be seen at all."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._found: list[Doubt] = []

    def look(self, article: CheckedArticle) -> None:
        """Remember those of an article."""
        for span in article.spans:
            text = article.text[span.start : span.end]
            before = _INVISIBLE.match(text)
            start = before.end() if before else 0
            end = len(text)
            while end > start and _INVISIBLE.match(text[end - 1]):
                end -= 1
            if start == end:
                self._found.append(_doubt(SPACES, "nothing but white space", article, span, None))
            elif (start, end) != (0, len(text)):
                fix = Span(span.start + start, span.start + end, span.label)
                self._found.append(_doubt(SPACES, "white space at its edge", article, span, fix))

    def doubts(self) -> Iterator[Doubt]:
        """One for each."""
        return iter(self._found)


def _doubt(rule: str, told: str, article: CheckedArticle, span: Span, fix: Span | None) -> Doubt:
    spot = Spot(article.article_id, span.start, span.end, span.label, fix, remove=fix is None)
    quote = " ".join(article.text[span.start : span.end].split())
    return Doubt(rule, f"“{quote}”: {told}", (spot,), _CERTAIN)


def _is_joined(text: str, offset: int) -> bool:
    """Whether letters, digits or marks over them meet at an offset, so that it may lie inside a word."""
    return _JOINED.match(text, max(offset - 1, 0), offset + 1) is not None
