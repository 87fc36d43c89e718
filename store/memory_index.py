"""What annotators said of strings in all articles, kept from one opening of a project to the next."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from sys import intern
from typing import Any

from annotate.decisions import Decision
from annotate.memory import Evidence, Memory, evidence_of
from annotate.project_wide import PROJECT
from store.errors import StoreError
from store.ids import check_name
from store.project import Project
from store.records import RecordError
from store.shard_cache import ARTICLES, Marks, Recipe, ShardCache, stamp_of

_RULES = 1
"""Changes with what is kept of the same files."""

_REST = 0.001
"""Seconds between two shards, in which keys need not wait."""

_Said = tuple[Evidence, ...]


class MemoryIndex:
    """What one annotator said of strings, article by article. For one thread at a time."""

    def __init__(self, project: Project, annotator: str) -> None:
        """Nothing is read yet.

        Raises:
            StoreError: that is no annotator's name.
        """
        self._project = project
        self._annotator = check_name(annotator, "annotator")
        recipe = Recipe(
            f"memory/{annotator}",
            stamp_of(_RULES),
            partial(_folders, project, annotator),
            self._make,
            _encoded,
            _decoded,
            self._marks,
        )
        self._cache = ShardCache(project.locations, recipe)

    def kept(self) -> Iterator[Mapping[str, _Said]]:
        """What was kept, shard by shard; nothing is checked."""
        return self._cache.kept()

    def check(self, rest: Callable[[], object] = bool) -> Iterator[tuple[str, _Said]]:
        """What is other than was kept; nothing for an article that is gone. `rest` is called after each folder."""
        for article_id, said in self._cache.check(rest=rest):
            yield article_id, said or ()

    def _make(self, article_id: str) -> tuple[_Said, bool]:
        try:
            return read_evidence(self._project, self._annotator, article_id), True
        except StoreError:
            return (), False

    def _marks(self) -> Marks:
        return self._project.journal_marks(self._annotator)


def read_evidence(project: Project, annotator: str, article_id: str) -> _Said:
    """What an annotator's decisions on an article said of its strings, as they are on disk.

    Raises:
        StoreError: a file cannot be read.
    """
    lines = project.journal_lines(annotator, article_id)
    path = project.locations.layer(annotator, article_id)
    if not lines and not path.exists():
        return ()
    layer = project.layer(annotator, article_id)
    return evidence_of(_decisions(project, annotator, article_id), layer, TextsOf(project, article_id))


def _decisions(project: Project, annotator: str, article_id: str) -> Iterator[tuple[str, Decision]]:
    for line in project.journal_lines(annotator, article_id):
        with suppress(RecordError):
            yield line.time, line.decision()


class TextsOf:
    """Gives the text of an article's revisions, each read once."""

    def __init__(self, project: Project, article_id: str) -> None:
        self._project = project
        self._article_id = article_id
        self._texts: dict[str, str] = {}

    def __call__(self, text_hash: str) -> str:
        """The text; "" where it cannot be read."""
        if text_hash not in self._texts:
            self._texts[text_hash] = ""
            with suppress(StoreError):
                self._texts[text_hash] = self._project.article(self._article_id, text_hash).text
        return self._texts[text_hash]


def _folders(project: Project, annotator: str) -> dict[str, Path]:
    return {ARTICLES: project.locations.articles, "layers": project.root / "layers" / annotator}


def _encoded(said: _Said) -> list[Any]:
    return [[one.id, one.quote, one.label, one.confirmed, one.before, one.after, one.since, one.until] for one in said]


def _decoded(_: str, value: Any) -> _Said:
    return tuple(
        [
            Evidence(
                str(name),
                intern(str(quote)),
                intern(str(label)),
                bool(confirmed),
                intern(str(before)),
                intern(str(after)),
                intern(str(since)),
                intern(str(until)),
            )
            for name, quote, label, confirmed, before, after, since, until in value
        ]
    )


# Whose memory -----------------------------------------------------------------------------------------------


def sharing(project: Project, annotator: str) -> tuple[list[str], str]:
    """Whose decisions an annotator's memory is made of, and why it is not shared although it should be, or "".

    It is not shared where two annotators decided on one article: they are to be compared, and one who is reminded of
    what the other said is no second opinion.
    """
    if not project.config.share_memory:
        return [annotator], ""
    others = [one for one in project.annotators() if not one.startswith("_") and not project.is_blind(one)]
    whose = list(dict.fromkeys([annotator, *others]))
    twice = _decided_twice(project, whose)
    if twice:
        article_id, one, other = twice
        return [annotator], f"memory is not shared: {one} and {other} have both decided on {article_id}"
    return whose, ""


def _decided_twice(project: Project, annotators: Sequence[str]) -> tuple[str, str, str] | None:
    first: dict[str, str] = {}
    for annotator in annotators:
        for article_id in sorted(_decided_on(project, annotator)):
            if first.setdefault(article_id, annotator) != annotator:
                return article_id, first[article_id], annotator
    return None


def _decided_on(project: Project, annotator: str) -> set[str]:
    """The articles on which an annotator has decided."""
    marks = project.journal_marks(annotator)
    return {article_id for shard in marks.values() for article_id in shard} - {PROJECT}


def read_memory(project: Project, annotators: Sequence[str], stop: threading.Event) -> Memory:
    """What annotators said of strings, as it is on disk; of less where `stop` ended it. Takes a project of its own."""
    memory = Memory()
    for index in (MemoryIndex(project, annotator) for annotator in annotators):
        said: dict[str, _Said] = {}
        for shard in index.kept():
            said.update(shard)
            stop.wait(_REST)
        for article_id, evidence in index.check(rest=lambda: stop.wait(_REST)):
            said[article_id] = evidence
            if stop.is_set():
                return memory
        for article_id, evidence in said.items():
            if evidence:
                memory.put(article_id, evidence)
    return memory
