"""The journal's lines: one decision each, checked, and counted only in whole groups."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from zlib import crc32

from annotate.decisions import Decision
from annotate.ids import new_id
from annotate.pace import Effort
from store.errors import BrokenFileError, reason
from store.records import Doc, RecordError, decision_doc, decision_from, effort_doc
from store.records import field as field_of
from store.storage import FORMAT, to_json

_CHECK = b',"check":"'


@dataclass(frozen=True, slots=True)
class Entry:
    """What one key press adds to the journal.

    Attributes:
        group: the group's id.
        decisions: in order.
        time: UTC, as in 2026-01-31T09:30:00.123Z.
        undoes: the group that is taken back, or "".
        redoes: the undoing group that is taken back, or "".
        effort: what the key press took, where that is shared.
    """

    group: str
    decisions: tuple[Decision, ...]
    time: str
    undoes: str = ""
    redoes: str = ""
    effort: Effort | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a journal file, of a group that is complete.

    Attributes:
        session: the stem of the file it stands in.
        seq: its number there, from 0.
        article: the article that it changes.
        closes: whether it is the last of what one key press wrote.
        raw: the line as it stands.
    """

    session: str
    seq: int
    group: str
    article: str
    time: str
    undoes: str
    redoes: str
    closes: bool
    raw: bytes = field(repr=False)

    @property
    def order(self) -> tuple[str, str, int]:
        """Sorts lines of several files as they came about."""
        return self.time, self.session, self.seq

    def decision(self) -> Decision:
        """The decision.

        Raises:
            RecordError: the line holds none that this version understands.
        """
        return decision_from(json.loads(self.raw))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a journal file holds.

    Attributes:
        lines: those of complete groups, in order.
        problems: what is wrong with each line that cannot be used, by its number in the file, from 1.
        length: bytes up to the end of the last complete group.
    """

    lines: list[Line]
    problems: dict[int, str]
    length: int


def encode(entry: Entry, first_seq: int) -> list[bytes]:
    """The lines of an entry, each with its newline, numbered from `first_seq`."""
    last = len(entry.decisions) - 1
    return [
        line_of(entry, decision, first_seq + offset, offset, last=offset == last)
        for offset, decision in enumerate(entry.decisions)
    ]


def line_of(entry: Entry, decision: Decision, seq: int, offset: int, *, last: bool) -> bytes:
    """One line of an entry, with its newline.

    Args:
        entry: what the line is part of; its decisions do not matter here.
        decision: what the line holds.
        seq: its number in the file.
        offset: its number in the entry.
        last: whether it is the entry's last line.
    """
    doc: Doc = {"format": FORMAT, "id": new_id(), "seq": seq, "group": entry.group}
    if offset or not last:
        doc["part"] = offset
    if last:
        doc["close"] = True
    doc |= decision_doc(decision) | {"time": entry.time}
    if last and entry.effort:
        doc |= effort_doc(entry.effort)
    doc |= {key: value for key, value in (("undoes", entry.undoes), ("redoes", entry.redoes)) if value}
    return _with_check(to_json(doc, separators=(",", ":")))


def _with_check(line: bytes) -> bytes:
    return line[:-1] + _CHECK + f"{crc32(line):08x}".encode("ascii") + b'"}\n'


def read_lines(path: Path, offset: int = 0) -> Reading:
    """Read a journal file from `offset` bytes, which is where a group ended.

    A last line without a newline was being written when the machine stopped; it was never acknowledged and is
    passed over.

    Raises:
        BrokenFileError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(offset)
            data = file.read()
    except OSError as error:
        raise BrokenFileError(path, reason(error)) from error
    gathering = Gathering(path.stem, offset)
    gathering.read(data)
    return Reading(gathering.lines, _numbered(path, offset, gathering.problems), gathering.length)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a journal file has about which article, without the lines themselves.

    Attributes:
        last: `seq` of the last line about each article.
        problems: as in `Reading`.
        length: as in `Reading`.
    """

    last: dict[str, int]
    problems: dict[int, str]
    length: int


def scan_lines(path: Path, offset: int = 0) -> Scan:
    """Read a journal file from `offset` bytes, which is where a group ended, with no line of it kept.

    Raises:
        BrokenFileError: the file cannot be read.
    """
    gathering = Gathering(path.stem, offset, bare=True)
    last: dict[str, int] = {}
    length = position = offset
    try:
        with path.open("rb") as file:
            file.seek(offset)
            for number, raw in enumerate(file, start=1):
                position += len(raw)
                if raw.endswith(b"\n") and gathering.take(number, raw[:-1]):
                    length = position
                    last.update((line.article, line.seq) for line in gathering.lines)
                    gathering.lines.clear()
        return Scan(last, _numbered(path, offset, gathering.problems), length)
    except OSError as error:
        raise BrokenFileError(path, reason(error)) from error


def stream_lines(path: Path, on_problem: Callable[[str], None]) -> Iterator[Line]:
    """The lines of a journal file's complete groups, in order, with no more than one group in memory.

    Args:
        path: the file.
        on_problem: told of each line that cannot be used, and of a file that cannot be read, in one line each.
    """
    gathering = Gathering(path.stem)
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file):
                gathering.read(raw)
                for within, problem in gathering.problems:
                    on_problem(f"{path}:{number + within}: {problem}")
                yield from gathering.lines
                gathering.problems.clear()
                gathering.lines.clear()
    except OSError as error:
        on_problem(f"{path}: {reason(error)}")


def last_time(path: Path) -> str:
    """The time of the last line that can be read, without reading the whole file; "" where there is none near the end.

    Raises:
        BrokenFileError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(path.stat().st_size - _TAIL, 0))
            lines = file.read().split(b"\n")
    except OSError as error:
        raise BrokenFileError(path, reason(error)) from error
    for raw in reversed(lines):
        with suppress(RecordError):
            return _parsed(path.stem, raw)[0].time
    return ""


