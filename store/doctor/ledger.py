"""Where each line of an annotator's journal stands, on disk, so that a history of any length fits into memory."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from store.errors import BrokenFileError
from store.journal import journal_files
from store.journal_lines import Gathering, Line
from store.records import RecordError

_TABLE = "CREATE TABLE line (article TEXT, time TEXT, session TEXT, seq INTEGER, start INTEGER, length INTEGER)"
_LAST = "SELECT session, max(seq) FROM line WHERE article = ? GROUP BY session"
_OF_ARTICLE = "SELECT session, seq, start, length FROM line WHERE article = ? ORDER BY time, session, seq"


class Ledger:
    """The lines of complete groups in an annotator's journal files, by article."""

    def __init__(self, folder: Path) -> None:
        """Begin with none.

        Args:
            folder: where the journal files lie.
        """
        self._folder = folder
        self._place = tempfile.TemporaryDirectory(prefix="manicule-")
        self._rows = sqlite3.connect(Path(self._place.name) / "lines", isolation_level=None)
        self._rows.execute("PRAGMA journal_mode = OFF")
        self._rows.execute("PRAGMA synchronous = OFF")
        self._rows.execute(_TABLE)
        self._state: list[tuple[str, int]] = []

    def close(self) -> None:
        """Delete what was written."""
        self._rows.close()
        self._place.cleanup()

    def begin(self) -> None:
        """Forget all lines; those of the files as they are now are to be written."""
        self._state = self._state_now()
        self._rows.execute("DROP INDEX IF EXISTS of_article")
        self._rows.execute("DELETE FROM line")

    def write(self, rows: list[tuple[str, str, str, int, int, int]]) -> None:
        """Take in (article, time, session, seq, where the line starts, its length), both in bytes."""
        self._rows.execute("BEGIN")
        self._rows.executemany("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._rows.execute("COMMIT")

    def end(self) -> None:
        """All lines are there: make looking for an article's fast."""
        self._rows.execute("CREATE INDEX of_article ON line (article, time, session, seq)")

    def is_current(self) -> bool:
        """Whether the files are as they were when their lines were written here."""
        return self._state == self._state_now()

    def _state_now(self) -> list[tuple[str, int]]:
        state = []
        for path in journal_files(self._folder):
            with suppress(OSError):
                state.append((path.stem, path.stat().st_size))
        return state

    def articles(self) -> Iterator[str]:
        """The articles that were ever decided on."""
        yield from (row[0] for row in self._rows.execute("SELECT DISTINCT article FROM line ORDER BY article"))

    def last(self, article_id: str) -> dict[str, int]:
        """The last line about an article in each file, by the file's stem."""
        return dict(self._rows.execute(_LAST, (article_id,)))

    def lines(self, article_id: str, until: Mapping[str, int] | None = None) -> list[Line]:
        """The lines about an article in the order in which they came about, up to those that `until` names."""
        found: list[Line] = []
        for session, seq, start, length in self._rows.execute(_OF_ARTICLE, (article_id,)):
            if until is None or seq <= until.get(session, -1):
                found.append(self._line(session, start, length))
        return found

    def _line(self, session: str, start: int, length: int) -> Line:
        path = self._folder / f"{session}.jsonl"
        try:
            with path.open("rb") as file:
                file.seek(start)
                return Gathering.line(session, file.read(length))
        except (OSError, RecordError) as error:
            raise BrokenFileError(path, "changed while it was read") from error
