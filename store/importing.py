"""Import annotations that exist elsewhere: all is checked before anything is written, and all of it counts or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Literal

from annotate.articles import clean_text, title_of
from annotate.errors import TextError
from annotate.offsets import Unit
from store.errors import StoreError
from store.formats import find_format
from store.formats.fitting import Fitted, Policy, fit
from store.formats.model import (
    Capabilities,
    Format,
    FormatError,
    GoldSpan,
    Overlap,
    Read,
    ReadArticle,
    ReadOptions,
)
from store.import_targets import LayerTarget, SourceTarget, Target
from store.project import Draft, Project
from store.reconciling import Placed, Texts, place
from store.unit_doubts import UNIT_WORDS, doubt_about

As = Literal["suggestions", "layer", "gold"]
"""What imported spans become: what a source suggests, what an annotator confirmed, or that with the articles done."""

OnArticle = Callable[[int, int | None], None]
"""Called with (articles so far, None) after each."""

MOST_LINES = 1_000
"""Problems that are named one by one."""

_MOST_KEPT = 100_000
"""Lines that are kept of each kind, so that they never fill the memory."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import, and how.

    Attributes:
        form: the format's name.
        paths: files, or folders where the format is one.
        become: what the spans become.
        name: the annotator, or the source of suggestions.
        labels: the project's label for a file's, or "" to leave such spans out; labels not named stay as they are.
        unit: what the file's offsets count; None to find out.
        said_by: whose spans to take where the file holds several annotators'; "" for the only one's.
        overlap: which of overlapping spans stays where the project's labels may not overlap.
        with_articles: whether articles that the project does not have are added.
        keep_mine: whether the annotator's own annotations stay where an imported span overlaps them.
        allow_loss: whether to leave out what the project cannot hold.
        replaces: whether a source of this name is replaced.
    """

    form: str
    paths: tuple[Path, ...]
    become: As
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    said_by: str = ""
    overlap: Overlap = "strict"
    with_articles: bool = False
    keep_mine: bool = False
    allow_loss: bool = False
    replaces: bool = False


@dataclass(slots=True)
class Imported:
    """What was imported, or would be.

    Attributes:
        articles: how many the file holds.
        added: how many of them are new to the project.
        spans: how many became something.
        there: how many the annotator had already.
        labels: of the spans, as the file has them.
        unknown: those that the project does not have, after the mapping.
        notes: lines that a person should read.
        losses: one line about each thing that was left out.
    """

    articles: int = 0
    added: int = 0
    spans: int = 0
    there: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)


class ImportFailedError(StoreError):
    """Nothing was imported.

    Attributes:
        problems: one line about each thing that is wrong or cannot be held.
        unknown: labels that the project does not have, with how many spans have them.
        losses: whether all would be well if losses were allowed.
    """

    title = "Nothing imported"

    def __init__(self, problems: Sequence[str], unknown: Mapping[str, int], *, losses: bool) -> None:
        told = [
            f"there is no label {name} (on {count:,} span{'' if count == 1 else 's'})"
            for name, count in sorted(unknown.items())
        ]
        more = [f"and {len(problems) - MOST_LINES:,} more"] if len(problems) > MOST_LINES else []
        super().__init__("\n".join([*problems[:MOST_LINES], *more, *told]))
        self.problems = tuple(problems)
        self.unknown = dict(unknown)
        self.losses = losses


def import_files(project: Project, request: ImportRequest, on_article: OnArticle | None = None) -> Imported:
    """Check everything, then write; `on_article(done, None)` is called after each article of each of the two rounds.

    Raises:
        ImportFailedError: something is wrong, or cannot be held; nothing has changed.
        StoreError: a file cannot be read or written. Articles that were added before stay, nothing else has changed.
        UnknownFormatError: there is no such format.
    """
    form = find_format(request.form)
    if form.read is None:
        raise StoreError(f"{form.name} can be exported only")
    target = _target(project, request)
    run = _Import(project, request, form, form.read, target, on_article)
    run.check()
    if run.imported.added:
        run.add_articles()
    with target as writing:
        run.write(writing)
    return run.imported


def labels_in(project: Project, request: ImportRequest) -> Counter[str]:
    """The labels in the files that neither the project nor the mapping knows, with how many spans have them.

    Raises:
        FormatError: a file is not what its format says.
        UnknownFormatError: there is no such format.
    """
    form = find_format(request.form)
    found: Counter[str] = Counter()
    for path in request.paths if form.read else ():
        for read in form.read(path, ReadOptions(project.config.language, request.unit)) if form.read else ():
            whose = request.said_by
            found.update(one.label for one in read.article.spans if not whose or one.annotator == whose)
    known = project.config.scheme
    return Counter({name: count for name, count in found.items() if name not in known and name not in request.labels})


def _target(project: Project, request: ImportRequest) -> Target:
    if request.become == "suggestions":
        return SourceTarget(project, request.name, replaces=request.replaces)
    return LayerTarget(project, request.name, finish=request.become == "gold", keep_mine=request.keep_mine)


def _keep(lines: list[str], more: Sequence[str]) -> None:
    lines += more[: max(_MOST_KEPT - len(lines), 0)]


class _Seen:
    """Where in the files each article and each id came first."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._ids: dict[tuple[Path, str], str] = {}

    def problems(self, placed: Placed) -> Iterator[str]:
        """A line about an article, or an id, that comes again."""
        read = placed.read
        where = f"{read.path}:{read.line}" if read.line else str(read.path)
        before = self._texts.setdefault(placed.text_hash, where)
        if before != where:
            whose = "; where these are several annotators', say whose with --from" if read.is_one_s else ""
            yield read.error(f"the same article as at {before}{whose}").message
        elif read.article.id:
            before = self._ids.setdefault((read.path, read.article.id), where)
            if before != where:
                yield read.error(f"id {read.article.id} is also at {before}").message


