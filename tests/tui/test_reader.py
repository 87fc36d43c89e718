"""In the reader every key does what its help says, and nothing that a person did not mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pilots import screen_lines, screen_text, wait_for, wait_for_text
from reader_pilots import (
    TEXT,
    Clock,
    press,
    project_of_texts,
    reader_of,
    reading_app,
    reading_of_app,
    settled,
    type_ahead,
    type_text,
)
from readings import quote, states, word
from store_helpers import suggest
from textual.geometry import Size
from textual.pilot import Pilot

from annotate.layers import Status
from store.journal import Journal
from store.place import Place, write_place
from store.project import Project
from store.session import Session
from tui.actions import actions_of
from tui.app import ManiculeApp
from tui.reading import Reading
from tui.screens.about import About
from tui.screens.checks import Checks
from tui.screens.concordance import Concordance
from tui.screens.entity import EntityPage
from tui.screens.label_picker import LabelPicker
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.screens.too_small import TooSmall, told
from tui.widgets.article_view import ArticleView
from tui.widgets.focus_line import FocusLine
from tui.widgets.prompt import Prompt


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


def _text(pilot: Pilot[None], line: int) -> str:
    return screen_lines(pilot.app)[line].strip()


def _selected(reading: Reading) -> str:
    return reading.article.text[slice(*(reading.selection or (0, 0)))]


# Every key of the table --------------------------------------------------------------------------------------

Check = Callable[[Reader], object]


def _is(text: str) -> Check:
    return lambda reader: quote(reader.reading) == text


def _state(text: str, label: str, state: str) -> Check:
    return lambda reader: states(reader.reading).get(text) == (label, state)


_EXPECTED: dict[str, tuple[tuple[str, ...], Check]] = {
    "word_left": (("right",), lambda reader: word(reader.reading) == "Lima"),
    "word_right": ((), lambda reader: word(reader.reading) == "Gen"),
    "line_up": (("down",), lambda reader: word(reader.reading) == "Lima"),
    "line_down": ((), lambda reader: word(reader.reading) == "Khan"),
    "page_up": (("pagedown",), lambda reader: reader.query_one(ArticleView).scroll_offset.y == 0),
    "page_down": ((), lambda reader: reader.query_one(ArticleView).scroll_offset.y > 10),
    "top": (("end",), lambda reader: word(reader.reading) == "Talks"),
    "bottom": ((), lambda reader: word(reader.reading) == "20"),
    "next_entity": ((), _is("Ali Khan")),
    "previous_entity": (("tab",), _is("Lima")),
    "next_undecided": ((), _is("Ali Khan")),
    "previous_undecided": ((), _is("Bo Lind")),
    "next_mention": ((), lambda reader: reader.reading.cursor[0] == TEXT.index("Lima", 20)),
    "about": ((), lambda reader: isinstance(reader.app.screen, About)),
    "unit": ((), lambda reader: word(reader.reading) == "L"),
    "jump": ((), lambda reader: reader.query_one(ArticleView).jump),
    "search": ((), lambda reader: reader.query_one(Prompt).purpose == "search"),
    "concordance": ((), lambda reader: isinstance(reader.app.screen, Concordance)),
    "checks": ((), lambda reader: isinstance(reader.app.screen, Checks)),
    "entity": ((), lambda reader: isinstance(reader.app.screen, EntityPage)),
    "confirm": ((), _state("Lima", "GPE", "confirmed")),
    "reject": ((), _state("Lima", "GPE", "rejected")),
    "pick_label": ((), lambda reader: isinstance(reader.app.screen, LabelPicker)),
    "same": ((), _state("Lima", "GPE", "added")),
    "everywhere": ((), lambda reader: isinstance(reader.app.screen, Concordance)),
    "repeat": (("O",), _state("Ali Khan", "ORG", "corrected")),
    "confirm_rest": ((), lambda reader: reader.reading.view.undecided_count == 0),
    "confirm_from": ((), lambda reader: reader.query_one(Prompt).purpose == "confirm from"),
    "threshold": ((), lambda reader: reader.query_one(Prompt).purpose == "threshold"),
    "order": ((), lambda reader: "least certain first" in screen_text(reader.app)),
    "undo": (("space",), _state("Lima", "GPE", "suggested")),
    "redo": (("space", "u"), _state("Lima", "GPE", "confirmed")),
    "select": ((), lambda reader: _selected(reader.reading) == "Lima"),
    "select_left": ((), lambda reader: _selected(reader.reading) == "in Lima"),
    "select_right": ((), lambda reader: _selected(reader.reading) == "Lima\n\nGen"),
    "drop": (("v",), lambda reader: reader.reading.selection is None),
    "boundary": ((), lambda reader: reader.reading.boundary),
    "grow_left": (("tab",), _state("Gen Ali Khan", "PERSON", "corrected")),
    "grow_right": (("tab",), _state("Ali Khan of", "PERSON", "corrected")),
    "shrink_left": (("tab",), _state("Khan", "PERSON", "corrected")),
    "shrink_right": (("tab",), _state("Ali", "PERSON", "corrected")),
    "done": ((), lambda reader: reader.reading.question),
    "skip": ((), lambda reader: reader.reading.article.id == "c"),
    "flag": ((), lambda reader: (focus := reader.reading.focus) and focus.remark and focus.remark.unsure),
    "note": ((), lambda reader: reader.query_one(Prompt).purpose == "note"),
    "next_article": ((), lambda reader: reader.reading.article.id == "c"),
    "previous_article": ((), lambda reader: reader.reading.article.id == "a"),
    "unplaced": ((), lambda reader: "everything has its place" in screen_text(reader.app)),
    "copy": ((), lambda reader: reader.app.clipboard == "Lima"),
    "badges": ((), lambda reader: "GLima" in screen_text(reader.app)),
    "library": ((), lambda reader: not reader.is_attached),
}


@pytest.mark.parametrize(
    ("name", "key"), [(action.name, key) for action in actions_of("reader") for key in action.keys]
)
async def test_each_key_does_what_its_help_says(project: Project, name: str, key: str) -> None:
    before, check = _EXPECTED[name]
    async with reading_app(project) as pilot:
        reader = reader_of(pilot)
        await press(pilot, *before)
        assert not check(reader) or name == "page_up"
        await press(pilot, key)
        await wait_for(pilot, lambda: check(reader), f"{name} from {key}")


def test_every_action_is_expected_to_do_something() -> None:
    assert set(_EXPECTED) == {action.name for action in actions_of("reader")}


# Labels ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "label"), [("O", "ORG"), ("P", "PERSON"), ("1", "PERSON"), ("2", "ORG"), ("3", "GPE")])
async def test_letters_and_digits_label(project: Project, key: str, label: str) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, key)
        assert states(reading_of_app(pilot))["Lima"][0] == label
        assert quote(reading_of_app(pilot)) == "Ali Khan"


@pytest.mark.parametrize("key", [*"ADQSUX"])
async def test_caps_lock_is_told_and_does_nothing(project: Project, key: str) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, key)
        assert f"no label on {key}. Caps Lock?" in screen_text(pilot.app)
        assert states(reading_of_app(pilot))["Lima"] == ("GPE", "suggested")
        assert pilot.app.is_running and reading_of_app(pilot).article.id == "b"


@pytest.mark.parametrize("key", ["4", "0", "Z", "É", "²"])
async def test_a_key_without_a_label_says_so(project: Project, key: str) -> None:
    async with reading_app(project) as pilot:
        await type_ahead(pilot, key)
        assert f"no label on {key}" in screen_text(pilot.app)
        assert reading_of_app(pilot).view.layer.annotations == {}


async def test_the_picker_gives_a_label_by_part_of_its_name(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "semicolon")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, LabelPicker), "the picker")
        prompt = pilot.app.screen.query_one(Prompt)
        await wait_for(pilot, lambda: prompt.has_focus, "the picker's prompt")
        await pilot.press("r", "g")
        await wait_for(pilot, lambda: prompt.value == "rg", "what was typed")
        await pilot.pause()
        await press(pilot, "enter")
        await wait_for(pilot, lambda: states(reading_of_app(pilot))["Lima"] == ("ORG", "corrected"), "the label")


async def test_the_focused_label_stands_out_in_the_label_bar(project: Project) -> None:
    async with reading_app(project) as pilot:
        assert "P·person O·org G·gpe" in _text(pilot, -1)


# Only what was seen, only once -------------------------------------------------------------------------------


async def test_a_held_space_confirms_one(project: Project) -> None:
    clock = Clock()
    async with reading_app(project, clock=clock) as pilot:
        await press(pilot, "space")
        with clock.stopped():
            await press(pilot, *["space"] * 5)
        assert reading_of_app(pilot).view.confirmed_count == 1
        await press(pilot, "space")
        assert reading_of_app(pilot).view.confirmed_count == 2


@pytest.mark.parametrize("key", ["space", "x", "O", "."])
async def test_what_is_typed_ahead_decides_on_nothing_unseen(project: Project, key: str) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "O")
        await type_ahead(pilot, *[key] * 6)
        assert len(reading_of_app(pilot).view.layer.annotations) <= 2


@pytest.mark.parametrize("key", ["d", "s", "a", "f"])
async def test_a_held_key_finishes_no_second_article(project: Project, key: str) -> None:
    clock = Clock()
    async with reading_app(project, clock=clock) as pilot:
        await press(pilot, "a")
        await press(pilot, key)
        with clock.stopped():
            await press(pilot, *[key] * 5)
        session = reader_of(pilot)._desk.session
        statuses = [session.layer(name).status for name in "abc"]
        assert sum(status in (Status.DONE, Status.SKIPPED) for status in statuses) <= 1


async def test_a_question_is_answered_only_once_it_is_on_screen(project: Project) -> None:
    async with reading_app(project) as pilot:
        await type_ahead(pilot, "d", "space")
        assert reading_of_app(pilot).article.id == "b"
        assert reading_of_app(pilot).view.undecided_count == 4
        await press(pilot, "space")
        assert reading_of_app(pilot).article.id == "c"


async def test_keys_typed_ahead_act_in_their_order(project: Project) -> None:
    async with reading_app(project) as pilot:
        await type_ahead(pilot, "n", "O")
        reading = reading_of_app(pilot)
        assert states(reading)["Lima"] == ("GPE", "suggested")
        await press(pilot, "p")
        await type_ahead(pilot, "w", "right")
        assert states(reading)["Lima\n\nGen"] == ("GPE", "corrected")


async def test_a_note_typed_ahead_is_text(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "space")
        await type_ahead(pilot, "m", *"usadq")
        prompt = reader_of(pilot).query_one(Prompt)
        await wait_for(pilot, lambda: prompt.value == "usadq", "the note")
        assert reading_of_app(pilot).view.confirmed_count == 1


# Boundaries and questions ------------------------------------------------------------------------------------


async def test_w_lets_arrows_and_h_l_move_the_edges_until_another_key(project: Project) -> None:
    async with reading_app(project) as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "tab", "w", "right", "h")
        assert quote(reading) == "Gen Ali Khan of"
        assert "move the end" in _text(pilot, -2)
        await press(pilot, "left", "l")
        assert quote(reading) == "Ali Khan"
        await press(pilot, "escape", "right")
        assert word(reading) == "Khan"
        await press(pilot, "u")
        assert states(reading)["Ali Khan"] == ("PERSON", "suggested")


async def test_esc_and_any_other_key_leave_a_question(project: Project) -> None:
    async with reading_app(project) as pilot:
        for key in ("escape", "y", "left"):
            await press(pilot, "d")
            assert "4 undecided:" in _text(pilot, -2)
            assert "Space confirm · x reject · n show · Esc" in _text(pilot, -2)
            await press(pilot, key)
            assert reading_of_app(pilot).question is None
            assert word(reading_of_app(pilot)) == "Lima"


async def test_help_opens_over_a_question(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "d", "question_mark")
        await wait_for_text(pilot, "Keys")
        await press(pilot, "escape")
        assert reading_of_app(pilot).question


async def test_d_goes_on_to_the_next_open_article_and_at_last_to_the_library(project: Project) -> None:
    async with reading_app(project) as pilot:
        for following in ("c", "a"):
            await press(pilot, "d", "space")
            await wait_for(
                pilot, lambda name=following: reading_of_app(pilot).article.id == name, f"article {following}"
            )
        await press(pilot, "d", "x")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")


async def test_the_ends_of_the_list_of_articles_are_told(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "less_than_sign", "less_than_sign")
        assert "this is the first article" in screen_text(pilot.app)
        await press(pilot, *["greater_than_sign"] * 3)
        assert "this is the last article" in screen_text(pilot.app)


async def test_the_dot_repeats_in_another_article_what_was_decided_in_the_last(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "O", "greater_than_sign", "full_stop")
        assert reading_of_app(pilot).article.id == "c"
        assert states(reading_of_app(pilot))["Bo Lind"] == ("ORG", "corrected")
        await press(pilot, "q", "enter", "full_stop")
        await wait_for(pilot, lambda: states(reading_of_app(pilot))["Lima"] == ("ORG", "corrected"), "the next one")


# Undo across articles ----------------------------------------------------------------------------------------


async def test_going_to_another_article_changes_no_status_and_writes_no_decision(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "greater_than_sign", "less_than_sign", "less_than_sign")
        session = reader_of(pilot)._desk.session
        assert {session.layer(name).status for name in "abc"} == {Status.NEW}
        assert not any(session.past(name) for name in "abc")


async def test_what_is_decided_everywhere_is_undone_with_one_key(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "=")
        assert "21 mentions: GPE confirmed · u undoes them as one" in screen_text(pilot.app)
        assert quote(reading_of_app(pilot)) == "Ali Khan"
        await press(pilot, "u")
        assert reading_of_app(pilot).view.layer.annotations == {}
        assert "undone: 21 decisions" in screen_text(pilot.app)
        assert quote(reading_of_app(pilot)) == "Lima"


async def test_a_correction_takes_as_many_keys_as_a_confirmation(project: Project) -> None:
    async with reading_app(project) as pilot:
        reading = reading_of_app(pilot)
        for key, label, state in (
            ("space", "GPE", "confirmed"),
            ("O", "ORG", "corrected"),
            ("x", "ORG", "rejected"),
        ):
            text = quote(reading)
            await press(pilot, key)
            assert states(reading)[text] == (label, state)
            assert reading.focus and quote(reading) != text


async def test_undo_goes_to_the_article_and_redo_goes_back(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "space", "greater_than_sign", "O")
        assert states(reading_of_app(pilot))["Lima"][1] == "suggested"
        await press(pilot, "u", "u")
        reading = reading_of_app(pilot)
        assert (reading.article.id, quote(reading)) == ("b", "Lima")
        assert "undone: confirm “Lima”" in screen_text(pilot.app)
        await press(pilot, "u")
        assert "nothing to undo" in screen_text(pilot.app)
        await press(pilot, "r", "r")
        assert reading_of_app(pilot).article.id == "c"
        await press(pilot, "r")
        assert "nothing to redo" in screen_text(pilot.app)


# Notes and search --------------------------------------------------------------------------------------------


async def test_a_note_is_typed_kept_edited_and_taken_away(project: Project) -> None:
    async with reading_app(project) as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "m")
        assert "note on “Lima”" in screen_text(pilot.app)
        await type_text(pilot, "which one")
        await press(pilot, "enter")
        assert reading.noted() == "which one"
        assert "✎ which one" in _text(pilot, -2)
        await press(pilot, "m")
        await type_text(pilot, "?")
        await press(pilot, "escape")
        assert reading.noted() == "which one"
        await press(pilot, "m", "ctrl+u", "enter")
        assert reading.noted() == ""


async def test_while_something_is_typed_no_key_moves_or_decides(project: Project) -> None:
    async with reading_app(project) as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "space", "m")
        await type_text(pilot, "a")
        before = quote(reading), word(reading), reading.view.confirmed_count
        await press(pilot, "tab", "shift+tab", "pagedown", "ctrl+r", "shift+left", "up", "down", "home", "end")
        assert (quote(reading), word(reading), reading.view.confirmed_count) == before
        assert reader_of(pilot).query_one(Prompt).asking


async def test_the_text_stays_where_it_is_while_something_is_typed(project: Project) -> None:
    async with reading_app(project) as pilot:
        before = screen_lines(pilot.app)[:-2]
        await press(pilot, "m")
        await type_text(pilot, "a")
        assert screen_lines(pilot.app)[:-2] == before


async def test_search_goes_through_the_hits_and_leaves_one_selected(project: Project) -> None:
    async with reading_app(project) as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "slash")
        await type_text(pilot, "day 1")
        assert "1 of 11" in _text(pilot, -2)
        assert "Enter next  ↑ previous  Esc select" in _text(pilot, -2)
        assert reading.article.text[reading.cursor[0] :].startswith("day 1.")
        await press(pilot, "enter")
        assert "2 of 11" in _text(pilot, -2)
        await press(pilot, "up", "up")
        assert "11 of 11" in _text(pilot, -2)
        await press(pilot, "escape")
        assert _selected(reading) == "day 1"
        await press(pilot, "G")
        assert states(reading)["day 1"] == ("GPE", "added")


async def test_a_search_that_finds_nothing_returns_to_where_it_began(project: Project) -> None:
    async with reading_app(project) as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "tab", "slash")
        await type_text(pilot, "Bo")
        assert quote(reading) == "Bo Lind"
        await type_text(pilot, "xer")
        assert "not found" in _text(pilot, -2)
        await press(pilot, "escape")
        assert (quote(reading), reading.selection) == ("Ali Khan", None)


# New suggestions ---------------------------------------------------------------------------------------------


async def test_an_offer_is_told_and_shown_when_asked_for(project: Project) -> None:
    async with reading_app(project) as pilot:
        before = screen_lines(pilot.app)[2:-2]
        suggest(project, "b", ("Gen", "PERSON"), source="two")
        reader_of(pilot).offer()
        await pilot.pause()
        assert screen_lines(pilot.app)[2:-2] == before
        assert "new suggestions: n shows them" in screen_text(pilot.app)
        await press(pilot, "left")
        assert "n: new suggestions" in _text(pilot, 0)
        await press(pilot, "n", "n")
        assert quote(reading_of_app(pilot)) == "Gen"
        assert "n: new suggestions" not in _text(pilot, 0)


async def test_suggestions_that_cannot_be_read_are_a_notice(project: Project) -> None:
    async with reading_app(project) as pilot:
        project.locations.suggestions("one", "b").write_text("{")
        reader_of(pilot).offer()
        await wait_for(pilot, lambda: "b.json" in screen_text(pilot.app), "the file's name")


# The mouse ---------------------------------------------------------------------------------------------------


async def test_a_click_puts_the_cursor_there(project: Project) -> None:
    async with reading_app(project) as pilot:
        await pilot.click(ArticleView, offset=(12, 2))
        await wait_for(pilot, lambda: quote(reading_of_app(pilot)) == "Ali Khan", "the focus")


# Leaving -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [(), ("d",), ("m",), ("v",), ("w",), ("slash",)])
async def test_ctrl_q_quits_at_once_and_everything_is_folded(project: Project, before: tuple[str, ...]) -> None:
    async with reading_app(project) as pilot:
        app = pilot.app
        await press(pilot, "space", *before)
        await pilot.press("ctrl+q")
        await wait_for(pilot, lambda: not app.is_running, "the end")
    assert isinstance(app, ManiculeApp)
    assert app.closing_problem == ""
    layer = project.locations.layer("ada", "b")
    assert "Lima" in layer.read_text("utf-8")


async def test_q_goes_back_to_the_library_with_everything_folded(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "space")
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        assert "Lima" in project.locations.layer("ada", "b").read_text("utf-8")


async def test_the_palette_opens_over_the_reader(project: Project) -> None:
    async with reading_app(project) as pilot:
        await pilot.press("ctrl+p", *"pers")
        await wait_for_text(pilot, "Label: PERSON")


# What goes wrong ---------------------------------------------------------------------------------------------


async def test_an_article_that_cannot_be_read_is_told_and_this_one_stays(project: Project) -> None:
    project.locations.article("c").write_text("{")
    async with reading_app(project) as pilot:
        await press(pilot, "greater_than_sign")
        assert reading_of_app(pilot).article.id == "b"
        assert "c.json" in _text(pilot, -2)
        await press(pilot, "space")
        assert reading_of_app(pilot).view.confirmed_count == 1


async def test_a_layer_that_cannot_be_read_is_told_when_the_app_opens(project: Project) -> None:
    layer = project.locations.layer("ada", "b")
    layer.parent.mkdir(parents=True)
    layer.write_text("{")
    app = ManiculeApp(project, "ada", clock=Clock(), extract=False)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, Library), "the library")
        app.open_article("b")
        await wait_for_text(pilot, "b.json")
        assert layer.read_text() == "{"


async def test_not_saved_is_shown_until_it_is(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> tuple[str, int]:
        raise PermissionError(13, "Permission denied")

    async with reading_app(project) as pilot:
        assert "saved · ada" in _text(pilot, -1)
        with monkeypatch.context() as broken:
            broken.setattr(Journal, "append", denied)
            await press(pilot, "space")
            assert "NOT SAVED: permission denied" in _text(pilot, -1)
            assert states(reading_of_app(pilot))["Lima"] == ("GPE", "confirmed")
        await press(pilot, "space")
        assert "NOT SAVED" not in screen_text(pilot.app)
    assert len(Session(project, "ada").layer("b").annotations) == 2


# Sizes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (40, 10), (20, 3), (5, 3), (1, 1)])
async def test_a_terminal_that_is_too_small_says_so_and_no_key_decides(project: Project, size: tuple[int, int]) -> None:
    write_place(project, Place("b", 0))
    app = ManiculeApp(project, "ada", clock=Clock(), extract=False)
    async with app.run_test(size=size) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, TooSmall), "the message")
        await pilot.pause()
        assert told(Size(*size)) in screen_text(pilot.app) or size[0] < 30
        await pilot.press("space", "x", "O", "a", "d", "question_mark", "ctrl+p", "escape", "q")
        await pilot.resize_terminal(80, 24)
        await wait_for(pilot, lambda: pilot.app.screen is reader_of(pilot), "the reader")
        await settled(pilot)
        assert quote(reading_of_app(pilot)) == "Lima" and reading_of_app(pilot).article.id == "b"
    assert not project.layer("ada", "b").annotations


async def test_room_again_shows_what_was_there_at_the_same_place(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "space", "end", "slash")
        await type_text(pilot, "day 20")
        frame, cursor = screen_lines(pilot.app)[-3:], reading_of_app(pilot).cursor
        for size in ((60, 20), (30, 8)):
            await pilot.resize_terminal(*size)
            await wait_for_text(pilot, told(Size(*size)))
        await pilot.resize_terminal(80, 24)
        await wait_for(pilot, lambda: screen_lines(pilot.app)[-3:] == frame, "the search as it was")
        assert reading_of_app(pilot).cursor == cursor and "on day 20." in screen_text(pilot.app)
        await press(pilot, "escape")
        assert states(reading_of_app(pilot))["Lima"] == ("GPE", "confirmed")


async def test_quitting_works_on_a_terminal_that_is_too_small(project: Project) -> None:
    async with reading_app(project) as pilot:
        await pilot.resize_terminal(60, 20)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, TooSmall), "the message")
        await pilot.press("ctrl+q")
        await wait_for(pilot, lambda: not pilot.app.is_running, "the end")


async def test_at_80_by_24_eighteen_rows_are_text(project: Project) -> None:
    async with reading_app(project) as pilot:
        assert reader_of(pilot).query_one(ArticleView).size.height >= 18


async def test_a_wide_terminal_shows_the_entities_beside_the_text(project: Project) -> None:
    async with reading_app(project, size=(140, 30)) as pilot:
        assert any("Ali Khan" in line[100:] and "person" in line[100:] for line in screen_lines(pilot.app))
        await pilot.resize_terminal(100, 30)
        await wait_for(pilot, lambda: all("person    " not in line for line in screen_lines(pilot.app)), "no panel")


async def test_the_focus_line_says_what_the_focus_is(project: Project) -> None:
    async with reading_app(project) as pilot:
        assert _text(pilot, -2).startswith("GPE 0.50 one")
        await press(pilot, "x", "p")
        assert reader_of(pilot).query_one(FocusLine).drawn
        await press(pilot, "shift+tab", "shift+tab", "shift+tab")
        assert _text(pilot, -2).startswith("GPE rejected")
        assert "A-Z brings it back" in _text(pilot, -2)


async def test_the_first_article_of_a_project_without_suggestions_can_be_done(tmp_path: Path) -> None:
    project = project_of_texts(tmp_path, "Nothing at all.", "Nothing either.")
    async with reading_app(project, "a") as pilot:
        await press(pilot, "d")
        assert reading_of_app(pilot).article.id == "b"
        await settled(pilot)
