"""Gather an annotator's statistics from a project's files, with no more in memory for more articles."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from annotate.layers import Layer, Status
from annotate.names_counted import (
    ArticleNames,
    Called,
    Frequency,
    NameCounter,
    Named,
    Pair,
    PairCounter,
    names_in,
)
from annotate.pace import PaceStatistics
from annotate.project_wide import PROJECT
from annotate.statistics import Correction, Share, Statistics, count
from annotate.timeline import Timeline
from annotate.view import View
from annotate.ways import Way
from store.errors import StoreError
from store.ids import check_name, shard
from store.lost_lines import journal_problems
from store.project import Project
from store.shard_cache import ARTICLES, Marks, Recipe, ShardCache, stamp_of
from store.sittings import Sittings

MOST_LISTED = 100
"""Names, pairs and open articles that are listed."""


@dataclass(frozen=True, slots=True)
class ArticleCounts:
    """What is counted of one article.

    Attributes:
        counted: as of all articles.
        names: what the annotator's confirmed annotations name.
    """

    counted: Statistics
    names: ArticleNames = field(default_factory=ArticleNames)


@dataclass(frozen=True, slots=True)
class OpenArticle:
    """An article that is in progress.

    Attributes:
        article_id: the article.
        decided: annotations, confirmed or rejected.
        undecided: what is still to settle.
    """

    article_id: str
    decided: int
    undecided: int


@dataclass(frozen=True, slots=True)
class ProjectStatistics:
    """A project's statistics for one annotator.

    Attributes:
        annotator: whose layers were counted; "" where nobody has annotated.
        counted: over all articles that could be read.
        pace: how fast the annotator decides, as far as that is kept here.
        timeline: when they decided what.
        open_articles: those in progress, first those with most left to settle; `MOST_LISTED` at most.
        names: what is named most often, `MOST_LISTED` at most.
        names_missed: by how much the count of a name may be too low, in a corpus of very many names.
        pairs: what is named together in most articles, and in most sentences, `MOST_LISTED` of each at most.
        problems: one line about each file, or line of a journal, that could not, and each that lacks lines.
    """

    annotator: str
    counted: Statistics = field(default_factory=Statistics)
    pace: PaceStatistics = field(default_factory=PaceStatistics)
    timeline: Timeline = field(default_factory=Timeline)
    open_articles: list[OpenArticle] = field(default_factory=list)
    names: list[Frequency] = field(default_factory=list)
    names_missed: int = 0
    pairs: list[Pair] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


OnCounts = Callable[[str, Statistics], object]
"""Called with (article id, what is counted of it) for each article that could be read, in no order."""


def gather(
    project: Project,
    annotator: str,
    on_article: Callable[[int, int], None] | None = None,
    on_counts: OnCounts | None = None,
) -> ProjectStatistics:
    """Count all articles: those anew whose files have changed since they were counted last.

    Args:
        project: the project.
        annotator: whose layers to count; "" for nobody's.
        on_article: told again and again of how many articles of how many the counts are known.
        on_counts: told what is counted of each article.
    """
    tell = _Progress(project, on_article or (lambda done, total: None))
    sittings = Sittings(project, annotator) if annotator else None
    timeline, pace = sittings.read(tell.again) if sittings else (Timeline(), PaceStatistics())
    if annotator:
        project.keep_journal_index(annotator)
    recipe = _recipe(project, annotator, sittings)
    cache = ShardCache(project.locations, recipe)
    for _ in cache.check(thorough=True, rest=tell.shard_done):
        tell.article_done()
    problems = journal_problems(project, annotator) if annotator else []
    summing = _Summing(_called(project, annotator, problems), on_counts)
    for article_id, one in _kept(cache, recipe, _decoded, tell.again):
        summing.take(article_id, one)
    pairs = PairCounter(summing.called, summing.names.widespread())
    for _, names in _kept(cache, recipe, _names, tell.again):
        pairs.take(names)
    return ProjectStatistics(
        annotator,
        summing.counted,
        pace,
        timeline,
        summing.open_articles(),
        summing.names.most_frequent(MOST_LISTED),
        summing.names.missed,
        pairs.most_frequent(MOST_LISTED),
        problems + sorted(summing.problems),
    )


class _Progress:
    """Tells of how many articles the counts are known; who is told may end the counting by raising."""

    def __init__(self, project: Project, tell: Callable[[int, int], None]) -> None:
        ids = project.article_ids()
        self._tell = tell
        self._total = len(ids)
        self._shards = [number for _, number in sorted(Counter(map(shard, ids)).items())]
        self._before = self._within = 0

    def again(self) -> None:
        self._tell(self._before, self._total)

    def article_done(self) -> None:
        self._within += 1
        self._tell(min(self._before + self._within, self._total), self._total)

    def shard_done(self) -> None:
        self._before += self._shards.pop(0) if self._shards else 0
        self._within = 0
        self.again()


class _Summing:
    """Adds up what is counted of the articles."""

    def __init__(self, called: Called, on_counts: OnCounts | None) -> None:
        self.called = called
        self.counted = Statistics()
        self.names = NameCounter(called)
        self.problems: list[str] = []
        self._on_counts = on_counts
        self._open: list[tuple[int, str, int]] = []

    def take(self, article_id: str, one: _Counts) -> None:
        if isinstance(one, str):
            self.problems.append(one)
            return
        self.counted.include(one.counted)
        self.names.take(one.names)
        if one.counted.articles[Status.IN_PROGRESS]:
            self._open.append((-one.counted.undecided, article_id, one.counted.decided))
            if len(self._open) > 2 * MOST_LISTED:
                self._open = heapq.nsmallest(MOST_LISTED, self._open)
        if self._on_counts:
            self._on_counts(article_id, one.counted)

    def open_articles(self) -> list[OpenArticle]:
        found = heapq.nsmallest(MOST_LISTED, self._open)
        return [OpenArticle(article_id, decided, -left) for left, article_id, decided in found]


_Counts = ArticleCounts | str
"""The counts of one article, or why there are none."""

_Value = Any
"""The same as JSON holds it: most of what is kept is only looked at to see whether it is still true."""

_RULES = 2
"""Changes with what is counted of the same files."""


T = TypeVar("T")


def _kept(
    cache: ShardCache[_Value], recipe: Recipe[_Value], decode: Callable[[_Value], T], rest: Callable[[], object]
) -> Iterator[tuple[str, T]]:
    for kept in cache.kept():
        for article_id, value in sorted(kept.items()):
            try:
                decoded = decode(value)
            except (ValueError, TypeError, LookupError, AttributeError):
                decoded = decode(recipe.make(article_id)[0])  # what is kept was written by something else
            yield article_id, decoded
        rest()


def _called(project: Project, annotator: str, problems: list[str]) -> Called:
    if not annotator:
        return Called()
    try:
        return Called(project.layer(annotator, PROJECT).entities.values())
    except StoreError as error:
        problems.append(error.message)
        return Called()


def _recipe(project: Project, annotator: str, sittings: Sittings | None) -> Recipe[_Value]:
    def folders() -> dict[str, Path]:
        by_source = {f"by {one}": project.root / "suggestions" / one for one in project.sources()}
        layers = {"layers": project.root / "layers" / annotator} if annotator else {}
        return {ARTICLES: project.locations.articles, **layers, **by_source}

    def make(article_id: str) -> tuple[_Value, bool]:
        try:
            return _encoded(_of_article(project, annotator, article_id, sittings)), True
        except StoreError as error:
            return error.message, False

    def marks() -> Marks:
        return project.journal_marks(annotator) if annotator else {}

    stamp = stamp_of(_RULES, project.config.scheme, project.is_blind(annotator))
    name = check_name(annotator, "annotator") if annotator else "_nobody"
    return Recipe(f"counts/{name}", stamp, folders, make, lambda value: value, lambda _, value: value, marks)


def _of_article(project: Project, annotator: str, article_id: str, sittings: Sittings | None) -> ArticleCounts:
    article = project.article(article_id)
    layer = project.layer(annotator, article_id) if annotator else Layer(article_id, article.text_hash)
    if layer.text_hash != article.text_hash:
        article = project.article(article_id, layer.text_hash)
    project.check_quotes(annotator, article, layer)
    suggestions = project.suggestions(article)
    shown = [] if project.is_blind(annotator) else suggestions
    ways: Mapping[str, Way] = sittings.ways(article_id) if sittings and layer.annotations else {}
    counted = count(View(article, project.config.scheme, shown, layer), suggestions, ways)
    return ArticleCounts(counted, names_in(article_id, article.text, layer.confirmed()))


# What is kept -------------------------------------------------------------------------------------------------


def _encoded(counts: ArticleCounts) -> _Value:
    one = counts.counted
    ((status, words),) = one.words.items()
    return {
        "status": status.value,
        "words": words,
        "entities": _rows(one.entities),
        "sources": [one.settled, one.agreed],
        "corrections": _rows(one.corrections),
        "share": [share.value for share in one.shares],
        "seen": [_rows(one.seen), _rows(one.held)],
        "names": [[it.family, it.key, it.name, it.mentions] for it in counts.names.named],
        "sentences": [[*numbers] for numbers in counts.names.sentences],
    }


def _rows(counter: Counter[Any]) -> list[list[Any]]:
    """A row for each key, which is a tuple, with its number at the end."""
    return [[*(getattr(part, "value", part) for part in key), number] for key, number in counter.items()]


def _decoded(value: _Value) -> _Counts:
    return value if isinstance(value, str) else ArticleCounts(_counted(value), _names(value))


def _counted(value: _Value) -> Statistics:
    status = Status(value["status"])
    settled, agreed = value["sources"]
    seen, held = value["seen"]
    return Statistics(
        Counter({status: 1}),
        Counter({status: int(value["words"])}),
        Counter({(str(label), str(kind)): int(number) for label, kind, number in value["entities"]}),
        Counter(settled),
        Counter(agreed),
        Counter({(str(label), Correction(kind)): int(number) for label, kind, number in value["corrections"]}),
        Counter(map(Share, value["share"])),
        _by_way(seen),
        _by_way(held),
    )


def _names(value: _Value) -> ArticleNames:
    if isinstance(value, str) or not value["names"]:
        return ArticleNames()
    named = tuple([Named(str(family), str(key), str(name), int(n)) for family, key, name, n in value["names"]])
    sentences = tuple([tuple([int(number) for number in one]) for one in value["sentences"]])
    if any(number >= len(named) for one in sentences for number in one):
        raise ValueError("a sentence names what the article does not")
    return ArticleNames(named, sentences)


def _by_way(rows: Any) -> Counter[tuple[str, str, Way]]:
    return Counter({(str(source), str(label), Way(way)): int(number) for source, label, way, number in rows})
