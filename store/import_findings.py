"""What an import finds on its way through the files: what is wrong, what would be lost, what a person should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from store.formats.model import Format, GoldSpan
from store.import_request import Imported, ImportFailedError, ImportRequest
from store.reconciling import Placed
from store.unit_doubts import UNIT_WORDS, doubt_about

_MOST_KEPT = 100_000
"""Lines that are kept of each kind, so that they never fill the memory."""

_TOLD = {
    "suggested": ("suggestion", "left out (--as suggestions takes them)"),
    "rejected": ("rejected span", "left out: a source suggests only what is there"),
    "twice": ("span", "taken once that is there twice"),
    "trimmed": ("span", "taken without the white space at its edges"),
    "differs": ("article", "found by its id, with another text than the file's; every span covers the same here"),
    "linked": ("span", "taken without what links it to a knowledge base: here, whole entities are linked, by hand"),
    "others": ("row", "of other annotators passed over"),
    "open": ("article", "left open: the file does not say that the annotator of --from went through"),
    "utf16": ("article", "with offsets in UTF-16 units, as the spans' text shows"),
    "utf8": ("article", "with offsets in bytes, as the spans' text shows"),
    "grapheme": ("article", "with offsets in grapheme clusters, as the spans' text shows"),
    "codepoint": ("article", "with offsets in code points, as the spans' text shows"),
}
"""What is counted on the way: its noun, and what became of it."""


class Findings:
    """Collects them article by article, and judges them at the end.

    Attributes:
        counts: how often what `_TOLD` names came.
        annotators: whom the files name.
    """

    def __init__(self, request: ImportRequest, form: Format, imported: Imported) -> None:
        """Nothing is found yet.

        Args:
            request: what is asked.
            form: the files' format.
            imported: where losses and notes go.
        """
        self.counts: Counter[str] = Counter()
        self.annotators: set[str] = set()
        self._request = request
        self._form = form
        self._imported = imported
        self._seen = _Seen()
        self._problems: list[str] = []
        self._passed_over: Counter[str] = Counter()

    def problem(self, line: str) -> None:
        """Note that something is wrong."""
        _keep(self._problems, [line])

    def article(self, name: str, placed: Placed) -> None:
        """Note what there is to say of an article as it was placed."""
        for problem in self._seen.problems(placed):
            self.problem(problem)
        self._take_joined(name, placed.joined)
        self.losses(f"{name}: {line}" for line in placed.read.losses)
        self._passed_over.update(placed.read.passed_over)
        self.counts["trimmed"] += placed.trimmed
        self.counts["linked"] += sum(1 for one in placed.spans if one.link)
        self.counts["differs"] += placed.differs
        if placed.unit != placed.read.unit:
            self.counts[placed.unit] += 1
        elif self._form.can.units and not self._request.unit:
            self._doubt(placed)

    def losses(self, lines: Iterable[str]) -> None:
        """Note what the project cannot hold."""
        _keep(self._imported.losses, lines)

    def notes(self, lines: Iterable[str]) -> None:
        """Note what a person should read."""
        _keep(self._imported.notes, lines)

    def judge(self) -> None:
        """Say what a person would not expect.

        Raises:
            ImportFailedError: something is wrong, or would be lost.
        """
        imported, request = self._imported, self._request
        self._check_annotator()
        if not imported.articles and not self._problems:
            self.problem(f"{', '.join(map(str, request.paths))}: no article in it")
        unknown = {} if request.become == "suggestions" else imported.unknown
        losses = [] if request.allow_loss else imported.losses
        if self._problems or unknown or losses:
            only_losses = bool(losses) and not self._problems and not unknown
            raise ImportFailedError([*self._problems, *losses], unknown, losses=only_losses)
        self._tell()

    def _check_annotator(self) -> None:
        wanted = self._request.said_by
        if wanted and wanted not in self.annotators:
            names = ", ".join(sorted(filter(None, self.annotators))) or "no annotator"
            self.problem(f"--from {wanted}: the files name {names}")

    def _take_joined(self, name: str, joined: Sequence[GoldSpan]) -> None:
        """Note spans in pieces: a loss, or told as what they became where losses are allowed."""
        allowed = self._request.allow_loss
        rest = "it is in pieces, and " + ("counts" if allowed else "would count") + " as one from first to last"
        lines = [f"{name}: {one.start}-{one.end} {one.label}: {rest}" for one in joined]
        self.notes(lines) if allowed else self.losses(lines)

    def _doubt(self, placed: Placed) -> None:
        read, taken = placed.read, UNIT_WORDS[placed.unit]
        doubt = doubt_about(read.article.text or placed.text, read.article.spans, placed.unit)
        self.counts["guessed"] += doubt is not None
        if doubt and doubt.better:
            better = f"in {UNIT_WORDS[doubt.better]} none does: is it --offsets {doubt.better}?"
            said = f"in {taken}, as was taken, spans begin or end inside words, or with white space; {better}"
            self.notes([read.error(said).message])

    def _tell(self) -> None:
        """Say what a person would not expect."""
        counts, notes = self.counts, self._imported.notes
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
                for name, count in sorted(self._imported.unknown.items())
            ]


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


def _keep(lines: list[str], more: Iterable[str]) -> None:
    lines += islice(more, max(_MOST_KEPT - len(lines), 0))
