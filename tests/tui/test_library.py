"""The library: what it lists, how it is narrowed and sorted, and what its keys do to articles."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pilots import (
    HOSTILE,
    SIZE,
    desk_of,
    line_with,
    list_of,
    project_of,
    running,
    screen_lines,
    screen_text,
    wait_for,
    wait_for_text,
)
from small_projects import annotate, propose, tree
from textual.app import App, ComposeResult

from annotate import acts
from annotate.layers import Status
from store.library import Row
from store.project import Project
from store.session import Session
from tui.actions import actions_of
from tui.app import ManiculeApp
from tui.desk import Desk
from tui.row_reader import RowReader
from tui.screens.library import Library
from tui.screens.reader import Reader
from tui.widgets.article_list import ArticleList
from tui.widgets.prompt import Prompt

TITLES = {"one": "Storm over Lima", "two": "Anna Berg resigns", "three": "Lima votes", "four": "A quiet day"}
QUOTES = [("Anna Berg", "PERSON"), ("Bo Lind", "PERSON"), ("Lima", "GPE")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Four articles: one new with three suggestions, two in progress, three done, four flagged and skipped."""
    made = project_of(tmp_path / "wire", dict(sorted(TITLES.items())))
    for name in ("one", "two", "three"):
        propose(made, name, QUOTES)
    annotate(made, "ada", "two", QUOTES[:1], status=Status.IN_PROGRESS)
    annotate(made, "ada", "three", QUOTES[2:])
    annotate(made, "ada", "four", status=Status.SKIPPED)
    return made


def status_of(pilot_desk: Desk, article_id: str) -> Status:
    return pilot_desk.rows[article_id].status


# What it shows ---------------------------------------------------------------------------------------------


async def test_each_article_has_its_status_title_words_and_progress(project: Project) -> None:
    async with running(project) as pilot:
        await wait_for_text(pilot, "1 of 4 done")
        lines = [line.split() for line in screen_lines(pilot.app)[2:6]]
    assert lines == [
        ["▸", "⊘", "A", "quiet", "day", "8", "w", "0/0"],
        ["○", "Storm", "over", "Lima", "8", "w", "–", "/3"],
        ["●", "Lima", "votes", "8", "w", "1", "✓"],
        ["◐", "Anna", "Berg", "resigns", "8", "w", "1/3"],
    ]


async def test_the_frame_says_what_is_done_saved_and_who_annotates(project: Project) -> None:
    async with running(project) as pilot:
        await wait_for_text(pilot, "1 of 4 done · 2 / 7 ✓")
        lines = screen_lines(pilot.app)
    assert lines[0].startswith(" ☞ wire")
    assert lines[-1].rstrip().endswith("saved · ada · ? help")
    assert "/ filter   o order: project   t status: all" in lines[-1]


@pytest.mark.parametrize("size", [(80, 24), (97, 31), (140, 45)])
async def test_every_size_keeps_the_title_and_never_a_line_too_wide(project: Project, size: tuple[int, int]) -> None:
    async with running(project, size=size) as pilot:
        lines = screen_lines(pilot.app)
    assert {len(line) for line in lines} == {size[0]}
    assert any("A quiet" in line for line in lines)


async def test_the_list_can_be_used_before_the_rows_are_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    may_read = threading.Event()
    read = RowReader._read

    def waiting(reader: RowReader, generation: int, stop: threading.Event) -> None:
        may_read.wait(20)
        read(reader, generation, stop)

    monkeypatch.setattr(RowReader, "_read", waiting)
    app = ManiculeApp(project, "ada", extract=False)
    async with app.run_test(size=SIZE) as pilot:
        await wait_for_text(pilot, "▸ ·  four")
        await pilot.press("down")
        await wait_for_text(pilot, "▸ ·  one")
        assert "reading 0 of 4" in screen_text(app)
        may_read.set()
        await wait_for_text(pilot, "▸ ○  Storm over Lima")


async def test_hostile_titles_are_drawn_as_text_and_do_nothing(tmp_path: Path) -> None:
    async with running(project_of(tmp_path / "wire", HOSTILE)) as pilot:
        for _ in HOSTILE:
            await pilot.press("m")
            await wait_for(pilot, lambda: pilot.app.screen.query_one(Prompt).asking, "the note's prompt")
            await pilot.press("y", "enter", "u")
            await wait_for_text(pilot, "undone: note in")
            await pilot.press("down")
        text = screen_text(pilot.app)
        assert isinstance(pilot.app.screen, Library)
    assert "[/foo]" in text and "[@click=app.quit]go[/]" in text and "␛]0;x␇" in text
    assert not any(ord(char) < 32 and char != "\n" or 0x80 <= ord(char) < 0xA0 or char == "\u202e" for char in text)


