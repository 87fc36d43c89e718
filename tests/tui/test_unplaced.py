"""In the reader a text that changed is told of, and what it left without a place can be placed again or given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import HOSTILE, desk_of, running, screen_text, wait_for, wait_for_text
from reader_pilots import press, reader_of, reading_app, reading_of_app
from readings import find, quote
from store_helpers import project_in, view_of

from annotate import acts
from annotate.changes_told import describe_whole_change
from annotate.decisions import How, Reanchor
from store.log import read_log
from store.project import Draft, Project
from store.revisions import update_articles
from store.session import Session
from tui.desk import Desk
from tui.line_review import LineReview
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.screens.unplaced import UnplacedList
from tui.widgets.entity_panel import EntityPanel

OLD = "Talks in Lima\n\nGen Ali Khan met Bo Lind of the Ministry of Water on a Monday in the old town hall."
NEW = "Talks in Lima\n\nOn a Monday, Gen Ali Khan met Bob Lind of the Ministry of Water in the old town hall."
WANTED = (("Ali Khan", "PERSON"), ("Bo Lind", "PERSON"), ("Ministry of Water", "ORG"), ("on a Monday", "GPE"))


def _draft(text: str) -> Draft:
    return Draft("a", "Talks in Lima", text, {"file": "a.txt"})


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An article whose text has changed since ada annotated it: two of four annotations have no place."""
    project = project_in(tmp_path)
    list(project.adding([_draft(OLD)]))
    session = Session(project, "ada")
    for text, label in WANTED:
        view = view_of(session, "a")
        start = OLD.index(text)
        session.commit(acts.add(view, start, start + len(text), label, How.SINGLE))
    session.close()
    assert list(update_articles(project, [_draft(NEW)]))
    return project


def test_line_mode_and_the_log_tell_it_too(project: Project) -> None:
    review = LineReview(Desk(project, "ada"), "a")
    assert "The text has changed: 2 placed, 2 unplaced." in review.ask()
    review.leave()
    log = read_log(project.locations, "ada", [].append)
    (decision,) = [one.decision for one in log if isinstance(one.decision, Reanchor)]
    assert describe_whole_change(decision) == "the text changed: 2 moved with it, 2 without a place"


