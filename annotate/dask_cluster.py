"""Run a pipeline on a Dask cluster, for corpora that are too large for one machine.

Articles go out in partitions, and what came of each comes back as it is ready; nothing but texts, plain tuples and the
pipeline's name goes over the network. When a worker dies the scheduler has another one read its partitions.
"""

from __future__ import annotations

import logging
import secrets
import threading
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

from annotate.errors import PipelineError
from annotate.missing_packages import needs
from annotate.outcomes import Batch, Extracted, Outcome, Pipeline, batches, extracted, first_line, told
from annotate.pipelines import TRANSFORMERS, load_pipeline
from annotate.suggestions import Source

if TYPE_CHECKING:
    from distributed import Future

PARTITION = 64
"""Articles that one worker gets at once at most."""

_PARTITIONS_PER_THREAD = 2
_CONNECT = 15.0
_WORKERS = 60.0
"""Seconds for which a cluster may be without workers."""

_LOOK = 5.0
_DIED_OF_IT = "the workers that read it died of it, perhaps for want of memory"


class OnCluster:
    """The pipeline on the workers of a Dask cluster, each of which loads it once.

    A partition with which worker after worker died is read again at the end with nothing else under way, and if they
    still die of it article by article, so that only the article that does it is given up.
    """

    def __init__(self, pipeline: str, address: str) -> None:
        """Connect, and have a worker load the pipeline.

        Args:
            pipeline: its name, or its path, which the workers must see as well.
            address: of the scheduler, such as tcp://10.0.0.5:8786.

        Raises:
            PipelineError: there is no such cluster, it has no workers, or they cannot load the pipeline.
        """
        if find_spec("distributed") is None:
            raise PipelineError(f"the engine dask {needs(['distributed'])}")
        self._address = address
        self._asked = (_absolute(pipeline), secrets.token_hex(6))
        self._client = _connected(address)
        try:
            with self._telling():
                self._client.wait_for_workers(1, timeout=_WORKERS)
                self._source: Source = self._client.submit(_source_of, self._asked, pure=False).result()
        except TimeoutError as error:
            self.__exit__()
            raise PipelineError(f"the cluster at {address} has no workers") from error
        except BaseException:
            self.__exit__()
            raise

    @property
    def source(self) -> Source:
        """The pipeline as a source of suggestions."""
        return self._source

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[list[Extracted]]:
        """What it proposes for each (id, text), a partition at a time, in the order in which they are ready.

        Raises:
            PipelineError: the cluster is lost, or workers have other versions of the pipeline.
        """
        partitions = batches(articles, size=PARTITION)
        running: dict[Future, Batch] = {}
        suspects: list[Batch] = []
        try:
            while True:
                while len(running) < self._room() and (partition := next(partitions, None)):
                    running[self._sent(partition)] = partition
                alone = not running and bool(suspects)
                if alone:
                    partition = suspects.pop(0)
                    running[self._sent(partition)] = partition
                if not running:
                    return
                for future in self._ready(running):
                    partition = running.pop(future)
                    outcomes = self._outcomes(future)
                    if outcomes is not None:
                        yield extracted(self._source, partition, outcomes)
                    elif not alone:
                        suspects.append(partition)
                    elif len(partition) > 1:
                        suspects[:0] = [[one] for one in partition]
                    else:
                        yield extracted(self._source, partition, [([], _DIED_OF_IT)])
        finally:
            with suppress(CancelledError, OSError):
                self._client.cancel(list(running), force=True)

    def _room(self) -> int:
        """How many partitions may be under way with the workers that there are now."""
        return _PARTITIONS_PER_THREAD * max(self._threads(), 1)

    def _threads(self) -> int:
        with self._telling():
            threads: int = sum(self._client.nthreads().values())
        return threads

    def _sent(self, partition: Batch) -> Future:
        with self._telling():
            return self._client.submit(_read, self._asked, [text for _, text in partition], pure=False)

    def _ready(self, running: Iterable[Future]) -> list[Future]:
        """Those that are done, once some are."""
        from distributed import wait

        lonely = monotonic() + _WORKERS
        while True:
            try:
                with self._telling(), self._client.as_current():
                    return list(wait(list(running), timeout=_LOOK, return_when="FIRST_COMPLETED").done)
            except TimeoutError:
                if self._threads():
                    lonely = monotonic() + _WORKERS
                elif monotonic() > lonely:
                    raise PipelineError(f"the cluster at {self._address} has no workers") from None

    def _outcomes(self, future: Future) -> list[Outcome] | None:
        """What came of a partition; None where it killed every worker that tried."""
        from distributed import KilledWorker

        try:
            with self._telling():
                source, outcomes = future.result()
        except KilledWorker:
            return None
        if source != self._source:
            raise PipelineError(f"the workers at {self._address} have different versions of {self._source.name}")
        found: list[Outcome] = outcomes
        return found

    @contextmanager
    def _telling(self) -> Iterator[None]:
        """Say in one line what is wrong with the cluster; that workers die of something is for the caller to say."""
        from distributed import KilledWorker

        try:
            yield
        except PipelineError as error:
            raise PipelineError(f"on the cluster: {error.message}") from error
        except (KilledWorker, TimeoutError):
            raise
        except (CancelledError, OSError) as error:
            raise PipelineError(f"the cluster at {self._address} is lost") from error
        except Exception as error:  # what a worker lacks may come back as anything
            cause: BaseException = error
            while cause.__cause__ is not None:
                cause = cause.__cause__
            raise PipelineError(
                f"the cluster at {self._address} cannot run it (its scheduler and its workers need Manicule and Dask "
                f"as they are here): {told(cause)}"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._client.close(timeout=_LOOK)


def _connected(address: str) -> Any:
    from distributed import Client

    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Client(address, timeout=_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        raise PipelineError(f"no Dask scheduler answers at {address}: {first_line(error)}") from error


def _absolute(pipeline: str) -> str:
    """The pipeline as workers that run in other folders find it."""
    kind = TRANSFORMERS if pipeline.startswith(TRANSFORMERS) else ""
    path = Path(pipeline.removeprefix(kind))
    return f"{kind}{path.resolve()}" if pipeline != kind and path.is_dir() else pipeline


# On a worker -----------------------------------------------------------------------------------------------

_Asked = tuple[str, str]
"""A pipeline's name, and what tells one run from another, so that each loads the pipeline as it is then."""

_alone = threading.Lock()
_loaded: tuple[_Asked, Pipeline] | None = None


def _running(asked: _Asked) -> Pipeline:
    global _loaded
    if _loaded is None or _loaded[0] != asked:
        _loaded = None
        _loaded = asked, load_pipeline(asked[0])
    return _loaded[1]


def _source_of(asked: _Asked) -> Source:
    with _alone:
        return _running(asked).source


def _read(asked: _Asked, texts: list[str]) -> tuple[Source, list[Outcome]]:
    with _alone:
        pipeline = _running(asked)
        return pipeline.source, pipeline.read(texts)
