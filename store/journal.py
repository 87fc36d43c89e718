"""The journal that a session writes: every decision is on disk here before the screen shows it as done."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from store.atomic import make_folder, sync_folder, write_all
from store.errors import BrokenFileError
from store.journal_lines import Entry, encode, last_time

_STEM_TIME = "%Y%m%dT%H%M%S"
_STEM = re.compile(r"\d{8}T\d{9}-[0-9a-f]+")


def journal_files(folder: Path) -> list[Path]:
    """An annotator's journal files, the oldest session first."""
    with suppress(FileNotFoundError, NotADirectoryError):
        return sorted(path for path in folder.iterdir() if path.suffix == ".jsonl" and path.name[0] != ".")
    return []


class Journal:
    """The journal file of one session; it is made at the first decision and nobody else appends to it.

    Attributes:
        session: the file's stem, or "" before the first decision.
    """

    def __init__(self, folder: Path, check: Callable[[], None] | None = None) -> None:
        """Nothing is read or written yet.

        Args:
            folder: where the annotator's journal files lie.
            check: raises OSError when the folder's project is not there, so that it must not be made.
        """
        self._check = check
        self.session = ""
        self._folder = folder
        self._length = 0
        self._seq = 0
        self._time = ""

    @property
    def path(self) -> Path:
        """The file."""
        return self._folder / f"{self.session}.jsonl"

    def now(self, after: str = "") -> str:
        """The time for the next entry: never before that of one already written, whatever the clock does.

        Args:
            after: the time of something that another session wrote, and that this entry goes on from.
        """
        if not self._time:
            self._time = _last_time(self._folder)
        self._time = max(self._time, after, _stamp(datetime.now(UTC)))
        return self._time

    def append(self, entries: Sequence[Entry]) -> tuple[str, int]:
        """Have `entries` on disk, all or none of them.

        Returns:
            The file's stem and the number of the first line written.

        Raises:
            OSError: none of them counts; the file ends where it ended before, now or after the next append.
        """
        if self.session and not self._as_left():
            self.session = ""
        if not self.session:
            self._begin()
        first = self._seq
        lines: list[bytes] = []
        for entry in entries:
            lines.extend(encode(entry, first + len(lines)))
        self._write(b"".join(lines))
        self._seq += len(lines)
        return self.session, first

    def _as_left(self) -> bool:
        """Whether the file still holds all that this session wrote."""
        try:
            return self.path.stat().st_size >= self._length
        except FileNotFoundError:
            return False

    def _begin(self) -> None:
        if self._check:
            self._check()
        make_folder(self._folder)
        self.session = new_stem(self._folder)
        self._length = 0
        self._seq = 0

    def _write(self, data: bytes) -> None:
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            if os.fstat(descriptor).st_size > self._length:
                os.ftruncate(descriptor, self._length)
            self._write_or_cut(descriptor, data)
            if not self._length:
                sync_folder(self._folder)
        finally:
            os.close(descriptor)
        self._length += len(data)

    def _write_or_cut(self, descriptor: int, data: bytes) -> None:
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        except OSError:
            with suppress(OSError):
                os.ftruncate(descriptor, self._length)
            raise


def new_stem(folder: Path) -> str:
    """A name that sorts after every one that is there, so that files stay in order though a clock be set back."""
    stems = (path.stem for path in journal_files(folder))
    newest = max(filter(_STEM.fullmatch, stems), default="")
    moment = datetime.now(UTC)
    stem = _stem(moment)
    while stem <= newest:
        moment = max(moment, _moment(newest)) + timedelta(milliseconds=1)
        stem = _stem(moment)
    return stem


def _stem(moment: datetime) -> str:
    return f"{moment.strftime(_STEM_TIME)}{moment.microsecond // 1000:03d}-{secrets.token_hex(4)}"


def _moment(stem: str) -> datetime:
    try:
        return datetime.strptime(stem.partition("-")[0] + "000", f"{_STEM_TIME}%f").replace(tzinfo=UTC)
    except ValueError:
        return datetime.now(UTC)


def _stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _last_time(folder: Path) -> str:
    files = journal_files(folder)
    try:
        return last_time(files[-1]) if files else ""
    except BrokenFileError:
        return ""
