"""`i` tells all about an entity and any key closes it; `*` goes to the next mention."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import screen_lines, screen_text, wait_for
from reader_pilots import press, project_of_texts, reading_app, reading_of_app
from readings import find, quote, reading_in, word
from textual.pilot import Pilot

from annotate import acts
from annotate.lineage import Past
from annotate.schemes import Label
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryState
from annotate.voices import Voices
from store.project import Project
from tui.reading import Reading
from tui.screens.about import LAST_DECISIONS, About, about_lines


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path)


async def _about(pilot: Pilot[None]) -> str:
    await press(pilot, "i")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, About), "the panel")
    await pilot.pause()
    return screen_text(pilot.app)


async def test_it_tells_who_suggested_an_entity_and_what_became_of_it(project: Project) -> None:
    async with reading_app(project) as pilot:
        told = await _about(pilot)
        assert "no guideline is written for this label" in told
        assert "suggested by one" in told and "as GPE, score 0.50" in told
        await press(pilot, "escape", "O", "shift+tab", "u", "P", "shift+tab")
        told = await _about(pilot)
        assert "PERSON" in told and "is corrected" in told
        assert told.count(" UTC  relabel ") == 1


async def test_any_key_closes_it_and_does_nothing_else(project: Project) -> None:
    async with reading_app(project) as pilot:
        before = screen_lines(pilot.app)
        for key in ("space", "x", "O", "enter", "i"):
            await _about(pilot)
            await press(pilot, key)
            await wait_for(pilot, lambda: not isinstance(pilot.app.screen, About), "the text again")
            assert screen_lines(pilot.app) == before
        assert reading_of_app(pilot).view.layer.annotations == {}


async def test_where_no_entity_is_it_says_so(project: Project) -> None:
    async with reading_app(project) as pilot:
        await press(pilot, "home", "i")
        assert "no entity here" in screen_text(pilot.app)


def test_a_guideline_comes_with_its_examples_and_nothing_drives_the_terminal() -> None:
    text = "an \x1b[2J[/foo] end"
    entry = Entry(3, 13, "ORG", EntryState.SUGGESTED, suggestions=(Suggestion(Span(3, 13, "ORG"), "one", "2", 0.25),))
    lines = about_lines(entry, Label("ORG", "O", guideline="Firms.", examples=("Shell",)), text, [])
    assert [line.plain for line in lines] == [
        "ORG  Firms.",
        "e.g. Shell",
        "",
        "“␛[2J[/foo]” is suggested",
        "suggested by one 2 as ORG, score 0.25",
    ]


def test_what_other_sources_say_of_it_is_told() -> None:
    text = "The Bank of Lima"
    mine, wider = Suggestion(Span(4, 16, "ORG"), "one", "2", 0.25), Suggestion(Span(0, 16, "ORG"), "two", "1")
    entry = Entry(4, 16, "ORG", EntryState.SUGGESTED, suggestions=(mine,))
    said = Voices({"ORG": [mine]}, (wider,), ("three", "four"))
    assert [line.plain for line in about_lines(entry, None, text, [], said)][-3:] == [
        "suggested by one 2 as ORG, score 0.25",
        "otherwise two 1 as ORG, as “The Bank of Lima”",
        "not suggested by three, four",
    ]


def test_of_many_decisions_the_newest_are_told(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    entry = reading.focus
    assert entry
    (decision,) = acts.confirm(reading.view, entry)
    past = [Past(f"2026-01-01T00:{minute:02}:00.000Z", decision) for minute in range(20)]
    lines = [line.plain for line in about_lines(entry, None, reading.article.text, past)]
    assert lines[-1] == f"… and {20 - LAST_DECISIONS} earlier"
    assert lines[-LAST_DECISIONS - 1] == "2026-01-01 00:19 UTC  confirm GPE “Lima”"
    assert lines[-2] == "2026-01-01 00:12 UTC  confirm GPE “Lima”"


def test_what_nobody_suggested_is_told_as_such(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    find(reading, "met")
    reading.label("ORG", drawn=True)
    assert reading.focus
    lines = [line.plain for line in about_lines(reading.focus, None, reading.article.text, reading.past())]
    assert "nobody had suggested it" in lines
    assert lines[-1].endswith("add ORG “met”")


# The next mention --------------------------------------------------------------------------------------------


def test_the_next_mention_is_gone_to_round_the_end(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.move_by_mention()
    assert reading.focus is None and reading.cursor[0] == reading.article.text.rindex("Lima")
    reading.move_by_mention()
    assert quote(reading) == "Lima" and reading.cursor[0] == reading.article.text.index("Lima")


def test_a_mention_inside_of_an_entity_is_passed_on_from(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.move_to(reading.article.text.rindex("Water"))
    assert word(reading) == "Water" and reading.focus is None
    for _ in range(2):
        reading.move_by_mention()
    assert reading.cursor[0] == reading.article.text.rindex("Water")


def test_a_mention_of_several_words_is_selected(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "Ali Khan left. Then Ali Khan came. Ali Khan won.")
    starts = []
    for _ in range(3):
        reading.move_by_mention()
        starts.append((reading.selection or reading.cursor)[0])
    assert starts == [20, 35, 0]
    assert _selected(reading) == "Ali Khan"


def test_an_only_mention_is_told(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    find(reading, "met")
    reading.move_by_mention()
    assert reading.notice == "no other mention of “met”"
    assert word(reading) == "met"


def test_a_text_without_words_has_no_mentions(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "… —")
    reading.move_by_mention()
    assert reading.notice.startswith("no other mention")


def _selected(reading: Reading) -> str:
    return reading.article.text[slice(*(reading.selection or (0, 0)))]
