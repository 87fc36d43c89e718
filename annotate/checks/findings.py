"""What a check finds: places that contradict each other, side by side, and what would settle them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from annotate.concordance import Line
from annotate.spans import Span

_CONTEXT = 20
"""Code points on each side by which a place is known again, also where the text before it has grown."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a rule speaks of.

    Attributes:
        article_id: the article.
        start, end: the place.
        label: of the annotator's confirmed annotation of exactly that place; "" where there is none.
        fix: what the rule would make of it; None for a place that it only compares with.
        remove: whether the rule would make it no entity.
    """

    article_id: str
    start: int
    end: int
    label: str
    fix: Span | None = None
    remove: bool = False

    @property
    def suspect(self) -> bool:
        """Whether the rule thinks that this is what is wrong."""
        return self.fix is not None or self.remove


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a rule has found, by places alone.

    Attributes:
        rule: its name.
        told: what it is about, on one line.
        spots: what is suspected first, then what that is held against.
        weight: about how probable it is that there is a mistake, from 0 to 1; findings are put in order by it.
        unlisted: how many more places there are like those that it is held against.
    """

    rule: str
    told: str
    spots: tuple[Spot, ...]
    weight: float
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class Case:
    """A place of a finding in its context.

    Attributes:
        id: the same whenever the same is found at the same words; what is accepted is remembered by it.
        spot: the place.
        line: its concordance line.
        fixed: what it would become, in a few words; "" where nothing is proposed.
    """

    id: str
    spot: Spot
    line: Line
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has found, as it is shown to a person.

    Attributes:
        rule, told, weight, unlisted: as in `Doubt`.
        cases: what is suspected first, then what that is held against.
    """

    rule: str
    told: str
    cases: tuple[Case, ...]
    weight: float
    unlisted: int = 0

    @property
    def suspects(self) -> tuple[Case, ...]:
        """What is thought to be wrong."""
        return tuple(one for one in self.cases if one.spot.suspect)

    def without(self, accepted: Collection[str]) -> Finding | None:
        """The finding without the cases whose ids are accepted; None where no suspect is left."""
        kept = tuple(one for one in self.cases if not (one.spot.suspect and one.id in accepted))
        left = replace(self, cases=kept)
        return left if left.suspects else None


def case_id(rule: str, spot: Spot, text: str) -> str:
    """What a place of a finding is known by again, as long as the words there stay."""
    fix = spot.fix
    changed = (fix.start - spot.start, fix.end - spot.end, fix.label) if fix else spot.remove
    around = text[max(spot.start - _CONTEXT, 0) : spot.start], text[spot.end : spot.end + _CONTEXT]
    told = (rule, spot.article_id, text[spot.start : spot.end], spot.label, changed, around)
    return hashlib.blake2b(repr(told).encode("utf-8", "replace"), digest_size=9).hexdigest()


def fixed(spot: Spot, text: str) -> str:
    """What a place would become, in a few words; "" where nothing is proposed."""
    fix = spot.fix
    if fix is None:
        return "no entity" if spot.remove else ""
    told = [] if fix.label == spot.label else [fix.label]
    if (fix.start, fix.end) != (spot.start, spot.end):
        told.append(f"“{text[fix.start : fix.end]}”")
    return " ".join(told)
