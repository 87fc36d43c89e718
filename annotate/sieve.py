"""Which suggestions an annotator wants to see: those whose score is on one side of a threshold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.errors import DecisionError
from annotate.suggestions import Suggestion

_TYPED = r"(>=?|≥|<=?|≤)?\s*(\d*[.,]?\d+|\d+[.,])\s*(%)?"


@dataclass(frozen=True, slots=True)
class Sieve:
    """Lets suggestions through by their score; a span that a source proposes without one always.

    Attributes:
        threshold: a score from 0 to 1; None lets everything through.
        below: whether scores up to the threshold are shown, instead of those from it on.
    """

    threshold: float | None = None
    below: bool = False

    def shows(self, score: float | None) -> bool:
        """Whether a suggestion of that score is to be seen."""
        threshold = self.threshold
        if score is None or threshold is None:
            return True
        return score <= threshold if self.below else score >= threshold

    def divide(self, suggestions: Sequence[Suggestion]) -> tuple[list[Suggestion], list[Suggestion]]:
        """Those to be seen and those not; where several sources propose one span, the best for it counts for all."""
        if self.threshold is None:
            return list(suggestions), []
        seen = {one.span for one in suggestions if self.shows(one.score)}
        shown = [one for one in suggestions if one.span in seen]
        return shown, [one for one in suggestions if one.span not in seen]

    @property
    def told(self) -> str:
        """What is shown, in a few signs: “≥ 0.80”; "" where that is everything."""
        if self.threshold is None:
            return ""
        return f"{'≤' if self.below else '≥'} {shown_score(self.threshold)}"

    def hidden(self, count: int) -> str:
        """So many hidden, in words: “12 hidden under 0.80”; "" for none."""
        return f"{count} hidden {self.side}" if count else ""

    @property
    def side(self) -> str:
        """Where the scores of what is hidden lie: “under 0.80”; "" where nothing is hidden."""
        if self.threshold is None:
            return ""
        return f"{'over' if self.below else 'under'} {shown_score(self.threshold)}"


ALL = Sieve()
"""Shows everything."""


def shown_score(score: float) -> str:
    """A score with two digits, or as many as it takes to tell it from another one."""
    short = f"{score:.2f}"
    return short if float(short) == score else f"{score:.6f}".rstrip("0")


def sieve_from(typed: str) -> Sieve:
    """What a person means by `0.8`, `≥ 80 %` or `<0.5`; nothing means everything.

    Raises:
        DecisionError: it is no score from 0 to 1.
    """
    typed = typed.strip()
    if not typed or typed.casefold() == "all":
        return ALL
    found = re.fullmatch(_TYPED, typed)
    score = float(found[2].replace(",", ".")) / (100 if found[3] else 1) if found else -1.0
    if found is None or not 0.0 <= score <= 1.0:
        raise DecisionError(f"“{typed}” is no score from 0 to 1, such as 0.8, ≥ 0.8 or ≤ 0.5")
    return Sieve(score, bool(found[1]) and found[1] in "<=≤" and found[1] != "=")
