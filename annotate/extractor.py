"""Extract from many articles, here or in worker processes, so that a front stays alive and all cores work.

Only plain tuples cross the border between processes, and only a few batches are under way at a time, so
memory does not grow with the number of articles.
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
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.synchronize import Event
from typing import Protocol, Self, TypeVar

from annotate.errors import PipelineError
from annotate.extraction import (
    Batch,
    Outcome,
    Pipeline,
    batches,
    load_pipeline,
    run_batch,
    suggestions_of,
)
from annotate.suggestions import Source, Suggestion

_T = TypeVar("_T")

_BATCHES_PER_WORKER = 2


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a pipeline proposes for one article.

    Attributes:
        article_id: the article.
        source: the pipeline.
        suggestions: in the order of the text.
        error: one line about why there are none, or "".
    """

    article_id: str
    source: Source
    suggestions: tuple[Suggestion, ...]
    error: str = ""


class Extractor(Protocol):
    """A loaded pipeline, wherever it runs. Used as a context manager: leaving it ends what it started."""

    @property
    def source(self) -> Source:
        """The pipeline as a source of suggestions."""
        ...

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[Extracted]:
        """What it proposes for each (id, text), in order, while `articles` is read as it goes."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...


def open_extractor(pipeline: str, *, jobs: int = 1, process: bool = False) -> Extractor:
    """Load `pipeline` in this process or, with several `jobs` or if `process` says so, in workers.

    Raises:
        PipelineError: there is no such pipeline, or it cannot be loaded.
    """
    jobs = max(jobs, 1)
    return _InWorkers(pipeline, jobs) if process or jobs > 1 else _Here(load_pipeline(pipeline))


def extract(
    articles: Iterable[tuple[str, str]], pipeline: str, *, jobs: int = 1, process: bool = False
) -> Iterator[Extracted]:
    """What `pipeline` proposes for each (id, text), in order; closing the iterator ends the workers.

    Raises:
        PipelineError: there is no such pipeline, or a worker died.
    """
    with open_extractor(pipeline, jobs=jobs, process=process) as extractor:
        yield from extractor.extract(articles)


class _Here:
    """The pipeline in this process."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    @property
    def source(self) -> Source:
        return self._pipeline.source

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[Extracted]:
        for batch in batches(articles):
            outcomes = run_batch(self._pipeline.nlp, [text for _, text in batch])
            yield from _extracted(self.source, batch, outcomes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass


class _InWorkers:
    """The pipeline in worker processes, each of which loads it once."""

    def __init__(self, pipeline: str, jobs: int) -> None:
        context = multiprocessing.get_context("spawn")
        _start_tracker()
        self._limit = jobs * _BATCHES_PER_WORKER
        self._stop = context.Event()
        self._pool = ProcessPoolExecutor(jobs, context, _start_worker, (pipeline, self._stop))
        try:
            self._source = _result(self._pool.submit(_worker_source))
        except BaseException:
            self.__exit__()
            raise

    @property
    def source(self) -> Source:
        return self._source

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[Extracted]:
        under_way: deque[tuple[Batch, Future[list[Outcome]]]] = deque()
        for batch in batches(articles):
            if len(under_way) == self._limit:
                yield from self._next(under_way)
            texts = [text for _, text in batch]
            under_way.append((batch, self._pool.submit(_run_in_worker, texts)))
        while under_way:
            yield from self._next(under_way)

    def _next(self, under_way: deque[tuple[Batch, Future[list[Outcome]]]]) -> Iterator[Extracted]:
        batch, future = under_way.popleft()
        return _extracted(self._source, batch, _result(future))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        self._pool.shutdown(wait=True, cancel_futures=True)


def _start_tracker() -> None:
    """Start multiprocessing's helper with the real stderr, where a full-screen front has put its own in place."""
    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()


def _extracted(source: Source, batch: Batch, outcomes: list[Outcome]) -> Iterator[Extracted]:
    for (article_id, _), (proposals, error) in zip(batch, outcomes, strict=True):
        yield Extracted(article_id, source, tuple(suggestions_of(source, proposals)), error)


def _result(future: Future[_T]) -> _T:
    try:
        return future.result()
    except BrokenProcessPool as error:
        reason = "a worker process ended by itself, perhaps for want of memory; fewer jobs need less"
        raise PipelineError(reason) from error


# In a worker -----------------------------------------------------------------------------------------------

_loaded: Pipeline | PipelineError
_stopped: Event


def _start_worker(pipeline: str, stop: Event) -> None:
    """Load the pipeline once; a failure is kept for the first task, which can tell it."""
    global _loaded, _stopped
    _be_quiet()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends the workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _stopped = stop
    try:
        _loaded = load_pipeline(pipeline)
    except PipelineError as error:
        _loaded = error


def _be_quiet() -> None:
    """Keep what libraries print off the parent's screen; errors go back as outcomes."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _pipeline() -> Pipeline:
    if isinstance(_loaded, PipelineError):
        raise _loaded
    return _loaded


def _worker_source() -> Source:
    return _pipeline().source


def _run_in_worker(texts: list[str]) -> list[Outcome]:
    return [] if _stopped.is_set() else run_batch(_pipeline().nlp, texts)
