"""Run a pipeline over many articles, wherever it is to run: here, in worker processes, on a cluster.

Whichever it is, articles are read as it goes and what came of them is handed back as it is ready, so that memory does
not grow with their number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, Self

from annotate.outcomes import Extracted, Pipeline, batches, extracted
from annotate.pipelines import load_pipeline
from annotate.suggestions import Source


@dataclass(frozen=True, slots=True)
class Engine:
    """Where a pipeline runs.

    Attributes:
        jobs: processes that work at once.
        apart: whether even one job leaves this process alone, so that a front stays alive.
        scheduler: address of the scheduler of the Dask cluster that works in place of this machine; "" for none.
    """

    jobs: int = 1
    apart: bool = False
    scheduler: str = ""


HERE = Engine()
"""In this process."""


class Extractor(Protocol):
    """A loaded pipeline, wherever it runs. Used as a context manager: leaving it ends what it started."""

    @property
    def source(self) -> Source:
        """The pipeline as a source of suggestions."""
        ...

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[list[Extracted]]:
        """What it proposes for each (id, text), some at a time as they are ready, while `articles` is read as it goes.

        Raises:
            PipelineError: it cannot go on.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *exception: object) -> None: ...


def open_extractor(pipeline: str, engine: Engine = HERE) -> Extractor:
    """Load `pipeline` where `engine` says.

    Raises:
        PipelineError: there is no such pipeline, or it cannot be loaded.
    """
    if engine.scheduler:
        from annotate.dask_cluster import OnCluster

        return OnCluster(pipeline, engine.scheduler)
    if engine.jobs > 1 or engine.apart:
        from annotate.worker_processes import InProcesses

        return InProcesses(pipeline, max(engine.jobs, 1))
    return _Here(load_pipeline(pipeline))


def extract(articles: Iterable[tuple[str, str]], pipeline: str, engine: Engine = HERE) -> Iterator[Extracted]:
    """What `pipeline` proposes for each (id, text) as it is ready; closing the iterator ends what was started.

    Raises:
        PipelineError: there is no such pipeline, or it cannot go on.
    """
    with open_extractor(pipeline, engine) as extractor:
        for some in extractor.extract(articles):
            yield from some


class _Here:
    """The pipeline in this process."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    @property
    def source(self) -> Source:
        return self._pipeline.source

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[list[Extracted]]:
        for batch in batches(articles):
            yield extracted(self.source, batch, self._pipeline.read([text for _, text in batch]))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass
