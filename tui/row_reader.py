"""Read the rows of a whole project in a thread, a batch at a time, while people already use the list."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from textual.message import Message

from store.library import Row
from tui.desk import Desk

BATCH_SECONDS = 0.25
"""How often rows are handed over: often enough to be watched, seldom enough to leave the keys alive."""

BATCH_ROWS = 5000
"""Most rows handed over at once: to take them in keeps the keys waiting."""


class RowsRead(Message):
    """Rows that a reading of the project has come to."""

    def __init__(self, generation: int, rows: list[Row], *, finished: bool) -> None:
        super().__init__()
        self.generation = generation
        self.rows = rows
        self.finished = finished


class RowReader:
    """Reads the rows of a desk's articles, and tells which of them are still news.

    Args:
        desk: whose rows are read.
        post: takes the batches; called in the reading thread.
    """

    def __init__(self, desk: Desk, post: Callable[[RowsRead], object]) -> None:
        self._desk = desk
        self._post = post
        self._generation = 0
        self._stop = threading.Event()
        self._before: dict[str, Row] = {}

    def begin(self) -> Callable[[], None]:
        """Begin anew; what it returns reads the rows and is to be called in a thread."""
        self.stop()
        self._stop = stop = threading.Event()
        self._generation = generation = self._generation + 1
        self._before = dict(self._desk.rows)
        return lambda: self._read(generation, stop)

    def stop(self) -> None:
        """Let the thread end after the row that it is at."""
        self._stop.set()

    def take(self, event: RowsRead) -> list[Row]:
        """Give the desk the rows of a batch, but for those that something newer is known of; the rows given."""
        if event.generation != self._generation:
            return []
        known, before = self._desk.rows, self._before
        rows = [row for row in event.rows if known.get(row.article_id) is before.get(row.article_id)]
        rows = list({row.article_id: row for row in rows}.values())
        before.update((row.article_id, row) for row in rows)
        self._desk.take_rows(rows)
        return rows

    def _read(self, generation: int, stop: threading.Event) -> None:
        rows: list[Row] = []
        due = time.monotonic() + BATCH_SECONDS
        for row in self._desk.read_rows(stop):
            if row is not None:
                rows.append(row)
            if row is None or len(rows) == BATCH_ROWS or time.monotonic() >= due:
                self._post(RowsRead(generation, rows, finished=False))
                rows, due = [], time.monotonic() + BATCH_SECONDS
        self._post(RowsRead(generation, rows, finished=True))
        if not stop.is_set() and self._has_lost_lines():
            self._post(RowsRead(generation, [], finished=True))

    def _has_lost_lines(self) -> bool:
        """Look whether the journal lacks what the layers hold, which may take long; whether it does."""
        from store.lost_lines import lost_lines

        desk = self._desk
        desk.lines_lost = bool(lost_lines(desk.project, desk.annotator))
        return desk.lines_lost
