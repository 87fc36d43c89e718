"""Small corpora for the tests of the checks: texts with mentions marked [surface|LABEL], held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotate.checks import check_named
from annotate.checks.corpus import CheckedArticle
from annotate.checks.findings import Finding
from annotate.checks.rule import Options
from annotate.checks.running import find
from annotate.news_pipeline.gold import unmark
from annotate.spans import Span


@dataclass(frozen=True, slots=True)
class Corpus:
    """Articles in memory."""

    articles: Sequence[CheckedArticle]

    def __iter__(self) -> Iterator[CheckedArticle]:
        return iter(self.articles)

    def text(self, article_id: str) -> str:
        return next(one.text for one in self.articles if one.article_id == article_id)


def marked(article_id: str, marks: str, *, done: bool = True) -> CheckedArticle:
    """An article of a text with marks; it may have several lines."""
    text, spans, offset = [], [], 0
    for line in marks.split("\n"):
        plain, found = unmark(line)
        spans += [Span(start + offset, end + offset, label) for start, end, label in found]
        text.append(plain)
        offset += len(plain) + 1
    return CheckedArticle(article_id, "\n".join(text), done, tuple(spans))


def corpus(*marks: str, done: bool = True) -> Corpus:
    """The articles a, b, c …"""
    return Corpus([marked(name, one, done=done) for name, one in zip("abcdefghijklmnopqrst", marks, strict=False)])


def with_suggestions(one: CheckedArticle, **changes: object) -> CheckedArticle:
    return replace(one, **changes)  # type: ignore[arg-type]


def found(articles: Corpus, rule: str, **options: object) -> list[Finding]:
    """What one rule finds."""
    check = check_named(rule)
    assert check is not None
    return find(articles, [check], Options(**options))  # type: ignore[arg-type]


def told(articles: Corpus, rule: str) -> list[str]:
    """Every suspect as “article keyword: LABEL -> what it would become”."""
    return [
        f"{case.spot.article_id} {case.line.keyword}: {case.spot.label or '-'} -> {case.fixed}"
        for finding in found(articles, rule)
        for case in finding.suspects
    ]
