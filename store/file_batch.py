"""Write many files so that each is whole or not there, with one sync for all of them: beside, synced, renamed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.atomic import sync_all, write_unsynced
from store.errors import naming


class FileBatch:
    """Files under one folder that are written and not there yet."""

    def __init__(self, top: Path) -> None:
        """Nothing is written yet.

        Args:
            top: a folder that is there; those between it and the files are made.
        """
        self._top = top
        self._number = secrets.randbits(48)
        self._files: list[tuple[str, str]] = []
        self._made: set[str] = set()

    def write(self, path: Path, data: bytes) -> None:
        """Write what is to become a file, or to take its place, under a hidden name beside it.

        Raises:
            StoreError: it cannot be written; those before it still can be finished.
        """
        place = str(path)
        folder = os.path.dirname(place)
        self._number = (self._number + 1) % 2**48
        beside = f"{folder}{os.sep}.{self._number:012x}.tmp"
        with naming(path):
            if folder not in self._made:
                os.makedirs(folder, exist_ok=True)
                self._made.add(folder)
            try:
                write_unsynced(beside, data)
            except BaseException:
                with suppress(OSError):
                    os.unlink(beside)
                raise
        self._files.append((beside, place))

    def finish(self) -> None:
        """Have all that is written there, and on disk.

        Raises:
            StoreError: some of it may be there, each file whole.
        """
        with naming(self._top):
            sync_all(beside for beside, _ in self._files)
            for beside, path in self._files:
                os.replace(beside, path)
            folders = {os.path.dirname(path) for _, path in self._files}
            sync_all({above for folder in folders for above in self._up_to_top(Path(folder))})
            self._files = []

    def _up_to_top(self, folder: Path) -> Iterator[Path]:
        """The folders whose content a new file in `folder` may have changed."""
        yield folder
        yield from (above for above in folder.parents if above == self._top or self._top in above.parents)

    def drop(self) -> None:
        """Leave nothing behind of what did not come to be."""
        for beside, _ in self._files:
            with suppress(OSError):
                os.unlink(beside)
        self._files = []
