"""What is read ahead is what is opened, unless it has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pilots import SIZE, screen_text, wait_for
from reader_pilots import project_of_texts, reader_of, reading_app
from store_helpers import suggest

from annotate import acts
from annotate.layers import Status
from annotate.sieve import Sieve
from annotate.view import View
from store.errors import BrokenFileError
from store.project import Project
from store.session import Session
from tui.app import ManiculeApp
from tui.desk import Desk
from tui.screens.reader import text_width
from tui.widgets.article_view import ArticleView
from tui.wrapping import wrap


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


def _made_anew(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    made: list[object] = []

    def view(*args: Any, **named: Any) -> View:
        made.append(args)
        return View(*args, **named)

    monkeypatch.setattr("tui.deciding.View", view)
    return made


def test_the_view_is_made_ahead_and_belongs_to_one_reading(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    decided(project)
    desk = Desk(project, "ada")
    desk.prepare("b")
    made = _made_anew(monkeypatch)
    reading = desk.open("b")
    assert not made
    assert reading.view.entries() == desk.peek("b").entries()
    assert desk.open("b").view is not reading.view


def test_with_another_sieve_the_view_is_made_anew(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _made_anew(monkeypatch)
    desk = Desk(project, "ada")
    desk.prepare("b")
    desk.sieve = Sieve(0.9)
    assert desk.open("b").view.sieve == Sieve(0.9)
    assert made


def test_what_was_decided_in_this_session_since_is_seen(project: Project) -> None:
    desk = Desk(project, "ada")
    desk.prepare("b")
    view = desk.peek("b")
    desk.decide(view, acts.confirm(view, view.undecided()[0]))
    assert desk.open("b").view.confirmed_count == 1


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
    monkeypatch.setattr(Desk, "prepare", lambda _, article_id, width: prepared.append(article_id))
    app = ManiculeApp(project, "ada", extract=False)
    async with app.run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: "a" in prepared, "the first article")
        await pilot.press("down")
        await wait_for(pilot, lambda: prepared[-1] == "b", "the second article")


async def test_the_article_after_the_open_one_is_read_ahead(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared: list[str] = []
    monkeypatch.setattr(Desk, "prepare", lambda _, article_id, width: prepared.append(article_id))
    async with reading_app(project, "b") as pilot:
        await wait_for(pilot, lambda: "c" in prepared, "the article after it")
        await pilot.press("less_than_sign")
        await wait_for(pilot, lambda: prepared[-1] == "b", "the article after the one gone back to")


@pytest.mark.parametrize("size", [(80, 24), (100, 30), (124, 30), (140, 45), (220, 50)])
async def test_lines_are_wrapped_ahead_for_the_width_that_they_get(
    project: Project, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    async with reading_app(project, "b", size=size) as pilot:
        view = reader_of(pilot).query_one(ArticleView)
        assert text_width(size[0]) == view._width
        desk = reader_of(pilot)._desk
        desk.prepare("c", view._width)
        monkeypatch.setattr("tui.widgets.article_view.wrap", None)
        reader_of(pilot).show_article("c")
        await wait_for(pilot, lambda: "Anna met Bo Lind in Lima." in screen_text(pilot.app), "the article")
        assert view._lines == wrap(reader_of(pilot).reading.article.text, view._width)
