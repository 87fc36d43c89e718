"""What of a project is exported: whose word counts for each article, and what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from annotate.articles import Article
from annotate.layers import Annotation, Layer, State, Status
from annotate.view import View
from store.datasheet import Provenance
from store.errors import BrokenFileError, StoreError
from store.formats.model import GoldArticle, GoldSpan
from store.journal_index import JournalIndex
from store.layer_files import StoredLayer
from store.locations import ADJUDICATED
from store.log import read_log
from store.lost_lines import lost_in
from store.project import Project

OnArticle = Callable[[int, int], None]
"""Called with (done, total) after each article that was looked at."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles and spans are meant.

    Attributes:
        annotator: whose layers are gold; "" to settle it article by article.
        include_suggestions: whether every article comes, with what is undecided or rejected in it.
        labels: those wanted; all where none is named.
        articles: the ids wanted; all where none is named.
        since: UTC, as in 2026-01-31T09:30:00.000Z: only articles decided on since then; "" for all.
    """

    annotator: str = ""
    include_suggestions: bool = False
    labels: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    since: str = ""


@dataclass(slots=True)
class Selection:
    """What was found on the way through a project's articles.

    Attributes:
        notes: lines that a person should read.
        unclear: one line about each article for which it is unclear whose word is gold.
        broken: one line about each file or line of a journal that cannot be read.
        provenance: who made it, and from what.
    """

    notes: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    provenance: Provenance = field(default_factory=Provenance)


def check_choice(project: Project, choice: Choice) -> None:
    """Refuse names that the project does not have.

    Raises:
        StoreError: nobody of that name has annotated, or there is no such article or label.
    """
    names = project.annotators()
    if choice.annotator and names and choice.annotator not in names:
        raise StoreError(f"nobody called {choice.annotator} has annotated here ({', '.join(names)})")
    for label in choice.labels:
        if label not in project.config.scheme:
            raise StoreError(f"there is no label {label}")
    for article_id in choice.articles:
        if not project.locations.article(article_id).exists():
            raise StoreError(f"there is no article {article_id}")


class GoldReader:
    """One way through the articles: yields what is sound, collects what is not.

    Attributes:
        found: what a person should know about it, complete after the last article.
    """

    def __init__(
        self,
        project: Project,
        choice: Choice,
        on_article: OnArticle | None = None,
        *,
        ids: Sequence[str] | None = None,
        found: Selection | None = None,
    ) -> None:
        """Nothing is read yet.

        Args:
            project: the project.
            choice: which articles and spans are meant.
            on_article: told of each article.
            ids: the articles to look at, if they are known already.
            found: where to go on collecting.
        """
        self.found = found or Selection()
        self._ids = ids
        self._project = project
        self._choice = choice
        self._on_article = on_article
        self._lacking: dict[str, dict[str, Mapping[str, int]]] = defaultdict(dict)
        self._since: dict[str, frozenset[str]] = {}
        self._annotators = [choice.annotator] if choice.annotator else project.annotators()

    def ids(self) -> list[str]:
        """The articles to look at, in their order."""
        if self._ids is not None:
            return list(self._ids)
        ids = self._project.article_ids()
        if self._choice.articles:
            wanted = set(self._choice.articles)
            ids = [one for one in ids if one in wanted]
        return ids

    def articles(self) -> Iterator[GoldArticle]:
        """The articles that are gold, or all of them with what is undecided."""
        ids = self.ids()
        for number, article_id in enumerate(ids, start=1):
            try:
                yield from self._article(article_id)
            except BrokenFileError as error:
                self.found.broken.append(error.message)
            if self._on_article:
                self._on_article(number, len(ids))
        for name in self._annotators:
            self.found.broken += JournalIndex(self._project.locations, name).problems
            self.found.notes += lost_in(self._project, name, self._lacking[name]) if self._lacking[name] else []

    def _article(self, article_id: str) -> Iterator[GoldArticle]:
        article = self._project.article(article_id)
        layers = {name: self._project.stored_layer(name, article_id) for name in self._annotators}
        for name, stored in layers.items():
            if self._project.lacks_lines(name, article_id, stored.applied):
                self._lacking[name][article_id] = stored.applied
        try:
            annotator = _whose({name: one.layer for name, one in layers.items()}, self._choice)
        except StoreError as error:
            self.found.unclear.append(f"{article_id}: {error.message}")
            return
        stored = layers.get(annotator) or StoredLayer(Layer(article_id, article.text_hash))
        if self._choice.since and article_id not in self._decided_since(annotator):
            return
        if self._choice.include_suggestions or stored.layer.status is Status.DONE:
            everyone = {name: one.layer for name, one in layers.items()}
            self.found.provenance.note_layer(annotator, stored.layer, everyone)
            yield self._gold(self._revision(article, stored.layer), stored, annotator)

    def _decided_since(self, annotator: str) -> frozenset[str]:
        """The articles on which an annotator has decided since the moment that is asked for."""
        found = self._since.get(annotator)
        if found is None:
            log = read_log(self._project.locations, annotator, _unread, since=self._choice.since) if annotator else ()
            found = self._since[annotator] = frozenset(one.line.article for one in log)
        return found

    def _revision(self, article: Article, layer: Layer) -> Article:
        """The article with the text in which the layer counts."""
        if layer.text_hash == article.text_hash:
            return article
        self.found.notes.append(f"{article.id}: exported with an earlier text, the one that was annotated")
        return self._project.article(article.id, layer.text_hash)

    def _gold(self, article: Article, stored: StoredLayer, annotator: str) -> GoldArticle:
        layer = stored.layer
        self._project.check_quotes(annotator, article, layer)
        self.found.notes += [
            f"{article.id}: {annotator}'s decisions {clash.group} did not fit and are left out: {clash.why}"
            for clash in stored.clashes.values()
        ]
        if self._choice.include_suggestions:
            spans = _everything(self._project, article, layer, annotator)
        else:
            spans = {_span(one, layer, annotator) for one in layer.confirmed()}
        if self._choice.labels:
            spans = {one for one in spans if one.label in self._choice.labels}
        in_order = sorted(spans, key=lambda one: (one.start, -one.end, one.label, one.status, one.source, repr(one)))
        self._note_overlaps(article, in_order)
        return GoldArticle(
            article.id, article.title, article.text, tuple(in_order), layer.status.value, dict(article.metadata)
        )

    def _note_overlaps(self, article: Article, spans: list[GoldSpan]) -> None:
        """Name what overlaps though the labels must not: two clones came together, or they once might."""
        reach = 0
        for one in () if self._project.config.scheme.overlap else spans:
            if one.status != "confirmed":
                continue
            if one.start < reach:
                what = f"{article.id}: {one.start}-{one.end} {one.label} “{article.text[one.start : one.end]}”"
                self.found.notes.append(f"{what} overlaps another, though these labels may not overlap")
            reach = max(reach, one.end)


def _unread(problem: str) -> None:
    """What cannot be read of a journal is found, and told, by its index."""


def _whose(layers: Mapping[str, Layer], choice: Choice) -> str:
    """The annotator whose word is gold for an article; "" for nobody.

    Raises:
        StoreError: there are several, and adjudication has not settled it.
    """
    if choice.annotator:
        return choice.annotator
    if ADJUDICATED in layers and layers[ADJUDICATED].status is Status.DONE:
        return ADJUDICATED
    people = {name: layer for name, layer in layers.items() if name != ADJUDICATED}
    done = [name for name, layer in people.items() if layer.status is Status.DONE]
    if done or not choice.include_suggestions:
        return _only(done, "done by {} and not adjudicated; say whose counts with --annotator")
    begun = [name for name, layer in people.items() if layer.status is not Status.NEW]
    return _only(begun, "begun by {} and done by none; say whose counts with --annotator")


def _only(names: list[str], several: str) -> str:
    if len(names) > 1:
        raise StoreError(several.format(" and ".join(names)))
    return names[0] if names else ""


def _everything(project: Project, article: Article, layer: Layer, annotator: str) -> set[GoldSpan]:
    """An annotator's annotations, and the suggestions that they have not settled."""
    suggestions = project.suggestions(article)
    view = View(article, project.config.scheme, suggestions, layer)
    spans = {_span(one, layer, annotator) for one in layer.annotations.values()}
    for one in suggestions:
        fits = one.span.label in view.scheme and one.span.end <= len(article.text)
        if fits and not view.is_settled(one):
            span = one.span
            spans.add(GoldSpan(span.start, span.end, span.label, "suggested", source=one.source, score=one.score))
    return spans


def _span(annotation: Annotation, layer: Layer, annotator: str) -> GoldSpan:
    span = annotation.span
    remark = layer.remarks.get((span.start, span.end))
    return GoldSpan(
        span.start,
        span.end,
        span.label,
        "confirmed" if annotation.state is State.CONFIRMED else "rejected",
        annotator=annotator,
        note=remark.note if remark else "",
    )
