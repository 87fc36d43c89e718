"""Undo and redo of one group over several articles go to the first of them and leave nothing stale in the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pilots import list_of, screen_text, wait_for, wait_for_text
from reader_pilots import press, project_of_texts, reader_of, reading_app, reading_of_app
from readings import quote
from textual.pilot import Pilot

from annotate import acts
from annotate.view import Entry, EntryState, View
from store.project import Project
from store.session import Session
from tui import travel
from tui.app import ManiculeApp
from tui.desk import Desk


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


def _lima(view: View) -> Entry:
    return next(entry for entry in view.entries() if view.article.text[entry.start : entry.end] == "Lima")


def _decide_in(pilot: Pilot[None], articles: str) -> Desk:
    """Confirm the first “Lima” of these articles as one group, in that order."""
    desk = reader_of(pilot)._desk
    views = [desk.peek(name) for name in articles]
    desk.decide_at_once([one for view in views for one in acts.confirm(view, _lima(view))], lambda done, total: None)
    return desk


def _state(desk: Desk, article_id: str) -> EntryState:
    entry = _lima(desk.peek(article_id))
    known = desk.corpus.at(article_id, entry.start, entry.end)
    assert known
    return known.state


async def test_rows_and_entities_of_all_its_articles_are_brought_up_to_date(project: Project) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "cba")
        reader_of(pilot).show_article("b")
        for name in "ac":
            desk.refresh_row(name)
            desk.corpus.note(desk.peek(name))
        for key, confirmed in (("u", 0), ("r", 1), ("u", 0)):
            await press(pilot, key)
            assert reading_of_app(pilot).article.id == "b"
            assert [desk.rows[name].entities for name in "ac"] == [confirmed, confirmed]
            state = EntryState.CONFIRMED if confirmed else EntryState.SUGGESTED
            assert [_state(desk, name) for name in "ac"] == [state, state]
            assert not desk.session.holds("a")


async def test_one_goes_to_the_first_as_the_library_lists_them(project: Project) -> None:
    async with reading_app(project) as pilot:
        _decide_in(pilot, "ca")
        for key in "uru":
            await press(pilot, key)
            assert reading_of_app(pilot).article.id == "a"
            reader_of(pilot).show_article("b")


async def test_an_article_that_is_gone_is_told_of(project: Project) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "cba")
        reader_of(pilot).show_article("b")
        desk.ids = ["b", "c"]
        await press(pilot, "u")
        assert "undone: 3 decisions · a was removed" in screen_text(pilot.app)
        assert desk.rows["c"].entities == 0


async def test_one_that_cannot_be_read_is_told_of_and_the_next_is_gone_to(project: Project) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "ca")
        desk.session.layer("a")
        (file,) = (path for path in (project.root / "articles").rglob("a*") if path.is_file())
        file.write_text("broken", encoding="utf-8")
        await press(pilot, "u")
        assert reading_of_app(pilot).article.id == "c"
        assert "undone: 2 decisions · articles/" in screen_text(pilot.app)
        assert desk.rows["a"].problem


@contextmanager
def _held_up(monkeypatch: pytest.MonkeyPatch, article_id: str) -> Iterator[threading.Event]:
    """Have an undo wait before that article, with those before it looked at; the event says that it has come there."""
    there, go_on = threading.Event(), threading.Event()
    ensure = Session._ensure

    def wait(self: Session, name: str) -> None:
        if name == article_id and threading.current_thread() is not threading.main_thread():
            there.set()
            assert go_on.wait(20), "nobody lets the undo go on"
        ensure(self, name)

    monkeypatch.setattr(Session, "_ensure", wait)
    try:
        yield there
    finally:
        go_on.set()


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three articles are many."""
    monkeypatch.setattr(travel, "FAR", 3)


