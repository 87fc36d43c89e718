"""Drive the app with keys: a project to work on, waits that name what never came, the screen as text."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from small_projects import small_project
from textual.app import App
from textual.pilot import Pilot

from store.project import Draft, Project
from tui.app import ManiculeApp
from tui.desk import Desk
from tui.screens.library import Library
from tui.widgets.article_list import ArticleList

SIZE = (80, 24)
LIMIT_SECONDS = 20.0

HOSTILE = {
    "closing-tag": "[/foo]",
    "link": "[link=http://x]x[/] [@click=app.quit]go[/]",
    "open-tag": "[/",
    "title-escape": "a \x1b]0;x\x07 b",
    "clear-screen": "\x1b[2J\x9b2J",
    "right-to-left": "\u202egold\u202c",
    "wide": "漢字" * 80,
}


async def wait_for(pilot: Pilot[None], is_so: Callable[[], object], what: str) -> None:
    """Let the app run until it is so; fail with what never came and what is on screen instead."""
    due = time.monotonic() + LIMIT_SECONDS
    while not is_so():
        if time.monotonic() > due:
            pytest.fail(f"never came: {what}\n{screen_text(pilot.app)}")
        await pilot.pause()


async def wait_for_text(pilot: Pilot[None], text: str) -> None:
    """Let the app run until the text is on screen."""
    await wait_for(pilot, lambda: text in screen_text(pilot.app), text)


def screen_lines(app: App[None]) -> list[str]:
    """The screen as text, line by line."""
    strips = app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def screen_text(app: App[None]) -> str:
    """The screen as text."""
    return "\n".join(screen_lines(app))


def line_with(app: App[None], text: str) -> str:
    """The first line of the screen that holds the text; "" when there is none."""
    return next((line for line in screen_lines(app) if text in line), "")


def project_of(root: Path, titles: dict[str, str]) -> Project:
    """A project with the labels PERSON, ORG and GPE, and articles by id with a title and the same text.

    The text is the title's characters that cannot hurt, then "Anna Berg met Bo Lind in Lima.".
    """
    project = small_project(root, {})
    drafts = [Draft(name, title, f"{name}\nAnna Berg met Bo Lind in Lima.") for name, title in titles.items()]
    assert project.add_articles(drafts) == list(titles)
    return project


@asynccontextmanager
async def running(project: Project, *, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The app on the project, with ada at work and no extraction, once the library has read all rows."""
    app = ManiculeApp(project, "ada", extract=False)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: desk_of(pilot) and isinstance(app.screen, Library), "the library")
        await wait_for(pilot, lambda: len(desk_of(pilot).rows) == len(desk_of(pilot).ids), "the rows")
        await pilot.pause()
        yield pilot


def desk_of(pilot: Pilot[None]) -> Desk:
    """The app's desk."""
    app = pilot.app
    assert isinstance(app, ManiculeApp) and app.desk is not None
    return app.desk


def list_of(pilot: Pilot[None]) -> ArticleList:
    """The library's list."""
    library = next(screen for screen in pilot.app.screen_stack if isinstance(screen, Library))
    return library.query_one(ArticleList)
