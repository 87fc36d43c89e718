"""The reading view draws what changed and nothing else, and keeps the reader's place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pilots import screen_lines, wait_for
from readings import quote, reading_of, session_in
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip

from store.session import Session
from tui.reading import Reading
from tui.themes import LIGHT
from tui.widgets.article_view import CONTEXT_LINES, ArticleView

NAMES = [f"Name{number}" for number in range(40)]
LONG = "A long read\n\n" + "\n\n".join(
    f"In this paragraph a person called {name} met someone whose name is not given, and both of them left again."
    for name in NAMES
)
SUGGESTED = tuple((name, "PERSON") for name in NAMES if not name.endswith("3"))
SIZE = (60, 20)


class Page(App[None]):
    """Nothing but a reading view."""

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading

    def compose(self) -> ComposeResult:
        yield ArticleView(self.reading)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_in(tmp_path, LONG, LONG + " The end.", suggested=SUGGESTED)


@asynccontextmanager
async def showing(reading: Reading, size: tuple[int, int] = SIZE) -> AsyncIterator[Pilot[None]]:
    """The view of a reading, painted."""
    app = Page(reading)
    async with app.run_test(size=size) as pilot:
        await _painted(pilot)
        yield pilot


async def _painted(pilot: Pilot[None]) -> None:
    view = _view(pilot)
    await pilot.pause()
    await wait_for(pilot, lambda: not view.app.screen._dirty_widgets, "a painted screen")
    await wait_for(pilot, lambda: all(row in _rows(view) for row in range(view.size.height)), "all lines drawn")


def _view(pilot: Pilot[None]) -> ArticleView:
    return pilot.app.query_one(ArticleView)


def _rows(view: ArticleView) -> dict[int, Strip]:
    """The strips of the screen's rows that are drawn."""
    top, end = view.scroll_offset.y, len(view._lines)
    drawn = {row: view._strips.get(top + row) for row in range(view.size.height)}
    return {row: strip or Strip([]) for row, strip in drawn.items() if strip is not None or top + row >= end}


def _focus_row(view: ArticleView, reading: Reading) -> int:
    assert reading.focus
    return view._lines.line_of(reading.focus.start) - view.scroll_offset.y


async def _move(pilot: Pilot[None], reading: Reading, steps: int = 1) -> None:
    for _ in range(steps):
        reading.begin()
        reading.move_by_undecided(1)
        _view(pilot).show_changes()
    await _painted(pilot)


# What is drawn -----------------------------------------------------------------------------------------------


