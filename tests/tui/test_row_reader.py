"""Rows read in the background never hide what was decided meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pilots import project_of

from annotate import acts
from store.library import Row
from store.library_index import LibraryIndex
from tui.desk import Desk
from tui.row_reader import RowReader, RowsRead


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two articles."""
    return Desk(project_of(tmp_path / "wire", {"one": "First", "two": "Second"}), "ada")


def test_all_rows_are_handed_over_and_the_end_is_told(desk: Desk) -> None:
    posted: list[RowsRead] = []
    reader = RowReader(desk, posted.append)
    reader.begin()()
    assert [event.finished for event in posted][-1]
    rows = [row for event in posted for row in reader.take(event)]
    assert [row.title for row in rows] == ["First", "Second"]
    assert desk.totals.articles == len(desk.rows) == 2


def test_a_row_read_before_a_decision_is_not_taken(desk: Desk) -> None:
    posted: list[RowsRead] = []
    reader = RowReader(desk, posted.append)
    reader.begin()()
    view = desk.view("one")
    desk.decide(view, acts.flag(view, None))
    rows = [row for event in posted for row in reader.take(event)]
    assert [row.article_id for row in rows] == ["two"]
    assert desk.rows["one"].flagged


def test_rows_of_an_earlier_reading_are_not_taken(desk: Desk) -> None:
    posted: list[RowsRead] = []
    reader = RowReader(desk, posted.append)
    reader.begin()()
    reader.begin()
    assert [reader.take(event) for event in posted] == [[] for _ in posted]
    assert desk.rows == {}


def test_a_reading_that_is_stopped_reads_no_further(desk: Desk) -> None:
    posted: list[RowsRead] = []
    reader = RowReader(desk, posted.append)
    read = reader.begin()
    reader.stop()
    read()
    assert [event.rows for event in posted] == [[]]


def test_all_rows_are_there_before_every_file_is_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[RowsRead] = []
    reader = RowReader(desk, posted.append)

    def check(self: LibraryIndex, *, thorough: bool = False, rest: object = None) -> Iterator[Row]:
        if thorough:
            assert len([row for event in posted for row in event.rows]) == 2
            posted.append(RowsRead(0, [], finished=False))
        return iter(())

    monkeypatch.setattr(LibraryIndex, "check", check)
    reader.begin()()
    assert [len(event.rows) for event in posted] == [2, 0, 0]
