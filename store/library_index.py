"""The library's rows, kept from one opening to the next; only what has changed since is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, fields
from functools import partial
from pathlib import Path
from typing import Any

from annotate.layers import Status
from store.disk_state import State, state_of
from store.ids import check_name
from store.library import Row, row
from store.project import Project
from store.shard_cache import ARTICLES, Marks, Recipe, ShardCache, stamp_of

_RULES = 1
"""Changes with what a row says of the same files."""

_STATUS = [one.name for one in fields(Row)].index("status") - 1
"""Where the status stands among the values that are kept of a row: all but the article's id."""

_STATUSES = {one.value: one for one in Status}


def folders_seen(project: Project, annotator: str) -> dict[str, Path]:
    """The folders with all that an annotator sees of the articles, by a name."""
    root, sources = project.root, project.sources_for(annotator)
    layers = {"layers": root / "layers" / annotator}
    return {ARTICLES: root / "articles", **layers, **{f"by {one}": root / "suggestions" / one for one in sources}}


class LibraryIndex:
    """The rows of one annotator's library. For one thread at a time."""

    def __init__(self, project: Project, annotator: str, before: Callable[[str], object] = bool) -> None:
        """Nothing is read yet.

        Args:
            project: the project.
            annotator: whose library.
            before: called with an article's id before a check reads it.

        Raises:
            StoreError: that is no annotator's name.
        """
        self._project = project
        self._annotator = check_name(annotator, "annotator")
        self._before = before
        folders = partial(folders_seen, project, annotator)
        recipe = Recipe(f"rows/{annotator}", self._stamp(), folders, self._make, _encoded, _decoded, self._marks)
        self._cache = ShardCache(project.locations, recipe)
        self._first: dict[str, tuple[list[State | None], Row]] = {}
        self._first_marks: Marks = {}

    def kept(self) -> Iterator[Row]:
        """The rows as they were when they were last looked at; nothing is checked."""
        for shard in self._cache.kept():
            yield from shard.values()

    def first(self, article_id: str, read: Callable[[], Row | None] = lambda: None) -> Row:
        """The row of one of a few articles that come before all others; checks do not read the same files again.

        Args:
            article_id: the article.
            read: its row where that is at hand and nothing undone by others since, else None.
        """
        self._first_marks = self._first_marks or self._project.journal_marks(self._annotator)
        states = self._states(article_id)
        found = read() or row(self._project, self._annotator, article_id)
        self._first[article_id] = states, found
        return found

    def check(self, *, thorough: bool = False, rest: Callable[[], object] = bool) -> Iterator[Row]:
        """The rows that are other than was kept; one with a problem for an article that is gone.

        Args:
            thorough: whether to look at every file, and not only at folders in which something was made or replaced.
            rest: called after each folder.
        """
        for article_id, found in self._cache.check(thorough=thorough, rest=rest):
            yield found or row(self._project, self._annotator, article_id)

    def _stamp(self) -> str:
        names = [one.name for one in fields(Row)]
        return stamp_of(_RULES, names, self._project.config.scheme, self._project.is_blind(self._annotator))

    def _make(self, article_id: str) -> tuple[Row, bool]:
        states, found = self._first.get(article_id, ([], None))
        if found is None or states != self._states(article_id):
            self._before(article_id)
            found = row(self._project, self._annotator, article_id)
        return found, not found.problem

    def _marks(self) -> Marks:
        marks = self._project.journal_marks(self._annotator)
        if marks != self._first_marks:
            self._first.clear()
        return marks

    def _states(self, article_id: str) -> list[State | None]:
        """What the files of an article are like."""
        locations, sources = self._project.locations, self._project.sources_for(self._annotator)
        files = [locations.article(article_id), locations.layer(self._annotator, article_id)]
        return [state_of(path) for path in [*files, *(locations.suggestions(one, article_id) for one in sources)]]


def _encoded(one: Row) -> list[Any]:
    values = list(astuple(one)[1:])
    values[_STATUS] = one.status.value
    return values


def _decoded(article_id: str, values: Any) -> Row:
    values[_STATUS] = _STATUSES[values[_STATUS]]
    return Row(article_id, *values)
