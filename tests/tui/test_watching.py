"""What others change in the project reaches the screens, and nothing of an open article moves by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import desk_of, line_with, list_of, project_of, running, screen_text, wait_for, wait_for_text
from reader_pilots import press, reading_app, reading_of_app
from small_projects import annotate, propose

from annotate import acts
from annotate.view import View
from store.project import Draft, Project
from store.session import Session
from store.trash import remove_article, restore_article


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.watching.EVERY", 0.02)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of(tmp_path / "wire", {"one": "First", "two": "Second", "zoo": "Third"})


def elsewhere(project: Project) -> Project:
    """The project as another program has it open."""
    return Project.open(project.root)


async def test_articles_that_others_add_and_remove_come_and_go_with_the_cursor_kept(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("end")
        elsewhere(project).add_articles([Draft("aaa", "Added", "Rain in Lima.")])
        await wait_for_text(pilot, "Added")
        assert list_of(pilot).current == "zoo"
        assert "of 4 done" in screen_text(pilot.app)
        remove_article(elsewhere(project), "two")
        await wait_for(pilot, lambda: "Second" not in screen_text(pilot.app), "that it is gone")
        assert list_of(pilot).current == "zoo"
        assert "of 3 done" in screen_text(pilot.app)
        restore_article(elsewhere(project), "two")
        await wait_for_text(pilot, "Second")


async def test_what_another_session_of_the_annotator_does_is_in_the_list(project: Project) -> None:
    async with running(project) as pilot:
        annotate(elsewhere(project), "ada", "two", [("Lima", "GPE")])
        await wait_for_text(pilot, "1 of 3 done")
        assert desk_of(pilot).rows["two"].entities == 1


async def test_new_suggestions_are_listed_and_offered_in_the_open_article(tmp_path: Path) -> None:
    project = project_of(tmp_path / "wire", {"one": "First", "two": "Second"})
    propose(project, "one", [("Lima", "GPE")])
    async with reading_app(project, "one") as pilot:
        before = reading_of_app(pilot).view.entries()
        propose(elsewhere(project), "one", [("Lima", "GPE"), ("Bo Lind", "PERSON")])
        await wait_for_text(pilot, "new suggestions")
        assert reading_of_app(pilot).view.entries() == before
        await press(pilot, "n")
        assert len(reading_of_app(pilot).view.entries()) == 2
        await press(pilot, "right")
        propose(elsewhere(project), "two", [("Lima", "GPE")])
        await wait_for(pilot, lambda: desk_of(pilot).rows.get("two") is not None, "the other row")
        assert "new suggestions" not in screen_text(pilot.app)


async def test_a_take_over_and_its_end_are_told_in_the_session_that_had_the_article(tmp_path: Path) -> None:
    project = project_of(tmp_path / "wire", {"one": "First", "two": "Second"})
    propose(project, "one", [("Lima", "GPE"), ("Bo Lind", "PERSON")])
    async with reading_app(project, "one") as pilot:
        await press(pilot, "space")
        other = Session(elsewhere(project), "ada")
        other.claim("one", over=True)
        await wait_for_text(pilot, "taken over by another session")
        assert "read only" in line_with(pilot.app, "First")
        view = View(
            project.article("one"),
            project.config.scheme,
            project.suggestions(project.article("one")),
            other.layer("one"),
        )
        other.commit(acts.reject(view, view.undecided()[0]))
        other.close()
        await wait_for_text(pilot, "the other session has left this article")
        assert "read only" not in screen_text(pilot.app)
        await press(pilot, "space")
        await wait_for_text(pilot, "another session of yours has changed it since")
        states = [one.state for one in desk_of(pilot).session.layer("one").annotations.values()]
        assert sorted(one.value for one in states) == ["confirmed", "rejected"]


async def test_an_open_article_that_is_removed_stays_on_screen_and_says_so(project: Project) -> None:
    async with reading_app(project, "two") as pilot:
        remove_article(elsewhere(project), "two")
        await wait_for_text(pilot, "this article was removed")
        assert "Bo Lind in Lima" in screen_text(pilot.app)
        await press(pilot, "q")
        await wait_for(pilot, lambda: desk_of(pilot).ids == ["one", "zoo"], "the library without it")


async def test_an_article_that_another_session_reads_cannot_be_finished_from_the_library(project: Project) -> None:
    async with running(project) as pilot:
        other = Session(elsewhere(project), "ada")
        other.claim("one")
        await pilot.press("d")
        await wait_for_text(pilot, "one: open in another session of yours")
        assert "0 of 3 done" in screen_text(pilot.app)
        other.close()
        await pilot.press("d")
        await wait_for_text(pilot, "1 of 3 done")


async def test_what_was_read_only_is_listed_as_the_other_session_has_left_it(project: Project) -> None:
    other = Session(elsewhere(project), "ada")
    other.claim("two")
    async with reading_app(project, "two") as pilot:
        await wait_for_text(pilot, "open elsewhere")
        view = View(project.article("two"), project.config.scheme, [], other.layer("two"))
        start = view.article.text.index("Lima")
        other.commit(acts.add(view, start, start + 4, "GPE"))
        await press(pilot, "escape", "q")
        await wait_for(pilot, lambda: desk_of(pilot).rows["two"].entities == 1, "what the other session decided")
    other.close()
