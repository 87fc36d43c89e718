"""The command palette offers what the active screen can do, and does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pilots import desk_of, project_of, running, screen_text, wait_for, wait_for_text
from small_projects import propose
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.screen import Screen

from store.project import Project
from tui.actions import ACTIONS
from tui.commands import Commands, room_of
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.themes import HIGH_CONTRAST_LIGHT, LOOKS


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One article with one suggestion."""
    made = project_of(tmp_path / "wire", {"one": "First", "two": "Second"})
    propose(made, "one", [("Anna Berg", "PERSON")])
    return made


async def names(pilot: Pilot[None]) -> list[str]:
    provider = Commands(pilot.app.screen)
    return [hit.text or "" async for hit in provider.discover()]


def palette_of(room: str) -> set[str]:
    return {one.help[:1].upper() + one.help[1:] for one in ACTIONS if one.palette and one.room in (room, "app")}


async def choose(pilot: Pilot[None], typed: str) -> None:
    await pilot.press("ctrl+p")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, CommandPalette), "the palette")
    await pilot.press(*("space" if char == " " else char for char in typed))
    await wait_for(pilot, lambda: screen_text(pilot.app).lower().count(typed.lower()) == 2, "one match")
    await pilot.press("enter")


def test_a_screen_without_actions_of_the_table_is_in_no_room() -> None:
    screen: Screen[Any] = Screen()
    assert room_of(screen) == ""


async def test_the_library_offers_its_actions_and_no_labels(project: Project) -> None:
    async with running(project) as pilot:
        found = await names(pilot)
    assert palette_of("library") <= set(found)
    offered = [name for name in found if name.startswith("Theme: ")]
    assert offered == [f"Theme: {look.title}" for look in LOOKS.values() if look.name != "dark"]
    assert not [name for name in found if name.startswith("Label:")]


async def test_the_reader_offers_its_actions_and_every_label(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        found = await names(pilot)
    assert palette_of("reader") <= set(found)
    assert [name for name in found if name.startswith("Label:")] == ["Label: PERSON", "Label: ORG", "Label: GPE"]


async def test_a_chosen_command_is_done(project: Project) -> None:
    async with running(project) as pilot:
        await choose(pilot, "flag the article")
        await wait_for(pilot, lambda: desk_of(pilot).rows["one"].flagged, "the flag")
        assert isinstance(pilot.app.screen, Library)


async def test_a_chosen_label_is_given(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        await wait_for_text(pilot, "0/1")
        await choose(pilot, "Label: ORG")
        await wait_for_text(pilot, "1/1")
        held = desk_of(pilot).session.layer("one").confirmed()
        assert [(one.quote, one.span.label) for one in held] == [("Anna Berg", "ORG")]


async def test_the_theme_is_chosen(project: Project) -> None:
    async with running(project) as pilot:
        await choose(pilot, "Theme: high contrast, light")
        await wait_for(pilot, lambda: pilot.app.theme == HIGH_CONTRAST_LIGHT.name, "the theme")


async def test_help_opens_from_the_palette(project: Project) -> None:
    async with running(project) as pilot:
        await choose(pilot, "this help")
        await wait_for_text(pilot, "☞ Keys")