@pytest.mark.usefixtures("far")
async def test_over_many_articles_keys_move_meanwhile_and_decide_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "acb")
        reader_of(pilot).show_article("b")
        for name in "abc":
            desk.corpus.note(desk.peek(name))
        with _held_up(monkeypatch, "b") as there:
            await press(pilot, "u")
            await wait_for(pilot, there.is_set, "the undo under way")
            assert "undoing … " in screen_text(pilot.app)
            before = reading_of_app(pilot).cursor
            await press(pilot, "end")
            assert reading_of_app(pilot).cursor != before
            await press(pilot, "f")
            assert "decide once that is over" in screen_text(pilot.app)
            assert desk.peek("a").layer.annotations, "nothing of it has happened before all of it does"
        await wait_for_text(pilot, "undone: 3 decisions in ")
        assert reading_of_app(pilot).article.id == "b"
        assert quote(reading_of_app(pilot)) == "Lima"
        assert [desk.rows[name].entities for name in "ac"] == [0, 0]
        assert [_state(desk, name) for name in "abc"] == [EntryState.SUGGESTED] * 3
        assert not any(desk.session.holds(name) for name in "ac")
        await press(pilot, "f", "u", "r")
    assert Session(project, "ada").layer("b").remarks


@pytest.mark.usefixtures("far")
@pytest.mark.parametrize("where", ["reader", "library"])
async def test_escape_stops_it_and_leaves_everything_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "acb")
        reader_of(pilot).show_article("b")
        if where == "library":
            await press(pilot, "q")
        with _held_up(monkeypatch, "c") as there:
            await press(pilot, "u")
            await wait_for(pilot, there.is_set, "the undo under way")
            await press(pilot, "escape")
        await wait_for_text(pilot, "stopped: nothing was undone")
        assert all(desk.peek(name).layer.annotations for name in "abc")
        await press(pilot, "u")
        await wait_for_text(pilot, "undone: 3 decisions in ")
        assert not any(desk.peek(name).layer.annotations for name in "abc")


@pytest.mark.usefixtures("far")
async def test_from_the_library_all_rows_and_entities_are_brought_up_to_date(project: Project) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "cba")
        await press(pilot, "q")
        for name in "abc":
            desk.corpus.note(desk.peek(name))
        for key, confirmed, said in (("u", 0, "undone"), ("r", 1, "done again")):
            await press(pilot, key)
            await wait_for_text(pilot, f"{said}: 3 decisions in ")
            await wait_for_text(pilot, " and 2 more")
            assert [desk.rows[name].entities for name in "abc"] == [confirmed] * 3
            assert list_of(pilot).current == "a"
            expected = EntryState.CONFIRMED if confirmed else EntryState.SUGGESTED
            assert [_state(desk, name) for name in "abc"] == [expected] * 3


@pytest.mark.parametrize("key", ["u", "r"])
async def test_from_the_library_over_few_articles_too(project: Project, key: str) -> None:
    async with reading_app(project) as pilot:
        desk = _decide_in(pilot, "ca")
        for name in "ac":
            desk.corpus.note(desk.peek(name))
        await press(pilot, "q", "u", *key.replace("u", ""))
        confirmed = int(key == "r")
        assert [desk.rows[name].entities for name in "ac"] == [confirmed] * 2
        assert _state(desk, "c") is (EntryState.CONFIRMED if confirmed else EntryState.SUGGESTED)
        assert list_of(pilot).current == "a", "the first as the library lists them"


@pytest.mark.usefixtures("far")
async def test_quitting_meanwhile_leaves_it_whole_or_undone(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reading_app(project) as pilot:
        _decide_in(pilot, "acb")
        with _held_up(monkeypatch, "c") as there:
            await press(pilot, "u")
            await wait_for(pilot, there.is_set, "the undo under way")
            assert isinstance(pilot.app, ManiculeApp)
            pilot.app.stop_travel()
        await pilot.press("ctrl+q")
    session = Session(project, "ada")
    assert [len(session.layer(name).annotations) for name in "abc"] == [1, 1, 1]
