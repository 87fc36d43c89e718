"""Cursor, focus and selection move as a reader expects, in any text."""

from __future__ import annotations

from pathlib import Path

import pytest
from domain import NESTED
from readings import find, press, quote, reading_in, reading_of, session_in, states, word
from store_helpers import suggest

from tui.reading import Reading

NEST = (("Bank of Lima", "ORG"), ("Lima", "GPE"), ("Ali", "PERSON"))


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    return reading_in(tmp_path)


@pytest.fixture
def nested(tmp_path: Path) -> Reading:
    return reading_of(session_in(tmp_path, "The Bank of Lima hired Ali.", scheme=NESTED, suggested=NEST))


# Where it begins ---------------------------------------------------------------------------------------------


def test_it_begins_at_the_first_undecided(reading: Reading) -> None:
    assert quote(reading) == "Lima"


def test_it_begins_at_the_first_word_where_nothing_is_suggested(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, suggested=()))
    assert reading.focus is None
    assert word(reading) == "Talks"


def test_resuming_goes_on_to_what_is_undecided_from_there(reading: Reading) -> None:
    reading.resume(reading.article.text.index("of the"))
    assert quote(reading) == "Ministry of Water"
    reading.resume(reading.article.text.index("Bo Lind"))
    assert quote(reading) == "Bo Lind"


# The focus ---------------------------------------------------------------------------------------------------


def test_the_focus_is_the_innermost_entity_under_the_cursor(nested: Reading) -> None:
    find(nested, "Lima")
    assert quote(nested) == "Lima"
    find(nested, "Bank")
    assert quote(nested) == "Bank of Lima"
    find(nested, "hired")
    assert nested.focus is None


def test_tab_reaches_every_entity_outer_before_inner(nested: Reading) -> None:
    nested.move_to(0)
    seen = []
    for _ in range(3):
        nested.move_by_entity(1)
        seen.append(quote(nested))
    assert seen == ["Bank of Lima", "Lima", "Ali"]


def test_tab_reaches_nested_entities_of_the_same_start(tmp_path: Path) -> None:
    suggested = (("Lima Bank", "ORG"), ("Lima", "GPE"), ("Ali", "PERSON"))
    reading = reading_of(session_in(tmp_path, "Lima Bank hired Ali.", scheme=NESTED, suggested=suggested))
    assert quote(reading) == "Lima Bank"
    reading.move_by_entity(1)
    assert quote(reading) == "Lima"
    reading.move_by_entity(1)
    assert quote(reading) == "Ali"
    reading.move_by_entity(-1)
    reading.move_by_entity(-1)
    assert quote(reading) == "Lima Bank"


def test_tab_stops_at_the_ends_and_says_so(reading: Reading) -> None:
    reading.move_by_entity(-1)
    assert (quote(reading), reading.notice) == ("Lima", "no more entities")
    reading.move_to(len(reading.article.text))
    reading.begin()
    reading.move_by_entity(1)
    assert reading.notice == "no more entities"


def test_n_and_p_go_round_the_ends(reading: Reading) -> None:
    reading.move_by_undecided(-1)
    assert quote(reading) == "Bo Lind"
    reading.move_by_undecided(1)
    assert quote(reading) == "Lima"


def test_n_passes_over_what_is_decided(reading: Reading) -> None:
    reading.move_by_undecided(1)
    reading.confirm(drawn=True)
    find(reading, "Gen")
    reading.move_by_undecided(1)
    assert quote(reading) == "Ministry of Water"
    reading.move_by_undecided(-1)
    assert quote(reading) == "Lima"


def test_n_says_when_nothing_is_left(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, suggested=()))
    for step in (1, -1):
        reading.begin()
        reading.move_by_undecided(step)
        assert reading.notice == "nothing undecided left · d done"


def test_an_entity_without_a_word_is_reached_and_decided_all_the_same(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, "He rose *** and left.", suggested=(("***", "ORG"), ("left", "ORG"))))
    assert quote(reading) == "***"
    reading.confirm(drawn=True)
    assert states(reading)["***"] == ("ORG", "confirmed")
    assert quote(reading) == "left"


# The cursor --------------------------------------------------------------------------------------------------


