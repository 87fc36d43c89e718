"""A text in all articles: its lines, what is decided on one of them, and on many as one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import SIZE, screen_text, wait_for, wait_for_text
from reader_pilots import Clock, press, project_of_texts, reader_of, reading_app, reading_of_app, type_text
from readings import quote
from textual import events
from textual.pilot import Pilot

from annotate.layers import Status
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from store.project import Project
from store.session import Session
from tui.app import ManiculeApp
from tui.screens.concordance import Concordance
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.widgets.line_list import LineList
from tui.widgets.prompt import Prompt

TEXTS = (
    "First\n\nBo Lind came to Lima. Anna saw Lima.",
    "Second\n\nGen Ali Khan met Bo Lind in Lima.",
    "Third\n\nLima is old, Bo Lind said. \x1b[2J[/foo] Lima!",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_of_texts(tmp_path, *TEXTS)


def concordance(pilot: Pilot[None]) -> Concordance:
    assert isinstance(pilot.app.screen, Concordance)
    return pilot.app.screen


async def opened(pilot: Pilot[None], key: str, told: str) -> None:
    await press(pilot, key)
    await wait_for(pilot, lambda: isinstance(pilot.app.screen, Concordance), "the concordance")
    await wait_for_text(pilot, told)


def labels(project: Project, annotator: str = "ada") -> dict[str, list[str]]:
    """The confirmed annotations of each article, as its journal and files have them."""
    found = {article_id: Session(project, annotator).peek(article_id) for article_id in project.article_ids()}
    return {name: [f"{one.quote}/{one.span.label}" for one in layer.confirmed()] for name, layer in found.items()}


async def test_c_lists_the_focused_text_in_all_articles_on_the_line_one_comes_from(project: Project) -> None:
    async with reading_app(project, "b") as pilot:
        await press(pilot, "n")
        assert quote(reading_of_app(pilot)) == "Bo Lind"
        await opened(pilot, "c", "3 lines · 3 articles · 3 undecided")
        assert concordance(pilot).current == ("b", 25, 32)
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        assert (reading_of_app(pilot).article.id, quote(reading_of_app(pilot))) == ("c", "Bo Lind")


async def test_lines_take_the_keys_of_the_text(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n")
        assert quote(reading_of_app(pilot)) == "Lima"
        await opened(pilot, "c", "5 lines · 3 articles")
        await pilot.press("space", "O", "down", "x")
        await wait_for_text(pilot, "GPE 1 ✓ · ORG 1 ✓")
        assert labels(project) == {"a": ["Lima/GPE", "Lima/ORG"], "b": [], "c": []}
        await pilot.press("u")
        await wait_for_text(pilot, "undone: reject “Lima”")
        await pilot.press("u", "r")
        await wait_for_text(pilot, "done again: add “Lima”")
        await pilot.press("escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        await wait_for(pilot, lambda: reading_of_app(pilot).view.confirmed_count == 2, "what was decided there")


async def test_plus_decides_on_every_mention_that_is_ticked_and_one_u_takes_it_back(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n", "O", "tab")
        assert quote(reading_of_app(pilot)) == "Lima"
        await opened(pilot, "plus", "4 of 5 ticked as ORG · 1 like that already")
        await pilot.press("end", "space", "enter")
        await wait_for_text(pilot, "3 lines in 3 articles decided · u undoes them as one")
        assert labels(project) == {"a": ["Lima/ORG", "Lima/ORG"], "b": ["Lima/ORG"], "c": ["Lima/ORG"]}
        assert Session(project, "ada").peek("c").status is Status.NEW
        await pilot.press("u")
        await wait_for_text(pilot, "undone: 3 decisions")
        assert labels(project) == {"a": ["Lima/ORG"], "b": [], "c": []}


async def test_plus_lists_contradictions_and_ticks_nothing_in_done_articles(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n", "P", "d", "space")
        await wait_for(pilot, lambda: reading_of_app(pilot).article.id == "b", "the next article")
        await press(pilot, "p")
        assert quote(reading_of_app(pilot)) == "Lima"
        await opened(pilot, "plus", "1 decided otherwise by hand · 1 in done articles")
        assert "confirmed as PERSON" in screen_text(pilot.app)
        await pilot.press("home", "space")
        await wait_for_text(pilot, "confirmed as PERSON")
        await pilot.press("enter")
        await wait_for_text(pilot, "3 lines in 2 articles decided")
        assert labels(project)["a"] == ["Bo Lind/PERSON", "Lima/PERSON"]


async def test_lines_are_ticked_by_hand_for_any_label(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n")
        await opened(pilot, "c", "5 lines")
        await pilot.press("v", "a")
        await wait_for_text(pilot, "5 of 5 ticked")
        await pilot.press("space", "O")
        await wait_for_text(pilot, "4 lines in 3 articles decided")
        assert sum(len(held) for held in labels(project).values()) == 4
        await pilot.press("v", "v", "escape")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")


async def test_lines_are_sorted_and_the_cursor_stays_on_its_line(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n")
        await opened(pilot, "c", "by article")
        await pilot.press("down")
        line = concordance(pilot).current
        await pilot.press("o")
        await wait_for_text(pilot, "by left")
        assert concordance(pilot).current == line


async def test_any_text_is_looked_for_from_the_library_and_read(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await pilot.press("c")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Concordance), "the concordance")
        prompt = concordance(pilot).query_one(Prompt)
        await wait_for(pilot, lambda: prompt.has_focus, "the prompt")
        prompt.value = "/s(aw|aid)/"
        await pilot.press("enter")
        await wait_for_text(pilot, "2 lines · 2 articles")
        await pilot.press("end", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        assert reader_of(pilot).reading.article.id == "c"


async def test_what_is_not_there_and_what_is_no_expression_is_told(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await opened(pilot, "c", "lines")
        for typed, told in (("Nowhere", "nowhere in 3 articles"), ("/(/", "no regular expression: missing )")):
            await pilot.press("slash")
            prompt = concordance(pilot).query_one(Prompt)
            await wait_for(pilot, lambda asked=prompt: asked.has_focus, "the prompt")
            prompt.value = typed
            await pilot.press("enter")
            await wait_for_text(pilot, told)


async def test_no_article_drives_the_terminal_from_a_line(project: Project) -> None:
    async with reading_app(project, "c") as pilot:
        await opened(pilot, "c", "lines")
        await pilot.press("end")
        await wait_for_text(pilot, "␛[2J[/foo]")
        lines = concordance(pilot).query_one(LineList)
        drawn = "".join(segment.text for y in range(lines.size.height) for segment in lines.render_line(y))
        assert "\x1b" not in drawn


async def test_a_typed_search_in_the_reader_stays_a_search(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "slash")
        await type_text(pilot, "ce+")
        assert isinstance(pilot.app.screen, Reader)


async def test_a_held_key_and_what_was_typed_ahead_confirm_nothing_unseen(project: Project) -> None:
    clock = Clock()
    async with reading_app(project, "a", clock=clock) as pilot:
        await press(pilot, "n")
        await opened(pilot, "c", "5 lines")
        with clock.stopped():
            for _ in range(5):
                pilot.app.post_message(events.Key("space", " "))
            await wait_for(pilot, lambda: sum(map(len, labels(project).values())) == 1, "one confirmation")
        await pilot.pause()
        assert sum(map(len, labels(project).values())) == 1


async def test_another_suggestion_than_the_one_on_the_line_is_not_confirmed(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n")
        await opened(pilot, "c", "5 lines")
        text = project.article("a").text
        start = text.index("Lima")
        other = Suggestion(Span(start, start + 4, "ORG"), "pipe", "1", 0.5)
        article = project.article("a")
        for source in project.sources():
            project.write_suggestions(SuggestionLayer("a", article.text_hash, Source(source, "2", "f"), (other,)))
        await pilot.press("space")
        await wait_for_text(pilot, "ORG is suggested here now: look again")
        assert labels(project)["a"] == []


async def test_an_article_that_is_gone_is_told_when_what_was_decided_there_is_undone(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n")
        await opened(pilot, "c", "5 lines")
        await pilot.press("home", "down", "down", "space")
        await wait_for_text(pilot, "GPE 1 ✓")
        project.locations.article("b").unlink()
        await pilot.press("u")
        await wait_for_text(pilot, "there is no article b")
        assert pilot.app.is_running


async def test_what_is_hidden_by_its_score_is_left_alone_and_told(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n", "O", "tab")
        await press(pilot, "t")
        await type_text(pilot, "0.9")
        await press(pilot, "enter")
        await opened(pilot, "plus", "hidden under 0.90")
        await pilot.press("enter")
        await wait_for_text(pilot, "decided")
        assert labels(project)["b"] == labels(project)["c"][1:] == []
        assert Session(project, "ada").peek("b").annotations == {}


async def test_a_rejected_line_looks_rejected_and_caps_lock_is_told(project: Project) -> None:
    async with reading_app(project, "a") as pilot:
        await press(pilot, "n")
        await opened(pilot, "c", "5 lines")
        await pilot.press("x")
        await wait_for_text(pilot, "✗")
        await pilot.press("D")
        await wait_for_text(pilot, "no label on D. Caps Lock?")


async def test_a_text_typed_at_once_after_c_is_looked_for(project: Project) -> None:
    app = ManiculeApp(project, "ada", extract=False)
    async with app.run_test(size=SIZE) as pilot:
        await wait_for(pilot, lambda: isinstance(app.screen, Library), "the library")
        app.post_message(events.Key("c", "c"))
        await wait_for(pilot, lambda: isinstance(app.screen, Concordance), "the concordance")
        for key in "Lima":
            app.post_message(events.Key(key, key))
        await wait_for(pilot, lambda: concordance(pilot).query_one(Prompt).value == "Lima", "the text")
