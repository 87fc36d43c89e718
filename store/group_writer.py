"""Write one group of decisions that is too large to hold: line by line into a file that counts when it is whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from annotate.decisions import Decision
from annotate.ids import new_id
from store.atomic import make_folder, sync_folder
from store.claims import Claims
from store.errors import StoreError, naming
from store.file_batch import FileBatch
from store.journal import Journal, journal_files, new_stem
from store.journal_lines import Entry, Line, line_of
from store.layer_files import encode_over
from store.project import Project
from store.replay import LayerReader, replayed

_BATCH = 500
"""Layers that are written with one sync."""


class GroupWriter:
    """A journal file of one group, which one undo takes back; nothing counts before `close`.

    It is not for deciding: what it is given is not held against the layers, so that the caller has to see to it. The
    decisions on an article follow one another.
    """

    def __init__(self, project: Project, annotator: str) -> None:
        """Begin a file that no reader looks at.

        Raises:
            StoreError: it cannot be written.
        """
        self._project = project
        self._annotator = annotator
        self._folder = project.locations.journal(annotator)
        self._beside = self._folder / f".{secrets.token_hex(6)}.tmp"
        self._lines_of: dict[str, int] = {}
        self._reader = LayerReader(project.locations, annotator)
        self._before = _state(self._folder)
        self._entry = Entry(new_id(), (), Journal(self._folder).now())
        self._held: Decision | None = None
        self._count = 0
        with naming(self._beside):
            make_folder(self._folder)
            self._file = self._beside.open("xb")

    def add(self, decisions: Iterable[Decision]) -> None:
        """Take decisions in.

        Raises:
            StoreError: they cannot be written.
        """
        for one in decisions:
            self._lines_of[one.article_id] = self._lines_of.get(one.article_id, 0) + 1
            self._write_held(last=False)
            self._held = one

    def close(self) -> None:
        """Have the whole group on disk, and bring the layers' files up to date.

        Raises:
            TakenError: another session of the annotator has one of the articles open; nothing counts.
            StoreError: the annotator decided something meanwhile, or it cannot be written; nothing counts.
        """
        try:
            if self._lines_of:
                self._publish()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Forget it all."""
        self._file.close()
        with suppress(OSError):
            self._beside.unlink(missing_ok=True)

    def _publish(self) -> None:
        self._write_held(last=True)
        with naming(self._beside):
            self._file.flush()
            os.fsync(self._file.fileno())
        claims = Claims(self._project.locations, self._annotator)
        try:
            with claims.alone():
                for article_id in self._lines_of:
                    claims.check(article_id)
                if _state(self._folder) != self._before:
                    raise StoreError(f"{self._annotator} has decided something meanwhile: try again")
                path = self._folder / f"{new_stem(self._folder)}.jsonl"
                with naming(path):
                    os.replace(self._beside, path)
                    sync_folder(self._folder)
        finally:
            claims.close()
        self._project.journal_grew(self._annotator)
        self._fold(path)

    def _fold(self, path: Path) -> None:
        """Write the layers, which only saves time: the journal has it all, and is read once, line by line."""
        seq = 0
        batch = FileBatch(self._project.root)
        with suppress(OSError, StoreError), path.open("rb") as file:
            try:
                for number, (article_id, count) in enumerate(self._lines_of.items(), start=1):
                    lines = [self._line(path.stem, seq + later, article_id, next(file)) for later in range(count)]
                    seq += count
                    self._fold_one(batch, article_id, lines)
                    if number % _BATCH == 0:
                        batch.finish()
                batch.finish()
            finally:
                batch.drop()

    def _fold_one(self, batch: FileBatch, article_id: str, lines: list[Line]) -> None:
        place = self._project.locations.layer(self._annotator, article_id)
        with suppress(OSError, StoreError):
            stored = self._reader.read(article_id, partial(_revision, lines[0]))
            batch.write(place, encode_over(place, replayed(stored, lines)))

    def _line(self, session: str, seq: int, article_id: str, raw: bytes) -> Line:
        entry = self._entry
        return Line(session, seq, entry.group, article_id, entry.time, "", "", seq == self._count - 1, raw)

    def _write_held(self, *, last: bool) -> None:
        """Write the decision before this one: only the one after it says whether it was the last."""
        if self._held is None:
            return
        with naming(self._beside):
            self._file.write(line_of(self._entry, self._held, self._count, self._count, last=last))
        self._count += 1


def _revision(line: Line) -> str:
    return line.decision().text_hash


def _state(folder: Path) -> list[tuple[str, int]]:
    """The annotator's journal files with their sizes: it changes with every decision."""
    return [(path.name, path.stat().st_size) for path in journal_files(folder)]
