"""The kept rows always come to what reading all files says, whatever was written, deleted or lost."""

from __future__ import annotations

import os
import shutil
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_helpers import TEXT, project_in, suggest, tree, view_of

from annotate import acts
from store import library_index, shard_cache
from store.ids import shard
from store.library import Row, row
from store.library_index import LibraryIndex
from store.project import Draft, Project
from store.session import Session

QUOTES = (("Ali Khan", "PERSON"), ("Lima", "GPE"))


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take all that is on disk for old, so that it is trusted as soon as it was looked at."""
    monkeypatch.setattr(shard_cache, "disk_clock", lambda locations: 1 << 62)


def told(project: Project, index: LibraryIndex, *, thorough: bool = False) -> dict[str, Row]:
    """The rows that an index comes to, without those of articles that are gone."""
    rows = {one.article_id: one for one in index.kept()}
    rows |= {one.article_id: one for one in index.check(thorough=thorough)}
    there = set(project.locations.article_ids())
    return {name: one for name, one in rows.items() if name in there}


def read(project: Project) -> dict[str, Row]:
    """The rows as reading every file says."""
    fresh = Project(project.root, project.config)
    return {name: row(fresh, "ada", name) for name in fresh.article_ids()}


class Files:
    """Changes a project as programs and people do, each change at a time of its own."""

    def __init__(self, root: Path) -> None:
        self.project = project_in(root, TEXT, f"{TEXT} Again.")
        self._times = count(1_000_000_000_000_000_000, 1_000_000_000)
        self._numbers = count()

    def change(self, what: str, pick: int) -> None:
        before = tree(self.project.root)
        ids = self.project.article_ids()
        if what == "add":
            number = next(self._numbers)
            self.project.add_articles([Draft(f"x{number}", "New", f"{TEXT} {number}")])
        elif ids:
            getattr(self, what)(ids[pick % len(ids)])
        after = tree(self.project.root)
        for name in before.keys() | after.keys():
            if before.get(name) != after.get(name) and not name.startswith(".manicule"):
                self._date(self.project.root / name)

    def _date(self, path: Path) -> None:
        """Give what was written a time that nothing else bears, although two changes may fall on one tick."""
        time = next(self._times)
        for one in (path, path.parent):
            if one.exists():
                os.utime(one, ns=(time, time))

    def suggest(self, name: str) -> None:
        self._suggest(name, "one")

    def suggest_otherwise(self, name: str) -> None:
        self._suggest(name, "two")

    def _suggest(self, name: str, source: str) -> None:
        if not row(self.project, "ada", name).problem:
            suggest(self.project, name, *QUOTES, source=source)

    def decide(self, name: str) -> None:
        self._decide(name, leave=True)

    def decide_in_the_journal(self, name: str) -> None:
        self._decide(name, leave=False)

    def _decide(self, name: str, *, leave: bool) -> None:
        session = Session(self.project, "ada")
        if not row(self.project, "ada", name).problem:
            session.commit(acts.flag(view_of(session, name), None))
            if leave:
                session.leave(name)

    def remove(self, name: str) -> None:
        self.project.locations.article(name).unlink()

    def remove_layer(self, name: str) -> None:
        self.project.locations.layer("ada", name).unlink(missing_ok=True)

    def tear(self, name: str) -> None:
        """What something that does not write beside and rename leaves behind."""
        path = self.project.locations.article(name)
        os.truncate(path, path.stat().st_size // 2)

    def lose_caches(self, name: str) -> None:
        shutil.rmtree(self.project.root / ".manicule", ignore_errors=True)

    def tear_cache(self, name: str) -> None:
        for path in (self.project.root / ".manicule/cache").rglob(f"{shard(name)}.json"):
            os.truncate(path, path.stat().st_size // 2)


CHANGES = st.sampled_from(
    "add suggest suggest_otherwise decide decide_in_the_journal remove remove_layer tear lose_caches tear_cache".split()
)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(CHANGES, st.integers(0, 9), st.booleans()), max_size=6))
def test_the_index_says_what_reading_all_files_says(changes: list[tuple[str, int, bool]]) -> None:
    with TemporaryDirectory() as folder:
        files = Files(Path(folder))
        index = LibraryIndex(files.project, "ada")
        for what, pick, anew in changes:
            for name in files.project.article_ids():
                index.first(name)
            files.change(what, pick)
            files.project.journal_grew("ada")
            if anew:
                index = LibraryIndex(files.project, "ada")
            assert told(files.project, index, thorough=what == "tear") == read(files.project)


def test_only_what_changed_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_in(tmp_path, TEXT, f"{TEXT} 2", f"{TEXT} 3")
    list(LibraryIndex(project, "ada").check())
    seen: list[str] = []
    monkeypatch.setattr(library_index, "row", lambda *given: seen.append(given[2]) or row(*given))
    assert list(LibraryIndex(project, "ada").check(thorough=True)) == []
    assert seen == []
    session = Session(project, "ada")
    session.commit(acts.flag(view_of(session, "b"), None))
    project.journal_grew("ada")
    assert [one.article_id for one in LibraryIndex(project, "ada").check()] == seen == ["b"]


def test_rows_that_came_first_are_not_read_again_until_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(tmp_path, TEXT, f"{TEXT} 2")
    index = LibraryIndex(project, "ada")
    known = Row("b", "known", 2)
    assert [index.first("a"), index.first("b", lambda: known)] == [row(project, "ada", "a"), known]
    seen: list[str] = []
    held: list[str] = []
    monkeypatch.setattr(library_index, "row", lambda *given: seen.append(given[2]) or row(*given))
    assert {one.article_id: one for one in index.check()} == {"a": row(project, "ada", "a"), "b": known}
    assert seen == held == []
    suggest(project, "b", *QUOTES)
    index = LibraryIndex(project, "ada", held.append)
    list(index.check())
    assert seen == held == ["b"]


def test_what_is_young_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    project = project_in(tmp_path, TEXT)
    list(LibraryIndex(project, "ada").check())
    seen: list[str] = []
    monkeypatch.setattr(library_index, "row", lambda *given: seen.append(given[2]) or row(*given))
    assert list(LibraryIndex(project, "ada").check()) == []
    assert seen == ["a"]


def test_a_changed_label_scheme_makes_all_rows_anew(tmp_path: Path) -> None:
    from domain import FLAT

    from annotate.schemes import LabelScheme
    from store.config import ProjectConfig

    project = project_in(tmp_path, TEXT)
    suggest(project, "a", *QUOTES)
    assert told(project, LibraryIndex(project, "ada"))["a"].undecided == 2
    fewer = LabelScheme(tuple(one for one in FLAT.labels if one.name == "GPE"))
    other = Project(tmp_path, ProjectConfig("Test", "en", fewer))
    assert list(LibraryIndex(other, "ada").kept()) == []
    assert told(other, LibraryIndex(other, "ada"))["a"].undecided == 1


def test_a_project_that_cannot_be_written_is_indexed_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = project_in(tmp_path, TEXT)
    monkeypatch.setattr(shard_cache, "write_cache", lambda *given: False)
    index = LibraryIndex(project, "ada")
    assert [one.article_id for one in index.check()] == ["a"]
    assert [one.article_id for one in index.kept()] == ["a"]
    assert list(index.check()) == []
