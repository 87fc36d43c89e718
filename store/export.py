"""Export a gold corpus: whose word counts for each article, and a file that is written whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotate.articles import Article
from annotate.layers import Annotation, Layer, State, Status
from annotate.view import View
from store.atomic import sync_folder
from store.errors import BrokenFileError, StoreError, naming
from store.formats import FORMATS, open_writer
from store.formats.values import Align, ExportArticle, ExportSpan, FormatOptions, Loss, SpanStatus, Writer
from store.journal_index import JournalIndex
from store.layer_files import StoredLayer
from store.locations import ADJUDICATED
from store.project import Project


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, and how.

    Attributes:
        form: the format's name.
        annotator: whose layers are gold; "" to settle it article by article.
        include_suggestions: whether every article comes, with what is undecided or rejected in it.
        tokens: whether the format is to write tokens, too.
        align: what becomes of a span that begins or ends inside a token.
        skip_broken: whether to go on without what cannot be read.
    """

    form: str
    annotator: str = ""
    include_suggestions: bool = False
    tokens: bool = False
    align: Align = "strict"
    skip_broken: bool = False


@dataclass(slots=True)
class Exported:
    """What was written.

    Attributes:
        articles, spans: how many.
        notes: lines that a person should read about it.
        broken: one line about each file or line of a journal that was left out because it cannot be read.
    """

    articles: int = 0
    spans: int = 0
    notes: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)


class ExportError(StoreError):
    """Nothing was written.

    Attributes:
        unclear: one line about each article for which it is unclear whose word is gold.
        losses: one line about each span that the format cannot hold.
        broken: one line about each file or line of a journal that cannot be read.
    """

    title = "Nothing exported"

    def __init__(self, unclear: list[str], losses: list[str], broken: list[str]) -> None:
        super().__init__("\n".join([*unclear, *losses, *broken]))
        self.unclear = tuple(unclear)
        self.losses = tuple(losses)
        self.broken = tuple(broken)


def export(
    project: Project,
    request: ExportRequest,
    out: Path,
    on_article: Callable[[int, int], None] | None = None,
) -> Exported:
    """Write the corpus to `out`; `on_article(done, total)` is called after each article.

    Raises:
        ExportError: something would be lost, cannot be read or is unclear; `out` is as it was.
        StoreError: `out` cannot be written.
        PipelineError: spaCy cannot tokenize the project's language.
    """
    out = out.resolve()
    _check(project, request, out)
    with _replacing(out) as beside:
        config = project.config
        options = FormatOptions(
            config.language, config.scheme.overlap, request.include_suggestions, request.tokens, request.align
        )
        writer = open_writer(FORMATS[request.form], beside, options)
        try:
            done = _Export(project, request, writer).run(on_article)
        except BaseException:
            writer.abandon()
            raise
        done.notes += writer.close()
    return done


def _check(project: Project, request: ExportRequest, out: Path) -> None:
    names = project.annotators()
    if request.annotator and names and request.annotator not in names:
        raise StoreError(f"nobody called {request.annotator} has annotated here ({', '.join(names)})")
    if project.locations.holds(out):
        raise StoreError(f"{out}: the project's own files lie there, so nothing is written over them")
    if out.exists() and not out.is_file():
        raise StoreError(f"{out}: no file, so nothing is written over it")
    if not out.parent.is_dir():
        raise StoreError(f"{out}: there is no folder {out.parent}")


@contextmanager
def _replacing(out: Path) -> Iterator[Path]:
    """A file beside `out` that takes its place when all went well, and is gone when not."""
    beside = out.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with naming(out):
            yield beside
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            os.replace(beside, out)
            sync_folder(out.parent)
    finally:
        beside.unlink(missing_ok=True)