async def test_opening_tells_how_many_have_a_place_and_lists_the_others(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await wait_for_text(pilot, "the text has changed: 2 placed, 2 unplaced · ! lists them")
        assert "2 unplaced · 2/2" in screen_text(pilot.app)
        await pilot.press("exclamation_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, UnplacedList), "the list")
        await wait_for_text(pilot, "now perhaps “Bob Lind”")
        assert "▸ ✓ PERSON       “Bo Lind”" in screen_text(pilot.app)
        await pilot.press("down")
        await wait_for_text(pilot, "▸ ✓ GPE          “on a Monday”")
        await wait_for_text(pilot, "nothing like it here")
        await pilot.press("escape")
        await wait_for(pilot, lambda: pilot.app.screen is reader_of(pilot), "the reader again")


async def test_the_help_over_the_list_tells_its_keys(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "exclamation_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, UnplacedList), "the list")
        await pilot.press("question_mark")
        await wait_for_text(pilot, "place it again, beginning where it may stand now")
        assert "word to the left" not in screen_text(pilot.app)
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, UnplacedList), "the list again")


async def test_one_is_placed_on_what_it_may_be_now_and_another_on_a_selection(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "exclamation_mark")
        await press(pilot, "enter")
        await wait_for_text(pilot, "PERSON “Bo Lind”")
        assert reading.article.text[slice(*(reading.selection or (0, 0)))] == "Bob Lind"
        await press(pilot, "enter")
        await wait_for_text(pilot, "placed · 1 unplaced · ! lists them")
        assert quote(reading) == "Bob Lind"
        await press(pilot, "exclamation_mark", "enter")
        await wait_for_text(pilot, "GPE “on a Monday”")
        assert reading.selection is None
        find(reading, "Monday")
        await press(pilot, "enter")
        await wait_for_text(pilot, "placed")
        assert (quote(reading), reading.unplaced) == ("Monday", [])
        await press(pilot, "u")
        assert [one.quote for one in reading.unplaced] == ["on a Monday"]
    assert {one.quote for one in project.layer("ada", "a").annotations.values()} == {
        "Ali Khan",
        "Bob Lind",
        "Ministry of Water",
    }


async def test_one_can_be_given_up_and_brought_back(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "exclamation_mark")
        await pilot.press("x")
        await wait_for_text(pilot, "1 without a place")
        assert "given up: “Bo Lind” · u brings it back" in screen_text(pilot.app)
        await pilot.press("x")
        await wait_for_text(pilot, "given up: “on a Monday”")
        assert pilot.app.screen is reader_of(pilot) and not reading.unplaced
        await press(pilot, "exclamation_mark")
        await wait_for_text(pilot, "everything has its place")
        await press(pilot, "u", "u")
        assert len(reading.unplaced) == 2


async def test_esc_leaves_it_unplaced_and_enter_places_nothing_then(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "exclamation_mark", "enter", "escape", "escape")
        assert reading.placing is None
        await press(pilot, "enter")
        assert len(reading.unplaced) == 2


async def test_undo_shows_the_earlier_text_until_it_is_opened_again(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "u")
        await wait_for_text(pilot, "undone: going on to the newer text")
        assert reading_of_app(pilot).article.text == OLD
        assert "earlier text · 4/4" in screen_text(pilot.app)
        await press(pilot, "r")
        await wait_for_text(pilot, "done again: going on to the newer text")
        assert reading_of_app(pilot).article.text == NEW
        await press(pilot, "u")
        await wait_for_text(pilot, "earlier text")
        await press(pilot, "q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        await wait_for_text(pilot, "the text has changed: 2 placed, 2 unplaced")


async def test_beside_the_text_the_unplaced_stand_below_the_entities(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await pilot.resize_terminal(140, 45)
        await wait_for_text(pilot, "no place")
        panel = reader_of(pilot).query_one(EntityPanel)
        row = next(y for y in range(20) if "Bo Lind" in panel.render_line(y).text)
        assert await pilot.click(panel, offset=(3, row))
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, UnplacedList), "the list")


async def test_marking_it_done_from_the_library_goes_on_to_the_newer_text(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("d")
        await wait_for_text(pilot, "●")
        assert desk_of(pilot).rows["a"].entities == 2
    layer = project.layer("ada", "a")
    assert layer.text_hash == project.article("a").text_hash and len(layer.unplaced) == 2


def test_the_line_mode_goes_on_too_and_back(project: Project) -> None:
    from tui.desk import Desk

    desk = Desk(project, "ada")
    review = LineReview(desk, "a")
    assert desk.session.layer("a").text_hash == project.article("a").text_hash
    assert review.answer("u")[0] == "undone: going on to the newer text"
    assert desk.session.layer("a").text_hash != project.article("a").text_hash
    assert review.answer("r")[0] == "done again: going on to the newer text"
    review.leave()


@pytest.mark.parametrize("name", HOSTILE)
async def test_what_an_unplaced_text_holds_reaches_no_terminal_as_it_is(tmp_path: Path, name: str) -> None:
    project = project_in(tmp_path)
    text = f"Talks in Lima\n\nThey met {HOSTILE[name]} there."
    list(project.adding([_draft(text)]))
    session = Session(project, "ada")
    view = view_of(session, "a")
    start = text.index(HOSTILE[name])
    session.commit(acts.add(view, start, start + len(HOSTILE[name]), "ORG"))
    session.close()
    list(update_articles(project, [_draft(text.replace("They met", "They saw").replace(HOSTILE[name], "nobody"))]))
    async with reading_app(project, "a", size=(140, 45)) as pilot:
        await wait_for_text(pilot, "no place")
        await pilot.press("exclamation_mark")
        await wait_for_text(pilot, "1 without a place")
        assert not set("\x1b\x9b\u202e\x07") & set(screen_text(pilot.app))
