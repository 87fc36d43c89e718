"""Drafts between being read and being added: those that do not fit into memory are in a file without a name."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from store.project import Draft

_IN_MEMORY = 8 * 2**20


class Spool:
    """Drafts in order; few of them are in memory."""

    def __init__(self, folder: Path | None) -> None:
        """Begin with none.

        Args:
            folder: where the file is made, if one is; the system's folder for such, if None.
        """
        self._count = 0
        where = str(folder) if folder else None
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n", dir=where)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Draft]:
        self._file.seek(0)
        for line in iter(self._file.readline, ""):
            yield Draft(*json.loads(line))

    def add(self, draft: Draft) -> None:
        """Keep a draft.

        Raises:
            OSError: there is no room for it.
        """
        fields = (draft.stem, draft.title, draft.text, dict(draft.metadata), draft.kind)
        self._file.write(json.dumps(fields) + "\n")
        self._count += 1

    def close(self) -> None:
        """Forget the drafts."""
        self._file.close()
