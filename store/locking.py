"""Let one program at a time change what two would get wrong, by locks that the system frees when a program dies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
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
    with held(lock_of(locations, _PROJECT), patience=-1.0):
        yield


def lock_of(locations: Locations, name: str) -> BaseFileLock | None:
    """The lock of that name among this machine's files, not taken yet; None where there can be none."""
    try:
        locations.make_local()
        (locations.local / name).parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _lock(locations.local / name)


@contextmanager
def held(lock: BaseFileLock | None, patience: float) -> Iterator[None]:
    """Hold a lock, again where this thread holds it already, and let go of it.

    Args:
        lock: what `lock_of` gave.
        patience: seconds to wait for whoever has it; negative: as long as it takes.

    Raises:
        BusyError: they did not let go of it.
    """
    taken = lock is not None and _acquire(lock, patience)
    try:
        yield
    finally:
        if lock is not None and taken:
            lock.release()


def try_hold(path: Path) -> BaseFileLock | None:
    """Take the lock in a file that is there; None when somebody has it, or when there can be no locks.

    Raises:
        OSError: it cannot be told.
    """
    lock = _lock(path)
    from filelock import Timeout

    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock


def _acquire(lock: BaseFileLock, patience: float) -> bool:
    from filelock import Timeout

    if not Path(lock.lock_file).parent.is_dir():
        return False  # or the lock would make the folder of a project that is gone anew
    try:
        lock.acquire(timeout=patience)
    except Timeout as error:
        raise BusyError(f"{lock.lock_file}: another program has held this lock for {patience:.0f} seconds") from error
    except OSError:
        return False
    return True


def _lock(path: Path) -> BaseFileLock:
    return _lock_type()(path, poll_interval=_POLL, fallback_to_soft=False)


@cache
def _lock_type() -> type[BaseFileLock]:
    """The type of all locks; filelock is imported when the first of them is needed, which is after the first paint."""
    from filelock import FileLock

    return FileLock
