"""What formats share: the neutral values that writers get and readers give, and how a format describes itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from annotate.errors import ManiculeError
from annotate.offsets import Unit
from annotate.schemes import LabelScheme

SpanStatus = Literal["confirmed", "rejected", "suggested"]
Align = Literal["strict", "expand", "contract", "error"]
"""What becomes of a span that begins or ends inside a token: `strict` calls it a loss, `error` refuses it always."""

Overlap = Literal["strict", "longest", "outermost", "error"]
"""Which of overlapping spans stays where a format cannot hold both; `strict` and `error` as above."""


class FormatError(ManiculeError):
    """A file that is not what its format says, or that cannot be made.

    Attributes:
        path: the file.
        line: where in it, from 1; 0 where lines mean nothing.
    """

    title = "Format"

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}" if line else f"{path}: {why}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """One span on its way out or in.

    Attributes:
        start, end: half-open code points in the article's text; what a reader gives may count other units.
        label: the label's name.
        status: an annotator's word on it, or "suggested" for what nobody has settled.
        annotator: who said so; "" where nobody knows, and for a suggestion.
        source: who suggests it; "" for an annotation.
        score: of a suggestion, from 0 to 1, where it has one.
        note: what the annotator noted on it.
        identifier: names it in its file.
        how: how it was decided, as `annotate.decisions.How` says; "" where nobody knows.
        quote: read only: the text that the file says it covers; None where the file does not say.
        fragments: read only: the ranges of a discontinuous span, which [start, end) spans; () for an ordinary one.
        line: read only: where it stands in its file, from 1; 0 for the article's line.
        link: read only: what the file says it is in a knowledge base, such as an id of Wikidata.
    """

    start: int
    end: int
    label: str
    status: SpanStatus = "confirmed"
    annotator: str = ""
    source: str = ""
    score: float | None = None
    note: str = ""
    identifier: str = ""
    how: str = ""
    quote: str | None = None
    fragments: tuple[tuple[int, int], ...] = ()
    line: int = 0
    link: str = ""


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article on its way out or in.

    Attributes:
        id, title: the article's; a reader leaves "" what its file does not say.
        text: the revision that the spans count in; "" from a file that holds spans without the text.
        spans: in the order of the text, outer before inner.
        status: "new", "in progress", "done" or "skipped".
        metadata: flat strings.
        part: "train", "dev" or "test" of a corpus that is split; else "".
    """

    id: str
    title: str
    text: str
    spans: tuple[GoldSpan, ...] = ()
    status: str = "done"
    metadata: Mapping[str, str] = field(default_factory=dict)
    part: str = ""

    @property
    def settled(self) -> bool:
        """Whether an annotator said that nothing is left, so that no entity means no entity."""
        return self.status == "done"


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article as a file has it, before it is held against the project.

    Attributes:
        article: what was read.
        path: the file.
        line: where it begins in the file, from 1; 0 where lines mean nothing.
        unit: what the spans' offsets count.
        spaced: whether the text's white space is the original's; False where it was made from tokens.
        annotators: who went through it, as the file says; also those who found nothing.
        is_one_s: whether it is those annotators' alone, and the file has the same text once more for others'.
        losses: one line about each thing that the file says on its text and that could not be read.
        passed_over: how many of what else there is were passed over, by what they are.
    """

    article: GoldArticle
    path: Path
    line: int = 0
    unit: Unit = "codepoint"
    spaced: bool = True
    annotators: frozenset[str] = frozenset()
    is_one_s: bool = False
    losses: tuple[str, ...] = ()
    passed_over: Mapping[str, int] = field(default_factory=dict)

    def error(self, why: str, line: int = 0) -> FormatError:
        """An error about this article, or about that line of it."""
        return FormatError(self.path, line or self.line, why)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a format can hold; what it cannot is told before an export, or stops it.

    Attributes:
        nesting: a span inside another, or two labels on one range.
        crossing: spans of which neither holds the other.
        newlines: a span that runs over a line break.
        edges: a span that begins or ends with white space.
        controls: control characters in the text, for most of which XML has no place.
        tokens: spans have to begin and end with tokens of the project's language.
        statuses: rejected spans and suggestions, marked as such.
        rejections: where it has statuses: rejected spans, too.
        scores: of suggestions.
        notes: on spans.
        discontinuity: spans of several ranges; only readers meet them.
        empty: articles without a span.
        ids, titles, metadata: of articles.
        texts: the articles' texts; a format without them holds spans for articles that are there.
        spacing: the text exactly, white space and all.
        unit: what its offsets count, unless the file says or one asks otherwise.
        units: whether one may ask for another unit, because the file does not say.
        mark: a token that parts articles, and can therefore be in none; "" for none such.
    """

    nesting: bool = True
    crossing: bool = True
    newlines: bool = True
    edges: bool = True
    controls: bool = True
    tokens: bool = False
    statuses: bool = False
    rejections: bool = True
    scores: bool = False
    notes: bool = False
    discontinuity: bool = False
    empty: bool = True
    ids: bool = True
    titles: bool = False
    metadata: bool = False
    texts: bool = True
    spacing: bool = True
    unit: Unit = "codepoint"
    units: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """What a writer may want to know beyond the articles.

    Attributes:
        scheme: the project's labels, and whether they may overlap.
        language: the project's, as spaCy names it.
        title: the project's.
        include_suggestions: whether suggestions, rejections and unfinished articles come along.
        tokens: whether to write tokens where the format leaves the choice.
        align: how spans were brought onto tokens.
        unit: what offsets should count; None for the format's own.
    """

    scheme: LabelScheme
    language: str = "en"
    title: str = ""
    include_suggestions: bool = False
    tokens: bool = False
    align: Align = "strict"
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file that does not say everything itself.

    Attributes:
        language: the project's.
        unit: what the offsets count; None to go by the format, and by the spans' text where the file has it.
    """

    language: str = "en"
    unit: Unit | None = None


Write = Callable[[Path, Iterable[GoldArticle], WriteOptions], list[str]]
"""Writes a file, or a folder that is there and empty, and gives lines that a person should read about it.

The articles come one by one and are taken once; each fits the format. Equal articles give equal bytes.
"""

Read = Callable[[Path, ReadOptions], Iterator[ReadArticle]]
"""Reads a file or folder article by article; raises FormatError with file and line."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format's entry: a module-level value of this type, named FORMAT, in the format's own module.

    Its module imports nothing heavy; what a writer or reader needs is imported when it runs.

    Attributes:
        name: as in `--format`.
        title: what it is, in a few words.
        suffix: of its files, with the dot; "" for a format that is a folder.
        can: what it can hold.
        write: None for a format that is only read.
        read: None for a format that is only written.
        streams: whether it may go to standard output: lines of text.
        splits: whether one run writes all parts of a split corpus; else it is run for each.
        can_with: what it can hold where that hangs on the options.
    """

    name: str
    title: str
    suffix: str
    can: Capabilities
    write: Write | None = None
    read: Read | None = None
    streams: bool = False
    splits: bool = False
    can_with: Callable[[WriteOptions], Capabilities] | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files."""
        return not self.suffix

    def capabilities(self, options: WriteOptions) -> Capabilities:
        """What it can hold with these options."""
        return self.can_with(options) if self.can_with else self.can
