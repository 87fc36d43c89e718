"""What must be read more than once but comes only once: kept in a file without a name, which no crash leaves behind."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import BinaryIO, cast

_CHUNK = 2**20


class Kept:
    """Bytes in a file without a name, to be opened as often as one likes."""

    def __init__(self, folder: Path | None) -> None:
        """Make the file.

        Raises:
            OSError: the folder takes none.
        """
        with tempfile.TemporaryFile(dir=folder) as file:
            self._descriptor = os.dup(file.fileno())
        weakref.finalize(self, os.close, self._descriptor)

    @classmethod
    def of(cls, file: BinaryIO, folder: Path | None) -> Kept:
        """All that a file still holds.

        Raises:
            OSError: it cannot be read, or the folder is full.
        """
        kept = cls(folder)
        with kept.writing() as out:
            shutil.copyfileobj(file, out, _CHUNK)
        return kept

    def writing(self) -> BinaryIO:
        """The file, to write to; once, before it is opened."""
        return os.fdopen(os.dup(self._descriptor), "wb")

    def opens(self) -> BinaryIO:
        """The file, to read from the start, whoever else reads it."""
        return cast(BinaryIO, io.BufferedReader(_View(self, self._descriptor)))


class _View(io.RawIOBase):
    """A file's bytes with a position of its own."""

    def __init__(self, kept: Kept, descriptor: int) -> None:
        self._kept = kept  # keeps the file open
        self._descriptor = descriptor
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = os.pread(self._descriptor, len(buffer), self._at)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: os.fstat(self._descriptor).st_size}[whence]
        if start + offset < 0:
            raise OSError(f"a file has no place {start + offset}")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        return self._at
