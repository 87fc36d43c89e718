"""Tags lead to every word in sight, with few letters, and move nothing on screen."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilots import screen_lines, screen_text
from reader_pilots import Clock, press, project_of_texts, reader_of, reading_app, reading_of_app
from readings import quote, word
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot
from textual.strip import Strip

from store.project import Project
from tui.drawing import with_tags
from tui.jumping import LETTERS, Jump, Target, make_tags
from tui.widgets.article_view import ArticleView


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


@given(st.integers(0, 3000))
def test_no_tag_begins_another_and_the_shortest_come_first(count: int) -> None:
    tags = make_tags(count)
    assert len(tags) >= count
    assert [len(tag) for tag in tags] == sorted(len(tag) for tag in tags)
    ordered = sorted(tags)
    assert not [one for one, other in pairwise(ordered) if other.startswith(one)]
    assert not [tag for tag in tags for one, other in pairwise(tag) if one == other]


def test_as_many_words_as_a_page_holds_take_two_letters() -> None:
    assert {len(tag) for tag in make_tags(20)} == {1}
    assert {len(tag) for tag in make_tags(500)} <= {1, 2}
    assert set("".join(make_tags(8))[:8]) == set("fjdkslah")


@given(st.lists(st.integers(2, 12), min_size=1, max_size=200), st.data())
def test_every_word_is_reached_by_its_tag_and_by_no_other(rooms: list[int], data: st.DataObject) -> None:
    targets = [Target(sum(rooms[:at]), room) for at, room in enumerate(rooms)]
    cursor = data.draw(st.integers(0, sum(rooms)))
    tags = Jump(targets, cursor).left()
    assert set(tags) == {one.start for one in targets}
    start, tag = data.draw(st.sampled_from(sorted(tags.items())))
    jump = Jump(targets, cursor)
    for letter in tag[:-1]:
        assert jump.type(letter) is None
        assert start in jump.left()
    assert jump.type(tag[-1]) == start


@given(st.lists(st.integers(1, 3), min_size=1, max_size=900), st.integers(0, 900))
def test_no_tag_is_wider_than_its_room(rooms: list[int], cursor: int) -> None:
    targets = [Target(sum(rooms[:at]), room) for at, room in enumerate(rooms)]
    room_of = {one.start: one.room for one in targets}
    assert all(len(tag) <= room_of[start] for start, tag in Jump(targets, cursor).left().items())


def test_the_nearest_words_have_the_shortest_tags() -> None:
    tags = Jump([Target(10 * at, 8) for at in range(100)], 500).left()
    assert max(abs(start - 500) for start, tag in tags.items() if len(tag) == 1) <= 120
    assert tags[500] == LETTERS[0]


@given(st.text(st.sampled_from("ab 中é😀"), max_size=30), st.data())
def test_tags_lie_over_the_text_and_shift_nothing(text: str, data: st.DataObject) -> None:
    strip = Strip([Segment(text)]).adjust_cell_length(cell_len(text) + 2)
    columns = data.draw(st.lists(st.integers(0, strip.cell_length), unique=True, max_size=6))
    tags = [(column, "xy") for column in sorted(columns) if column + 2 <= strip.cell_length]
    tags = [one for at, one in enumerate(tags) if at == 0 or one[0] - tags[at - 1][0] >= 2]
    drawn = with_tags(strip, tags, Style(bold=True))
    assert drawn.cell_length == strip.cell_length
    covered = {cell for column, _ in tags for cell in (column - 1, column, column + 1, column + 2)}
    for cell in range(strip.cell_length):
        if cell not in covered:
            assert drawn.crop(cell, cell + 1).text == strip.crop(cell, cell + 1).text
    for column, tag in tags:
        assert drawn.crop(column, column + 2).text == tag


def _tag_of(pilot: Pilot[None], text: str) -> str:
    reader = reader_of(pilot)
    jump = reader.query_one(ArticleView).jump
    assert jump
    return jump.left()[reader.reading.article.text.index(text)]


async def test_a_tag_leads_to_a_bare_word_and_to_an_entity(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "g")
        await press(pilot, *_tag_of(pilot, "heard"))
        assert word(reading_of_app(pilot)) == "heard"
        await press(pilot, "g")
        await press(pilot, *_tag_of(pilot, "Lind"))
        assert quote(reading_of_app(pilot)) == "Bo Lind"
        assert reader_of(pilot).query_one(ArticleView).jump is None


async def test_tags_are_drawn_over_the_words_and_leave_the_rest_where_it_is(project: Project) -> None:
    async with reading_app(project) as pilot:
        before = screen_lines(pilot.app)
        await press(pilot, "g")
        after = screen_lines(pilot.app)
        line = next(at for at, text in enumerate(before) if "Ministry" in text)
        tag = _tag_of(pilot, "Ministry")
        assert after[line][before[line].index("Ministry") :].startswith(tag + "Ministry"[len(tag) :])
        assert "type the letters on a word" in screen_text(pilot.app)
        await press(pilot, "escape")
        assert screen_lines(pilot.app) == before


async def test_only_tags_that_go_on_are_shown_once_a_letter_is_typed(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "g")
        jump = reader_of(pilot).query_one(ArticleView).jump
        assert jump
        tag = next(tag for tag in jump.left().values() if len(tag) == 2)
        await press(pilot, tag[0])
        assert set(jump.left().values()) <= {letter for letter in LETTERS}
        await press(pilot, tag[0])
        assert reader_of(pilot).query_one(ArticleView).jump is None
        assert f"no tag {tag[0]}{tag[0]}" in screen_text(pilot.app)


@pytest.mark.parametrize("key", ["space", "escape", "enter", "left", "1"])
async def test_any_other_key_stays_and_decides_nothing(project: Project, key: str) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "g", key)
        assert quote(reading_of_app(pilot)) == "Lima"
        assert reading_of_app(pilot).view.layer.annotations == {}
        assert reader_of(pilot).query_one(ArticleView).jump is None


async def test_a_held_g_stays_with_its_tags(project: Project) -> None:
    clock = Clock()
    async with reading_app(project, clock=clock) as pilot:
        await press(pilot, "g")
        with clock.stopped():
            await press(pilot, "g", "g")
        assert reader_of(pilot).query_one(ArticleView).jump


async def test_a_selection_reaches_to_the_word_of_the_tag(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "v", "g")
        await press(pilot, *_tag_of(pilot, "Khan"))
        reading = reading_of_app(pilot)
        assert reading.article.text[slice(*(reading.selection or (0, 0)))] == "Lima\n\nGen Ali Khan"


async def test_resizing_ends_the_jump(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "g")
        await pilot.resize_terminal(100, 30)
        await press(pilot, "right")
        assert reader_of(pilot).query_one(ArticleView).jump is None
        assert word(reading_of_app(pilot)) == "Gen"


@pytest.mark.parametrize("text", ["… —", "漢字 👩\u200d👩 e\u0301\u202e\x1b[2J", "a" * 300])
@pytest.mark.parametrize("size", [(80, 24), (160, 24)])
async def test_tags_badges_and_the_panel_do_not_crash_on_any_text_or_terminal(
    tmp_path: Path, text: str, size: tuple[int, int]
) -> None:
    async with reading_app(project_of_texts(tmp_path, text), "a", size=size) as pilot:
        await press(pilot, "g", "escape", "b", "g", "escape", "comma", "right", "=", "*", "v", "v", "v", "i", "escape")
        assert pilot.app.is_running
        assert "\x1b" not in screen_text(pilot.app)
        assert reading_of_app(pilot).view.layer.annotations == {}
