"""What an export hands to a format, article by article, and what a format answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

SpanStatus = Literal["confirmed", "rejected", "suggested"]
Align = Literal["strict", "expand", "contract"]


@dataclass(frozen=True, slots=True)
class ExportSpan:
    """One span on its way out.

    Attributes:
        start, end: half-open code points in the article's text.
        label: the label's name.
        status: an annotator's word on it, or "suggested" for what nobody has settled.
        annotator: who said so; "" for a suggestion.
        source: who suggests it; "" for an annotation.
    """

    start: int
    end: int
    label: str
    status: SpanStatus
    annotator: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class ExportArticle:
    """One article on its way out.

    Attributes:
        id, title, text: the article's; the text is the revision that the spans count in.
        status: "new", "in progress", "done" or "skipped".
        spans: in the order of the text, outer before inner.
    """

    id: str
    title: str
    text: str
    status: str
    spans: tuple[ExportSpan, ...]

    @property
    def done(self) -> bool:
        """Whether an annotator said that nothing is left, so that no entity means no entity."""
        return self.status == "done"


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """How a format is to write.

    Attributes:
        language: the project's, as spaCy names it.
        overlap: whether the label scheme allows annotations to overlap.
        include_suggestions: whether suggestions, rejections and unfinished articles come along.
        tokens: whether to write the tokens as well.
        align: what becomes of a span that begins or ends inside a token.
    """

    language: str = "en"
    overlap: bool = False
    include_suggestions: bool = False
    tokens: bool = False
    align: Align = "strict"


@dataclass(frozen=True, slots=True)
class Loss:
    """A span that the format cannot hold, and why."""

    article: ExportArticle
    span: ExportSpan
    reason: str

    @property
    def line(self) -> str:
        """One line about it: article, range, label, text and reason."""
        span = self.span
        quote = self.article.text[span.start : span.end].replace("\n", " ")
        return f"{self.article.id}: {span.start}-{span.end} {span.label} “{quote}”: {self.reason}"


class Writer(Protocol):
    """A file in the making: `close` is called after the last article, or `abandon` when there was a loss."""

    def add(self, article: ExportArticle) -> list[Loss]:
        """Take an article in; the losses are what cannot be written of it."""
        ...

    def close(self) -> list[str]:
        """Complete the file; give lines that a person should read about it.

        Raises:
            StoreError: what was written is not what was meant.
        """
        ...

    def abandon(self) -> None:
        """Let go of the file; it will be removed."""
        ...
