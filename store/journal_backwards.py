"""Read a journal file from its end: what was decided last is wanted first, and seldom a long sitting whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from store.errors import BrokenFileError, reason
from store.journal_lines import Gathering, Line, in_groups

_PIECE = 1 << 16
"""Bytes that are read first; more where they hold less than a group."""


def groups_backwards(path: Path) -> Iterator[list[Line]]:
    """The lines of each complete group, the newest group first; only as much is read as is asked for.

    Raises:
        BrokenFileError: the file cannot be read.
    """
    try:
        end, size = path.stat().st_size, _PIECE
        while end:
            begin, data = _piece(path, max(end - size, 0), end)
            gathering = Gathering(path.stem)
            gathering.read(data)
            groups = list(in_groups(gathering.lines))
            if begin and len(groups) < 2:
                size *= 4
                continue
            whole = groups[1:] if begin else groups
            yield from reversed(whole)
            # What the first group of a piece lacks may stand in the piece before, so it is read again with that.
            end = begin + data.index(whole[0][0].raw) if begin else 0
    except OSError as error:
        raise BrokenFileError(path, reason(error)) from error


def _piece(path: Path, begin: int, end: int) -> tuple[int, bytes]:
    """The bytes up to `end` from the first line on that begins after `begin`, and where that is."""
    with path.open("rb") as file:
        file.seek(begin)
        data = file.read(end - begin)
    if not begin:
        return 0, data
    cut = data.find(b"\n") + 1
    return begin + cut, data[cut:]
