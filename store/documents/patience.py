"""A limit to how long one document may keep a parser busy: there are small ones on which a parser takes hours."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from annotate.errors import TextError

SECONDS = 60.0
"""How long a parser may take for one document."""

_AGAIN = 0.5


class _TimeIsUp(BaseException):
    """Not an Exception, so that what a parser does about its own troubles does not take it for one of them."""


@contextmanager
def patiently() -> Iterator[None]:
    """Stop what is done inside when it takes too long; outside of the main thread, which gets no signals, never.

    Raises:
        TextError: it took too long.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS, _AGAIN)
    try:
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)  # what rings before this is caught below
    except _TimeIsUp as error:
        raise TextError(f"takes longer than {SECONDS:g} s to read") from error
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _stop(_signal: int, frame: FrameType | None) -> None:
    if frame is not None and frame.f_code.co_name == "__del__":
        return  # what is raised there stops nothing; the timer rings again
    raise _TimeIsUp
