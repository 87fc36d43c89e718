"""Gather an annotator's statistics from a project's files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from annotate.layers import Layer
from annotate.pace import PaceStatistics
from annotate.statistics import Statistics, count
from annotate.view import View
from store.errors import StoreError
from store.journal_index import JournalIndex
from store.pace import pace_of
from store.project import Project


@dataclass(frozen=True, slots=True)
class ProjectStatistics:
    """A project's statistics for one annotator.

    Attributes:
        annotator: whose layers were counted; "" where nobody has annotated.
        counted: over all articles that could be read.
        pace: how fast the annotator decides, as far as that is kept here.
        problems: one line about each file, or line of a journal, that could not.
    """

    annotator: str
    counted: Statistics = field(default_factory=Statistics)
    pace: PaceStatistics = field(default_factory=PaceStatistics)
    problems: list[str] = field(default_factory=list)


def gather(project: Project, annotator: str, on_article: Callable[[int, int], None] | None = None) -> ProjectStatistics:
    """Count all articles; `on_article(done, total)` is called after each."""
    problems = JournalIndex(project.locations, annotator).problems if annotator else []
    pace = pace_of(project.locations, annotator) if annotator else PaceStatistics()
    found = ProjectStatistics(annotator, pace=pace, problems=problems)
    ids = project.article_ids()
    for done, article_id in enumerate(ids, start=1):
        try:
            found.counted.include(_of_article(project, annotator, article_id))
        except StoreError as error:
            found.problems.append(error.message)
        if on_article:
            on_article(done, len(ids))
    return found


def _of_article(project: Project, annotator: str, article_id: str) -> Statistics:
    article = project.article(article_id)
    layer = project.layer(annotator, article_id) if annotator else Layer(article_id, article.text_hash)
    if layer.text_hash != article.text_hash:
        article = project.article(article_id, layer.text_hash)
    project.check_quotes(annotator, article, layer)
    suggestions = project.suggestions(article)
    shown = [] if project.is_blind(annotator) else suggestions
    return count(View(article, project.config.scheme, shown, layer), suggestions)
