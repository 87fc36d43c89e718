"""The help shows every key of the table and every label, at every width, and closes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pilots import project_of, running, screen_lines, screen_text, wait_for, wait_for_text

from annotate.ontonotes import ONTONOTES
from annotate.schemes import Label, LabelScheme
from tui.actions import ACTIONS, actions_of, shown_key
from tui.screens.help import TWO_COLUMNS, Help, action_blocks, help_lines, label_blocks
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.widgets.page import Page


def test_every_action_stands_under_its_group_with_its_keys() -> None:
    for room in {one.room for one in ACTIONS}:
        rows = {(block.heading, row.key, row.text) for block in action_blocks(room) for row in block.rows}
        there = [one for one in ACTIONS if one.room in (room, "app")]
        assert rows == {(one.group, " ".join(shown_key(key) for key in one.keys), one.help) for one in there}


def test_a_screen_without_keys_of_its_own_is_told_those_of_the_program_alone() -> None:
    assert [block.heading for block in action_blocks("")] == ["Anywhere"]


@pytest.mark.parametrize(
    ("key", "title", "told"),
    [
        ("x", "Clashes", "let go of what does not count"),
        ("e", "Export", "write the file, or several"),
        ("i", "Statistics", "back to the library"),
    ],
)
async def test_the_help_over_a_screen_of_the_library_tells_its_keys(
    tmp_path: Path, key: str, title: str, told: str
) -> None:
    async with running(project_of(tmp_path / "wire", {"one": "First"})) as pilot:
        await pilot.press(key)
        await wait_for_text(pilot, f"☞ {title}")
        await pilot.press("question_mark")
        await wait_for_text(pilot, "☞ Keys")
        await wait_for_text(pilot, told)
        assert "article above" not in screen_text(pilot.app)
        assert "word to the left" not in screen_text(pilot.app)


@pytest.mark.parametrize("room", ["reader", "library"])
def test_the_screens_own_keys_come_first(room: str) -> None:
    assert action_blocks(room)[0].heading == actions_of(room)[0].group


@given(st.integers(30, 220))
def test_no_line_is_wider_than_the_screen_and_no_word_is_lost(width: int) -> None:
    blocks = [*action_blocks("reader"), *label_blocks(ONTONOTES)]
    lines = help_lines(blocks, width)
    assert max(line.cell_length for line in lines) <= width
    words = {word for block in blocks for row in block.rows for word in row.text.split()}
    assert not words - set(" ".join(line.plain for line in lines).split())


def test_two_columns_are_of_about_the_same_height() -> None:
    blocks = [*action_blocks("reader"), *label_blocks(ONTONOTES)]
    assert len(help_lines(blocks, TWO_COLUMNS)) < 0.55 * len(help_lines(blocks, TWO_COLUMNS // 2))


def test_a_guideline_is_shown_with_key_digit_and_examples_and_is_never_markup() -> None:
    scheme = LabelScheme((Label("ODD", "Z", "#123456", "not [/foo] \x1b[2J", ("a [b]",)),))
    (block,) = label_blocks(scheme)
    assert block.rows[0].key == "Z 1"
    text = "\n".join(line.plain for line in help_lines([block], 80))
    assert "ODD: not [/foo] ␛[2J (a [b])" in text


@pytest.mark.parametrize("close", ["escape", "q", "question_mark"])
async def test_help_opens_over_any_screen_and_closes(tmp_path: Path, close: str) -> None:
    async with running(project_of(tmp_path / "wire", {"one": "First"})) as pilot:
        for screen in (Library, Reader):
            await wait_for(pilot, lambda wanted=screen: isinstance(pilot.app.screen, wanted), "the screen below")
            await pilot.press("question_mark")
            await wait_for_text(pilot, "☞ Keys")
            await wait_for_text(pilot, "Library" if screen is Library else "word to the left")
            await pilot.press(close)
            await wait_for(pilot, lambda wanted=screen: isinstance(pilot.app.screen, wanted), "the screen below again")
            await pilot.press("enter")


async def test_help_scrolls_to_the_labels(tmp_path: Path) -> None:
    async with running(project_of(tmp_path / "wire", {"one": "First"})) as pilot:
        await pilot.press("question_mark")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Help), "the help")
        await wait_for_text(pilot, "article above")
        assert "PERSON" not in screen_text(pilot.app)
        await pilot.press("end")
        await wait_for_text(pilot, "PERSON")
        await pilot.press("home")
        await wait_for_text(pilot, "article above")
        await pilot.press("pagedown", "pageup", "down", "j", "k")
        assert pilot.app.screen.query_one(Page).scroll_offset.y == 1


async def test_a_wide_screen_has_two_columns(tmp_path: Path) -> None:
    async with running(project_of(tmp_path / "wire", {"one": "First"}), size=(140, 45)) as pilot:
        await pilot.press("question_mark")
        await wait_for_text(pilot, "Labels")
        columns = [line for line in screen_lines(pilot.app) if line.startswith(" ↓ j")]
        assert columns and len(columns[0].split("   ")) > 3
