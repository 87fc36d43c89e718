"""What was decided against a pipeline that is sure of itself: another label, other boundaries, or no entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from annotate.checks.corpus import CheckedArticle, Evidence, Taken
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import Options
from annotate.checks.tokens import string_of
from annotate.spans import Span
from annotate.suggestions import Suggestion

NAME = "pipeline"


class Pipeline:
    """Remembers where a confident suggestion was decided against."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._gathered = Gathered(NAME)
        self._threshold = options.threshold

    def look(self, article: CheckedArticle) -> None:
        """Remember contradicted suggestions."""
        sure = [one for one in article.suggestions if one.score is not None and one.score >= self._threshold]
        self._gathered.take(article, sure)

    def doubts(self) -> Iterator[Doubt]:
        """One for each text, what was decided on it, and what was suggested."""
        return self._gathered.doubts()


class Gathered:
    """Doubts about what a model would have otherwise, those of one text together.

    Args:
        rule: the name of the rule that gathers.
    """

    def __init__(self, rule: str) -> None:
        self._rule = rule
        self._found: dict[tuple[str, str, str, str], list[tuple[Spot, float]]] = defaultdict(list)

    def take(self, article: CheckedArticle, suggestions: Iterable[Suggestion]) -> None:
        """Take in those of the suggestions that the annotator has decided against."""
        taken, held, rejected = Taken(article.spans), set(article.spans), set(article.rejected)
        for one in sorted(suggestions, key=lambda it: (it.span, -(it.score or 0.0))):
            span = one.span
            if span in held:
                continue
            over = taken.at(span.start, span.end)
            if over and not any(other in held for other in _same_range(span, over)):
                self._add(article, over[0], span, one.score or 0.0)
            elif not over and (span in rejected or article.done):
                self._add(article, None, span, one.score or 0.0)

    def _add(self, article: CheckedArticle, mine: Span | None, theirs: Span, score: float) -> None:
        at = mine or theirs
        label = mine.label if mine else ""
        spot = Spot(article.article_id, at.start, at.end, label, theirs)
        quotes = (string_of(article.text[one.start : one.end]) for one in (at, theirs))
        key = (next(quotes), label, next(quotes), theirs.label)
        self._found[key].append((spot, score))

    def doubts(self) -> Iterator[Doubt]:
        """One for each text, what was decided on it, and what was suggested."""
        for (mine, label, theirs, other), found in self._found.items():
            decided = label or "not labelled"
            told = f"“{mine}”: {decided}, suggested {other}{'' if mine == theirs else f' “{theirs}”'}"
            spots = tuple(spot for spot, _ in found)
            yield Doubt(self._rule, told, spots, max(score for _, score in found))


def _same_range(span: Span, over: Iterable[Span]) -> list[Span]:
    return [one for one in over if (one.start, one.end, one.label) == (span.start, span.end, span.label)]
