"""Exact precision, recall and F1 of suggested entities against gold, label by label, as pure functions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotate.news_pipeline.gold import LabelledRange

ALL = "ALL"
"""The row of all labels together."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of exact matches of range and label: right, suggested, in the gold."""

    right: int
    suggested: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of suggestions that are right, 0 where there are none."""
        return self.right / self.suggested if self.suggested else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was suggested, 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.suggested + self.gold) if self.right else 0.0


def score(pairs: Iterable[tuple[Sequence[LabelledRange], Sequence[LabelledRange]]]) -> dict[str, Score]:
    """Scores by label, and of all under ALL, of pairs (suggested, gold), one pair a text."""
    right: Counter[str] = Counter()
    suggested: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for ours, theirs in pairs:
        mine, true = set(ours), set(theirs)
        suggested.update(label for _, _, label in mine)
        gold.update(label for _, _, label in true)
        right.update(label for _, _, label in mine & true)
    rows = {label: Score(right[label], suggested[label], gold[label]) for label in sorted(suggested | gold)}
    rows[ALL] = Score(right.total(), suggested.total(), gold.total())
    return rows


def map_labels(spans: Iterable[LabelledRange], mapping: dict[str, str]) -> list[LabelledRange]:
    """Spans whose label the mapping knows, with the label it gives."""
    return [(start, end, mapping[label]) for start, end, label in spans if label in mapping]


def table(rows: dict[str, Score]) -> str:
    """The scores as aligned text, one label a line, percentages with one decimal."""
    lines = [f"{'label':<12} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6} {'found':>6}"]
    for label, s in rows.items():
        figures = f"{100 * s.precision:6.1f} {100 * s.recall:6.1f} {100 * s.f1:6.1f}"
        lines.append(f"{label:<12} {figures} {s.gold:6d} {s.suggested:6d}")
    return "\n".join(lines)
