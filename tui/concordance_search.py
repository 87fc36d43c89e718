"""Look for a text in all articles of a project, in a thread: lines are handed over as they are found."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from textual.message import Message

from annotate.concordance import Finder, Line, QueryError, line_at
from annotate.errors import ManiculeError
from store.project import Project

_BATCH_SECONDS = 0.1
"""The first lines are there within this, if there are any so soon."""

_BATCH_LINES = 500

MOST_LINES = 100_000
"""Lines after which the search stops: nobody reads more."""


class LinesFound(Message):
    """Lines that a search has come to.

    Attributes:
        search: which search it was.
        lines: in the order of the articles.
        looked: how many articles have been looked at.
        finished: whether that was all.
        problem: why the search ended early, or "".
    """

    def __init__(
        self, search: int, lines: list[Line], looked: int, *, finished: bool = False, problem: str = ""
    ) -> None:
        super().__init__()
        self.search = search
        self.lines = lines
        self.looked = looked
        self.finished = finished
        self.problem = problem


def search(
    project: Project,
    ids: Sequence[str],
    finder: Finder,
    number: int,
    post: Callable[[LinesFound], object],
    stop: threading.Event,
) -> None:
    """Look at the articles one after the other; for a worker thread. One that cannot be read is passed over.

    Args:
        project: whose articles.
        ids: in the order in which they are looked at.
        finder: what is looked for.
        number: of the search, for its messages.
        post: takes the messages.
        stop: ends the search when it is set.
    """
    lines: list[Line] = []
    total, due = 0, time.monotonic() + _BATCH_SECONDS
    problem = ""
    for looked, article_id in enumerate(ids, start=1):
        if stop.is_set():
            return
        try:
            text = project.article(article_id).text
        except ManiculeError:
            continue
        try:
            lines += [line_at(article_id, text, *place) for place in finder.places(text)]
        except QueryError as error:
            problem = error.message
            break
        if total + len(lines) > MOST_LINES:
            problem = f"more than {MOST_LINES:,} lines: the rest is not shown"
            break
        if len(lines) >= _BATCH_LINES or time.monotonic() >= due:
            post(LinesFound(number, lines, looked))
            total += len(lines)
            lines, due = [], time.monotonic() + _BATCH_SECONDS
    post(LinesFound(number, lines, len(ids), finished=True, problem=problem))
