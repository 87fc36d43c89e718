"""The mouse does what the keys do."""

from __future__ import annotations

from pathlib import Path

import pytest
from pilots import wait_for
from reader_pilots import TEXT, project_of_texts, reader_of, reading_app, reading_of_app
from textual.pilot import Pilot

from tui.widgets.article_view import ArticleView
from tui.widgets.entity_panel import EntityPanel
from tui.widgets.label_bar import LabelBar


def cell_of(pilot: Pilot[None], quote: str) -> tuple[int, int]:
    """A cell of the reading view in which `quote` begins."""
    view = pilot.app.screen.query_one(ArticleView)
    start = TEXT.index(quote)
    cells = ((x, y) for y in range(view.size.height) for x in range(view.size.width))
    return next(cell for cell in cells if view.offset_at_cell(*cell) == start)


async def drag(pilot: Pilot[None], start: str, end: str) -> None:
    await pilot.mouse_down(ArticleView, offset=cell_of(pilot, start))
    await pilot.hover(ArticleView, offset=cell_of(pilot, end))
    await pilot.mouse_up(ArticleView, offset=cell_of(pilot, end))


async def test_a_click_on_an_entity_focuses_it(tmp_path: Path) -> None:
    async with reading_app(project_of_texts(tmp_path)) as pilot:
        await pilot.click(ArticleView, offset=cell_of(pilot, "Ministry"))
        focus = reading_of_app(pilot).focus
        assert focus and TEXT[focus.start : focus.end] == "Ministry of Water"


@pytest.mark.parametrize("ends", [("Nothing", "anybody"), ("anybody", "Nothing")])
async def test_dragging_selects_whole_words_either_way(tmp_path: Path, ends: tuple[str, str]) -> None:
    async with reading_app(project_of_texts(tmp_path)) as pilot:
        await drag(pilot, *ends)
        reading = reading_of_app(pilot)
        await wait_for(pilot, lambda: reading.selection is not None, "a selection")
        assert reading.selection
        assert TEXT[slice(*reading.selection)] == "Nothing that anybody"


async def test_a_clicked_label_adds_the_selection(tmp_path: Path) -> None:
    async with reading_app(project_of_texts(tmp_path)) as pilot:
        await drag(pilot, "Nothing", "anybody")
        await pilot.click(LabelBar, offset=(1, 0))
        await wait_for(pilot, lambda: reading_of_app(pilot).focus is not None, "the added entity")
        added = reading_of_app(pilot).focus
        first = reading_of_app(pilot).view.scheme.labels[0].name
        assert added and (TEXT[added.start : added.end], added.label) == ("Nothing that anybody", first)


async def test_a_click_beside_the_text_goes_to_that_entity(tmp_path: Path) -> None:
    async with reading_app(project_of_texts(tmp_path), size=(140, 45)) as pilot:
        panel = pilot.app.screen.query_one(EntityPanel)
        await wait_for(pilot, lambda: bool(panel._places), "the entities beside the text")
        await pilot.click(EntityPanel, offset=(3, 1))
        focus = reading_of_app(pilot).focus
        assert focus and (focus.start, focus.end) == panel._places[1]


async def test_the_wheel_scrolls_and_moves_no_focus(tmp_path: Path) -> None:
    async with reading_app(project_of_texts(tmp_path)) as pilot:
        view = pilot.app.screen.query_one(ArticleView)
        before = reading_of_app(pilot).focus
        view.scroll_down(animate=False)
        await wait_for(pilot, lambda: view.scroll_offset.y > 0, "the text scrolled")
        assert reading_of_app(pilot).focus == before


async def test_the_wheel_brings_the_entities_beside_the_text_up_to_date(tmp_path: Path) -> None:
    text = "Anna is here.\n\n" + "Nothing came to pass.\n\n" * 60 + "Ali Khan met Bo Lind."
    async with reading_app(project_of_texts(tmp_path, text), "a", size=(140, 45)) as pilot:
        panel = pilot.app.screen.query_one(EntityPanel)
        view = pilot.app.screen.query_one(ArticleView)
        reading_of_app(pilot).move_to(0)
        view.show_changes()
        reader_of(pilot).show_frame()
        await wait_for(pilot, lambda: not panel._places, "no entity in sight")
        view.scroll_end(animate=False, immediate=True)
        await wait_for(pilot, lambda: [row[0] for row in panel._rows] == ["Ali Khan", "Bo Lind"], "those in sight")
        view.scroll_home(animate=False, immediate=True)
        await wait_for(pilot, lambda: not panel._rows, "none in sight again")


async def test_copying_gives_the_focused_text_to_the_clipboard(tmp_path: Path) -> None:
    async with reading_app(project_of_texts(tmp_path)) as pilot:
        await pilot.click(ArticleView, offset=cell_of(pilot, "Ministry"))
        await pilot.press("y")
        assert pilot.app.clipboard == "Ministry of Water"
