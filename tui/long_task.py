"""Run what takes long in a thread: progress a few times a second, and an end as soon as nobody waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from textual.message import Message

from annotate.errors import ManiculeError

OnArticle = Callable[[int, int], None]
"""Called with (done, total) after each article."""

_TELL_SECONDS = 0.25


class TaskMoved(Message):
    """So many articles are done."""

    def __init__(self, task: LongTask, done: int, total: int) -> None:
        super().__init__()
        self.task = task
        self.done = done
        self.total = total


class TaskEnded(Message):
    """The task is over: with a result, or with the error that ended it."""

    def __init__(self, task: LongTask, result: object, error: ManiculeError | None) -> None:
        super().__init__()
        self.task = task
        self.result = result
        self.error = error


class _CancelledError(Exception):
    """Nobody waits for the result."""


class LongTask:
    """Work on all articles that tells how far it is.

    Args:
        work: does it, calling what it is given after each article.
        post: takes the messages; called in the working thread.
    """

    def __init__(self, work: Callable[[OnArticle], object], post: Callable[[Message], object]) -> None:
        self._work = work
        self._post = post
        self._cancelled = threading.Event()
        self._due = 0.0

    def run(self) -> None:
        """Do the work; to be called in a thread. After `cancel` nothing is posted any more."""
        try:
            ended = TaskEnded(self, self._work(self._tell), None)
        except _CancelledError:
            return
        except ManiculeError as error:
            ended = TaskEnded(self, None, error)
        if not self._cancelled.is_set():
            self._post(ended)

    def cancel(self) -> None:
        """Let the work end after the article that it is at."""
        self._cancelled.set()

    def _tell(self, done: int, total: int) -> None:
        if self._cancelled.is_set():
            raise _CancelledError
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + _TELL_SECONDS
            self._post(TaskMoved(self, done, total))