async def test_a_decision_draws_the_lines_it_touches_and_no_others(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = reading_of(session)
    drawn: list[int] = []
    draw = ArticleView._draw
    async with showing(reading) as pilot:
        view = _view(pilot)
        before, old = _rows(view), _focus_row(view, reading)
        monkeypatch.setattr(ArticleView, "_draw", lambda self, line: drawn.append(line) or draw(self, line))
        reading.confirm(drawn=True)
        view.show_changes()
        await _painted(pilot)
        new, after = _focus_row(view, reading), _rows(view)
        assert view.scroll_offset.y == 0
        assert sorted(drawn) == [old, new]
        assert {row for row in before if before[row] != after[row]} == {old, new}


async def test_a_move_of_the_cursor_draws_its_two_lines(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    reading = reading_of(session)
    drawn: list[int] = []
    draw = ArticleView._draw
    async with showing(reading) as pilot:
        view = _view(pilot)
        reading.move_to(0)
        view.show_changes()
        await _painted(pilot)
        monkeypatch.setattr(ArticleView, "_draw", lambda self, line: drawn.append(line) or draw(self, line))
        reading.move_by_word(1)
        view.show_changes()
        await _painted(pilot)
        assert drawn == [0]


@pytest.mark.parametrize("act", ["confirm", "relabel", "reject", "flag", "note"])
async def test_the_text_does_not_shift_when_something_is_decided(session: Session, act: str) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        before = [line[2:] for line in screen_lines(pilot.app)]
        {
            "confirm": lambda: reading.confirm(drawn=True),
            "relabel": lambda: reading.label("ORG", drawn=True),
            "reject": lambda: reading.reject(drawn=True),
            "flag": reading.flag,
            "note": lambda: reading.note("see above"),
        }[act]()
        _view(pilot).show_changes()
        await _painted(pilot)
        assert [line[2:] for line in screen_lines(pilot.app)] == before


async def test_notes_and_flags_stand_in_the_margin(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        for act, sign in ((lambda: reading.note("why"), "✎"), (reading.flag, "⚑")):
            act()
            view.show_changes()
            await _painted(pilot)
            assert screen_lines(pilot.app)[_focus_row(view, reading)].startswith(sign)


async def test_what_is_focused_counts_as_drawn_only_once_it_is_painted(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        assert view.focus_is_drawn()
        reading.move_by_undecided(1)
        view.show_changes()
        assert not view.focus_is_drawn()
        await wait_for(pilot, view.focus_is_drawn, "the focus on screen")
        view.scroll_to(y=60, animate=False, immediate=True)
        assert not view.focus_is_drawn()
        reading.move_to(0)
        assert reading.focus is None
        assert not view.focus_is_drawn()


def _tall(paragraphs: int) -> str:
    """The text of so many paragraphs in the middle of the article."""
    ends = (
        LONG.index("In this paragraph a person called Name8 "),
        LONG.index(f"\n\nIn this paragraph a person called Name{8 + paragraphs} "),
    )
    return LONG[slice(*ends)]


@pytest.mark.parametrize("paragraphs", [4, 5, 6, 7, 12])
async def test_what_is_about_as_tall_as_the_page_or_taller_can_be_decided_on(tmp_path: Path, paragraphs: int) -> None:
    tall = _tall(paragraphs)
    reading = reading_of(session_in(tmp_path, LONG, suggested=(("Name1", "PERSON"), (tall, "ORG"), ("Name9", "ORG"))))
    async with showing(reading) as pilot:
        view = _view(pilot)
        await _move(pilot, reading)
        assert quote(reading) == tall
        assert view.focus_is_drawn()
        reading.begin()
        reading.move_to(reading.article.text.index("Name8") + 20)
        view.show_changes()
        await _painted(pilot)
        assert quote(reading) == tall
        assert view.focus_is_drawn()


async def test_walking_in_what_is_taller_than_the_page_keeps_the_cursor_in_sight(tmp_path: Path) -> None:
    tall = _tall(12)
    reading = reading_of(session_in(tmp_path, LONG, suggested=((tall, "ORG"),)))
    async with showing(reading) as pilot:
        view = _view(pilot)
        before = reading.cursor
        await _walk(pilot, reading, view.size.height + 3)
        assert reading.cursor > before
        assert quote(reading) == tall
        assert CONTEXT_LINES <= _cursor_row(view, reading) < view.size.height - CONTEXT_LINES
        assert view.focus_is_drawn()
        view.scroll_to(y=0, animate=False, immediate=True)
        assert not view.focus_is_drawn()


async def test_only_what_was_on_screen_counts_as_seen(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        start, end = _view(pilot).visible_range()
        on_screen = {(entry.key, entry.label) for entry in reading.view.overlapping(start, end)}
        assert reading.seen == on_screen
        assert 0 < len(on_screen) < reading.view.undecided_count


async def test_hits_are_marked_and_unmarked(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        before = _rows(view)
        view.show_hits([(0, 1), (2, 6)])
        await _painted(pilot)
        assert {row for row, strip in _rows(view).items() if strip != before[row]} == {0}
        view.show_hits([])
        await _painted(pilot)
        assert _rows(view) == before


async def test_another_theme_draws_everything_in_its_colours(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        before = _rows(_view(pilot))
        pilot.app.register_theme(LIGHT)
        pilot.app.theme = LIGHT.name
        await _painted(pilot)
        after = _rows(_view(pilot))
        assert all(before[row] != after[row] for row in before)
        assert [strip.text for strip in before.values()] == [strip.text for strip in after.values()]


# Where it scrolls --------------------------------------------------------------------------------------------


async def test_the_page_to_come_is_drawn_while_nothing_happens_and_not_taken_for_seen(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        view.turn_page(1)
        await _painted(pilot)
        seen = set(reading.seen)
        await wait_for(pilot, lambda: view._ahead, "the page to come")
        assert reading.seen == seen
        ahead = sorted(view._ahead)
        assert ahead[0] == view.scroll_offset.y + view.size.height
        last = view._lines.starts[ahead[-1]]
        reading.move_to(last)
        view.redraw(reading.take_changes())
        assert ahead[-1] not in view._ahead
        monkeypatch.setattr(ArticleView, "_draw", None)
        view.scroll_to(y=ahead[0] - view.size.height + 2, animate=False, immediate=True)
        await _painted(pilot)
        on_lines = reading.view.overlapping(view._lines.starts[ahead[0]], view._lines.ends[ahead[1]])
        shown = {(entry.key, entry.label) for entry in on_lines}
        assert reading.seen >= shown > seen & shown


async def _walk(pilot: Pilot[None], reading: Reading, lines: int) -> None:
    view = _view(pilot)
    for _ in range(abs(lines)):
        reading.move_to(view.offset_by_lines(1 if lines > 0 else -1))
        view.show_changes()
        await _painted(pilot)


def _cursor_row(view: ArticleView, reading: Reading) -> int:
    return view._lines.line_of(reading.cursor[0]) - view.scroll_offset.y


async def test_walking_scrolls_only_to_keep_two_lines_around_the_cursor(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        reading.move_to(0)
        view.show_changes()
        await _walk(pilot, reading, view.size.height)
        assert view.scroll_offset.y > 0
        assert _cursor_row(view, reading) == view.size.height - 1 - CONTEXT_LINES
        top = view.scroll_offset.y
        await _walk(pilot, reading, -2)
        assert view.scroll_offset.y == top
        await _walk(pilot, reading, -view.size.height)
        assert _cursor_row(view, reading) <= CONTEXT_LINES or view.scroll_offset.y == 0


async def test_leaping_turns_the_page_when_the_focus_would_leave_it(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        turned = 0
        for _ in range(12):
            top = view.scroll_offset.y
            await _move(pilot, reading)
            row = _focus_row(view, reading)
            assert CONTEXT_LINES <= row <= view.size.height - 1 - CONTEXT_LINES or top == 0
            if view.scroll_offset.y != top:
                turned += 1
                assert row == view.size.height // 3
        assert turned


async def test_leaping_back_leaves_two_thirds_of_the_page_above(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        await _move(pilot, reading, 20)
        for _ in range(12):
            top = view.scroll_offset.y
            reading.move_by_undecided(-1)
            view.show_changes()
            await _painted(pilot)
            if 0 < view.scroll_offset.y < top:
                assert _focus_row(view, reading) in (view.size.height * 2 // 3, view.size.height * 2 // 3 + 1)


async def test_a_new_article_has_its_focus_a_third_from_the_top(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        await _move(pilot, reading, 20)
        following = reading_of(session, "b")
        following.resume(LONG.index("Name17"))
        view.show(following)
        await _painted(pilot)
        assert quote(following) == "Name17"
        assert _focus_row(view, following) == view.size.height // 3


@pytest.mark.parametrize("width", [12, 37, 80, 200])
async def test_resizing_keeps_the_focus_in_sight(session: Session, width: int) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        await _move(pilot, reading, 15)
        await pilot.resize_terminal(width, 18)
        view = _view(pilot)
        await wait_for(pilot, lambda: view.size.width in (width, width - 1), f"a view {width} cells wide")
        await _painted(pilot)
        assert 0 <= _focus_row(view, reading) < view.size.height
        assert "Name17" in screen_lines(pilot.app)[_focus_row(view, reading)]


async def test_a_resize_and_back_shows_the_same_page(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        await _move(pilot, reading, 15)
        before = view.scroll_offset.y
        await pilot.resize_terminal(60, 24)
        await wait_for(pilot, lambda: view.size.height == 24, "the new height")
        await pilot.resize_terminal(*SIZE)
        await wait_for(pilot, lambda: view.size.height == 20, "the old height")
        await _painted(pilot)
        assert view.scroll_offset.y == before


# Lines and pages ---------------------------------------------------------------------------------------------


async def test_down_and_up_cross_blank_lines_and_keep_the_column(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        down = []
        for step in [1] * 8 + [-1] * 8:
            offset = view.offset_by_lines(step)
            reading.move_to(offset)
            down.append(view._lines.line_of(reading.cursor[0]))
        assert down[:8] == sorted(set(down[:8]))
        assert down[8:] == [*reversed(down[:7]), down[15]]
        assert down[15] < down[0]


async def test_the_ends_hold_the_cursor(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        for step, place in ((-1, 0), (1, len(LONG))):
            reading.move_to(place)
            view.forget_column()
            assert view.offset_by_lines(step) == reading.cursor[0]


async def test_a_page_scrolls_and_keeps_the_cursor_on_its_row(session: Session) -> None:
    reading = reading_of(session)
    async with showing(reading) as pilot:
        view = _view(pilot)
        rows = []
        for _ in range(3):
            reading.move_to(view.turn_page(1))
            view.show_changes()
            await _painted(pilot)
            rows.append(view._lines.line_of(reading.cursor[0]) - view.scroll_offset.y)
        assert max(rows) - min(rows) <= 1
        assert view.scroll_offset.y == 3 * view.page
        for _ in range(40):
            reading.move_to(view.turn_page(1))
            view.show_changes()
        assert view._lines.line_of(reading.cursor[0]) == len(view._lines) - 1


async def test_a_click_tells_the_character(session: Session) -> None:
    reading = reading_of(session)
    told: list[int] = []

    class Told(Page):
        def on_pointing_pointed(self, event: ArticleView.Pointed) -> None:
            told.append(event.offset)

    app = Told(reading)
    async with app.run_test(size=SIZE) as pilot:
        await _painted(pilot)
        await pilot.click(ArticleView, offset=(4, 0))
        await wait_for(pilot, lambda: told, "the click")
        assert LONG[told[0] :].startswith("long")


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 1), (3, 20)])
async def test_the_smallest_terminals_are_drawn_without_complaint(session: Session, size: tuple[int, int]) -> None:
    reading = reading_of(session)
    async with Page(reading).run_test(size=size) as pilot:
        for _ in range(5):
            reading.move_by_undecided(1)
            _view(pilot).show_changes()
            await pilot.pause()
        assert _view(pilot).offset_by_lines(1) >= 0
