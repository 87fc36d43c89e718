"""A word at the edge of a mention that elsewhere stands on the other side of it: `[Ali Khan said]`, `[Water] Board`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from annotate.checks.corpus import CheckedArticle, Evidence, edge_words
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import COMPARED, Options, share_weight
from annotate.checks.tokens import Tokens, tokens_of
from annotate.spans import Span

NAME = "edges"
_LEAST = 8
"""Mentions that must have the word on one side before one that has it on the other is doubted."""
_ODD_SHARE = 0.03

_Edge = tuple[str, int, str]
"""Label, side, word."""


class Edges:
    """Remembers mentions with a word on the side on which it hardly ever stands."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._inside, self._outside = evidence.inside, evidence.outside
        self._odd_inside = _odd(evidence.inside, evidence.outside)
        self._odd_outside = _odd(evidence.outside, evidence.inside)
        self._suspects: dict[_Edge, list[Spot]] = defaultdict(list)
        self._like: dict[_Edge, list[Spot]] = defaultdict(list)

    def look(self, article: CheckedArticle) -> None:
        """Remember what is odd, and a few that are as usual."""
        tokens = tokens_of(article.text)
        for span in article.spans:
            for side, word, is_inside in edge_words(tokens, span):
                edge = (span.label, side, word)
                odd = self._odd_inside if is_inside else self._odd_outside
                if edge in odd:
                    fix = _fix(tokens, span, side, is_inside)
                    self._suspects[edge].append(Spot(article.article_id, span.start, span.end, span.label, fix))
                elif edge in (self._odd_outside if is_inside else self._odd_inside):
                    if len(self._like[edge]) < COMPARED:
                        self._like[edge].append(Spot(article.article_id, span.start, span.end, span.label))

    def doubts(self) -> Iterator[Doubt]:
        """One for each word that is inside here and outside there."""
        for edge, spots in self._suspects.items():
            label, side, word = edge
            inside, outside = self._inside[edge], self._outside[edge]
            where = "begins" if side < 0 else "ends"
            told = f"“{word}” {where} {label} {inside:,}, {'before' if side < 0 else 'after'} it {outside:,}"
            odd, usual = sorted((inside, outside))
            listed = (*spots, *self._like[edge])
            yield Doubt(NAME, told, listed, share_weight(odd, usual), inside + outside - len(listed))


def _odd(counts: Counter[_Edge], others: Counter[_Edge]) -> frozenset[_Edge]:
    """The edges that are counted rarely here and often there."""
    return frozenset(
        edge for edge, count in counts.items() if others[edge] >= _LEAST and count <= max(_ODD_SHARE * others[edge], 1)
    )


def _fix(tokens: Tokens, span: Span, side: int, is_inside: bool) -> Span:
    """The mention with its edge on the other side of the word."""
    held = tokens.within(span.start, span.end)
    if side < 0:
        start = tokens.starts[held[1]] if is_inside else tokens.starts[held[0] - 1]
        return Span(start, span.end, span.label)
    end = tokens.ends[held[-2]] if is_inside else tokens.ends[held[-1] + 1]
    return Span(span.start, end, span.label)
