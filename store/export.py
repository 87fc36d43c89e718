"""Export a gold corpus: what a format would lose is named first, and a file is written whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path

from annotate.offsets import Unit
from annotate.splitting import Shares, Splitter
from store.datasheet import datasheet
from store.errors import StoreError
from store.formats import find_format
from store.formats.fitting import Fitted, Loss, Policy, fit
from store.formats.model import Align, Capabilities, Format, GoldArticle, Overlap, Write, WriteOptions
from store.formats.tokens import tokenizer
from store.gold import Choice, GoldReader, OnArticle, Selection, check_choice
from store.project import Project
from store.replacing import replacing

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
        shares: how much goes to training, development and test; None for a corpus in one piece.
        seed: of the parts; the same one makes the same parts.
        datasheet: whether a datasheet is written beside it.
        shard: articles of one file, where a corpus is written as a folder of files; 0 for one file.
    """

    form: str
    choice: Choice = field(default_factory=Choice)
    tokens: bool = False
    align: Align = "strict"
    overlap: Overlap = "strict"
    unit: Unit | None = None
    allow_loss: bool = False
    skip_broken: bool = False
    shares: Shares | None = None
    seed: int = 0
    datasheet: bool = True
    shard: int = 0


@dataclass(slots=True)
class Exported:
    """What was written.

    Attributes:
        articles, spans: how many.
        notes: lines that a person should read about it.
        losses: one line about each thing that was left out, as was allowed or asked for.
        lost: how many these are; more than `losses` where they are very many.
        broken: one line about each file or line of a journal that was left out because it cannot be read.
        parts: articles of each part of a corpus that was split.
    """

    articles: int = 0
    spans: int = 0
    notes: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    lost: int = 0
    broken: list[str] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)


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
    in_parts = request.shard > 0 or (request.shares is not None and not form.splits)
    sheet = datasheet_of(out)
    _check_place(project, out, form.name, folder=form.is_folder or in_parts)
    if request.datasheet:
        _check_place(project, sheet, "a datasheet", folder=False)
    with ExitStack() as stack:
        beside = stack.enter_context(replacing(out, folder=form.is_folder or in_parts))
        sheet_beside = stack.enter_context(replacing(sheet, folder=False)) if request.datasheet else None
        run = _Export(project, request, form, form.write, on_article)
        run.run(beside)
        if sheet_beside is not None:
            sheet_beside.write_text(run.datasheet(), "utf-8", newline="\n")
        return run.done


def datasheet_of(out: Path) -> Path:
    """Where the datasheet of an export lies: beside it."""
    return out.with_name(f"{out.name}.datasheet.md")


def _check_place(project: Project, out: Path, name: str, *, folder: bool) -> None:
    if project.locations.holds(out):
        raise StoreError(f"{out}: the project's own files lie there, so nothing is written over them")
    if out.exists() and folder and not (out.is_dir() and not any(out.iterdir())):
        raise StoreError(f"{out}: {name} is a folder of files: it has to be a new or an empty one")
    if out.exists() and not folder and not out.is_file():
        raise StoreError(f"{out}: no file, so nothing is written over it")
    if not out.parent.is_dir():
        raise StoreError(f"{out}: there is no folder {out.parent}")


