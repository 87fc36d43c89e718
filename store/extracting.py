"""Bring a project's suggestions up to date: what has to be extracted, and where it is written.

Only the layers of the pipeline itself are written, so no annotator's decision can be touched.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from annotate.articles import Article
from annotate.extractor import HERE, Engine, open_extractor
from annotate.label_map import translated
from annotate.outcomes import Extracted
from annotate.pipelines import taken_from
from annotate.suggestions import Source, SuggestionLayer
from store.errors import StoreError
from store.project import Project
from store.suggestion_writer import SuggestionWriter
from store.texts_index import readings, text_hashes


@dataclass(frozen=True, slots=True)
class Progress:
    """One article that a pipeline has worked on.

    Attributes:
        done, total: articles looked at, and to be looked at, over all pipelines of the run.
        article_id: the article.
        source: the pipeline.
        count: suggestions that annotators will see.
        left_out: suggestions whose label the scheme does not have, as (label, how many). They are kept in the
            file, where nobody sees them, for the day on which the scheme has the label.
        problem: one line about why nothing was written, or "".
    """

    done: int
    total: int
    article_id: str
    source: str
    count: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    problem: str = ""


def extract_missing(
    project: Project,
    pipelines: Sequence[str] | None = None,
    *,
    engine: Engine = HERE,
    stop: threading.Event | None = None,
) -> Iterator[Progress]:
    """Extract where a pipeline has not looked, or where it or the text has changed since.

    Args:
        project: the project.
        pipelines: names or folders; None for those of manicule.toml, whose folders are the project's.
        engine: where they run, one after the other.
        stop: ends the run once what was found by then is written.

    Yields:
        A value for each article that was extracted, and is on disk, or could not be. Closing the iterator ends the run.

    Raises:
        PipelineError: a pipeline cannot be found, loaded or kept running.
        StoreError: suggestions cannot be written.
    """
    pipelines = own_pipelines(project) if pipelines is None else pipelines
    ids = project.article_ids()
    for index, pipeline in enumerate(pipelines):
        with open_extractor(pipeline, engine) as extractor:
            run = _Run(project, extractor.source, ids, index * len(ids), len(pipelines) * len(ids), stop)
            try:
                for some in extractor.extract(run.pending()):
                    yield from run.take(some)
                    if run.stopped:
                        break
            finally:
                last = list(run.write())
            yield from last
            yield from run.broken()
            if run.stopped:
                return


def is_unread(project: Project, stop: threading.Event | None = None) -> bool:
    """Whether some article has not been read by as many sources as the project has pipelines; loads none of them.

    Args:
        project: the project.
        stop: ends the search; what it comes to then means nothing.

    Raises:
        StoreError: a file cannot be read.
    """
    wanted = len(project.config.pipelines)
    if not wanted:
        return False
    texts = text_hashes(project.locations, stop=stop)
    read = [readings(project.locations, source, stop=stop) for source in project.sources()]
    for article_id, text_hash in texts.items():
        if not text_hash:
            project.article(article_id)
        if sum(source[article_id][0] == text_hash for source in read if article_id in source) < wanted:
            return True
    return False


def own_pipelines(project: Project) -> list[str]:
    """Those that manicule.toml names; its folders are meant from where it lies."""
    return [taken_from(project.root, name) for name in project.config.pipelines]


class _Run:
    """One pipeline's way through the articles."""

    def __init__(
        self,
        project: Project,
        source: Source,
        ids: Sequence[str],
        before: int,
        total: int,
        stop: threading.Event | None,
    ) -> None:
        self._project = project
        self._source = source
        self._ids = ids
        self._done = before
        self._total = total
        self._stop = stop
        self._hashes: dict[str, str] = {}
        self._broken: list[Progress] = []
        self._writer = SuggestionWriter(project)
        self._unlabelled: dict[str, int] = {}

    @property
    def stopped(self) -> bool:
        return self._stop is not None and self._stop.is_set()

    def pending(self) -> Iterator[tuple[str, str]]:
        """The articles that need it; what cannot be read is remembered for `broken`."""
        read = readings(self._project.locations, self._source.name, thorough=True, stop=self._stop)
        texts = text_hashes(self._project.locations, thorough=True, stop=self._stop) if read else {}
        for article_id in self._ids:
            if self.stopped:
                return
            reading = read.get(article_id)
            if reading and reading == (texts.get(article_id), self._source.version, self._source.fingerprint):
                self._done += 1
                continue
            try:
                article = self._project.article(article_id)
                current = self._is_current(article)
            except StoreError as error:
                self._broken.append(self._progress(article_id, problem=error.message))
                continue
            if current:
                self._done += 1
            else:
                self._hashes[article_id] = article.text_hash
                yield article_id, article.text

    def _is_current(self, article: Article) -> bool:
        layer = self._project.suggestion_layer(self._source.name, article.id)
        return layer is not None and (layer.text_hash, layer.source) == (article.text_hash, self._source)

    def broken(self) -> Iterator[Progress]:
        """What could not be read since the last call."""
        while self._broken:
            yield self._broken.pop(0)

    def take(self, some: Iterable[Extracted]) -> Iterator[Progress]:
        """Have what was found written when it is time; the progress to show."""
        yield from self.broken()
        for found in some:
            text_hash = self._hashes.pop(found.article_id)
            if found.error:
                yield self._progress(found.article_id, problem=f"{found.article_id}: {found.error}")
            else:
                labelled = tuple(one for one in found.suggestions if one.span.label)
                self._unlabelled[found.article_id] = len(found.suggestions) - len(labelled)
                self._writer.add(SuggestionLayer(found.article_id, text_hash, self._source, labelled))
        if self._writer.due or self.stopped:
            yield from self.write()

    def write(self) -> Iterator[Progress]:
        """Write what was found and is not written yet; the progress to show."""
        for layer, problem in self._writer.write():
            unlabelled = self._unlabelled.pop(layer.article_id)
            yield self._progress(layer.article_id, problem=problem) if problem else self._written(layer, unlabelled)

    def _written(self, layer: SuggestionLayer, unlabelled: int) -> Progress:
        scheme = self._project.config.scheme
        meant = translated(layer.suggestions, scheme)
        labels = Counter({"": unlabelled}) + Counter(one.span.label for one in meant if one.span.label not in scheme)
        count = len(meant) + unlabelled - labels.total()
        return self._progress(layer.article_id, count, tuple(sorted(labels.items())))

    def _progress(
        self, article_id: str, count: int = 0, left_out: tuple[tuple[str, int], ...] = (), problem: str = ""
    ) -> Progress:
        self._done += 1
        return Progress(self._done, self._total, article_id, self._source.name, count, left_out, problem)
