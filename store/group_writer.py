"""Write one group of decisions that is too large to hold: line by line into a file that counts when it is whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from annotate.decisions import Decision
from annotate.ids import new_id
from store.atomic import make_folder, sync_folder
from store.claims import Claims
from store.errors import StoreError, naming
from store.journal import Journal, journal_files, new_stem
from store.journal_lines import Entry, line_of
from store.layer_files import write_layer
from store.project import Project


class GroupWriter:
    """A journal file of one group, which one undo takes back; nothing counts before `close`.

    It is not for deciding: what it is given is not held against the layers, so that the caller has to see to it.
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
        self._articles: dict[str, None] = {}
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
            self._articles[one.article_id] = None
            self._write_held(last=False)
            self._held = one

    def close(self) -> None:
        """Have the whole group on disk, and bring the layers' files up to date.

        Raises:
            TakenError: another session of the annotator has one of the articles open; nothing counts.
            StoreError: the annotator decided something meanwhile, or it cannot be written; nothing counts.
        """
        try:
            if self._articles:
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
                for article_id in self._articles:
                    claims.check(article_id)
                if _state(self._folder) != self._before:
                    raise StoreError(f"{self._annotator} has decided something meanwhile: try again")
                with naming(self._beside):
                    os.replace(self._beside, self._folder / f"{new_stem(self._folder)}.jsonl")
                    sync_folder(self._folder)
                self._project.journal_grew(self._annotator)
                self._fold()
        finally:
            claims.close()

    def _fold(self) -> None:
        """Write the layers, which only saves time: the journal has it all."""
        for article_id in self._articles:
            with suppress(OSError, StoreError):
                stored = self._project.stored_layer(self._annotator, article_id)
                write_layer(self._project.locations.layer(self._annotator, article_id), stored)

    def _write_held(self, *, last: bool) -> None:
        """Write the decision before this one: only the one after it says whether it was the last."""
        if self._held is None:
            return
        with naming(self._beside):
            self._file.write(line_of(self._entry, self._held, self._count, self._count, last=last))
        self._count += 1


def _state(folder: Path) -> list[tuple[str, int]]:
    """The annotator's journal files with their sizes: it changes with every decision."""
    return [(path.name, path.stat().st_size) for path in journal_files(folder)]
