"""Run a pipeline in processes of this machine, so that a front stays alive, all cores work, and a crash costs little.

Only plain tuples cross the border between processes, and only a few batches are under way at a time.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from multiprocessing import resource_tracker
from multiprocessing.synchronize import Event
from typing import Self

from annotate.errors import PipelineError
from annotate.outcomes import Batch, Extracted, Outcome, Pipeline, batches, extracted
from annotate.pipelines import load_pipeline
from annotate.suggestions import Source

_BATCHES_PER_WORKER = 2
_DIED = "a worker process ended by itself, perhaps for want of memory; fewer jobs need less"
_DIED_OF_IT = "the process that read it ended by itself, perhaps for want of memory"

_Running = Future[tuple[Source, list[Outcome]]]


class InProcesses:
    """The pipeline in worker processes, each of which loads it once.

    When one of them dies, the batches under way are run again one by one, and the batch that kills its process again
    article by article, so that only the article that did it is given up.
    """

    def __init__(self, pipeline: str, jobs: int) -> None:
        """Start the processes.

        Raises:
            PipelineError: there is no such pipeline, or it cannot be loaded.
        """
        start_tracker()
        self._context = multiprocessing.get_context("spawn")
        self._pipeline = pipeline
        self._jobs = jobs
        self._stop = self._context.Event()
        self._start()

    @property
    def source(self) -> Source:
        """The pipeline as a source of suggestions."""
        return self._source

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[list[Extracted]]:
        """What it proposes for each (id, text), a batch at a time in their order.

        Raises:
            PipelineError: the processes cannot be kept running.
        """
        under_way: deque[tuple[Batch, _Running]] = deque()
        for batch in batches(articles):
            if len(under_way) == self._jobs * _BATCHES_PER_WORKER:
                yield from self._next(under_way)
            under_way.append((batch, self._submit(batch)))
        while under_way:
            yield from self._next(under_way)

    def _start(self) -> None:
        """Start the first process; the others start when there is more to read than the first takes."""
        self._pool = ProcessPoolExecutor(self._jobs, self._context, _start_worker, (self._pipeline, self._stop))
        try:
            self._source = self._pool.submit(_worker_source).result()
        except BrokenProcessPool as error:
            self.__exit__()
            raise PipelineError(_DIED) from error
        except BaseException:
            self.__exit__()
            raise

    def _submit(self, batch: Batch) -> _Running:
        try:
            return self._pool.submit(_read_in_worker, [text for _, text in batch])
        except BrokenProcessPool as error:
            broken: _Running = Future()
            broken.set_exception(error)
            return broken

    def _next(self, under_way: deque[tuple[Batch, _Running]]) -> Iterator[list[Extracted]]:
        batch, future = under_way.popleft()
        outcomes = self._unless_broken(future)
        if outcomes is not None:
            yield extracted(self._source, batch, outcomes)
            return
        suspects = [(batch, None), *((other, self._unless_broken(running)) for other, running in under_way)]
        under_way.clear()
        self._restart()
        for suspect, found in suspects:
            yield from self._alone(suspect) if found is None else [extracted(self._source, suspect, found)]

    def _alone(self, batch: Batch) -> Iterator[list[Extracted]]:
        """A batch with nothing else under way; where it kills its process, each of its articles in the same way."""
        outcomes = self._unless_broken(self._submit(batch))
        if outcomes is None:
            self._restart()
        if outcomes is None and len(batch) > 1:
            for one in batch:
                yield from self._alone([one])
        else:
            yield extracted(self._source, batch, outcomes or [([], _DIED_OF_IT)])

    def _unless_broken(self, running: _Running) -> list[Outcome] | None:
        """What came of it; None where its process died, or another one while it ran."""
        try:
            source, outcomes = running.result()
        except BrokenProcessPool:
            return None
        if source != self._source:
            raise PipelineError(f"the pipeline {self._pipeline!r} was changed while it ran; run it again")
        return outcomes

    def _restart(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


def start_tracker() -> None:
    """Start multiprocessing's helper with the real stderr, where a full-screen front has put its own in place."""
    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()


# In a worker -----------------------------------------------------------------------------------------------

_loaded: Pipeline | PipelineError
_stopped: Event


def _start_worker(pipeline: str, stop: Event) -> None:
    """Load the pipeline once; a failure is kept for the first task, which can tell it."""
    global _loaded, _stopped
    be_quiet()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends the workers
    threading.Thread(target=end_with_parent, daemon=True).start()
    _stopped = stop
    try:
        _loaded = load_pipeline(pipeline)
    except PipelineError as error:
        _loaded = error


def be_quiet() -> None:
    """Keep what libraries print off the parent's screen; errors go back as outcomes."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _running() -> Pipeline:
    if isinstance(_loaded, PipelineError):
        raise _loaded
    return _loaded


def _worker_source() -> Source:
    return _running().source


def _read_in_worker(texts: list[str]) -> tuple[Source, list[Outcome]]:
    pipeline = _running()
    return pipeline.source, [] if _stopped.is_set() else pipeline.read(texts)
