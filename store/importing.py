"""Import annotations that exist elsewhere: all is checked before anything is written, and all of it counts or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from annotate.articles import clean_text, title_of
from annotate.errors import TextError
from store.errors import StoreError
from store.formats import find_format
from store.formats.fitting import Fitted, Policy, fit
from store.formats.model import (
    Capabilities,
    Format,
    FormatError,
    GoldSpan,
    Read,
    ReadArticle,
    ReadOptions,
)
from store.import_findings import Findings
from store.import_request import Imported, ImportRequest, OnArticle
from store.import_targets import LayerTarget, SourceTarget, Target
from store.project import Draft, Project
from store.reconciling import Placed, Texts, place


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
        self._findings = Findings(request, form, self.imported)

    # The two rounds -----------------------------------------------------------------------------------

    def check(self) -> None:
        """Find all that is wrong.

        Raises:
            ImportFailedError: something is.
        """
        for number, placed in enumerate(self._placed(self._noting), start=1):
            if self._on_article:
                self._on_article(number, None)
            self.imported.articles += 1
            self.imported.added += placed.draft is not None
            self._look(placed)
        self._findings.judge()

    def add_articles(self) -> None:
        """Add those that the project does not have.

        Raises:
            StoreError: a file cannot be written; those before it are added.
        """
        for one in self._project.adding(self._drafts()):
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
        for number, read in self._reads(failed):
            try:
                yield self._place(read, number)
            except FormatError as error:
                failed(error)

    def _drafts(self) -> Iterator[Draft]:
        """What is to become articles; their spans were checked."""
        for number, read in self._reads(self._failing):
            if self._texts.find(read, by_id=False) is None:
                yield self._draft(read, number)

    def _reads(self, failed: Callable[[FormatError], None]) -> Iterator[tuple[int, ReadArticle]]:
        """What the files hold for the import, each with its number in its file."""
        options = ReadOptions(self._project.config.language, self._request.unit)
        for path in self._request.paths:
            articles = self._read(path, options)
            for number in count(1):
                try:
                    read = next(articles, None)
                except FormatError as error:
                    failed(error)
                    continue
                if read is None:
                    break
                if not self._is_another_s(read):
                    yield number, read

    def _failing(self, error: FormatError) -> None:
        raise error

    def _noting(self, error: FormatError) -> None:
        self._findings.problem(error.message)

    def _is_another_s(self, read: ReadArticle) -> bool:
        wanted = self._request.said_by
        skipped = bool(wanted) and read.is_one_s and wanted not in read.annotators
        if skipped:
            self._findings.annotators.update(read.annotators)
            self._findings.counts["others"] += 1
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
        self._findings.annotators.update(names)
        wanted = self._request.said_by
        if not wanted and len(names) > 1 and self._request.become != "suggestions":
            said = " and ".join(name or "nobody" for name in names)
            raise read.error(f"it holds annotations of {said}: say whose with --from")
        spans = [one for one in read.article.spans if not wanted or one.annotator == wanted]
        labels = self._request.labels
        mapped = (replace(one, label=labels[one.label]) if one.label in labels else one for one in spans)
        status = read.article.status if not wanted or wanted in names else "new"
        self._findings.counts["open"] += self._request.become == "gold" and status != read.article.status
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
        if removed := self._texts.in_trash(text):
            raise read.error(f"it is article {removed}, which is in the trash: manicule restore brings it back")
        metadata = {**article.metadata, "file": article.metadata.get("file", read.path.name)}
        if changes:
            metadata["changed"] = "; ".join(changes)
        return Draft(article.id or f"{read.path.stem}-{number}", article.title or title_of(text), text, metadata)

    def _look(self, placed: Placed) -> None:
        fitted, left_out = self._fitted(placed)
        findings = self._findings
        findings.article(placed.article.id if placed.article else placed.read.article.id, placed)
        findings.losses(one.line for one in fitted.losses)
        findings.notes(f"left out: {one.line}" for one in fitted.chosen)
        findings.counts.update(left_out)
        scheme = self._project.config.scheme
        self.imported.unknown.update(one.label for one in fitted.article.spans if one.label not in scheme)
        if placed.article is not None:
            for line in self._target.problems(placed.article, fitted.article.spans):
                findings.problem(line)

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
