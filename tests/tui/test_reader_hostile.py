"""No article, title, note or name drives the terminal: nothing but Textual's own sequences ever comes out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pilots import screen_text, wait_for, wait_for_text
from reader_pilots import Clock, press, reading_app, reading_of_app, type_text
from store_helpers import project_in, suggest
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from store.place import Place, write_place
from store.project import Draft, Project
from tui.app import ManiculeApp
from tui.screens.library import Library

OWN_SEQUENCES = re.compile(r"\x1b\[(?:[0-9;:]*[mH]|\?\d+[hl])|\x1b\]22;[a-z-]+\x07")
"""Colours and shapes, cursor positions, modes that are switched, the pointer's shape: what Textual draws with."""

FORBIDDEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

HOSTILE = {
    "closing tag": "[/foo]",
    "open tag": "[/",
    "live link": "[@click=app.quit]x[/]",
    "window title": "\x1b]0;pwned\x07",
    "clipboard": "\x1b]52;c;cHduZWQ=\x07",
    "clear screen": "\x1b[2J\x1b[3J",
    "mode": "\x1b[?1049l\x1b[?25h",
    "C1": "\x9b2J\x9d0;x\x9c",
    "bell and tabs": "\x07\x08\t\x0b\x0c",
    "right to left": "\u202egold\u202c \u2066x\u2069 \u200f\u061c",
    "separators": "a\u2028b\u2029c\x85d",
    "carriage return": "abc\rdef",
    "delete": "\x7f",
}


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All that is written to the terminal."""
    out: list[str] = []
    monkeypatch.setattr(HeadlessDriver, "is_headless", property(lambda self: False))
    monkeypatch.setattr(HeadlessDriver, "write", lambda self, data: out.append(data))
    return out


def _project(root: Path, piece: str) -> Project:
    """A project in which that piece stands in a title, a text and an entity."""
    project = project_in(root)
    title = f"Title {piece} end"
    text = f"{title}\n\nIn Li{piece}ma Ali {piece} met {piece}{piece} Bo."
    project.add_articles([Draft("a", title, text), Draft("b", f"Other {piece}", "Other")])
    suggest(project, "a", (f"Li{piece}ma", "GPE"), (f"Ali {piece} met", "PERSON"), ("Bo", "PERSON"))
    return project


def _check(written: list[str]) -> None:
    everything = "".join(written)
    assert "Title" in OWN_SEQUENCES.sub("", everything)
    for data in written:
        left = OWN_SEQUENCES.sub("", data)
        assert not FORBIDDEN.search(left), f"{left!r}"


@asynccontextmanager
async def _reader(project: Project, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
    async with reading_app(project, "a", size=size) as pilot:
        yield pilot


@pytest.mark.parametrize("size", [(80, 24), (140, 40)])
@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
async def test_no_article_drives_the_terminal(
    tmp_path: Path, written: list[str], piece: str, size: tuple[int, int]
) -> None:
    async with _reader(_project(tmp_path, piece), size) as pilot:
        reading = reading_of_app(pilot)
        await press(pilot, "space", "O", "x", "u", "r")
        await press(pilot, "tab", "v", "right", "right", "O", "shift+tab", "bracketleft", "left_square_bracket")
        await press(pilot, "home", "v", "end", "escape", "d", "escape", "question_mark", "escape")
        await press(pilot, "home", "n", "i", "escape", "b", "g", "escape", "=", "u", "home", "v", "v", "*", "escape")
        await press(pilot, "comma", "right", "shift+right", "escape", "*", "comma", "tab", "i", "escape", "b")
        await press(pilot, "greater_than_sign", "less_than_sign")
        assert pilot.app.is_running
        assert reading_of_app(pilot).article.text == reading.article.text
    _check(written)


async def test_no_note_drives_the_terminal_while_typed_or_shown(tmp_path: Path, written: list[str]) -> None:
    async with _reader(_project(tmp_path, "x"), (80, 24)) as pilot:
        reading = reading_of_app(pilot)
        for place in (len(reading.article.text), reading.article.text.index("Lixma")):
            reading.move_to(place)
            reading.note("".join(HOSTILE.values()))
            await press(pilot, "left", "right", "m")
            await type_text(pilot, "more")
            await press(pilot, "enter")
            assert reading.noted().startswith("[/foo]")
            assert reading.noted().endswith("more")
    _check(written)


async def test_no_notice_drives_the_terminal(tmp_path: Path, written: list[str]) -> None:
    piece = "\x1b]0;x\x07[/foo]\u202e\x9b"
    async with _reader(_project(tmp_path, piece), (80, 24)) as pilot:
        await press(pilot, "x", "shift+tab", "x")
        await wait_for_text(pilot, "is rejected already")
        await press(pilot, "u")
        await wait_for_text(pilot, "undone: reject")
    _check(written)


async def test_no_title_drives_the_terminal_from_the_palette_or_the_library(tmp_path: Path, written: list[str]) -> None:
    piece = "".join(HOSTILE.values())
    async with _reader(_project(tmp_path, piece), (80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await pilot.press(*"label")
        await wait_for_text(pilot, "Label: PERSON")
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await wait_for_text(pilot, "Other")
    _check(written)


async def test_an_error_that_names_a_hostile_path_is_told_safely(tmp_path: Path, written: list[str]) -> None:
    root = tmp_path / "\x1b]0;pwned\x07[foo]"
    root.mkdir()
    project = _project(root, "x")
    project.locations.article("a").write_text("{")
    write_place(project, Place("a", 0))
    app = ManiculeApp(project, "ada", clock=Clock(), extract=False)
    async with app.run_test(size=(100, 24), notifications=True) as pilot:
        await wait_for_text(pilot, "a.json")
        assert "␛]0;pwned" in screen_text(app)
    for data in written:
        assert not FORBIDDEN.search(OWN_SEQUENCES.sub("", data)), f"{data!r}"
