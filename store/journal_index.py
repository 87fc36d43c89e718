"""What an annotator's journal files hold for each article, kept so that opening a project does not read its history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from store.checksums import below_check_line, with_check_line
from store.errors import BrokenFileError
from store.ids import shard
from store.journal import journal_files
from store.journal_lines import Line, read_lines, scan_lines
from store.locations import Locations
from store.storage import FORMAT, to_json


class JournalIndex:
    """For each article the last journal line about it, by file.

    Journal files only grow, so what was read stays true. A copy of the index lies in the project's local folder;
    without it the journal is read once more and nothing else differs.
    """

    def __init__(self, locations: Locations, annotator: str) -> None:
        """Read what has come since the copy was made."""
        self._locations = locations
        self._folder = locations.journal(annotator)
        self._copy = locations.journal_index(annotator)
        self._lengths: dict[str, int] = {}
        self._sizes: dict[str, int] = {}
        self._last: dict[str, dict[str, int]] = {}
        self._lines: dict[str, dict[str, list[Line]]] = {}
        self._damaged: dict[str, dict[str, str]] = {}
        self._unreadable: dict[str, str] = {}
        self._marks: dict[str, dict[str, str]] | None = None
        self._saved: dict[str, int] = {}
        self._load()
        self.refresh()

    @property
    def problems(self) -> list[str]:
        """One line about each journal file, or line of one, that cannot be used."""
        told = list(self._unreadable.values())
        for session, lines in sorted(self._damaged.items()):
            path = self._folder / f"{session}.jsonl"
            told.extend(f"{path}:{number}: {lines[number]}" for number in sorted(lines, key=int))
        return told

    def refresh(self) -> None:
        """Take in what was written to the journal files since."""
        paths = {path.stem: path for path in journal_files(self._folder)}
        for session in self._lengths.keys() - paths.keys():
            self._forget(session)
        for session, path in paths.items():
            size = _size(path)
            if size < self._lengths.get(session, 0):
                self._forget(session)
            if size != self._sizes.get(session):
                self._sizes[session] = size
                self._take_in(session, path, size)

    def beyond(self, article_id: str, applied: Mapping[str, int]) -> list[Line]:
        """The lines about an article after those that `applied` names, in the order in which they came about."""
        lines: list[Line] = []
        for session, last in list(self._last.get(article_id, {}).items()):
            done = applied.get(session, -1)
            if last > done:
                lines.extend(line for line in self._lines_of(session, article_id) if line.seq > done)
        return sorted(lines, key=lambda line: line.order)

    def last(self, article_id: str) -> Mapping[str, int]:
        """The last line about an article in each file that has one."""
        return self._last.get(article_id, {})

    def is_damaged(self, sessions: Iterable[str]) -> bool:
        """Whether some line of one of these files cannot be used."""
        return any(session in self._damaged or session in self._unreadable for session in sessions)

    def articles(self) -> list[str]:
        """The articles that were ever decided on."""
        return list(self._last)

    def marks(self) -> Mapping[str, Mapping[str, str]]:
        """A mark of each of these articles by shard; it is another one once the journal has other lines about it."""
        if self._marks is None:
            self._marks = {}
            for article_id, last in self._last.items():
                mark = hashlib.blake2b(repr(sorted(last.items())).encode(), digest_size=9).hexdigest()
                self._marks.setdefault(shard(article_id), {})[article_id] = mark
        return self._marks

    def save(self) -> None:
        """Keep a copy for the next time, if it is another; where that fails, the next time takes longer."""
        if self._saved == self._lengths:
            return
        content = {"format": FORMAT, "lengths": self._lengths, "last": self._last, "damaged": self._damaged}
        name = self._copy.relative_to(self._locations.local).as_posix()
        self._locations.try_write_local(name, with_check_line(to_json(content, separators=(",", ":"))))
        self._saved = dict(self._lengths)

    def _load(self) -> None:
        try:
            data = below_check_line(self._copy.read_bytes())
            if data is None:
                return
            content = json.loads(data)
            if content["format"] == FORMAT and _is_index(content):
                self._lengths, self._last = content["lengths"], content["last"]
                self._damaged = content["damaged"]
                self._saved = dict(self._lengths)
        except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
            return

    def _forget(self, session: str) -> None:
        self._marks = None
        self._lengths.pop(session, None)
        self._sizes.pop(session, None)
        self._lines.pop(session, None)
        self._damaged.pop(session, None)
        self._unreadable.pop(session, None)
        for last in self._last.values():
            last.pop(session, None)

    def _take_in(self, session: str, path: Path, size: int) -> None:
        known = self._lengths.get(session, 0)
        if size == known:
            return
        try:
            scan = scan_lines(path, known)
            held = read_lines(path, known).lines if session in self._lines else []
        except BrokenFileError as error:
            self._unreadable[session] = error.message
            return
        self._unreadable.pop(session, None)
        self._note_damage(session, scan.problems)
        self._lengths[session] = scan.length
        self._marks = None
        for article_id, seq in scan.last.items():
            self._last.setdefault(article_id, {})[session] = seq
        if session in self._lines:
            _append(self._lines[session], held)

    def _note_damage(self, session: str, problems: Mapping[int, str]) -> None:
        if problems:
            damaged = self._damaged.setdefault(session, {})
            damaged.update((str(number), problem) for number, problem in problems.items())

    def _lines_of(self, session: str, article_id: str) -> list[Line]:
        by_article = self._lines.get(session)
        if by_article is None:
            by_article = {}
            reading = read_lines(self._folder / f"{session}.jsonl")
            self._note_damage(session, reading.problems)
            _append(by_article, reading.lines)
            self._lines[session] = by_article
        return by_article.get(article_id, [])


def _append(by_article: dict[str, list[Line]], lines: Iterable[Line]) -> None:
    """Take lines in that stand in the file after those that are there; some may be there already."""
    for line in lines:
        held = by_article.setdefault(line.article, [])
        if not held or held[-1].seq < line.seq:
            held.append(line)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _is_index(content: Any) -> bool:
    tables = (content["lengths"], *content["last"].values())
    numbers = all(isinstance(table, dict) and all(type(n) is int for n in table.values()) for table in tables)
    damaged = [line for lines in content["damaged"].values() for line in lines.items()]
    return numbers and all(number.isascii() and number.isdigit() and type(told) is str for number, told in damaged)