def test_arrows_go_from_word_to_word_and_stay_at_the_ends(reading: Reading) -> None:
    reading.move_to(0)
    reading.move_by_word(-1)
    assert word(reading) == "Talks"
    words = []
    for _ in range(4):
        reading.move_by_word(1)
        words.append(word(reading))
    assert words == ["in", "Lima", "Gen", "Ali"]
    reading.move_to(len(reading.article.text))
    reading.move_by_word(1)
    assert word(reading) == "old"


@pytest.mark.parametrize("text", ["—", "… * …\n\n***", "\n", "  \t "])
def test_a_text_without_words_has_no_cursor_and_every_move_is_harmless(tmp_path: Path, text: str) -> None:
    reading = reading_in(tmp_path, text)
    for move in (reading.move_by_word, reading.move_by_entity, reading.move_by_undecided):
        for step in (1, -1):
            reading.begin()
            move(step)
    reading.toggle_selection()
    press(reading, "ORG")
    assert reading.notice == "nothing is selected"
    assert reading.cursor == (0, 0)
    assert reading.view.entries() == []


def test_a_text_of_one_word_can_be_labelled(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "Peru")
    press(reading, "GPE")
    assert states(reading) == {"Peru": ("GPE", "added")}


# The selection -----------------------------------------------------------------------------------------------


def test_v_and_arrows_select_whole_words_either_way(reading: Reading) -> None:
    find(reading, "Khan")
    reading.toggle_selection()
    reading.move_by_word(1)
    assert reading.article.text[slice(*reading.selection or ())] == "Khan of"
    for _ in range(3):
        reading.move_by_word(-1)
    assert reading.article.text[slice(*reading.selection or ())] == "Gen Ali Khan"


def test_shift_with_an_arrow_begins_a_selection(reading: Reading) -> None:
    find(reading, "Gen")
    reading.move_by_word(1, select=True)
    assert reading.article.text[slice(*reading.selection or ())] == "Gen Ali"


def test_there_is_no_focus_while_there_is_a_selection(reading: Reading) -> None:
    reading.toggle_selection()
    assert reading.focus is None
    reading.move_by_word(-1)
    reading.move_by_word(1)
    assert reading.focus is None
    reading.drop()
    assert quote(reading) == "Lima"
    assert reading.selection is None


def test_dropping_nothing_leaves_the_focus_where_it_is(nested: Reading) -> None:
    nested.move_to(0)
    nested.move_by_entity(1)
    nested.move_by_entity(1)
    nested.move_by_entity(-1)
    nested.drop()
    assert quote(nested) == "Bank of Lima"


def test_going_to_an_entity_drops_the_selection(reading: Reading) -> None:
    reading.toggle_selection()
    reading.move_by_undecided(1)
    assert reading.selection is None
    assert quote(reading) == "Ali Khan"


def test_a_selected_hit_is_extended_by_words(reading: Reading) -> None:
    start = reading.article.text.index("Ali")
    reading.select(start, start + 3)
    reading.move_by_word(1)
    assert reading.article.text[slice(*reading.selection or ())] == "Ali Khan"


# What is drawn anew ------------------------------------------------------------------------------------------


def test_a_move_changes_what_was_and_what_is_focused(reading: Reading) -> None:
    reading.take_changes()
    first = reading.focus
    reading.move_by_undecided(1)
    second = reading.focus
    assert first and second
    changes = reading.take_changes()
    assert (first.start, first.end) in changes
    assert (second.start, second.end) in changes
    assert reading.take_changes() == []


def test_dropping_a_selection_changes_all_of_it(reading: Reading) -> None:
    find(reading, "Gen")
    reading.toggle_selection()
    for _ in range(3):
        reading.move_by_word(1)
    selected = reading.selection
    reading.take_changes()
    reading.drop()
    assert selected in reading.take_changes()


# New suggestions ---------------------------------------------------------------------------------------------


def _offer(reading: Reading) -> None:
    project = reading._session.project
    suggest(project, "a", ("Gen", "PERSON"), ("Water Hall", "ORG"), source="two")
    reading.offer(project.suggestions(reading.article, ["one", "two"]), ["one", "two"])


def test_an_offer_changes_nothing_but_the_notice(reading: Reading) -> None:
    reading.take_changes()
    before = reading.view.entries(), reading.focus, reading.sources
    _offer(reading)
    assert (reading.view.entries(), reading.focus, reading.sources) == before
    assert reading.take_changes() == []
    assert reading.offered
    assert reading.notice == "new suggestions: n shows them"


