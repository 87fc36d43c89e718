"""Undo and redo of one group over several articles go to the first of them and leave nothing stale in the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import screen_text
from reader_pilots import press, project_of_texts, reader_of, reading_app, reading_of_app
from textual.pilot import Pilot

from annotate import acts
from annotate.view import Entry, EntryState, View
from store.project import Project
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
