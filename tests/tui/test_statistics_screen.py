"""The statistics screen counts in the background and shows tables."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilots import line_with, project_of, running, screen_text, wait_for, wait_for_text
from small_projects import annotate, propose

from annotate.layers import Status
from annotate.names_counted import Frequency, Pair
from annotate.statistics import Correction, Share
from annotate.statistics import Statistics as Counted
from annotate.ways import Way
from store import statistics as store_statistics
from store.project import Project
from store.statistics import OpenArticle, ProjectStatistics
from tui.screens.library import Library
from tui.screens.statistics import statistics_lines

QUOTES = [("Anna Berg", "PERSON"), ("Bo Lind", "PERSON"), ("Lima", "GPE")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One article done with one of three suggestions confirmed, one new."""
    made = project_of(tmp_path / "wire", {"one": "First", "two": "Second"})
    propose(made, "one", QUOTES)
    annotate(made, "ada", "one", QUOTES[:1])
    return made


async def test_articles_entities_and_sources_are_shown(project: Project) -> None:
    async with running(project, size=(80, 70)) as pilot:
        await pilot.press("i")
        await wait_for_text(pilot, "one by one")
        app = pilot.app
        assert line_with(app, "done ").split() == ["done", "1", "8"]
        assert line_with(app, "PERSON").split() == ["PERSON", "1", "–", "–", "1", "–", "100.0%"]
        assert line_with(app, "news").split() == ["news", "3", "1", "33.3%"]
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(app.screen, Library), "the library")


async def test_what_cannot_be_read_is_named(project: Project) -> None:
    project.locations.article("two").write_text("[/foo]", "utf-8")
    async with running(project, size=(120, 24)) as pilot:
        await pilot.press("i")
        await wait_for_text(pilot, "two.json")


def test_many_problems_are_told_first_and_last() -> None:
    problems = [f"no {number}" for number in range(7)]
    lines = [line.plain for line in statistics_lines(ProjectStatistics("ada", problems=problems), [], [], 80)]
    assert lines[:6] == [*(f"! {one}" for one in problems[:5]), "! and more, at the end"]
    assert lines[-3:] == ["", "! no 5", "! no 6"]


async def test_progress_is_shown_and_closing_ends_the_counting(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, ended = threading.Event(), threading.Event()

    def endless(project: Project, annotator: str, on_article: object) -> ProjectStatistics:
        assert callable(on_article)
        try:
            on_article(3, 5)
            may_go_on.wait(20)
            on_article(4, 5)
        finally:
            ended.set()
        return ProjectStatistics(annotator)

    monkeypatch.setattr(store_statistics, "gather", endless)
    async with running(project) as pilot:
        await pilot.press("i")
        await wait_for_text(pilot, "counting 3 of 5 …")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        may_go_on.set()
        await wait_for(pilot, ended.is_set, "the end of the counting")
        assert "1 of 2 done" in screen_text(pilot.app)


@given(st.integers(40, 200), st.text(max_size=40))
def test_no_table_is_wider_than_the_screen(width: int, label: str) -> None:
    counted = Counted(
        Counter({Status.NEW: 12_345_678}),
        Counter({Status.NEW: 10**9}),
        Counter({(label, "confirmed"): 5, ("GPE", "undecided"): 7}),
        Counter({label: 3}),
        Counter({label: 2}),
        Counter({(label, Correction.BOTH): 10**7}),
        Counter({Share.ALL: 10**7}),
        Counter({("news", label, Way.BULK): 10**7}),
    )
    found = ProjectStatistics(
        "ada",
        counted,
        names=[Frequency(label, "person", 10**7, 5)],
        pairs=[Pair((label, label), 10**7, 5)],
        open_articles=[OpenArticle(label, 5, 10**7)],
        problems=[],
    )
    lines = statistics_lines(found, ["GPE"], ["news"], width)
    assert max(line.cell_length for line in lines) <= width


async def test_the_pace_of_keys_pressed_in_the_app_is_shown(project: Project) -> None:
    async with running(project, size=(80, 90)) as pilot:
        await pilot.press("j", "enter")
        await wait_for_text(pilot, "Second")
        for key in ("left", "P"):
            await pilot.press(key)
        await pilot.press("u", "v", "l", "O", "q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await pilot.press("i")
        await wait_for_text(pilot, "by article")
        assert line_with(pilot.app, "all     ").split()
        listed = screen_text(pilot.app).partition("by article")[2].split("\n")
        name, decisions, *_, keys = next(line.split() for line in listed if "two " in line)
        assert (name, decisions, keys) == ("two", "2", "3.5")
