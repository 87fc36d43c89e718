"""What an annotator decided, in order, read from the journal files as a stream however long they are."""

from __future__ import annotations

import heapq
import json
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from annotate.decisions import Decision
from annotate.pace import Effort
from store.errors import BrokenFileError
from store.journal import journal_files
from store.journal_lines import Line, last_time, stream_lines
from store.locations import Locations
from store.pace import timed_efforts
from store.records import RecordError, effort_from

OnProblem = Callable[[str], None]
"""Told of a journal file, or a line of one, that cannot be read: one line that names it."""

_Waiting = tuple[tuple[str, str, int], int, Line, Iterator[Line]]
"""When a line came about, a number of its own, the line, and what follows it in its file."""


@dataclass(frozen=True, slots=True)
class Logged:
    """A decision with what is known of it.

    Attributes:
        line: where it stands in the journal, and when it was made.
        decision: what was decided.
        effort: what the key press that made it took, on the last decision of that press; None where it is not known.
    """

    line: Line
    decision: Decision
    effort: Effort | None


def read_log(
    locations: Locations, annotator: str, on_problem: OnProblem, *, article_id: str = "", since: str = ""
) -> Iterator[Logged]:
    """The decisions of an annotator, the oldest first; memory does not grow with their number.

    Args:
        locations: the project's.
        annotator: whose; nobody else's are read.
        on_problem: told of what cannot be read.
        article_id: the article; "" for all.
        since: UTC, as in 2026-01-31T09:30:00.000Z: the first moment wanted; "" for all.
    """
    folder = locations.journal(annotator)
    paths = [path for path in journal_files(folder) if not since or _last(path) >= since]
    efforts = _Efforts(timed_efforts(locations.pace(annotator)))
    for line in _InOrder(paths, on_problem):
        if line.time < since or (article_id and line.article != article_id):
            continue
        try:
            yield Logged(line, line.decision(), _shared(line) or efforts.of(line))
        except RecordError as error:
            on_problem(f"{folder / line.session}.jsonl: decision {line.seq}: {error}")


def _last(path: Path) -> str:
    """The time of the last line; where that cannot be told, one after all others, so that the file is read."""
    with suppress(BrokenFileError):
        return last_time(path) or "~"
    return "~"


def _shared(line: Line) -> Effort | None:
    return effort_from(json.loads(line.raw)) if b'"seconds":' in line.raw else None


class _InOrder:
    """The lines of all files as they came about.

    A file is opened once the others have come as far as the beginning of the one before it, so few are open at once.
    """

    def __init__(self, paths: Iterable[Path], on_problem: OnProblem) -> None:
        """The files are sorted by when they were begun."""
        self._unopened = deque(paths)
        self._on_problem = on_problem
        self._heap: list[_Waiting] = []
        self._newest = ("", "", 0)
        self._numbers = count()

    def __iter__(self) -> Iterator[Line]:
        while self._open_what_is_due():
            _, _, line, rest = heapq.heappop(self._heap)
            yield line
            self._push(rest)

    def _open_what_is_due(self) -> bool:
        while self._unopened and (not self._heap or self._newest <= self._heap[0][0]):
            begun = self._push(stream_lines(self._unopened.popleft(), self._on_problem))
            self._newest = begun.order if begun else self._newest
        return bool(self._heap)

    def _push(self, lines: Iterator[Line]) -> Line | None:
        line = next(lines, None)
        if line is not None:
            heapq.heappush(self._heap, (line.order, next(self._numbers), line, lines))
        return line


class _Efforts:
    """What key presses took, as this machine keeps it, beside the lines of the journal: both are in order."""

    def __init__(self, timed: Iterator[tuple[str, str, Effort]]) -> None:
        self._timed = timed
        self._next = next(timed, None)
        self._now: dict[str, Effort] = {}
        self._time = ""

    def of(self, line: Line) -> Effort | None:
        """What the press took that a group's last decision at that time came from, told once."""
        if line.time != self._time:
            self._now, self._time = {}, line.time
        while self._next is not None and self._next[0] <= line.time:
            time, group, effort = self._next
            if time == line.time:
                self._now[group] = effort
            self._next = next(self._timed, None)
        return self._now.pop(line.group, None) if line.closes else None