@pytest.mark.parametrize("key", ["n", "p", "tab", "space", "x", "label"])
def test_asking_for_what_is_next_takes_the_offer(reading: Reading, key: str) -> None:
    _offer(reading)
    reading.begin()
    acts = {
        "n": lambda: reading.move_by_undecided(1),
        "p": lambda: reading.move_by_undecided(-1),
        "tab": lambda: reading.move_by_entity(1),
        "space": lambda: reading.confirm(drawn=True),
        "x": lambda: reading.reject(drawn=True),
        "label": lambda: reading.label("ORG", drawn=True),
    }
    acts[key]()
    assert not reading.offered
    assert reading.sources == ("one", "two")
    assert "Water Hall" in states(reading)
    assert quote(reading) == ("Water Hall" if key == "p" else "Gen")


@pytest.mark.parametrize("key", ["arrow", "jump", "flag"])
def test_other_keys_leave_the_offer_waiting(reading: Reading, key: str) -> None:
    _offer(reading)
    reading.begin()
    acts = {"arrow": lambda: reading.move_by_word(1), "jump": lambda: reading.move_to(0), "flag": reading.flag}
    acts[key]()
    assert reading.offered
    assert "Water Hall" not in states(reading)


def test_a_source_counts_as_shown_only_once_it_is(reading: Reading) -> None:
    _offer(reading)
    reading.flag()
    assert reading.view.layer.marks.shown == ("one",)
    reading.move_by_undecided(1)
    reading.confirm(drawn=True)
    assert reading.view.layer.marks.shown == ("one", "two")


# Characters and sentences --------------------------------------------------------------------------------------


def test_by_character_the_cursor_goes_from_one_grapheme_to_the_next_and_the_focus_follows(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "Lima e\u0301te\u0301 中国 ok")
    reading.toggle_unit()
    assert quote(reading) == "Lima" and word(reading) == "L"
    stops = []
    for _ in range(8):
        reading.move_by_word(1)
        stops.append(word(reading))
    assert stops == ["i", "m", "a", "e\u0301", "t", "e\u0301", "中", "国"]
    assert reading.focus is None
    reading.move_by_word(-1)
    assert word(reading) == "中"


def test_switching_units_keeps_the_focus_and_comes_back_to_the_word(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.move_by_entity(1)
    reading.toggle_unit()
    reading.toggle_unit()
    assert quote(reading) == "Ali Khan" and word(reading) == "Ali"


def test_selecting_by_character_takes_part_of_a_word(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    find(reading, "Khan")
    reading.toggle_unit()
    reading.move_to(reading.article.text.index("Khan"))
    reading.move_by_word(1, select=True)
    assert _selected(reading) == "Kh"
    reading.label("ORG", drawn=True)
    assert states(reading)["Kh"] == ("ORG", "corrected")


def test_switching_to_characters_keeps_the_selection(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    find(reading, "met")
    reading.move_by_word(1, select=True)
    reading.toggle_unit()
    assert _selected(reading) == "met Bo"
    reading.move_by_word(-1, select=True)
    assert _selected(reading) == "met B"


@pytest.mark.parametrize(
    ("left", "right", "expected"), [(-1, 0, "f Lima"), (0, 1, "Lima."), (1, 0, "ima"), (0, -1, "Lim")]
)
def test_boundaries_move_by_character(tmp_path: Path, left: int, right: int, expected: str) -> None:
    reading = reading_in(tmp_path, "Out of Lima. And on.")
    reading.toggle_unit()
    reading.move_boundary(left, right, drawn=True)
    assert quote(reading) == expected


def test_a_second_selection_key_takes_the_sentence_and_a_third_drops_it(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "In Rome. Gen. Bo Lind met us. It rained.")
    find(reading, "met")
    reading.toggle_selection()
    assert _selected(reading) == "met"
    reading.toggle_selection()
    assert _selected(reading) == "Gen. Bo Lind met us."
    reading.toggle_selection()
    assert reading.selection is None


def test_a_selection_that_reaches_further_grows_to_all_its_sentences(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "One is here. Two are there. Three were.")
    find(reading, "here")
    reading.move_by_word(1, select=True)
    reading.toggle_selection()
    assert _selected(reading) == "One is here. Two are there."
    reading.move_by_word(1, select=True)
    assert _selected(reading) == "One is here. Two are there. Three"


def _selected(reading: Reading) -> str:
    return reading.article.text[slice(*(reading.selection or (0, 0)))]
