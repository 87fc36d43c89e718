"""A watcher names the articles that somebody else changed, and nothing else."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from small_projects import annotate, propose, small_project

from annotate import acts
from annotate.view import View
from store.project import Draft, Project
from store.session import Session
from store.trash import remove_article, restore_article
from store.watching import Changes, Watcher

TEXTS = {f"a{number}": f"Anna Berg met Bo Lind in Lima on day {number}." for number in range(12)}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", TEXTS)
    for name in TEXTS:
        propose(project, name, [("Lima", "GPE")])
    return project


@pytest.fixture
def watcher(project: Project) -> Watcher:
    watcher = Watcher(project, "ann", lambda: list(TEXTS), lambda: "")
    assert watcher.look() == Changes()
    assert watcher.look() == Changes()
    return watcher


def changes(*articles: str, listed: bool = False) -> Changes:
    return Changes(frozenset(articles), listed)


def test_suggestions_are_news(project: Project, watcher: Watcher) -> None:
    propose(project, "a3", [("Bo Lind", "PERSON")])
    assert watcher.look() == changes("a3")
    propose(project, "a4", [("Bo Lind", "PERSON")], source="other")
    assert watcher.look() == changes("a4")
    assert watcher.look() == Changes()


def test_articles_that_come_and_go_are_news(project: Project, watcher: Watcher) -> None:
    project.add_articles([Draft("new", "New", "Something new.")])
    assert watcher.look() == changes("new", listed=True)
    remove_article(project, "a5")
    assert watcher.look() == changes("a5", listed=True)
    restore_article(project, "a5")
    assert watcher.look() == changes("a5", listed=True)
    assert watcher.look() == Changes()


def test_what_another_session_decides_is_news_before_its_layer_is_written(project: Project, watcher: Watcher) -> None:
    session = Session(project, "ann")
    for note in ("one", "two"):
        view = View(project.article("a1"), project.config.scheme, [], session.layer("a1"))
        session.commit(acts.note(view, None, note))
        assert watcher.look() == changes("a1")
    session.close()
    assert watcher.look() == changes("a1")


def test_what_this_session_and_others_annotators_decide_is_none(project: Project) -> None:
    session = Session(project, "ann")
    watcher = Watcher(project, "ann", lambda: list(TEXTS), lambda: session.journal_file)
    watcher.look()
    view = View(project.article("a1"), project.config.scheme, [], session.layer("a1"))
    session.commit(acts.note(view, None, "own"))
    annotate(project, "eve", "a2", [("Bo Lind", "PERSON")])
    assert watcher.look() == Changes()


def test_an_older_file_that_is_copied_in_is_news(project: Project, watcher: Watcher) -> None:
    path = project.locations.suggestions("news", "a7")
    beside = path.with_name(".beside")
    shutil.copy2(path, beside)
    os.utime(beside, (1, 1))
    os.replace(beside, path)
    assert "a7" in watcher.look().articles


def test_a_vanished_project_is_no_news_and_no_failure(project: Project, watcher: Watcher) -> None:
    project.root.rename(project.root.with_name("elsewhere"))
    watcher.look()
    project.root.with_name("elsewhere").rename(project.root)
    assert watcher.look().articles >= set(TEXTS)
