"""Export a gold corpus: what a format would lose is named first, and a file is written whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from annotate.offsets import Unit
from store.atomic import sync_folder
from store.errors import StoreError, naming
from store.formats import find_format
from store.formats.fitting import Fitted, Loss, Policy, fit
from store.formats.model import Align, Capabilities, Format, GoldArticle, Overlap, Write, WriteOptions
from store.formats.tokens import tokenizer
from store.gold import Choice, GoldReader, OnArticle, Selection, check_choice
from store.project import Project

MOST_LINES = 10_000
"""Losses that are named one by one; of more, only how many there are is known, so that they never fill the memory."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to export, and how.

    Attributes:
        form: the format's name.
        choice: which articles and spans.
        tokens: whether the format is to write tokens, where that is left to choose.
        align: what becomes of a span that begins or ends inside a token.
        overlap: which of overlapping spans stays where the format cannot hold both.
        unit: what offsets should count; None for the format's own.
        allow_loss: whether to leave out what the format cannot hold.
        skip_broken: whether to go on without what cannot be read.
    """

    form: str
    choice: Choice = field(default_factory=Choice)
    tokens: bool = False
    align: Align = "strict"
    overlap: Overlap = "strict"
    unit: Unit | None = None
    allow_loss: bool = False
    skip_broken: bool = False


@dataclass(slots=True)
class Exported:
    """What was written.

    Attributes:
        articles, spans: how many.
        notes: lines that a person should read about it.
        losses: one line about each thing that was left out, as was allowed or asked for.
        lost: how many these are; more than `losses` where they are very many.
        broken: one line about each file or line of a journal that was left out because it cannot be read.
    """

    articles: int = 0
    spans: int = 0
    notes: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    lost: int = 0
    broken: list[str] = field(default_factory=list)


class ExportError(StoreError):
    """Nothing was written.

    Attributes:
        unclear: one line about each article for which it is unclear whose word is gold.
        losses: one line about each thing that the format cannot hold.
        broken: one line about each file or line of a journal that cannot be read.
        kinds: what the losses are about, as in `store.formats.fitting.Loss`.
    """

    title = "Nothing exported"

    def __init__(self, unclear: Sequence[str], losses: _Losses, broken: Sequence[str]) -> None:
        more = [f"and {losses.count - len(losses.lines):,} more"] if losses.count > len(losses.lines) else []
        super().__init__("\n".join([*unclear, *losses.lines, *more, *broken]))
        self.unclear = tuple(unclear)
        self.losses = tuple(losses.lines)
        self.broken = tuple(broken)
        self.kinds = frozenset(losses.kinds)


@dataclass(slots=True)
class _Losses:
    lines: list[str] = field(default_factory=list)
    count: int = 0
    kinds: set[str] = field(default_factory=set)

    def add(self, losses: Sequence[Loss]) -> None:
        self.count += len(losses)
        self.kinds.update(one.kind for one in losses)
        self.lines += [one.line for one in losses[: MOST_LINES - len(self.lines)]]


def export(project: Project, request: ExportRequest, out: Path, on_article: OnArticle | None = None) -> Exported:
    """Write the corpus to `out`; `on_article(done, total)` is called after each article.

    Raises:
        ExportError: something would be lost, cannot be read or is unclear; `out` is as it was.
        StoreError: `out` cannot be written.
        FormatError: the format cannot be made, or a written file is not what was meant.
        PipelineError: spaCy cannot tokenize the project's language.
        UnknownFormatError: there is no such format.
    """
    out = out.resolve()
    form = find_format(request.form)
    if form.write is None:
        raise StoreError(f"{form.name} can be imported only")
    check_choice(project, request.choice)
    _check_place(project, out, form)
    with replacing(out, folder=form.is_folder) as beside:
        return _Export(project, request, form).run(form.write, beside, on_article)


def _check_place(project: Project, out: Path, form: Format) -> None:
    if project.locations.holds(out):
        raise StoreError(f"{out}: the project's own files lie there, so nothing is written over them")
    if out.exists() and form.is_folder and not (out.is_dir() and not any(out.iterdir())):
        raise StoreError(f"{out}: {form.name} is a folder of files: it has to be a new or an empty one")
    if out.exists() and not form.is_folder and not out.is_file():
        raise StoreError(f"{out}: no file, so nothing is written over it")
    if not out.parent.is_dir():
        raise StoreError(f"{out}: there is no folder {out.parent}")


@contextmanager
def replacing(out: Path, *, folder: bool) -> Iterator[Path]:
    """A file or empty folder beside `out` that takes its place when all went well, and is gone when not."""
    beside = out.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with naming(out):
            if folder:
                beside.mkdir()
            yield beside
            _sync(beside)
            os.replace(beside, out)
            sync_folder(out.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True) if beside.is_dir() else beside.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if path.is_dir():
        for one in path.iterdir():
            _sync(one)
        sync_folder(path)
        return
    with path.open("rb") as file:
        os.fsync(file.fileno())


class _Export:
    """One run: articles are made to fit on their way to the writer, and what does not fit is collected."""

    def __init__(self, project: Project, request: ExportRequest, form: Format) -> None:
        config = project.config
        self._project = project
        self._request = request
        self._name = form.name
        self._options = WriteOptions(
            config.scheme,
            config.language,
            config.title,
            request.choice.include_suggestions,
            request.tokens,
            request.align,
            request.unit,
        )
        self._can = form.capabilities(self._options)
        self._done = Exported()
        self._losses = _Losses()
        self._chosen = _Losses()
        self._aligned = 0
        self._has_metadata = False

    def run(self, write: Write, path: Path, on_article: OnArticle | None) -> Exported:
        """Write to `path`, which is thrown away on an error.

        Raises:
            ExportError: not all articles can be written as they are.
        """
        reader = GoldReader(self._project, self._request.choice, on_article)
        notes = write(path, self._fitting(reader.articles()), self._options)
        self._judge(reader.found)
        self._done.notes = [*reader.found.notes, *self._own_notes(), *notes]
        self._done.broken = reader.found.broken
        for losses in (self._losses, self._chosen):
            self._done.losses += losses.lines
            self._done.lost += losses.count
        return self._done

    def _judge(self, found: Selection) -> None:
        broken = [] if self._request.skip_broken else found.broken
        forbidden = "forbidden" in self._losses.kinds
        losses = _Losses() if self._request.allow_loss and not forbidden else self._losses
        if found.unclear or losses.count or broken:
            raise ExportError(found.unclear, losses, broken)

    def _fitting(self, articles: Iterator[GoldArticle]) -> Iterator[GoldArticle]:
        request = self._request
        policy = Policy(request.align, request.overlap)
        tokenize = tokenizer(self._options.language) if self._can.tokens else None
        for article in articles:
            fitted = fit(article, self._can, policy, tokenize)
            self._count(fitted)
            yield fitted.article

    def _count(self, fitted: Fitted) -> None:
        self._losses.add(fitted.losses)
        self._chosen.add(fitted.chosen)
        self._aligned += fitted.aligned
        self._has_metadata |= bool(fitted.article.metadata)
        self._done.articles += 1
        self._done.spans += len(fitted.article.spans)

    def _own_notes(self) -> list[str]:
        unheld = _unheld(self._can, metadata=self._has_metadata) if self._done.articles else ""
        notes = [f"{self._name} does not hold {unheld}"] if unheld else []
        if self._aligned:
            spans = "1 span" if self._aligned == 1 else f"{self._aligned:,} spans"
            notes.append(f"{spans} moved to the edges of tokens (--align {self._request.align})")
        return notes


def _unheld(can: Capabilities, *, metadata: bool) -> str:
    """What of the articles themselves the format has no place for."""
    things = [
        *([] if can.ids else ["articles' ids"]),
        *([] if can.titles else ["titles"]),
        *([] if can.metadata or not metadata else ["metadata"]),
        *([] if can.spacing else ["white space as it was"]),
    ]
    return " and ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else "".join(things)