async def test_an_article_that_cannot_be_read_is_named_and_left_alone(project: Project) -> None:
    path = project.locations.article("one")
    path.write_text('{"broken": \x1b[31m', "utf-8")
    before = tree(project.root / "articles")
    async with running(project) as pilot:
        await wait_for_text(pilot, "!  one · articles/")
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: "not JSON" in screen_lines(pilot.app)[-2], "the reason in the bottom line")
        await pilot.press("d", "f", "m")
        await pilot.pause()
        assert isinstance(pilot.app.screen, Library)
        assert "not JSON" in screen_lines(pilot.app)[-2]
    assert tree(project.root / "articles") == before


async def test_an_empty_project_says_how_to_add_articles(tmp_path: Path) -> None:
    async with running(project_of(tmp_path / "wire", {}), size=(140, 24)) as pilot:
        await pilot.press("down", "enter", "d", "s", "f", "m", "u", "o", "t")
        assert f"manicule add {tmp_path / 'wire'} PATH..." in screen_text(pilot.app)


async def test_what_is_not_saved_is_said_with_the_reason(project: Project) -> None:
    async with running(project) as pilot:
        desk_of(pilot).session.unsaved = "the disk is full"
        await pilot.press("down")
        await wait_for_text(pilot, "NOT SAVED: the disk is full")


async def test_extraction_is_told_and_what_it_found_is_shown(project: Project) -> None:
    async with running(project) as pilot:
        library = pilot.app.screen
        assert isinstance(library, Library)
        library.show_extraction("extracting 3 of 5 …")
        await wait_for_text(pilot, "extracting 3 of 5 …")
        propose(project, "one", QUOTES[:1])
        library.refresh_article("one")
        library.show_extraction("")
        await wait_for_text(pilot, "– /1")
        assert "extracting" not in screen_text(pilot.app)


# Moving ----------------------------------------------------------------------------------------------------


def test_the_screens_need_none_of_what_is_slow_to_import() -> None:
    names = ("library", "help", "label_picker", "statistics", "export")
    code = f"import sys, tui.commands, {', '.join(f'tui.screens.{name}' for name in names)}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"spacy", "numpy", "pydantic", "typer", "tomlkit"} & set(loaded)


def test_every_key_of_the_table_has_its_method() -> None:
    assert all(callable(getattr(Library, f"action_{action.name}", None)) for action in actions_of("library"))


class Many(App[None]):
    """A list of 20,000 rows, and how many lines of it were drawn."""

    def __init__(self) -> None:
        super().__init__()
        rows = {f"a{number}": Row(f"a{number}", f"Title {number}", number) for number in range(20_000)}
        self.rows = CountingList(rows, Path("/nowhere"))
        self.ids = list(rows)

    def compose(self) -> ComposeResult:
        yield self.rows


class CountingList(ArticleList):
    drawn = 0

    def _draw(self, *args: object) -> object:  # type: ignore[override]
        self.drawn += 1
        return super()._draw(*args)  # type: ignore[arg-type]


async def test_of_20000_rows_only_those_on_screen_are_drawn() -> None:
    app = Many()
    async with app.run_test(size=SIZE) as pilot:
        app.rows.show(app.ids)
        await pilot.pause()
        for place in (0, 19_999, 10_000, 10_001, 10_002):
            before = app.rows.drawn
            app.rows.move_to(f"a{place}")
            await pilot.pause()
            assert f"▸ ○  Title {place}" in screen_text(app)
            assert app.rows.drawn - before <= SIZE[1] + 2
        assert app.rows.drawn < 4 * SIZE[1]


async def test_the_cursor_moves_by_rows_pages_and_to_the_ends(tmp_path: Path) -> None:
    titles = {f"a{number}": f"Title {number}" for number in range(60)}
    async with running(project_of(tmp_path / "wire", titles)) as pilot:
        rows = list_of(pilot)
        for keys, place in [
            (["down", "j"], 2),
            (["up", "k", "k"], 0),
            (["pagedown"], rows.page),
            (["pageup"], 0),
            (["end"], 59),
            (["home"], 0),
        ]:
            await pilot.press(*keys)
            assert rows.cursor == place, keys
            assert f"▸ ○  Title {place} " in screen_text(pilot.app)


