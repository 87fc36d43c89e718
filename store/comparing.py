"""Hold pipelines against each other and against gold on a project's articles; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import combinations

from annotate.articles import Article
from annotate.extractor import HERE, Engine, Extractor, open_extractor
from annotate.label_map import translated
from annotate.layers import Status
from annotate.pipeline_agreement import Agreement
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion
from store.errors import StoreError
from store.locations import ADJUDICATED
from store.project import Project

OnArticle = Callable[[int, int], None]
"""Called with (done, total) as articles are looked at."""

_TOGETHER = 256
"""Articles of which what both pipelines say is held in memory at once."""

_Spans = Mapping[str, Sequence[Span]]
"""What a pipeline says of articles, by id."""


@dataclass(slots=True)
class Comparison:
    """Two pipelines on the same articles.

    Attributes:
        first, second: the pipelines.
        agreement: of the second against the first, on the articles that both could read.
        to_gold: of each against gold, which is what `Agreement` calls first.
        left_out: how many suggestions have a label that the scheme has not, by label.
        earlier: ids of articles that are done, but with an earlier text.
        problems: one line about each article that cannot be read, or on which a pipeline failed.
    """

    first: Source
    second: Source
    agreement: Agreement = field(default_factory=Agreement)
    to_gold: tuple[Agreement, Agreement] = field(default_factory=lambda: (Agreement(), Agreement()))
    left_out: Counter[str] = field(default_factory=Counter)
    earlier: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def compare(
    project: Project,
    first: str,
    second: str,
    *,
    annotator: str = "",
    engine: Engine = HERE,
    on_article: OnArticle = lambda done, total: None,
) -> Comparison:
    """Run two pipelines over all articles; what one has suggested in its present version is not extracted again.

    Args:
        project: the project.
        first: a pipeline's name or path, the one that the other is held against.
        second: the other.
        annotator: whose articles that are done are gold where nothing was adjudicated; "" for nobody's.
        engine: where they run.
        on_article: told how far it is.

    Raises:
        PipelineError: a pipeline cannot be found, loaded or kept running.
    """
    ids = project.article_ids()
    with ExitStack() as stack:
        extractors = [stack.enter_context(open_extractor(name, engine)) for name in (first, second)]
        found = Comparison(extractors[0].source, extractors[1].source)
        for start in range(0, len(ids), _TOGETHER):
            articles = list(_readable(project, ids[start : start + _TOGETHER], found.problems))
            one, other = (_said(project, extractor, articles, found) for extractor in extractors)
            for article in articles:
                if article.id in one and article.id in other:
                    _take(project, annotator, article, (one[article.id], other[article.id]), found)
            on_article(min(start + _TOGETHER, len(ids)), len(ids))
    return found


def _readable(project: Project, ids: Iterable[str], problems: list[str]) -> Iterator[Article]:
    for article_id in ids:
        try:
            yield project.article(article_id)
        except StoreError as error:
            problems.append(error.message)


def _said(project: Project, extractor: Extractor, articles: Sequence[Article], found: Comparison) -> _Spans:
    """What a pipeline says of each article that it can read, in the project's labels."""
    stored = ((article.id, _stored(project, extractor.source, article)) for article in articles)
    said = {article_id: known for article_id, known in stored if known is not None}
    missing = [(article.id, article.text) for article in articles if article.id not in said]
    for some in extractor.extract(missing) if missing else ():
        for one in some:
            if one.error:
                found.problems.append(f"{one.article_id}: {one.source.name}: {one.error}")
            else:
                said[one.article_id] = one.suggestions
    scheme = project.config.scheme
    meant = {article_id: translated(suggestions, scheme) for article_id, suggestions in said.items()}
    found.left_out.update(one.span.label for held in meant.values() for one in held if one.span.label not in scheme)
    return {name: [one.span for one in held if one.span.label in scheme] for name, held in meant.items()}


def _stored(project: Project, source: Source, article: Article) -> tuple[Suggestion, ...] | None:
    """What the pipeline has suggested already, if it was this version of it on this text."""
    try:
        layer = project.suggestion_layer(source.name, article.id)
    except StoreError:
        return None
    fits = layer is not None and (layer.source, layer.text_hash) == (source, article.text_hash)
    return layer.suggestions if layer is not None and fits else None


def _take(
    project: Project, annotator: str, article: Article, said: tuple[Sequence[Span], Sequence[Span]], found: Comparison
) -> None:
    found.agreement.take(*said)
    try:
        gold = _gold(project, annotator, article, found.earlier)
    except StoreError as error:
        found.problems.append(error.message)
        return
    if gold is not None:
        for agreement, spans in zip(found.to_gold, said, strict=True):
            agreement.take(gold, spans)


def _gold(project: Project, annotator: str, article: Article, earlier: list[str]) -> list[Span] | None:
    """The confirmed annotations of the adjudicated layer, or of the annotator's own, where that is done."""
    for name in filter(None, (ADJUDICATED, annotator)):
        layer = project.layer(name, article.id)
        if layer.status is Status.DONE:
            if layer.text_hash != article.text_hash:
                earlier.append(article.id)
                return None
            project.check_quotes(name, article, layer)
            return [one.span for one in layer.confirmed()]
    return None


# What is stored -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class StoredAgreement:
    """How far the sources of a project agree.

    Attributes:
        sources: their names, in order.
        suggested: how many spans each suggests, by (source, label), on the present texts.
        pairs: the agreement of each two, on the articles that both have read, by their places in `sources`.
        problems: one line about each file that cannot be read.
    """

    sources: list[str]
    suggested: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs: dict[tuple[int, int], Agreement] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def stored_agreement(project: Project, on_article: OnArticle = lambda done, total: None) -> StoredAgreement:
    """Hold what is stored of all sources against each other, in the project's labels; nothing is extracted."""
    found = StoredAgreement(project.sources())
    found.pairs = {pair: Agreement() for pair in combinations(range(len(found.sources)), 2)}
    ids = project.article_ids()
    for number, article_id in enumerate(ids, start=1):
        for article in _readable(project, [article_id], found.problems):
            read = _read_by(project, article, found)
            for (one, other), agreement in found.pairs.items():
                if one in read and other in read:
                    agreement.take(read[one], read[other])
        on_article(number, len(ids))
    return found


def _read_by(project: Project, article: Article, found: StoredAgreement) -> dict[int, list[Span]]:
    """What each source that has read the present text says of it, by its place."""
    scheme = project.config.scheme
    read: dict[int, list[Span]] = {}
    for place, source in enumerate(found.sources):
        try:
            layer = project.suggestion_layer(source, article.id)
        except StoreError as error:
            found.problems.append(error.message)
            continue
        if layer is not None and layer.text_hash == article.text_hash:
            read[place] = [one.span for one in translated(layer.suggestions, scheme) if one.span.label in scheme]
            found.suggested.update((source, span.label) for span in read[place])
    return read
