"""Make the system calls that change files fail, or kill the process, at a chosen one of them."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

CALLS = ("open", "write", "fsync", "ftruncate", "replace", "rename", "link", "unlink", "mkdir")
REAL: dict[str, Callable[..., Any]] = {name: getattr(os, name) for name in CALLS}
_CHANGING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Sabotage:
    """Stands in for the calls of `os` that change files.

    Attributes:
        calls: how many there were.
        struck: how many of them it made fail.
    """

    def __init__(self, at: int, strike: Callable[[str, tuple[Any, ...]], None], *, lasting: bool = False) -> None:
        """Strike the call of number `at`, from 1, and when `lasting` all after it."""
        self.calls = 0
        self.struck = 0
        self._at = at
        self._strike = strike
        self._lasting = lasting

    @contextmanager
    def at_work(self) -> Iterator[Sabotage]:
        """The calls go through it meanwhile."""
        for name in CALLS:
            setattr(os, name, self._standing_in(name))
        try:
            yield self
        finally:
            for name in CALLS:
                setattr(os, name, REAL[name])

    def _standing_in(self, name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            if name != "open" or arguments[1] & _CHANGING:
                self.calls += 1
                if self.calls == self._at or (self._lasting and self.calls > self._at > 0):
                    self.struck += 1
                    self._strike(name, arguments)
            return REAL[name](*arguments, **options)

        return call


def failing(number: int) -> Callable[[str, tuple[Any, ...]], None]:
    """Fails with an error of the system; of what was to be written a part may have been."""

    def strike(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "write" and number == errno.ENOSPC:
            REAL["write"](arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
        raise OSError(number, os.strerror(number))

    return strike


def killing(part: float) -> Callable[[str, tuple[Any, ...]], None]:
    """Kills the process as kill -9 does; of what was to be written that part has been."""

    def strike(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "write":
            REAL["write"](arguments[0], bytes(arguments[1])[: int(len(arguments[1]) * part)])
        os.kill(os.getpid(), signal.SIGKILL)

    return strike
