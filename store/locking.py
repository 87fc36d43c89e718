"""Let one program at a time change what two would get wrong, such as giving out ids."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from store.locations import Locations

_FILE = "lock"


@contextmanager
def locked(locations: Locations) -> Iterator[None]:
    """Hold the project's lock, after waiting for whoever has it; the system lets go of it when a program dies.

    Where the folder cannot be written, or its file system has no locks, there is none to hold.
    """
    descriptor = _opened(locations)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _opened(locations: Locations) -> int | None:
    try:
        locations.make_local()
        descriptor = os.open(locations.local / _FILE, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError:
        return None
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    return descriptor
