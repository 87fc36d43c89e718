"""Drafts between being read and being added: those that do not fit into memory are in a file without a name."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from store.project import Draft

_IN_MEMORY = 64 * 2**20
"""Bytes of text that are kept in memory: what is in a file goes to the disk with the articles, which takes as long."""


class Spool:
    """Drafts in order; few of them are in memory.

    In the file each is a line of JSON that ends in the length of the text, and the text as UTF-8.
    """

    def __init__(self, folder: Path | None) -> None:
        """Begin with none.

        Args:
            folder: where the file is made, if one is; the system's folder for such, if None.
        """
        self._first: list[Draft] = []
        self._room = _IN_MEMORY
        self._spilt = 0
        self._file = tempfile.SpooledTemporaryFile(1, "w+b", dir=str(folder) if folder else None)

    def __len__(self) -> int:
        return len(self._first) + self._spilt

    def __iter__(self) -> Iterator[Draft]:
        yield from self._first
        self._file.seek(0)
        for _ in range(self._spilt):
            stem, title, metadata, kind, length = json.loads(self._file.readline())
            yield Draft(stem, title, self._file.read(length).decode("utf-8"), metadata, kind)

    def add(self, draft: Draft) -> None:
        """Keep a draft.

        Raises:
            OSError: there is no room for it.
        """
        self._room -= sys.getsizeof(draft.text)
        if self._room > 0:
            self._first.append(draft)
            return
        text = draft.text.encode("utf-8")
        about = (draft.stem, draft.title, dict(draft.metadata), draft.kind, len(text))
        self._file.write(json.dumps(about).encode("ascii") + b"\n" + text)
        self._spilt += 1

    def close(self) -> None:
        """Forget the drafts."""
        self._first.clear()
        self._spilt = 0
        self._file.close()