async def test_enter_opens_the_article_and_coming_back_shows_what_was_decided(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("down", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        await pilot.press("a", "greater_than_sign", "q")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Library), "the library")
        await wait_for_text(pilot, "◐  Storm over Lima")
        assert list_of(pilot).current == "three"
        assert "3/3" in line_with(pilot.app, "Storm over Lima")


async def test_a_click_moves_the_cursor_and_a_second_one_opens(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.click(ArticleList, offset=(10, 2))
        assert list_of(pilot).current == "three"
        await pilot.click(ArticleList, offset=(10, 20))
        assert list_of(pilot).current == "three"
        await pilot.click(ArticleList, offset=(10, 1), times=2)
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        assert "Storm over Lima" in screen_lines(pilot.app)[0]


async def test_a_smaller_terminal_keeps_the_cursor_in_sight(tmp_path: Path) -> None:
    titles = {f"a{number}": f"Title {number}" for number in range(60)}
    async with running(project_of(tmp_path / "wire", titles), size=(120, 50)) as pilot:
        await pilot.press(*["down"] * 30)
        await pilot.resize_terminal(80, 24)
        await wait_for_text(pilot, "▸ ○  Title 30 ")
        assert {len(line) for line in screen_lines(pilot.app)} == {80}


# Order and filter ------------------------------------------------------------------------------------------


async def test_the_order_cycles_and_the_reader_follows_it(project: Project) -> None:
    async with running(project) as pilot:
        desk = desk_of(pilot)
        seen = []
        for name in ("undecided first", "most undecided", "title", "status", "project"):
            await pilot.press("o")
            await wait_for_text(pilot, f"o order: {name}")
            assert list_of(pilot).current == "four"
            seen.append(desk.order())
    assert seen == [
        ["one", "two", "four", "three"],
        ["one", "two", "four", "three"],
        ["four", "two", "three", "one"],
        ["two", "one", "three", "four"],
        ["four", "one", "three", "two"],
    ]


async def test_the_status_shown_cycles(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("f")
        seen = {}
        for name in ("new", "in progress", "done", "skipped", "flagged", "all"):
            await pilot.press("t")
            await wait_for_text(pilot, f"t status: {name}")
            seen[name] = desk_of(pilot).order()
    assert seen == {
        "new": ["one"],
        "in progress": ["two"],
        "done": ["three"],
        "skipped": ["four"],
        "flagged": ["four"],
        "all": ["four", "one", "three", "two"],
    }


async def test_the_filter_narrows_as_it_is_typed_and_enter_keeps_it(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("slash", *"LIMA")
        await wait_for_text(pilot, "2 listed")
        assert list(list_of(pilot).ids) == ["one", "three"]
        await pilot.press("space", *"st")
        await wait_for_text(pilot, "1 listed")
        await pilot.press("enter", "d")
        await wait_for_text(pilot, "3 undecided")
        assert list(list_of(pilot).ids) == ["one"]
        await pilot.press("escape", "escape")
        await wait_for(pilot, lambda: len(list_of(pilot).ids) == 4, "all articles")


async def test_escape_gives_the_filter_up_and_returns_to_the_article(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("end", "slash", *"[/foo]")
        await wait_for_text(pilot, "No article with “[/foo]” in its title.")
        await pilot.press("escape")
        await wait_for(pilot, lambda: len(list_of(pilot).ids) == 4, "all articles")
        assert list_of(pilot).current == "two"


async def test_arrows_move_the_cursor_while_the_filter_is_typed(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("slash", *"lima", "down", "enter", "enter")
        await wait_for(pilot, lambda: isinstance(pilot.app.screen, Reader), "the reader")
        assert "Lima votes" in screen_lines(pilot.app)[0]


async def test_a_hostile_note_is_edited_as_it_is_and_drawn_as_text(project: Project) -> None:
    note = "\x1b]0;x [/foo]"
    async with running(project) as pilot:
        desk = desk_of(pilot)
        view = desk.view("four")
        desk.decide(view, acts.note(view, None, note))
        await pilot.press("m")
        await wait_for_text(pilot, "␛]0;x [/foo]")
        assert "\x1b" not in screen_text(pilot.app)
        await pilot.press("!", "enter")
        await wait_for(pilot, lambda: desk.view("four").layer.marks.note != note, "the note changed")
        assert desk.view("four").layer.marks.note == note + "!"


# Deciding --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "progress"), [("space", "3 ✓"), ("x", "0 ✓")])
async def test_done_asks_what_becomes_of_the_undecided(project: Project, answer: str, progress: str) -> None:
    async with running(project) as pilot:
        await pilot.press("down", "d")
        await wait_for_text(pilot, "3 undecided:")
        assert "Space confirm · x reject · Esc" in screen_text(pilot.app)
        assert status_of(desk_of(pilot), "one") is Status.NEW
        await pilot.press(answer)
        await wait_for(pilot, lambda: status_of(desk_of(pilot), "one") is Status.DONE, "the article done")
        await wait_for_text(pilot, "2 of 4 done")
        assert progress in line_with(pilot.app, "Storm over Lima")
    assert Session(project, "ada").layer("one").status is Status.DONE


@pytest.mark.parametrize("key", ["escape", "down"])
async def test_any_other_key_leaves_the_article_as_it_is(project: Project, key: str) -> None:
    before = tree(project.root / "layers")
    async with running(project) as pilot:
        await pilot.press("down", "d")
        await wait_for_text(pilot, "3 undecided")
        await pilot.press(key)
        await wait_for(pilot, lambda: "undecided:" not in screen_text(pilot.app), "the question gone")
        assert status_of(desk_of(pilot), "one") is Status.NEW
    assert tree(project.root / "layers") == before


async def test_done_again_asks_to_reopen(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("down", "down", "d")
        await wait_for_text(pilot, "d reopen · Esc")
        await pilot.press("d")
        await wait_for(pilot, lambda: status_of(desk_of(pilot), "three") is Status.IN_PROGRESS, "it open again")
        await wait_for_text(pilot, "0 of 4 done")


async def test_skipping_what_is_done_asks_first(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("down", "down", "s")
        await wait_for_text(pilot, "s leave it out of the gold · Esc")
        assert status_of(desk_of(pilot), "three") is Status.DONE
        await pilot.press("s")
        await wait_for(pilot, lambda: status_of(desk_of(pilot), "three") is Status.SKIPPED, "it left out")


async def test_done_asks_while_suggestions_are_still_to_come(tmp_path: Path) -> None:
    async with running(project_of(tmp_path / "wire", {"one": "First"})) as pilot:
        desk_of(pilot).extracting = True
        await pilot.press("d")
        await wait_for_text(pilot, "suggestions are still to come:")
        assert status_of(desk_of(pilot), "one") is Status.NEW
        await pilot.press("d")
        await wait_for(pilot, lambda: status_of(desk_of(pilot), "one") is Status.DONE, "it done")


async def test_skip_flag_and_note_mark_the_article(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("down", "s", "f", "m")
        await wait_for_text(pilot, "note on Storm over Lima")
        await pilot.press(*"odd", "enter")
        await wait_for(pilot, lambda: desk_of(pilot).rows["one"].note, "the note")
        line = line_with(pilot.app, "Storm over Lima")
        assert "⊘" in line and "⚑✎" in line
        await pilot.press("s")
        await wait_for_text(pilot, "skipped already")
        await pilot.press("s", "f")
        await wait_for(pilot, lambda: not desk_of(pilot).rows["one"].flagged, "the flag gone")
        assert status_of(desk_of(pilot), "one") is Status.NEW
    layer = Session(project, "ada").layer("one")
    assert (layer.marks.note, layer.marks.flagged) == ("odd", False)


async def test_undo_and_redo_say_what_and_where_and_go_there(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("down", "d")
        await wait_for_text(pilot, "3 undecided")
        await pilot.press("space", "end", "u")
        await wait_for_text(pilot, "undone: 4 decisions in Storm over Lima")
        assert list_of(pilot).current == "one"
        assert status_of(desk_of(pilot), "one") is Status.NEW
        await pilot.press("end", "r")
        await wait_for_text(pilot, "done again: 4 decisions in Storm over Lima")
        assert list_of(pilot).current == "one"
        assert status_of(desk_of(pilot), "one") is Status.DONE
        await pilot.press("r")
        await wait_for_text(pilot, "nothing to redo")


async def test_undo_says_when_the_article_is_not_listed(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("f", "slash", *"votes", "enter", "u")
        await wait_for_text(pilot, "undone: flag in A quiet day (not in this list)")


async def test_q_quits_and_folds_what_was_decided(project: Project) -> None:
    async with running(project) as pilot:
        await pilot.press("f", "q")
    assert Session(project, "ada").layer("four").marks.flagged
