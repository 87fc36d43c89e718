"""The label picker finds labels by part of their name and gives the one that is chosen."""

from __future__ import annotations

import pytest
from pilots import screen_lines, screen_text, wait_for, wait_for_text
from textual.app import App, ComposeResult
from textual.widgets import Static

from annotate.ontonotes import ONTONOTES
from annotate.schemes import Label, LabelScheme
from tui.screens.label_picker import LabelPicker, matching


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("or", ["ORG", "ORDINAL", "NORP", "WORK_OF_ART"]),
        ("PERS", ["PERSON"]),
        (" art ", ["WORK_OF_ART"]),
        ("[/foo]", []),
    ],
)
def test_labels_are_found_by_part_of_their_name_those_that_begin_with_it_first(typed: str, found: list[str]) -> None:
    assert [label.name for label in matching(ONTONOTES, typed)] == found


def test_nothing_typed_gives_all_labels_in_their_order() -> None:
    assert matching(ONTONOTES, "") == list(ONTONOTES.labels)


class Host(App[None]):
    """A text with a picker over it, and what was picked."""

    picked: str | None = "nothing yet"

    def __init__(self, scheme: LabelScheme = ONTONOTES) -> None:
        super().__init__()
        self.picker = LabelPicker(scheme)

    def compose(self) -> ComposeResult:
        yield Static("\n".join(f"line {number}" for number in range(60)), markup=False)

    def on_mount(self) -> None:
        self.push_screen(self.picker, self.take)

    def take(self, name: str | None) -> None:
        self.picked = name


async def picked(*keys: str, scheme: LabelScheme = ONTONOTES) -> str | None:
    app = Host(scheme)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "▸ ")
        await pilot.press(*keys)
        await wait_for(pilot, lambda: app.picked != "nothing yet", "an answer")
        return app.picked


async def test_enter_chooses_the_best_match() -> None:
    assert await picked("o", "r", "enter") == "ORG"


async def test_arrows_choose_another_and_stop_at_the_ends() -> None:
    assert await picked("o", "r", "down", "down", "enter") == "NORP"
    assert await picked("up", "up", "enter") == "PERSON"
    assert await picked(*["down"] * 30, "enter") == "CARDINAL"


async def test_escape_chooses_nothing() -> None:
    assert await picked("o", "r", "escape") is None


async def test_enter_without_a_match_waits_for_another_name() -> None:
    assert await picked("[", "/", "enter", "backspace", "backspace", "enter") == "PERSON"


async def test_key_guideline_and_examples_are_shown_below_the_text() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f", "a", "c")
        await wait_for_text(pilot, "▸ F FAC")
        lines = screen_lines(app)
        assert "Named buildings" in screen_text(app)
        assert "e.g. Heathrow, Golden Gate Bridge" in lines[-1]
        assert [line[:8].strip() for line in lines[:15]] == [f"line {number}" for number in range(15)]


async def test_all_labels_can_be_reached_when_only_some_fit() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        for label in ONTONOTES.labels:
            await wait_for_text(pilot, f"▸ {label.key} {label.name}")
            await pilot.press("down")


async def test_a_hostile_guideline_is_drawn_as_text() -> None:
    hostile = LabelScheme((Label("ODD", "Z", "#123456", "[/foo] \x1b]0;x\x07", ("[/", "\u202e")),))
    app = Host(hostile)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_for_text(pilot, "[/foo] ␛]0;x␇")
        assert "\u202e" not in screen_text(app)
