"""How far two sources say the same: exact matches of range and label, counted article by article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from annotate.spans import Span


@dataclass(frozen=True, slots=True)
class Agreed:
    """How many spans the first has, how many the second, and how many are in both."""

    first: int
    second: int
    both: int

    @property
    def precision(self) -> float | None:
        """Share of the second's spans that the first has too; None where it has none."""
        return self.both / self.second if self.second else None

    @property
    def recall(self) -> float | None:
        """Share of the first's spans that the second has too; None where it has none."""
        return self.both / self.first if self.first else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two shares, the same whichever is first; None where neither has any span."""
        return 2 * self.both / (self.first + self.second) if self.first + self.second else None


class Agreement:
    """Counts of two sources over articles, by label.

    Attributes:
        articles: how many were taken in.
    """

    def __init__(self) -> None:
        self.articles = 0
        self._first: Counter[str] = Counter()
        self._second: Counter[str] = Counter()
        self._both: Counter[str] = Counter()

    def take(self, first: Iterable[Span], second: Iterable[Span]) -> None:
        """Take in an article; a span that one of them has twice counts once."""
        mine, theirs = set(first), set(second)
        self.articles += 1
        self._first.update(one.label for one in mine)
        self._second.update(one.label for one in theirs)
        self._both.update(one.label for one in mine & theirs)

    def labels(self) -> set[str]:
        """The labels that either has used."""
        return {*self._first, *self._second}

    def of(self, label: str) -> Agreed:
        """The counts of one label."""
        return Agreed(self._first[label], self._second[label], self._both[label])

    @property
    def total(self) -> Agreed:
        """The counts of all labels together."""
        return Agreed(self._first.total(), self._second.total(), self._both.total())
