"""Mentions are counted piece by piece, and stay right whatever is decided meanwhile."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from domain import random_act, suggestion, view, views
from hypothesis import given
from hypothesis import strategies as st
from pilots import desk_of, line_with, wait_for, wait_for_text
from reader_pilots import press, project_of_texts, reading_app
from store_helpers import suggest

from annotate import acts
from annotate.project_wide import EntityRecord
from annotate.view import EntryState, View
from tui import tally as tallying
from tui.app import ManiculeApp
from tui.tally import Group, Tally


def _all(tally: Tally) -> Tally:
    while not tally.complete:
        tally.advance()
    return tally


def _counted(page: View) -> Counter[tuple[str, str]]:
    text = page.article.text
    shown = (one for one in page.entries() if one.state is not EntryState.REJECTED)
    return Counter((text[one.start : one.end], one.label) for one in shown)


@given(views(), st.integers(1, 12), st.integers(0, 3), st.data())
def test_the_counts_are_those_of_all_entries_at_any_time(
    page: View, piece: int, many: int, data: st.DataObject
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(tallying, "PIECE", piece)
        patched.setattr(tallying, "MANY", many)
        tally = Tally(page)
        for _ in range(data.draw(st.integers(1, 5))):
            if data.draw(st.booleans()):
                tally.advance()
            tally.update(page.apply(random_act(data.draw, page)))
        _all(tally)
        assert {name: tally.count(*name) for name in _counted(page)} == dict(_counted(page))
        assert not +tally._counts - _counted(page)


def test_nothing_is_told_before_everything_is_counted() -> None:
    page = view("Ada met Ada.")
    tally = Tally(page)
    assert tally.count("Ada", "PERSON") is None
    assert _all(tally).count("Ada", "PERSON") == 0


def test_the_names_of_one_entity_stand_together_as_long_as_it_has_them() -> None:
    text = "Bajwa left. General Qamar Bajwa met Khan; so did Aslam Khan in Lima."
    named = [suggestion(text, quote, "PERSON") for quote in ("Bajwa", "Qamar Bajwa", "Khan", "Aslam Khan")]
    page = view(text, *named, suggestion(text, "Lima", "GPE"))
    tally = Tally(page)
    assert tally.group("Bajwa", "PERSON") == Group("Bajwa", ("Bajwa",))
    _all(tally)
    assert tally.group("Bajwa", "PERSON") == Group("Qamar Bajwa", ("Bajwa", "Qamar Bajwa"))
    assert tally.group("Khan", "PERSON").name == "Aslam Khan"
    assert tally.group("Lima", "GPE") == Group("Lima", ("Lima",))
    full = page.innermost(20, 31)
    assert full is not None
    tally.update(page.apply(acts.reject(page, full)))
    assert tally.group("Bajwa", "PERSON") == Group("Bajwa", ("Bajwa",))


def test_what_the_annotator_said_of_entities_goes_before_their_names() -> None:
    text = "Ada met Bo."
    page = view(text, suggestion(text, "Ada", "PERSON"), suggestion(text, "Bo", "PERSON"))
    records: list[EntityRecord] = []
    tally = _all(Tally(page, lambda: records))
    assert tally.group("Bo", "PERSON").texts == ("Bo",)
    records.append(EntityRecord("e1", "Ada Bo", names=(("person", "ada"), ("person", "bo"))))
    tally.forget_groups()
    assert tally.group("Bo", "PERSON") == tally.group("Ada", "PERSON") == Group("Ada Bo", ("Ada", "Bo"))


async def test_the_panel_lists_entities_with_all_their_names(tmp_path: Path) -> None:
    project = project_of_texts(tmp_path, "Lind came to Lima. Bo Lind spoke.", "Bo Lind wrote.", "Another Lind.")
    suggest(project, "a", ("Lind", "PERSON"), ("Bo Lind", "PERSON"), ("Lima", "GPE"))
    async with reading_app(project, "a", size=(140, 30)) as pilot:
        assert isinstance(pilot.app, ManiculeApp)
        pilot.app.read_corpus()
        await wait_for(pilot, lambda: desk_of(pilot).corpus.complete, "the project's mentions")
        await press(pilot, "right")
        await wait_for_text(pilot, "Bo Lind          person      2/3×·")
        assert not line_with(pilot.app, "Lind             person")


async def test_beside_the_text_stands_how_often_an_entity_is_mentioned_in_the_article(tmp_path: Path) -> None:
    far = "\n\n".join(f"Nothing came to pass on day {day}." for day in range(60))
    project = project_of_texts(tmp_path, f"Talks in Lima\n\nBo Lind was there.\n\n{far}\n\nBack in Lima at last.")
    async with reading_app(project, "a", size=(140, 30)) as pilot:
        await press(pilot, "equals_sign", "home")
        await wait_for_text(pilot, "2×✓")
        assert "Lima" in line_with(pilot.app, "2×✓")
        await press(pilot, "u")
        await wait_for_text(pilot, "Lima             gpe             ·")


async def test_and_how_often_in_the_project_once_that_is_known(tmp_path: Path) -> None:
    project = project_of_texts(tmp_path, "Talks in Lima\n\nBo Lind was there.", "Lima again", "Bo Lind in Lima")
    async with reading_app(project, "a", size=(140, 30)) as pilot:
        assert isinstance(pilot.app, ManiculeApp)
        pilot.app.read_corpus()
        await wait_for(pilot, lambda: desk_of(pilot).corpus.complete, "the project's mentions")
        await press(pilot, "right")
        await wait_for_text(pilot, "gpe         1/3×·")
        await wait_for_text(pilot, "person      1/2×·")