class _Export:
    """One run over the articles: writes what is sound, collects what is not."""

    def __init__(self, project: Project, request: ExportRequest, writer: Writer) -> None:
        self._project = project
        self._request = request
        self._writer = writer
        self._annotators = [request.annotator] if request.annotator else project.annotators()
        self._done = Exported()
        self._unclear: list[str] = []
        self._losses: list[Loss] = []

    def run(self, on_article: Callable[[int, int], None] | None) -> Exported:
        """Take all articles.

        Raises:
            ExportError: not all of them can be written as they are.
        """
        ids = self._project.article_ids()
        for number, article_id in enumerate(ids, start=1):
            try:
                self._take(article_id)
            except BrokenFileError as error:
                self._done.broken.append(error.message)
            if on_article:
                on_article(number, len(ids))
        for name in self._annotators:
            self._done.broken += JournalIndex(self._project.locations, name).problems
        broken = [] if self._request.skip_broken else self._done.broken
        if self._unclear or self._losses or broken:
            raise ExportError(self._unclear, [one.line for one in self._losses], broken)
        return self._done

    def _take(self, article_id: str) -> None:
        article = self._project.article(article_id)
        layers = {name: self._project.stored_layer(name, article_id) for name in self._annotators}
        try:
            annotator = _whose({name: one.layer for name, one in layers.items()}, self._request)
        except StoreError as error:
            self._unclear.append(f"{article_id}: {error.message}")
            return
        stored = layers.get(annotator) or StoredLayer(Layer(article_id, article.text_hash))
        if self._request.include_suggestions or stored.layer.status is Status.DONE:
            self._write(self._revision(article, stored.layer), stored, annotator)

    def _revision(self, article: Article, layer: Layer) -> Article:
        """The article with the text in which the layer counts."""
        if layer.text_hash == article.text_hash:
            return article
        self._done.notes.append(f"{article.id}: exported with an earlier text, the one that was annotated")
        return self._project.article(article.id, layer.text_hash)

    def _write(self, article: Article, stored: StoredLayer, annotator: str) -> None:
        layer = stored.layer
        self._project.check_quotes(annotator, article, layer)
        self._done.notes += [
            f"{article.id}: {annotator}'s decisions {clash.group} did not fit and are left out: {clash.why}"
            for clash in stored.clashes.values()
        ]
        if self._request.include_suggestions:
            spans = _everything(self._project, article, layer, annotator)
        else:
            spans = {_span(one, annotator) for one in layer.confirmed()}
        in_order = sorted(spans, key=lambda one: (one.start, -one.end, one.label, one.status, one.source))
        outgoing = ExportArticle(article.id, article.title, article.text, layer.status.value, tuple(in_order))
        self._note_overlaps(outgoing)
        losses = self._writer.add(outgoing)
        self._losses += losses
        self._done.articles += 1
        self._done.spans += len(spans)

    def _note_overlaps(self, article: ExportArticle) -> None:
        """Name what overlaps though the labels must not: two clones came together, or they once might."""
        reach = 0
        for one in () if self._project.config.scheme.overlap else article.spans:
            if one.status != "confirmed":
                continue
            if one.start < reach:
                what = f"{article.id}: {one.start}-{one.end} {one.label} “{article.text[one.start : one.end]}”"
                self._done.notes.append(f"{what} overlaps another, though these labels may not overlap")
            reach = max(reach, one.end)


def _whose(layers: Mapping[str, Layer], request: ExportRequest) -> str:
    """The annotator whose word is gold for an article; "" for nobody.

    Raises:
        StoreError: there are several, and adjudication has not settled it.
    """
    if request.annotator:
        return request.annotator
    if ADJUDICATED in layers and layers[ADJUDICATED].status is Status.DONE:
        return ADJUDICATED
    people = {name: layer for name, layer in layers.items() if name != ADJUDICATED}
    done = [name for name, layer in people.items() if layer.status is Status.DONE]
    if done or not request.include_suggestions:
        return _only(done, "done by {} and not adjudicated; say whose counts with --annotator")
    begun = [name for name, layer in people.items() if layer.status is not Status.NEW]
    return _only(begun, "begun by {} and done by none; say whose counts with --annotator")


def _only(names: list[str], several: str) -> str:
    if len(names) > 1:
        raise StoreError(several.format(" and ".join(names)))
    return names[0] if names else ""


def _everything(project: Project, article: Article, layer: Layer, annotator: str) -> set[ExportSpan]:
    """An annotator's annotations, and the suggestions that they have not settled."""
    suggestions = project.suggestions(article)
    view = View(article, project.config.scheme, suggestions, layer)
    spans = {_span(one, annotator) for one in layer.annotations.values()}
    for one in suggestions:
        fits = one.span.label in view.scheme and one.span.end <= len(article.text)
        if fits and not view.is_settled(one):
            span = one.span
            spans.add(ExportSpan(span.start, span.end, span.label, "suggested", source=one.source))
    return spans


def _span(annotation: Annotation, annotator: str) -> ExportSpan:
    span = annotation.span
    status: SpanStatus = "confirmed" if annotation.state is State.CONFIRMED else "rejected"
    return ExportSpan(span.start, span.end, span.label, status, annotator=annotator)
