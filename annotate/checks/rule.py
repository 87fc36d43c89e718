"""What a rule of the checks is: something that looks at each article in turn and then says what it doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from annotate.checks.corpus import EXAMPLES, CheckedArticle, Evidence
from annotate.checks.findings import Doubt

COMPARED = EXAMPLES
"""Places that a finding shows for comparison; the others are counted."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may choose.

    Attributes:
        threshold: the score from which a pipeline, or a model trained in the pass, counts as confident.
        language: of the articles.
        folds: parts into which a cross-validation divides the articles that are done.
        seed: of all that is left to chance.
    """

    threshold: float = 0.9
    language: str = "en"
    folds: int = 5
    seed: int = 0


class Rule(Protocol):
    """Looks at articles one by one and keeps only what it needs to say what it doubts."""

    def look(self, article: CheckedArticle) -> None:
        """Take an article in."""

    def doubts(self) -> Iterator[Doubt]:
        """What is doubted, after all articles."""


@dataclass(frozen=True, slots=True)
class Check:
    """A rule as it is known to people.

    Attributes:
        name: one word.
        told: what it finds, in a few words.
        make: makes the rule for one run, after all articles were counted.
    """

    name: str
    told: str
    make: Callable[[Evidence, Options], Rule]


def share_weight(odd: int, usual: int) -> float:
    """How probable a mistake is where `odd` places stand against `usual` ones, from 0 to 1: 1 to 1 is a half."""
    return usual / (usual + odd) * (1 - 0.5 / (usual + odd)) if usual + odd else 0.0
