"""The screen of clashes lists what two copies say differently, opens it, and lets go of what does not count."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pilots import project_of, running, screen_text, wait_for, wait_for_text
from small_projects import propose

from annotate import acts
from annotate.acts import Decisions
from annotate.view import View
from store.project import Project
from store.session import Session
from tui.screens.reader import Reader


def work(project: Project, reject: bool, note: str) -> None:
    session = Session(project, "ada")
    article = project.article("one")
    view = View(article, project.config.scheme, project.suggestions(article), session.layer("one"))
    entry = view.entries()[0]
    decisions: Decisions = acts.reject(view, entry) if reject else acts.confirm(view, entry)
    session.commit(decisions)
    session.commit(acts.note(view, None, note))
    session.close()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Two copies in which Bo Lind was confirmed and rejected and different notes were made, brought together."""
    here = project_of(tmp_path / "wire", {"one": "[/]First", "two": "Second"})
    propose(here, "one", [("Bo Lind", "PERSON")])
    shutil.copytree(here.root, tmp_path / "away")
    work(here, False, "here")
    away = Project.open(tmp_path / "away")
    work(away, True, "[/]away")
    shutil.copytree(away.locations.journal("ada"), here.locations.journal("ada"), dirs_exist_ok=True)
    return Project.open(here.root)


async def test_clashes_are_listed_opened_and_let_go(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("x")
        await wait_for_text(pilot, "rejected PERSON “Bo Lind”")
        assert "confirmed PERSON “Bo Lind”" in screen_text(pilot.app)
        assert "since; does not count" in screen_text(pilot.app)
        await pilot.press("x")
        await wait_for(pilot, lambda: "since; does not count" not in screen_text(pilot.app), "that it is let go")
        assert project.stored_layer("ada", "one").clashes == {}
        await pilot.press("x")
        await wait_for_text(pilot, "both count: Enter reads the article")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the article")
        reader = pilot.app.screen
        assert isinstance(reader, Reader) and reader.reading.article.text[slice(*reader.reading.cursor)] == "Bo"


async def test_without_clashes_that_is_said(tmp_path: Path) -> None:
    async with running(project_of(tmp_path / "wire", {"one": "First"})) as pilot:
        await pilot.press("x")
        await wait_for_text(pilot, "no two copies of your work say different things")
        await pilot.press("escape")
        await wait_for_text(pilot, "First")


async def test_the_article_says_that_there_are_clashes_and_joins_what_is_alike(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("enter")
        await wait_for_text(pilot, "1 not counted, for your other copy says otherwise: x in the library")
