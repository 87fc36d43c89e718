"""Have the signals that end a program find it between two decisions, and end it as Ctrl-C does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_LIKE_CTRL_C = ("SIGTERM", "SIGHUP")


@contextmanager
def ending_like_ctrl_c() -> Iterator[None]:
    """A signal that ends the program raises KeyboardInterrupt meanwhile, so that work is put away in order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, signal.default_int_handler) for number in _numbers(*_LIKE_CTRL_C)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def held_back() -> Iterator[None]:
    """Such signals wait until the end of the block: what is being decided is saved, and counted once."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _numbers("SIGINT", *_LIKE_CTRL_C))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _numbers(*names: str) -> list[signal.Signals]:
    return [getattr(signal, name) for name in names if hasattr(signal, name)]
