"""The span: a labelled range of an article's text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range [start, end) of code points with a label's name."""

    start: int
    end: int
    label: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"no range: [{self.start}, {self.end})")

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the span shares a code point with [start, end)."""
        return self.start < end and start < self.end
