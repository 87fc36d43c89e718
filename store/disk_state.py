"""How a file or folder is known to be the same as before without reading it."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.locations import Locations

_YOUNG = 2_500_000_000
"""Nanoseconds in which two changes may bear the same time; the coarsest file systems count in steps of two seconds."""

State = tuple[int, int, int, int]
"""A file's number, size, and times of its last change of content and of anything, in nanoseconds."""


def state_of(path: Path) -> State | None:
    """The state of a file or folder; None where it cannot be seen."""
    try:
        return _state(os.stat(path))
    except OSError:
        return None


def states_in(folder: Path) -> Iterator[tuple[str, State]]:
    """The name and state of each entry of a folder; nothing where there is none."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                yield entry.name, _state(os.stat(entry.path))


def _state(found: os.stat_result) -> State:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def is_settled(state: State, now: int) -> bool:
    """Whether a change that comes after `now` must show in the state; it need not where the last one is too young."""
    return max(state[2], state[3]) < now - _YOUNG


def disk_clock(locations: Locations) -> int:
    """The time by which the project's disk dates files, in nanoseconds; this machine's where it cannot be written."""
    probe = locations.local / f".{secrets.token_hex(6)}.tmp"
    try:
        locations.make_local()
        probe.touch()
        try:
            return probe.stat().st_mtime_ns
        finally:
            probe.unlink()
    except OSError:
        return time.time_ns()