_TOLD = {
    "suggested": ("suggestion", "left out (--as suggestions takes them)"),
    "rejected": ("rejected span", "left out: a source suggests only what is there"),
    "twice": ("span", "taken once that is there twice"),
    "trimmed": ("span", "taken without the white space at its edges"),
    "differs": ("article", "found by its id, with another text than the file's; every span covers the same here"),
    "others": ("row", "of other annotators passed over"),
    "open": ("article", "left open: the file does not say that the annotator of --from went through"),
    "utf16": ("article", "with offsets in UTF-16 units, as the spans' text shows"),
    "utf8": ("article", "with offsets in bytes, as the spans' text shows"),
    "grapheme": ("article", "with offsets in grapheme clusters, as the spans' text shows"),
    "codepoint": ("article", "with offsets in code points, as the spans' text shows"),
}
"""What is counted on the way: its noun, and what became of it."""


class _Import:
    """One import: the same way through the files twice, first to check and then to write."""

    def __init__(
        self,
        project: Project,
        request: ImportRequest,
        form: Format,
        read: Read,
        target: Target,
        on_article: OnArticle | None,
    ) -> None:
        self.imported = Imported()
        self._project = project
        self._request = request
        self._form = form
        self._read = read
        self._target = target
        self._on_article = on_article
        self._texts = Texts(project)
        self._problems: list[str] = []
        self._counts: Counter[str] = Counter()
        self._annotators: set[str] = set()
        self._passed_over: Counter[str] = Counter()

    # The two rounds -----------------------------------------------------------------------------------

    def check(self) -> None:
        """Find all that is wrong.

        Raises:
            ImportFailedError: something is.
        """
        seen = _Seen()
        for number, placed in enumerate(self._placed(self._noting), start=1):
            if self._on_article:
                self._on_article(number, None)
            for problem in seen.problems(placed):
                self._problem(problem)
            self.imported.articles += 1
            self.imported.added += placed.draft is not None
            self._look(placed)
        self._check_annotator()
        if not self.imported.articles and not self._problems:
            self._problem(f"{', '.join(map(str, self._request.paths))}: no article in it")
        unknown = {} if self._request.become == "suggestions" else self.imported.unknown
        losses = [] if self._request.allow_loss else self.imported.losses
        if self._problems or unknown or losses:
            only_losses = bool(losses) and not self._problems and not unknown
            raise ImportFailedError([*self._problems, *losses], unknown, losses=only_losses)
        self._tell()

    def _check_annotator(self) -> None:
        wanted = self._request.said_by
        if wanted and wanted not in self._annotators:
            names = ", ".join(sorted(filter(None, self._annotators))) or "no annotator"
            self._problem(f"--from {wanted}: the files name {names}")

    def add_articles(self) -> None:
        """Add those that the project does not have.

        Raises:
            StoreError: a file cannot be written; those before it are added.
        """
        drafts = (placed.draft for placed in self._placed(self._failing) if placed.draft is not None)
        for one in self._project.adding(drafts):
            if one.broken:
                raise StoreError(f"{one.stem}: {one.there}")
        self._texts = Texts(self._project)

    def write(self, target: Target) -> None:
        """Write what was checked.

        Raises:
            StoreError: the files have changed since, or it cannot be written; nothing of it counts.
        """
        self.imported.spans = self.imported.there = 0
        for number, placed in enumerate(self._placed(self._failing), start=1):
            if placed.article is None:
                raise placed.read.error("the file has changed since it was checked")
            fitted, _ = self._fitted(placed)
            written, there = target.take(placed.article, fitted.article.spans, placed.read.article.status)
            self.imported.spans += written
            self.imported.there += there
            if self._on_article:
                self._on_article(number, None)

    # One article --------------------------------------------------------------------------------------

    def _placed(self, failed: Callable[[FormatError], None]) -> Iterator[Placed]:
        options = ReadOptions(self._project.config.language, self._request.unit)
        for path in self._request.paths:
            articles = self._read(path, options)
            for number in count(1):
                try:
                    read = next(articles, None)
                    if read is None:
                        break
                    if self._is_another_s(read):
                        continue
                    yield self._place(read, number)
                except FormatError as error:
                    failed(error)

    def _failing(self, error: FormatError) -> None:
        raise error

    def _noting(self, error: FormatError) -> None:
        self._problem(error.message)

    def _problem(self, line: str) -> None:
        if len(self._problems) < _MOST_KEPT:
            self._problems.append(line)

    def _is_another_s(self, read: ReadArticle) -> bool:
        wanted = self._request.said_by
        skipped = bool(wanted) and read.is_one_s and wanted not in read.annotators
        if skipped:
            self._annotators.update(read.annotators)
            self._counts["others"] += 1
        return skipped

    def _place(self, read: ReadArticle, number: int) -> Placed:
        read = self._by_one(read)
        article = self._texts.find(read, by_id=not self._request.with_articles)
        if article is not None:
            return place(read, article, None, self._request.unit)
        if not self._request.with_articles:
            name = f"article {read.article.id}" if read.article.id else "an article of this text"
            raise read.error(f"the project does not have {name}; --with-articles adds what it does not have")
        return place(read, None, self._draft(read, number), self._request.unit)

    def _by_one(self, read: ReadArticle) -> ReadArticle:
        """The article with the spans of one annotator, and with the project's labels."""
        names = sorted({one.annotator for one in read.article.spans if one.status != "suggested"} | read.annotators)
        self._annotators.update(names)
        wanted = self._request.said_by
        if not wanted and len(names) > 1 and self._request.become != "suggestions":
            said = " and ".join(name or "nobody" for name in names)
            raise read.error(f"it holds annotations of {said}: say whose with --from")
        spans = [one for one in read.article.spans if not wanted or one.annotator == wanted]
        self.imported.labels.update(one.label for one in spans)
        labels = self._request.labels
        mapped = (replace(one, label=labels.get(one.label, one.label)) for one in spans)
        status = read.article.status if not wanted or wanted in names else "new"
        self._counts["open"] += self._request.become == "gold" and status != read.article.status
        kept = tuple(one for one in mapped if one.label)
        return replace(read, article=replace(read.article, spans=kept, status=status))

    def _draft(self, read: ReadArticle, number: int) -> Draft:
        article = read.article
        if not article.text:
            raise read.error(f"the project does not have article {article.id}, and the file does not hold its text")
        try:
            text, changes = clean_text(article.text)
        except TextError as error:
            raise read.error(error.message) from error
        metadata = {**article.metadata, "file": article.metadata.get("file", read.path.name)}
        if changes:
            metadata["changed"] = "; ".join(changes)
        return Draft(article.id or f"{read.path.stem}-{number}", article.title or title_of(text), text, metadata)

    def _look(self, placed: Placed) -> None:
        fitted, left_out = self._fitted(placed)
        name = placed.article.id if placed.article else placed.read.article.id
        self._take_joined(name, placed.joined)
        _keep(self.imported.losses, [one.line for one in fitted.losses])
        _keep(self.imported.notes, [f"left out: {one.line}" for one in fitted.chosen])
        self._counts.update(left_out)
        _keep(self.imported.losses, [f"{name}: {line}" for line in placed.read.losses])
        self._passed_over.update(placed.read.passed_over)
        self._counts["trimmed"] += placed.trimmed
        self._counts["differs"] += placed.differs
        if placed.unit != placed.read.unit:
            self._counts[placed.unit] += 1
        elif self._form.can.units and not self._request.unit:
            self._doubt(placed)
        scheme = self._project.config.scheme
        self.imported.unknown.update(one.label for one in fitted.article.spans if one.label not in scheme)
        if placed.article is not None:
            for line in self._target.problems(placed.article, fitted.article.spans):
                self._problem(line)

    def _take_joined(self, name: str, joined: Sequence[GoldSpan]) -> None:
        """Note spans in pieces: a loss, or told as what they became where losses are allowed."""
        allowed = self._request.allow_loss
        rest = "it is in pieces, and " + ("counts" if allowed else "would count") + " as one from first to last"
        lines = [f"{name}: {one.start}-{one.end} {one.label}: {rest}" for one in joined]
        _keep(self.imported.notes if allowed else self.imported.losses, lines)

    def _doubt(self, placed: Placed) -> None:
        read, taken = placed.read, UNIT_WORDS[placed.unit]
        doubt = doubt_about(read.article.text or placed.text, read.article.spans, placed.unit)
        self._counts["guessed"] += doubt is not None
        if doubt and doubt.better:
            better = f"in {UNIT_WORDS[doubt.better]} none does: is it --offsets {doubt.better}?"
            said = f"in {taken}, as was taken, spans begin or end inside words, or with white space; {better}"
            _keep(self.imported.notes, [read.error(said).message])

    def _fitted(self, placed: Placed) -> tuple[Fitted, Counter[str]]:
        """The article with what the target takes and the project's labels allow, and what else was left out."""
        article = placed.read.article
        name = placed.article.id if placed.article else article.id
        taken, left_out = self._taken(placed.spans)
        overlap = self._project.config.scheme.overlap or self._request.become == "suggestions"
        can = Capabilities(nesting=overlap, crossing=overlap, statuses=True, scores=True, notes=True)
        whole = replace(article, id=name, text=placed.text, spans=tuple(taken))
        return fit(whole, can, Policy(overlap=self._request.overlap), None), left_out

    def _taken(self, spans: Sequence[GoldSpan]) -> tuple[list[GoldSpan], Counter[str]]:
        left_out: Counter[str] = Counter()
        taken: dict[tuple[int, int, str], GoldSpan] = {}
        for one in spans:
            if not self._target.takes(one):
                left_out[one.status] += 1
            elif (one.start, one.end, one.label) in taken:
                left_out["twice"] += 1
            else:
                taken[one.start, one.end, one.label] = one
        in_order = sorted(taken.values(), key=lambda one: (one.start, -one.end, one.label))
        return in_order, left_out

    def _tell(self) -> None:
        """Say what a person would not expect."""
        counts, notes = self._counts, self.imported.notes
        for name, (noun, rest) in _TOLD.items():
            if count := counts[name]:
                notes.append(f"{count:,} {noun}{'' if count == 1 else 's'} {rest}")
        if count := counts["guessed"]:
            unit = UNIT_WORDS[self._request.unit or self._form.can.unit]
            notes.append(
                f"{count:,} article{'' if count == 1 else 's'} with offsets taken as {unit}, as {self._form.name} "
                "counts: the file does not say it, and --offsets can say otherwise"
            )
        notes += [f"passed over: {count:,} {what}" for what, count in sorted(self._passed_over.items())]
        if self._request.become == "suggestions":
            notes += [
                f"{count:,} of label {name}, which the project does not have: nobody sees them until it has"
                for name, count in sorted(self.imported.unknown.items())
            ]
