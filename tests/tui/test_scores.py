"""Suggestions hidden by their score stay out of every key's way, and the screen says how many there are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pilots import desk_of, list_of, running, screen_text, wait_for_text
from reader_pilots import press, reader_of, reading_app, reading_of_app, type_text
from readings import SUGGESTED, quote, reading_of, see_all, session_in, states

from annotate.decisions import How
from annotate.layers import Status
from annotate.sieve import ALL, Sieve
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from store.place import Place, read_place, read_sieve, write_place, write_sieve
from store.project import Project
from store.session import Session
from tui.reading import Reading

SCORES = {"Lima": 0.9, "Ali Khan": 0.4, "Ministry of Water": None, "Bo Lind": 0.6}


def score(project: Project, article_id: str, scores: Mapping[str, float | None] = SCORES) -> None:
    """Have the source say how sure it is of each."""
    article = project.article(article_id)
    found = []
    for text, label in SUGGESTED:
        start = article.text.find(text)
        if start >= 0:
            found.append(Suggestion(Span(start, start + len(text), label), "one", "1", scores[text]))
    layer = SuggestionLayer(article_id, article.text_hash, Source("one", "1", "ff"), tuple(found))
    project.write_suggestions(layer)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    session = session_in(tmp_path)
    for article_id in session.project.article_ids():
        score(session.project, article_id)
    return session


@pytest.fixture
def reading(session: Session) -> Reading:
    reading = reading_of(session)
    reading.sift(Sieve(0.8))
    return reading


def _shown(reading: Reading) -> list[str]:
    return [quote(reading, entry) for entry in reading.view.undecided()]


def _answer(reading: Reading, key: str) -> None:
    assert reading.question
    answer = reading.question.answers[key]
    reading.begin()
    answer()


def test_only_what_has_that_score_or_none_is_shown_and_the_rest_is_counted(reading: Reading) -> None:
    assert _shown(reading) == ["Lima", "Ministry of Water"]
    assert reading.notice == "shown: ≥ 0.80 · 2 hidden under 0.80"
    reading.sift(Sieve(0.5, below=True))
    assert _shown(reading) == ["Ali Khan", "Ministry of Water"]
    assert reading.hidden == "2 hidden over 0.50"
    reading.sift(ALL)
    assert (len(_shown(reading)), reading.hidden, reading.notice) == (4, "", "all suggestions are shown")


def test_the_focus_leaves_what_is_hidden_and_the_cursor_stays(session: Session) -> None:
    reading = reading_of(session)
    reading.move_by_undecided(1)
    cursor = reading.cursor
    assert quote(reading) == "Ali Khan"
    reading.sift(Sieve(0.8))
    assert reading.focus is None and reading.cursor == cursor


def test_keys_that_go_from_one_to_the_next_pass_over_the_hidden(reading: Reading) -> None:
    reading.move_by_entity(1)
    assert quote(reading) == "Ministry of Water"
    reading.confirm(drawn=True)
    assert quote(reading) == "Lima"
    reading.begin()
    reading.confirm(drawn=True)
    assert reading.notice == "nothing undecided left · 2 hidden under 0.80 · d done"


def test_a_confirms_what_is_shown_and_tells_what_it_left(reading: Reading) -> None:
    see_all(reading)
    reading.confirm_rest()
    assert reading.notice == "2 confirmed · 2 hidden under 0.80 left alone · u undoes them as one"
    reading.begin()
    reading.confirm_rest()
    assert reading.notice == "nothing undecided left · 2 hidden under 0.80 · d done"
    assert sorted(one.quote for one in reading.view.layer.annotations.values()) == ["Lima", "Ministry of Water"]


def test_d_tells_of_the_hidden_and_settles_only_what_is_shown(reading: Reading) -> None:
    see_all(reading)
    reading.done()
    assert reading.question and reading.question.text == "2 undecided, 2 hidden under 0.80 left alone:"
    _answer(reading, "x")
    assert reading.view.layer.status is Status.DONE
    assert len(reading.view.layer.annotations) == 2


def test_d_asks_where_only_hidden_ones_are_left(reading: Reading) -> None:
    see_all(reading)
    reading.confirm_rest()
    reading.done()
    assert reading.question and reading.question.text == "2 hidden under 0.80, which stay undecided:"
    _answer(reading, "n")
    assert quote(reading) == "Ali Khan" and reading.view.sieve == ALL
    reading.sift(Sieve(0.8))
    reading.done()
    _answer(reading, "d")
    assert reading.left and len(reading.view.layer.annotations) == 2


def test_confirming_from_a_score_on_is_one_undo_and_asks_about_what_was_not_seen(
    reading: Reading, session: Session
) -> None:
    reading.sift(ALL)
    reading.begin()
    reading.confirm_from(0.6)
    assert reading.question and reading.question.text == "2 of 2 not seen yet:"
    _answer(reading, "space")
    assert reading.notice == "2 confirmed · u undoes them as one"
    assert {text for text, (_, state) in states(reading).items() if state == "confirmed"} == {"Lima", "Bo Lind"}
    group = session.undo()
    assert group and {one.how for one in group.decisions if one.verb == "confirm"} == {How.REST}
    reading.take_in(group)
    assert len(_shown(reading)) == 4


def test_confirming_from_a_score_that_nothing_has_says_so(reading: Reading) -> None:
    reading.confirm_from(0.95)
    assert reading.notice == "nothing undecided has a score from 0.95 on · 2 hidden under 0.80"


def test_by_certainty_space_and_n_go_from_the_least_certain_on(session: Session) -> None:
    reading = reading_of(session)
    reading.order_by_certainty(True)
    assert (quote(reading), reading.notice) == ("Ali Khan", "undecided: the least certain first")
    reading.begin()
    reading.confirm(drawn=True)
    assert quote(reading) == "Bo Lind"
    reading.move_by_undecided(1)
    reading.move_by_undecided(1)
    assert quote(reading) == "Ministry of Water"
    reading.move_by_undecided(1)
    assert quote(reading) == "Bo Lind"
    reading.move_by_undecided(-1)
    assert quote(reading) == "Ministry of Water"
    reading.order_by_certainty(False)
    reading.move_by_undecided(1)
    assert quote(reading) == "Bo Lind"
    reading.begin()
    reading.confirm(drawn=True)
    assert quote(reading) == "Lima"


# On screen ---------------------------------------------------------------------------------------------------


@pytest.fixture
def project(session: Session) -> Project:
    return session.project


async def test_t_hides_says_so_and_is_remembered_on_this_machine(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "t")
        await type_text(pilot, "0.8")
        await press(pilot, "enter")
        await wait_for_text(pilot, "2 hidden under 0.80 · 0/4")
        assert "shown: ≥ 0.80 · 2 hidden under 0.80" in screen_text(pilot.app)
        await pilot.press("ctrl+q")
    assert read_sieve(project, "ada") == Sieve(0.8)
    assert read_sieve(project, "bob") == ALL
    async with reading_app(project, "a") as pilot:
        await wait_for_text(pilot, "2 hidden under 0.80 · 0/4")
        await press(pilot, "t")
        await wait_for_text(pilot, "scores shown: ≥ 0.80")
        await press(pilot, "enter")
        await wait_for_text(pilot, "all suggestions are shown")
        assert "hidden" not in screen_text(pilot.app)
    assert read_sieve(project, "ada") == ALL


async def test_what_is_no_score_is_said_and_changes_nothing(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "t")
        await type_text(pilot, "lots")
        await press(pilot, "enter")
        await wait_for_text(pilot, "“lots” is no score from 0 to 1")
        assert reading_of_app(pilot).view.sieve == ALL


async def test_z_confirms_from_the_score_that_is_typed(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "z")
        await type_text(pilot, "60%")
        await press(pilot, "enter")
        await wait_for_text(pilot, "2 confirmed · u undoes them as one")
        await press(pilot, "z")
        await type_text(pilot, "<0.6")
        await press(pilot, "enter")
        await wait_for_text(pilot, "only all from a score on can be confirmed at once")


async def test_the_title_says_in_which_order_the_undecided_come(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "o")
        await wait_for_text(pilot, "least certain first · 0/4")
        assert quote(reader_of(pilot).reading) == "Ali Khan"
        await press(pilot, "q", "enter")
        await wait_for_text(pilot, "least certain first · 0/4")


async def test_d_in_the_library_leaves_the_hidden_alone_and_says_so(project: Project) -> None:
    write_sieve(project, "ada", Sieve(0.8))
    async with running(project) as pilot:
        assert list_of(pilot).current == "a"
        await pilot.press("d")
        await wait_for_text(pilot, "2 undecided, 2 hidden under 0.80 left alone:")
        await pilot.press("space")
        await wait_for_text(pilot, "●")
    layer = project.layer("ada", "a")
    assert (layer.status, len(layer.annotations)) == (Status.DONE, 2)


async def test_d_in_the_library_asks_where_only_hidden_ones_are_left(project: Project) -> None:
    score(project, "a", dict.fromkeys(SCORES, 0.1))
    write_sieve(project, "ada", Sieve(0.8))
    async with running(project) as pilot:
        assert desk_of(pilot).rows["a"].undecided == 4
        await pilot.press("d")
        await wait_for_text(pilot, "4 hidden under 0.80, which stay undecided:")
        await pilot.press("d")
        await wait_for_text(pilot, "●")
    assert project.layer("ada", "a").annotations == {}


# What is remembered ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"[]", b'{"threshold": 2, "below": true}', b'{"threshold": true}'])
def test_a_damaged_sieve_shows_everything(project: Project, content: bytes) -> None:
    write_sieve(project, "ada", Sieve(0.3))
    project.locations.sieve("ada").write_bytes(content)
    assert read_sieve(project, "ada") == ALL


def test_each_annotator_has_a_place_of_their_own(project: Project) -> None:
    write_place(project, Place("a", 1))
    write_place(project, Place("a", 5), "ada")
    assert read_place(project, "ada") == Place("a", 5)
    assert read_place(project, "bob") == Place("a", 1)
    write_place(project, Place("a", 9), "bob")
    assert read_place(project, "ada") == Place("a", 5)
