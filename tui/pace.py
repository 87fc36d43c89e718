"""Tell a person's key presses from a held key, so that nobody confirms what they have not looked at."""

from __future__ import annotations

from collections.abc import Callable

HELD_SECONDS = 0.1
"""Slower than terminals repeat a held key (15 to 90 ms), faster than a person presses one key twice on purpose."""


class Pace:
    """Remembers when each key last came."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}

    def is_held(self, key: str) -> bool:
        """Whether `key` comes so soon after itself that it is being held or was typed ahead."""
        now = self._clock()
        before = self._last.get(key)
        self._last[key] = now
        return before is not None and now - before < HELD_SECONDS
