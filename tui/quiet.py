"""Lets work behind the screens wait while keys are pressed: what reads a large file holds up the whole interpreter."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

QUIET_SECONDS = 0.5
"""How long no key must have been pressed for work that nobody waits for."""

PATIENCE = 30.0
"""Most seconds for which such work waits: in the end it is done between keys that never pause."""


class Quiet:
    """Knows whether the person at the keys waits for anything. Any thread may ask.

    Args:
        clock: seconds that never run backwards.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last = -QUIET_SECONDS
        self._ended = threading.Event()
        self._urgent = 0
        self._lock = threading.Lock()

    def press(self) -> None:
        """A key or the mouse was pressed."""
        self._last = self._clock()

    @contextmanager
    def urgent(self) -> Iterator[None]:
        """What is read meanwhile is likely to be asked for at once, and other work waits for it."""
        with self._lock:
            self._urgent += 1
        try:
            yield
        finally:
            with self._lock:
                self._urgent -= 1

    def end(self) -> None:
        """Nobody presses keys any more: nothing waits from now on."""
        self._ended.set()

    def wait(self) -> None:
        """Wait until nobody waits for anything else; for a worker thread."""
        due = self._clock() + PATIENCE
        while (left := self._left(self._clock())) > 0 and self._clock() < due and not self._ended.is_set():
            self._ended.wait(left)

    def _left(self, now: float) -> float:
        return max(self._last + QUIET_SECONDS - now, QUIET_SECONDS / 10 if self._urgent else 0.0)
