"""What a source proposes: spans that nobody has decided on yet."""

from __future__ import annotations

from dataclasses import dataclass, field

from annotate.spans import Span

MEMORY = "@memory"
"""The source of what an annotator's own memory proposes. No pipeline and no import has it: no name holds an @."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who proposes spans: a pipeline or an import.

    Attributes:
        name: its folder's name under suggestions/, such as "manicule_news".
        version: as the source gives it.
        fingerprint: hash of its configuration and weights, as hex digits.
    """

    name: str
    version: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A span that a source proposes.

    Attributes:
        span: where, and the label.
        source: the source's name.
        version: as the source gives it; of memory, why it proposes the span.
        score: from 0 to 1, as the source gives it, where it does.
        lowered: what of the score is left after what the annotator said of the same string elsewhere; None where that
            does not speak against it. It orders and is shown; it is no part of what is kept. On one of memory's: it
            comes after those of the sources.
        doubt: what speaks against it, in words.
    """

    span: Span
    source: str
    version: str = ""
    score: float | None = None
    lowered: float | None = field(default=None, compare=False)
    doubt: str = field(default="", compare=False)

    @property
    def standing(self) -> float | None:
        """The score that orders it among others, and that people see."""
        return self.score if self.lowered is None else self.lowered


@dataclass(frozen=True, slots=True)
class SuggestionLayer:
    """All that one source proposes for one revision of an article."""

    article_id: str
    text_hash: str
    source: Source
    suggestions: tuple[Suggestion, ...]
