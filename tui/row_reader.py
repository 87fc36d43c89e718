"""Read the rows of a whole project in a thread, a batch at a time, while people already use the list."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from textual.message import Message

from store.library import Row
from store.project import Project
from tui.desk import Desk

if TYPE_CHECKING:
    from store.library_index import LibraryIndex

FIRST_ROWS = 60
"""Rows of which nothing was kept that are read before all others: those that a screen shows at the top."""

_ARTICLES_A_SECOND = 20_000
"""Rows of articles that a screen takes in, about, while keys are pressed."""

_LONGEST_PAUSE = 5.0
_REST = 0.01
"""Seconds between two folders of files that are looked at, in which keys need not wait."""

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
        for row in self._rows(stop):
            if row is not None:
                rows.append(row)
            if row is None or len(rows) == BATCH_ROWS or time.monotonic() >= due:
                self._post(RowsRead(generation, rows, finished=False))
                rows, due = [], time.monotonic() + BATCH_SECONDS
        self._post(RowsRead(generation, rows, finished=True))
        if not stop.is_set() and self._has_lost_lines():
            self._post(RowsRead(generation, [], finished=True))

    def _rows(self, stop: threading.Event) -> Iterator[Row | None]:
        """The rows of all articles: first what was kept of them, then what is otherwise on disk.

        None stands where nothing more may come for a while.
        """
        from store.library_index import LibraryIndex

        desk = self._desk
        # A project is not made to be read by two threads at once.
        index = LibraryIndex(Project(desk.project.root, desk.project.config), desk.annotator, desk.hold_back)
        ids = set(desk.ids)
        unread = ids.copy()
        first = self._first_rows(index, islice((one for one in desk.ids if one in unread), FIRST_ROWS))
        for found in chain(index.kept(), first, index.check(), self._look_at_every_file(index, stop)):
            if stop.is_set():
                return
            if found is None:
                yield None
                continue
            unread.discard(found.article_id)
            open_now = desk.session.holds(found.article_id)
            if found.article_id in ids and not (open_now and found.article_id in desk.rows):
                yield desk.read_row(found.article_id) if open_now else found

    def _first_rows(self, index: LibraryIndex, ids: Iterable[str]) -> Iterator[Row]:
        for article_id in ids:
            self._desk.hold_back(article_id)
            yield index.first(article_id, partial(self._desk.row_ahead, article_id))

    def _look_at_every_file(self, index: LibraryIndex, stop: threading.Event) -> Iterator[Row | None]:
        """The rows that only this finds to be others, at leisure: of many files the list is to be in use by then."""
        yield None
        if not stop.wait(min(len(self._desk.ids) / _ARTICLES_A_SECOND, _LONGEST_PAUSE)):
            yield from index.check(thorough=True, rest=lambda: stop.wait(_REST))

    def _has_lost_lines(self) -> bool:
        """Look whether the journal lacks what the layers hold, which may take long; whether it does."""
        from store.lost_lines import lost_lines

        desk = self._desk
        desk.lines_lost = bool(lost_lines(desk.project, desk.annotator, desk.hold_back))
        return desk.lines_lost
