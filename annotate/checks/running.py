"""Run rules over a corpus: two ways through the articles, in the memory of what is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from annotate.checks.corpus import CheckedArticles, Evidence
from annotate.checks.findings import Case, Doubt, Finding, case_id, fixed
from annotate.checks.rule import Check, Options
from annotate.concordance import Line, line_at

MOST_CASES = 200
"""Places that a finding lists; what is wrong in more places than that is found again when these are settled."""

OnArticle = Callable[[], object]
"""Called after each article of each way through."""


def find(
    articles: CheckedArticles,
    checks: Iterable[Check],
    options: Options,
    on_article: OnArticle = bool,
    more: Iterable[Doubt] = (),
) -> list[Finding]:
    """What the rules find in the articles, the most probable mistakes first.

    Args:
        articles: gone through twice, or once where nothing is there.
        checks: the rules.
        options: what the person has chosen.
        on_article: told of each article, each time.
        more: doubts that were come to otherwise.
    """
    evidence = Evidence()
    for article in articles:
        evidence.take(article)
        on_article()
    rules = [check.make(evidence, options) for check in checks]
    for article in articles:
        for rule in rules:
            rule.look(article)
        on_article()
    doubts = [*more, *(doubt for rule in rules for doubt in rule.doubts())]
    return _with_lines(articles, sorted(doubts, key=lambda one: (-one.weight, one.rule, one.told)))


def left_open(findings: Iterable[Finding], accepted: Collection[str]) -> list[Finding]:
    """The findings of which something was not accepted."""
    return [left for one in findings if (left := one.without(accepted))]


def _with_lines(articles: CheckedArticles, doubts: Sequence[Doubt]) -> list[Finding]:
    """The doubts with their places in context; each article is read once for all of its places."""
    wanted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, doubt in enumerate(doubts):
        for at, spot in enumerate(doubt.spots[:MOST_CASES]):
            wanted[spot.article_id].append((number, at))
    cases: list[dict[int, Case]] = [{} for _ in doubts]
    for article_id, places in wanted.items():
        text = articles.text(article_id)
        for number, at in places:
            cases[number][at] = _case(doubts[number], at, text)
    found = []
    for doubt, held in zip(doubts, cases, strict=True):
        in_order = tuple(held[at] for at in sorted(held))
        beyond = max(len(doubt.spots) - MOST_CASES, 0)
        found.append(Finding(doubt.rule, doubt.told, in_order, doubt.weight, max(doubt.unlisted, 0) + beyond))
    return found


def _case(doubt: Doubt, at: int, text: str) -> Case:
    spot = doubt.spots[at]
    line: Line = line_at(spot.article_id, text, spot.start, spot.end)
    return Case(case_id(doubt.rule, spot, text), spot, line, fixed(spot, text))
