"""What a source proposes: spans that nobody has decided on yet."""

from __future__ import annotations

from dataclasses import dataclass

from annotate.spans import Span


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
    """A span that the source of that name proposes, with a score from 0 to 1 where it has one."""

    span: Span
    source: str
    version: str = ""
    score: float | None = None


@dataclass(frozen=True, slots=True)
class SuggestionLayer:
    """All that one source proposes for one revision of an article."""

    article_id: str
    text_hash: str
    source: Source
    suggestions: tuple[Suggestion, ...]
