"""Who annotates is asked once, and a name that cannot be one is refused in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pilots import screen_text, wait_for, wait_for_text
from reader_pilots import project_of_texts
from textual.pilot import Pilot

from store.annotator import annotator_name
from store.project import Project
from tui.app import ManiculeApp
from tui.screens.library import Library
from tui.screens.who import Who
from tui.widgets.prompt import Prompt


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


@asynccontextmanager
async def _asked(project: Project) -> AsyncIterator[Pilot[None]]:
    app = ManiculeApp(project, None, extract=False)
    async with app.run_test() as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, Who), "the question")
        await wait_for(pilot, lambda: app.screen.query_one(Prompt).has_focus, "the line to type in")
        yield pilot


async def _type(pilot: Pilot[None], name: str) -> None:
    await pilot.press("ctrl+u", *name)
    prompt = pilot.app.screen.query_one(Prompt)
    await wait_for(pilot, lambda: prompt.value == name, f"{name!r} in the prompt")
    await pilot.press("enter")


async def test_the_name_is_asked_and_remembered(project: Project) -> None:
    async with _asked(project) as pilot:
        await _type(pilot, "ada")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        assert annotator_name(project.root, None) == "ada"
        await wait_for_text(pilot, "ada")


@pytest.mark.parametrize("name", ["_adjudicated", "a/b", "..", "x" * 90])
async def test_a_name_that_cannot_be_one_is_refused_in_words(project: Project, name: str) -> None:
    async with _asked(project) as pilot:
        await _type(pilot, name)
        problem = pilot.app.screen.query_one("#problem")
        await wait_for(pilot, lambda: str(problem.render()).strip(), "what is wrong with it")
        assert isinstance(pilot.app.screen, Who)
        assert annotator_name(project.root, None) is None
        assert "Who annotates?" in screen_text(pilot.app)


async def test_esc_leaves_without_an_answer(project: Project) -> None:
    async with _asked(project) as pilot:
        app = pilot.app
        await pilot.press("escape")
        await wait_for(pilot, lambda: not app.is_running, "the end")
    assert annotator_name(project.root, None) is None
