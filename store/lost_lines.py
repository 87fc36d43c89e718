"""Journal lines that an annotator's layers hold and that are not there: the file was emptied, cut, or never pulled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from annotate.project_wide import PROJECT
from store.errors import StoreError
from store.journal_index import JournalIndex
from store.layer_files import read_applied
from store.project import Project
from store.shard_cache import ARTICLES, Recipe, ShardCache

_RULES = "1"
"""Changes with what is kept of the same files."""


def journal_problems(project: Project, annotator: str) -> list[str]:
    """One line about each journal file of an annotator, or line of one, that cannot be used or is not there."""
    lost = lost_lines(project, annotator)
    return [*JournalIndex(project.locations, annotator).problems, *lost]


def lost_lines(project: Project, annotator: str, before: Callable[[str], object] = bool) -> list[str]:
    """One line about each journal file that lacks lines which layers say they hold; damaged files are passed over.

    Args:
        project: the project.
        annotator: whose journal and layers.
        before: called with an article's id before its layer is read.
    """
    if not (project.root / "layers" / annotator).is_dir():
        return []
    return lost_in(project, annotator, _applied(project, annotator, before))


def lost_in(project: Project, annotator: str, applied: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The same for the layers that were read: of each article the last line of each journal file that it names.

    The journal is written before a layer is, so it is looked at after them.
    """
    index = JournalIndex(project.locations, annotator)
    lost: dict[str, tuple[int, set[str]]] = {}
    for article_id, lines in applied.items():
        last = index.last(article_id)
        for session, seq in lines.items():
            if last.get(session, -1) < seq and not index.is_damaged([session]):
                newest, articles = lost.get(session, (0, set()))
                articles.add(article_id)
                lost[session] = max(newest, seq), articles
    folder = project.locations.journal(annotator)
    return [_told(folder / f"{session}.jsonl", *found) for session, found in sorted(lost.items())]


def _told(path: object, newest: int, articles: set[str]) -> str:
    first = min(articles)
    where = first if len(articles) == 1 else f"{first} and {len(articles) - 1:,} more"
    return (
        f"{path}: lacks decisions on {where} that the layers hold, up to line {newest + 1}; "
        "pull it if another clone has it, else manicule doctor"
    )


def _applied(project: Project, annotator: str, before: Callable[[str], object]) -> Mapping[str, Mapping[str, int]]:
    """The last line of each journal file that each layer's file names; those of removed articles count, too."""
    locations = project.locations

    def make(article_id: str) -> tuple[dict[str, int], bool]:
        before(article_id)
        try:
            return dict(read_applied(locations.layer(annotator, article_id), article_id)), True
        except StoreError:
            return {}, False

    def current(name: str, articles: Path) -> dict[str, dict[str, int]]:
        folders = {ARTICLES: articles, "layers": locations.root / "layers" / annotator}
        recipe = Recipe(f"{name}/{annotator}", _RULES, lambda: folders, make, lambda value: value, _decoded)
        return ShardCache(locations, recipe).current()

    removed = current("applied-removed", locations.trash)
    return {**removed, **current("applied", locations.articles), PROJECT: make(PROJECT)[0]}


def _decoded(_: str, value: Any) -> dict[str, int]:
    return {str(session): int(seq) for session, seq in value.items()}