class _Export:
    """One run: articles are made to fit on their way to the writer, and what does not fit is collected."""

    def __init__(
        self, project: Project, request: ExportRequest, form: Format, write: Write, on_article: OnArticle | None
    ) -> None:
        config = project.config
        self.done = Exported()
        self._project = project
        self._request = request
        self._form = form
        self._write = write
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
        self._found = Selection()
        self._losses = _Losses()
        self._chosen = _Losses()
        self._aligned = 0
        self._has_metadata = False
        self._ids = GoldReader(project, request.choice).ids()
        self._progress = _Progress(on_article, len(self._ids) * (2 if request.shares else 1))

    def run(self, path: Path) -> None:
        """Write to `path`, which is thrown away on an error.

        Raises:
            ExportError: not all articles can be written as they are.
        """
        part_of = self._part_of(self._request.shares) if self._request.shares else {}
        if self._request.shares is None or self._form.splits:
            whole = path / f"corpus{self._form.suffix}" if self._request.shard else path
            notes = self._write_to(whole, self._ids, part_of)
        else:
            notes = self._write_parts(path, self._request.shares, part_of)
        self._judge(self._found)
        self.done.notes = list(dict.fromkeys([*self._found.notes, *self._own_notes(), *notes]))
        self.done.broken = list(dict.fromkeys(self._found.broken))
        for losses in (self._losses, self._chosen):
            self.done.losses += losses.lines
            self.done.lost += losses.count

    def datasheet(self) -> str:
        """The datasheet of what was written."""
        lost = [f"Left out because the format does not hold it, or as was chosen: {self.done.lost:,}"]
        notes = [*self.done.notes, *(lost if self.done.lost else []), *(f"Left out: {one}" for one in self.done.broken)]
        return datasheet(self._project.config, self._project.locations, self._found.provenance, notes)

    def _part_of(self, shares: Shares) -> dict[str, str]:
        splitter, found = Splitter(), Selection()
        for article in self._reader(self._ids, found).articles():
            labels = Counter(one.label for one in article.spans if one.status == "confirmed")
            splitter.add(article.id, article.text, labels)
        self._judge(found)
        return splitter.parts(shares, self._request.seed)

    def _write_parts(self, path: Path, shares: Shares, part_of: dict[str, str]) -> list[str]:
        notes: list[str] = []
        for part, _ in shares:
            out = path / f"{part}{self._form.suffix}"
            if self._form.is_folder:
                out.mkdir()
            notes += self._write_to(out, [one for one in self._ids if part_of.get(one) == part], part_of)
        return notes

    def _write_to(self, path: Path, ids: Sequence[str], part_of: dict[str, str]) -> list[str]:
        articles = self._fitting(self._reader(ids, self._found).articles(), part_of)
        if not self._request.shard:
            return self._write(path, articles, self._options)
        notes: list[str] = []
        for number, shard in enumerate(_in_shards(articles, self._request.shard), start=1):
            notes += self._write(path.with_name(f"{path.stem}-{number:04d}{path.suffix}"), shard, self._options)
        return notes

    def _reader(self, ids: Sequence[str], found: Selection) -> GoldReader:
        return GoldReader(self._project, self._request.choice, self._progress.step, ids=ids, found=found)

    def _judge(self, found: Selection) -> None:
        broken = [] if self._request.skip_broken else found.broken
        forbidden = "forbidden" in self._losses.kinds
        losses = _Losses() if self._request.allow_loss and not forbidden else self._losses
        if found.unclear or losses.count or broken:
            raise ExportError(found.unclear, losses, broken)

    def _fitting(self, articles: Iterator[GoldArticle], part_of: dict[str, str]) -> Iterator[GoldArticle]:
        request = self._request
        policy = Policy(request.align, request.overlap)
        tokenize = tokenizer(self._options.language) if self._can.tokens else None
        for article in articles:
            fitted = fit(replace(article, part=part_of.get(article.id, "")), self._can, policy, tokenize)
            self._losses.add(fitted.losses)
            self._chosen.add(fitted.chosen)
            if not fitted.left_out:
                self._count(fitted)
                yield fitted.article

    def _count(self, fitted: Fitted) -> None:
        self._aligned += fitted.aligned
        self._has_metadata |= bool(fitted.article.metadata)
        self._found.provenance.note_written(fitted.article)
        self.done.parts[fitted.article.part] += 1
        self.done.articles += 1
        self.done.spans += len(fitted.article.spans)

    def _own_notes(self) -> list[str]:
        unheld = _unheld(self._can, metadata=self._has_metadata) if self.done.articles else ""
        notes = [f"{self._form.name} does not hold {unheld}"] if unheld else []
        if self._aligned:
            spans = "1 span" if self._aligned == 1 else f"{self._aligned:,} spans"
            notes.append(f"{spans} moved to the edges of tokens (--align {self._request.align})")
        return notes


def _in_shards(articles: Iterator[GoldArticle], size: int) -> Iterator[Iterator[GoldArticle]]:
    """The articles in runs of that many; one run of none where there is no article."""
    first = next(articles, None)
    yield chain([first] if first else [], islice(articles, size - 1))
    while (first := next(articles, None)) is not None:
        yield chain([first], islice(articles, size - 1))


class _Progress:
    """Counts articles over all rounds."""

    def __init__(self, on_article: OnArticle | None, total: int) -> None:
        self._on_article = on_article
        self._total = total
        self._done = 0

    def step(self, done: int, total: int) -> None:
        """One more."""
        self._done += 1
        if self._on_article:
            self._on_article(self._done, self._total)


def _unheld(can: Capabilities, *, metadata: bool) -> str:
    """What of the articles themselves the format has no place for."""
    things = [
        *([] if can.ids else ["articles' ids"]),
        *([] if can.titles else ["titles"]),
        *([] if can.metadata or not metadata else ["metadata"]),
        *([] if can.texts else ["texts"]),
        *([] if can.spacing else ["white space as it was"]),
    ]
    return " and ".join([", ".join(things[:-1]), things[-1]]) if len(things) > 1 else "".join(things)
