"""What is read ahead is what is opened, unless it has changed since."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import SIZE, wait_for
from reader_pilots import project_of_texts, reading_app
from store_helpers import suggest

from annotate import acts
from annotate.layers import Status
from store.errors import BrokenFileError
from store.project import Project
from store.session import Session
from tui.app import ManiculeApp
from tui.desk import Desk


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("store.project.read_article", refuse)
    monkeypatch.setattr("store.project.read_suggestions", refuse)
    monkeypatch.setattr("store.replay.read_layer", refuse)


def decided(project: Project, article_id: str = "b") -> None:
    desk = Desk(project, "ada")
    view = desk.view(article_id)
    desk.decide(view, acts.confirm(view, view.undecided()[0]))
    desk.close()


def test_what_was_read_ahead_is_opened_with_no_further_reading(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided(project)
    desk = Desk(project, "ada")
    desk.prepare("b")
    forbid_reading(monkeypatch)
    reading = desk.open("b")
    assert (reading.article.id, reading.view.confirmed_count) == ("b", 1)


def test_what_another_program_decided_since_is_seen(project: Project) -> None:
    desk = Desk(project, "ada")
    desk.prepare("b")
    decided(project)
    assert desk.open("b").view.confirmed_count == 1


def test_what_is_only_in_another_programs_journal_is_seen(project: Project) -> None:
    desk = Desk(project, "ada")
    desk.prepare("b")
    other = Session(project, "ada")
    view = Desk(project, "ada").view("b")
    other.commit(acts.confirm(view, view.undecided()[0]))
    assert desk.open("b").view.confirmed_count == 1


def test_suggestions_that_came_since_are_seen(project: Project) -> None:
    desk = Desk(project, "ada")
    desk.prepare("b")
    suggest(project, "b", ("Talks", "ORG"))
    assert [entry.label for entry in desk.open("b").view.entries()] == ["ORG"]


def test_an_article_that_cannot_be_read_is_told_when_it_is_opened(project: Project) -> None:
    project.locations.article("b").write_text("{", encoding="utf-8")
    desk = Desk(project, "ada")
    desk.prepare("b")
    with pytest.raises(BrokenFileError, match="not JSON"):
        desk.open("b")


def test_another_article_than_the_one_read_ahead_opens_as_ever(project: Project) -> None:
    desk = Desk(project, "ada")
    desk.prepare("b")
    assert desk.open("c").article.id == "c"


def test_the_article_expected_next_is_the_first_open_one_after_this(project: Project) -> None:
    desk = Desk(project, "ada")
    assert desk.expected("a") == "b"
    view = desk.view("b")
    desk.decide(view, acts.skip(view))
    assert desk.rows["b"].status is Status.SKIPPED
    assert desk.expected("a") == "c"
    assert desk.expected("c") is None


async def test_the_article_under_the_librarys_cursor_is_read_ahead(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(Desk, "prepare", lambda _, article_id: prepared.append(article_id))
    app = ManiculeApp(project, "ada", extract=False)
    async with app.run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: "a" in prepared, "the first article")
        await pilot.press("down")
        await wait_for(pilot, lambda: prepared[-1] == "b", "the second article")


async def test_the_article_after_the_open_one_is_read_ahead(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(Desk, "prepare", lambda _, article_id: prepared.append(article_id))
    async with reading_app(project, "b") as pilot:
        await wait_for(pilot, lambda: "c" in prepared, "the article after it")
        await pilot.press("less_than_sign")
        await wait_for(pilot, lambda: prepared[-1] == "b", "the article after the one gone back to")
