"""Recognise a database file that git made of two versions, line by line, so that it is told from a damaged one.

A layer's file ends in one checksum. Two versions that differ have two, and a union of their lines keeps both, as it
keeps every journal line that either version names: so both the merge and what the journal has to hold can be read off
the file, though it is no JSON.
"""

from __future__ import annotations

import re
from pathlib import Path

from store.errors import BrokenFileError

_CHECKSUM = re.compile(rb'^   "crc32": "[0-9a-f]{8}"\r?$', re.MULTILINE)
_APPLIED = re.compile(rb'^    "([0-9]{8}T[0-9]+-[0-9a-f]+)": ([0-9]+),?\r?$', re.MULTILINE)
_FORMAT = re.compile(rb'^   "format": ([0-9]+),?\r?$', re.MULTILINE)


class MergedFileError(BrokenFileError):
    """A file that holds the lines of two versions.

    Attributes:
        applied: the last line of each journal file that either version of a layer names, by the file's stem.
        format: the newest format that either version has.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        """Read off the file what can be.

        Args:
            path: the file.
            data: what it holds.
        """
        super().__init__(path, "git merged two versions of it line by line (manicule doctor DIR)")
        self.applied: dict[str, int] = {}
        for session, seq in _APPLIED.findall(data):
            name = session.decode("ascii")
            self.applied[name] = max(int(seq), self.applied.get(name, -1))
        self.format = max(map(int, _FORMAT.findall(data)), default=0)


def is_merged_by_git(data: bytes) -> bool:
    """Whether a file holds the checksums of several versions of it, which no file does that was written or damaged."""
    return len(_CHECKSUM.findall(data)) > 1
