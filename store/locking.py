"""Let one program at a time change what two would get wrong, by locks that the system frees when a program dies."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from store.errors import StoreError
from store.locations import Locations

if TYPE_CHECKING:
    from filelock import BaseFileLock

_PROJECT = "lock"
_POLL = 0.002
"""Seconds between two looks at whether a lock is free."""


class BusyError(StoreError):
    """Another program holds a lock for longer than its work can take."""


@contextmanager
def locked(locations: Locations) -> Iterator[None]:
    """Hold the project's lock, after waiting for whoever has it; the system lets go of it when a program dies.

    Where the folder cannot be written, or its file system has no locks, there is none to hold.
    """
    with held(locations, _PROJECT):
        yield


@contextmanager
def held(locations: Locations, name: str, patience: float | None = None) -> Iterator[None]:
    """Hold the lock of that name among this machine's files; where there can be no locks there is none to hold.

    Args:
        locations: the project's.
        name: of the lock's file, a path within the folder of this machine's files.
        patience: seconds to wait for whoever has it; None for as long as it takes.

    Raises:
        BusyError: they did not let go of it.
    """
    path = _there(locations, name)
    descriptor = _taken(path, patience) if path else None
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def lock_of(locations: Locations, name: str) -> BaseFileLock | None:
    """The lock of that name, not taken yet, for who keeps it; None where there can be none."""
    path = _there(locations, name)
    return _lock(path) if path else None


def try_hold(path: Path) -> BaseFileLock | None:
    """Take the lock in a file that is there; None when somebody has it.

    Raises:
        OSError: it cannot be told.
    """
    from filelock import Timeout

    lock = _lock(path)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock


def _there(locations: Locations, name: str) -> Path | None:
    """The path of a lock's file, in a folder that is there; None where it cannot be made."""
    path = locations.local / name
    try:
        locations.make_local()
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return path


def _taken(path: Path, patience: float | None) -> int | None:
    """The open file that has the lock until it is closed."""
    from filelock import lock_descriptor

    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None
    due = time.monotonic() + (patience or 0.0)
    try:
        while not lock_descriptor(descriptor, blocking=False):
            if patience is not None and time.monotonic() > due:
                raise BusyError(f"{path}: another program has held this lock for {patience:.0f} seconds")
            time.sleep(_POLL)
    except OSError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _lock(path: Path) -> BaseFileLock:
    """Filelock is imported when the first lock is needed, which is after the first paint."""
    from filelock import FileLock

    return FileLock(path, poll_interval=_POLL, fallback_to_soft=False)
