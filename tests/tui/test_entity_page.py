"""The page of an entity: its mentions in all articles, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import screen_text, wait_for, wait_for_text
from reader_pilots import press, project_of_texts, reading_app, reading_of_app
from readings import quote
from textual.pilot import Pilot

from annotate.project_wide import PROJECT
from store.project import Project
from store.session import Session
from tui.screens.entity import EntityPage
from tui.screens.reader import Reader
from tui.widgets.prompt import Prompt

TEXTS = (
    "First\n\nAli Khan came to Lima. Bo Lind saw him.",
    "Second\n\nGen Ali Khan met Bo Lind in Lima.",
    "Third\n\nLima is old, Bo Lind said.",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path, *TEXTS)


async def opened(pilot: Pilot[None], told: str) -> None:
    await press(pilot, "e")
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, EntityPage), "the page of the entity")
    await wait_for_text(pilot, told)


async def typed(pilot: Pilot[None], key: str, text: str, told: str) -> None:
    await pilot.press(key)
    prompt = pilot.app.screen.query_one(Prompt)
    await wait_for(pilot, lambda: prompt.has_focus, "the prompt")
    prompt.value = text
    await wait_for_text(pilot, text)
    await pilot.press("enter")
    await wait_for_text(pilot, told)


async def test_e_shows_all_mentions_article_by_article_and_goes_to_one(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        assert quote(reading_of_app(pilot)) == "Ali Khan"
        await opened(pilot, "2 mentions · 2 articles")
        shown = screen_text(pilot.app)
        assert shown.index("First") < shown.index("came to Lima") < shown.index("Second") < shown.index("met Bo Lind")
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        assert (reading_of_app(pilot).article.id, quote(reading_of_app(pilot))) == ("b", "Ali Khan")
        await opened(pilot, "2 mentions · 2 articles")
        await pilot.press("e")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader again")


async def test_what_is_said_of_an_entity_is_kept_and_undone(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await opened(pilot, "2 mentions")
        await typed(pilot, "n", "The general", "☞ The general")
        await typed(pilot, "l", "Q42", "PERSON  Q42")
        await typed(pilot, "l", "nonsense", "neither a Wikidata id")
        (record,) = Session(project, "ada").peek(PROJECT).entities.values()
        assert (record.name, record.identifier, record.names) == ("The general", "Q42", (("person", "ali khan"),))
        await pilot.press("u", "u")
        await wait_for_text(pilot, "☞ Ali Khan")
        assert Session(project, "ada").peek(PROJECT).entities == {}


async def test_entities_are_made_one_and_parted_again(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await opened(pilot, "2 mentions")
        await typed(pilot, "m", "bo li", "5 mentions · 3 articles")
        await pilot.press("end", "x")
        await wait_for_text(pilot, "2 mentions · 2 articles")
        await pilot.press("u")
        await wait_for_text(pilot, "5 mentions · 3 articles")
        await pilot.press("end", "s")
        await wait_for_text(pilot, "4 mentions · 2 articles")


async def test_what_names_no_thing_has_no_page(project: Project) -> None:
    async with reading_app(project, "c") as pilot:
        await press(pilot, "n", "n")
        await press(pilot, "right", "right")
        await press(pilot, "e")
        await wait_for_text(pilot, "no entity here")
        assert isinstance(pilot.app.screen, Reader)
