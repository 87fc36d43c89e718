"""Keeps a session from being changed by two threads: whoever decides at length has it, and others are told so."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from store.errors import StoreError


class BusyError(StoreError):
    """Something is decided on many articles just now, in another thread."""

    def __init__(self) -> None:
        super().__init__("many articles are being changed: decide once that is over")


class Turns:
    """Whose turn it is. A thread that has it may take it again."""

    def __init__(self) -> None:
        self._lock = threading.RLock()

    @contextmanager
    def take(self) -> Iterator[None]:
        """Have the turn now.

        Raises:
            BusyError: another thread has it.
        """
        if not self._lock.acquire(blocking=False):
            raise BusyError
        try:
            yield
        finally:
            self._lock.release()

    @contextmanager
    def wait(self) -> Iterator[None]:
        """Have the turn as soon as no other thread has it."""
        with self._lock:
            yield

    def is_mine(self) -> bool:
        """Whether this thread has the turn, or could have it now."""
        if free := self._lock.acquire(blocking=False):
            self._lock.release()
        return free
