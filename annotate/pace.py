"""How fast an annotator works: active time and keys for each decision, and what they come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from annotate.decisions import Add, Confirm, Decision, How, Move, Reject, Relabel, Remove
from annotate.layers import State

IDLE_SECONDS = 60.0
"""A longer gap between two keys is a break: none of it counts as work."""

SETTLING = frozenset(kind.verb for kind in (Add, Confirm, Move, Reject, Relabel, Remove))
"""Verbs of decisions on an entity; notes, flags and the end of an article are work, but no decision that is paced."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What a decision took since the one before it.

    Attributes:
        seconds: active time.
        keys: pressed, moves included.
    """

    seconds: float
    keys: int


class Meter:
    """Counts a person's keys and active time from one decision to the next."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds; time counts from the first key on."""
        self._clock = clock
        self._last: float | None = None
        self._seconds = 0.0
        self._keys = 0

    def press(self, keys: int = 1) -> None:
        """Keys were pressed; none of them when it was the mouse."""
        now = self._clock()
        gap = now - self._last if self._last is not None else 0.0
        self._last = now
        self._keys += keys
        if 0.0 < gap <= IDLE_SECONDS:
            self._seconds += gap

    def take(self) -> Effort:
        """What has been counted; counting begins anew."""
        effort = Effort(round(self._seconds, 3), self._keys)
        self._seconds, self._keys = 0.0, 0
        return effort


@dataclass(frozen=True, slots=True)
class Act:
    """A key press that decided, with what it took.

    Attributes:
        group: the group that it belongs to; presses that are undone as one share it.
        article_id: the article.
        verb: of its last decision.
        label: that the decision gave or rejected, or "".
        how: singly or in bulk.
        effort: what it took.
        takes_back: whether it undid or redid something.
        time: UTC, as in 2026-01-31T09:30:00.123Z; "" where that is not known.
    """

    group: str
    article_id: str
    verb: str
    label: str
    how: How
    effort: Effort
    takes_back: bool = False
    time: str = ""

    @property
    def single(self) -> bool:
        """Whether it is a single decision on an entity, from which pace is reported."""
        return self.how is How.SINGLE and self.verb in SETTLING and not self.takes_back


def label_of(decision: Decision) -> str:
    """The label that a decision gave, else the one that it rejected or removed, else ""."""
    annotations = (*decision.after.annotations, *decision.before.annotations)
    confirmed = (one for one in decision.after.annotations if one.state is State.CONFIRMED)
    one = next(confirmed, None) or next(iter(annotations), None)
    return one.span.label if one else ""


@dataclass(slots=True)
class Work:
    """Single decisions and what they took.

    Attributes:
        decisions: how many.
        seconds: active time.
        keys: pressed.
    """

    decisions: int = 0
    seconds: float = 0.0
    keys: int = 0

    @property
    def per_minute(self) -> float | None:
        """Decisions in a minute of active time; None where no time was measured."""
        return 60.0 * self.decisions / self.seconds if self.seconds > 0.0 else None

    @property
    def keys_each(self) -> float | None:
        """Keys a decision; None without any."""
        return self.keys / self.decisions if self.decisions else None

    def take(self, effort: Effort, decisions: int) -> None:
        """Count more of it."""
        self.decisions += decisions
        self.seconds += effort.seconds
        self.keys += effort.keys

    def include(self, other: Work) -> None:
        """Count what `other` counts as well."""
        self.decisions += other.decisions
        self.seconds += other.seconds
        self.keys += other.keys


@dataclass(frozen=True, slots=True)
class PaceStatistics:
    """An annotator's pace, from single decisions.

    Attributes:
        total: of all.
        articles: by article.
        labels: by the label that was given or rejected.
        slots: by the ten minutes in which they were made, as far as that is known; see `annotate.timeline`.
    """

    total: Work = field(default_factory=Work)
    articles: dict[str, Work] = field(default_factory=dict)
    labels: dict[str, Work] = field(default_factory=dict)
    slots: dict[str, Work] = field(default_factory=dict)

    def take(self, act: Act, decisions: int) -> None:
        """Count one single act as so many decisions."""
        works = [self.total, _in(self.articles, act.article_id), _in(self.labels, act.label)]
        if act.time:
            works.append(_in(self.slots, slot_of(act.time)))
        for work in works:
            work.take(act.effort, decisions)

    def include(self, other: PaceStatistics) -> None:
        """Count what `other` counts as well."""
        self.total.include(other.total)
        for mine, others in ((self.articles, other.articles), (self.labels, other.labels), (self.slots, other.slots)):
            for name, work in others.items():
                _in(mine, name).include(work)


def _in(works: dict[str, Work], name: str) -> Work:
    return works.setdefault(name, Work())


_SLOT = len("2026-01-31T09:3")


def slot_of(time: str) -> str:
    """The ten minutes that a moment lies in: the beginning of its time, as in 2026-01-31T09:3."""
    return time[:_SLOT]


_RECENT = 64
"""Groups that may go on: presses in a row, here and in a few sessions at once."""


def reckon(acts: Iterable[Act], found: PaceStatistics | None = None) -> PaceStatistics:
    """The pace of `acts`; those of one group, such as presses that move an edge further, are one decision.

    Args:
        acts: in order.
        found: what they are counted into.
    """
    found = found or PaceStatistics()
    recent: dict[str, None] = {}
    for act in acts:
        if act.single:
            found.take(act, 0 if act.group in recent else 1)
            recent[act.group] = None
            if len(recent) > _RECENT:
                del recent[next(iter(recent))]
    return found
