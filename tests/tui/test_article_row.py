"""One line of the library: always as wide as it should be, always safe, the title with the room that is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotate.layers import Status
from store.library import Row
from tui.safe_text import drawable_line
from tui.widgets.article_row import Widths, progress_of, row_text

ROOT = Path("/wire")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("a", "", status=Status.NEW), "–"),
        (Row("a", "", status=Status.NEW, undecided=41), "– /41"),
        (Row("a", "", status=Status.NEW, entities=2800), "2,800/2,800"),
        (Row("a", "", status=Status.NEW, entities=3, undecided=38), "3/41"),
        (Row("a", "", status=Status.IN_PROGRESS, entities=12, undecided=26), "12/38"),
        (Row("a", "", status=Status.SKIPPED, undecided=3), "0/3"),
        (Row("a", "", status=Status.DONE, entities=1097), "1,097 ✓"),
    ],
)
def test_progress_says_how_far_the_annotator_is(row: Row, said: str) -> None:
    assert progress_of(row) == said


ROWS = st.builds(
    Row,
    st.text(min_size=1, max_size=30),
    st.text(max_size=200),
    st.integers(0, 10**7),
    st.sampled_from(Status),
    st.booleans(),
    st.booleans(),
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.sampled_from(["", "/wire/articles/aa/x.json: line 1: not JSON \x1b[2J"]),
)


@given(st.none() | ROWS, st.integers(16, 200))
def test_every_line_has_the_width_asked_for_and_nothing_that_a_terminal_obeys(row: Row | None, width: int) -> None:
    columns = Widths().widened([row] if row else []).columns(width)
    text = row_text("some-id", row, columns, ROOT)
    line = text.title + text.marks + text.numbers
    assert columns.indent + cell_len(line) + 1 == width
    assert line == drawable_line(line)


def test_numbers_give_way_before_the_title_does() -> None:
    widths = Widths()
    assert [bool(widths.columns(width).words) for width in (120, 60, 40)] == [True, True, False]
    assert [bool(widths.columns(width).progress) for width in (60, 40, 24)] == [True, True, False]
    assert widths.columns(24).title >= 14


def test_an_article_that_cannot_be_read_says_why_without_the_projects_folder() -> None:
    row = Row("x", "x", problem="/wire/articles/aa/x.json: line 1: not JSON")
    text = row_text("x", row, Widths().columns(80), ROOT)
    assert text.glyph == "!"
    assert text.title.rstrip() == "x · articles/aa/x.json: line 1: not JSON"