def _numbered(path: Path, offset: int, problems: list[tuple[int, str]]) -> dict[int, str]:
    if not problems:
        return {}
    before = 0
    with path.open("rb") as file:
        for left in range(offset, 0, -_TAIL):
            before += file.read(min(left, _TAIL)).count(b"\n")
    return {before + number: problem for number, problem in problems}


_TAIL = 1 << 16
"""Bytes from the end of a file in which its last lines are looked for."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a line stands among those that one key press adds.

    Attributes:
        closes: whether it is the last of them.
        part: its number among them, from 0; None where there is one only, and in files of earlier versions.
    """

    closes: bool
    part: int | None

    def follows(self, before: _Place) -> bool:
        """Whether it can be the line after `before` in the lines of one key press."""
        return self.part == (None if before.part is None else before.part + 1)


class Gathering:
    """Gathers lines into groups; a group's lines count from its closing line on.

    Attributes:
        lines: those of complete groups, in order.
        problems: (number from 1 of a line that cannot be used, why).
        length: bytes up to the end of the last complete group.
        newest: `seq` of the line taken in last; None where it cannot be used.
    """

    def __init__(self, session: str, length: int = 0, *, bare: bool = False) -> None:
        """Begin at `length` bytes, which is where a group ended; `bare` keeps lines without what stands in them."""
        self._bare = bare
        self.lines: list[Line] = []
        self.problems: list[tuple[int, str]] = []
        self.length = length
        self.newest: int | None = None
        self._session = session
        self._open: list[Line] = []
        self._before = _Place(True, None)

    def read(self, data: bytes) -> None:
        """Take in what follows, to the end of the file."""
        position = self.length
        for number, raw in enumerate(data.split(b"\n")[:-1], start=1):
            position += len(raw) + 1
            if self.take(number, raw):
                self.length = position

    @property
    def open_lines(self) -> int:
        """How many lines of a group there are that is not complete yet."""
        return len(self._open)

    @staticmethod
    def line(session: str, raw: bytes) -> Line:
        """One line of a journal file, without its newline.

        Raises:
            RecordError: it is damaged.
        """
        return _parsed(session, raw)[0]

    def take(self, number: int, raw: bytes) -> bool:
        """Take in one line, without its newline; whether it ends what one key press added."""
        self.newest = None
        try:
            return self._take(number, *_parsed(self._session, raw))
        except RecordError as error:
            self.problems.append((number, str(error)))
            return False

    def _take(self, number: int, line: Line, place: _Place) -> bool:
        if self._open and not (self._open[0].group == line.group and place.follows(self._before)):
            self.problems.append((number - 1, "a group of decisions lacks lines after this one and does not count"))
            self._open = []
        if place.part and not self._open:
            raise RecordError("a group of decisions lacks lines before this one and does not count")
        self._open.append(replace(line, raw=b"") if self._bare else line)
        self.newest = line.seq
        self._before = place
        if place.closes:
            self.lines.extend(self._open)
            self._open = []
        return place.closes


def _parsed(session: str, raw: bytes) -> tuple[Line, _Place]:
    body, found, check = raw.rpartition(_CHECK)
    if not found or check != f'{crc32(body + b"}"):08x}"}}'.encode("ascii"):
        raise RecordError("a damaged line: its check does not fit")
    try:
        doc = json.loads(body + b"}")
    except (ValueError, RecursionError) as error:
        raise RecordError("a damaged line: not JSON") from error
    if not isinstance(doc, dict):
        raise RecordError("a damaged line: not an object")
    line = Line(
        session,
        field_of(doc, "seq", int),
        field_of(doc, "group", str),
        field_of(doc, "article", str),
        field_of(doc, "time", str),
        field_of(doc, "undoes", str, ""),
        field_of(doc, "redoes", str, ""),
        field_of(doc, "close", bool, False),
        raw,
    )
    part = field_of(doc, "part", int) if "part" in doc else None
    return line, _Place(field_of(doc, "close", bool, False), part)


def in_groups(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines of one file, or of several sorted, in runs that belong to one group."""
    run: list[Line] = []
    for line in lines:
        if run and (run[0].group, run[0].session) != (line.group, line.session):
            yield run
            run = []
        run.append(line)
    if run:
        yield run
