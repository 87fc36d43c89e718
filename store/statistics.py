"""Gather an annotator's statistics from a project's files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate.layers import Layer, Status
from annotate.pace import PaceStatistics
from annotate.statistics import Statistics, count
from annotate.view import View
from store.errors import StoreError
from store.ids import check_name
from store.lost_lines import journal_problems
from store.pace import pace_of
from store.project import Project
from store.shard_cache import ARTICLES, Marks, Recipe, ShardCache, stamp_of


@dataclass(frozen=True, slots=True)
class ProjectStatistics:
    """A project's statistics for one annotator.

    Attributes:
        annotator: whose layers were counted; "" where nobody has annotated.
        counted: over all articles that could be read.
        pace: how fast the annotator decides, as far as that is kept here.
        problems: one line about each file, or line of a journal, that could not, and each that lacks lines.
    """

    annotator: str
    counted: Statistics = field(default_factory=Statistics)
    pace: PaceStatistics = field(default_factory=PaceStatistics)
    problems: list[str] = field(default_factory=list)


def gather(project: Project, annotator: str, on_article: Callable[[int, int], None] | None = None) -> ProjectStatistics:
    """Count all articles: those anew whose files have changed since they were counted last.

    Args:
        project: the project.
        annotator: whose layers to count; "" for nobody's.
        on_article: told again and again of how many articles of how many the counts are known.
    """
    problems = journal_problems(project, annotator) if annotator else []
    pace = pace_of(project.locations, annotator) if annotator else PaceStatistics()
    found = ProjectStatistics(annotator, pace=pace, problems=problems)
    ids = project.article_ids()
    counts = _counts(project, annotator, lambda done: on_article(done, len(ids)) if on_article else None)
    for one in map(counts.get, ids):
        if isinstance(one, Statistics):
            found.counted.include(one)
        elif one:
            found.problems.append(one)
    return found


_Counts = Statistics | str
"""The counts of one article, or why there are none."""

_RULES = 1
"""Changes with what is counted of the same files."""


def _counts(project: Project, annotator: str, on_article: Callable[[int], None]) -> dict[str, _Counts]:
    cache = ShardCache(project.locations, _recipe(project, annotator))
    found: dict[str, _Counts] = {}
    for shard in cache.kept():
        found.update(shard)
        on_article(len(found))
    for article_id, counts in cache.check(thorough=True):
        found[article_id] = counts or f"{article_id}: gone meanwhile"
        on_article(len(found))
    return found


def _recipe(project: Project, annotator: str) -> Recipe[_Counts]:
    def folders() -> dict[str, Path]:
        by_source = {f"by {one}": project.root / "suggestions" / one for one in project.sources()}
        layers = {"layers": project.root / "layers" / annotator} if annotator else {}
        return {ARTICLES: project.locations.articles, **layers, **by_source}

    def make(article_id: str) -> tuple[_Counts, bool]:
        try:
            return _of_article(project, annotator, article_id), True
        except StoreError as error:
            return error.message, False

    def marks() -> Marks:
        return project.journal_marks(annotator) if annotator else {}

    stamp = stamp_of(_RULES, project.config.scheme, project.is_blind(annotator))
    name = check_name(annotator, "annotator") if annotator else "_nobody"
    return Recipe(f"counts/{name}", stamp, folders, make, _encoded, _decoded, marks)


def _encoded(counts: _Counts) -> Any:
    if isinstance(counts, str):
        return counts
    ((status, words),) = counts.words.items()
    entities = [(*key, number) for key, number in counts.entities.items()]
    return status.value, words, entities, counts.settled, counts.agreed


def _decoded(_: str, value: Any) -> _Counts:
    if isinstance(value, str):
        return value
    name, words, entities, settled, agreed = value
    status = Status(name)
    by_label = Counter({(str(label), str(kind)): int(number) for label, kind, number in entities})
    return Statistics(Counter({status: 1}), Counter({status: words}), by_label, Counter(settled), Counter(agreed))


def _of_article(project: Project, annotator: str, article_id: str) -> Statistics:
    article = project.article(article_id)
    layer = project.layer(annotator, article_id) if annotator else Layer(article_id, article.text_hash)
    if layer.text_hash != article.text_hash:
        article = project.article(article_id, layer.text_hash)
    project.check_quotes(annotator, article, layer)
    suggestions = project.suggestions(article)
    shown = [] if project.is_blind(annotator) else suggestions
    return count(View(article, project.config.scheme, shown, layer), suggestions)
