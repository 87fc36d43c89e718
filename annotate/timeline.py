"""Count what was decided when, so that progress can be seen over days as well as over years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from annotate.decisions import Decision
from annotate.layers import Part, State, Status
from annotate.pace import SETTLING, PaceStatistics, Work, slot_of
from annotate.ways import Way, way_of

T = TypeVar("T")

MOST_PERIODS = 60

_MINUTES = (10, 60, 6 * 60, 24 * 60, 7 * 24 * 60, 28 * 24 * 60, 364 * 24 * 60)
"""How long periods may be; of weeks and more they are whole weeks, which begin on Mondays."""

_MONDAY = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Tally:
    """What was decided in some time.

    Attributes:
        decisions: on entities, by how they came about; presses that were undone as one are one.
        undone: decisions that were taken back.
        confirmed: how many more annotations were confirmed at its end than at its beginning; may be negative.
        rejected: the same of rejected ones.
        done: the same of articles that are done.
        labels: the same of confirmed annotations, by label.
    """

    decisions: Counter[Way] = field(default_factory=Counter)
    undone: int = 0
    confirmed: int = 0
    rejected: int = 0
    done: int = 0
    labels: Counter[str] = field(default_factory=Counter)

    def include(self, other: Tally) -> None:
        """Count what `other` counts as well."""
        self.decisions.update(other.decisions)
        self.undone += other.undone
        self.confirmed += other.confirmed
        self.rejected += other.rejected
        self.done += other.done
        self.labels.update(other.labels)

    def take(self, decision: Decision, decisions: int, *, back: bool) -> None:
        """Count a decision, as so many of them."""
        if decision.verb in SETTLING:
            if back:
                self.undone += decisions
            else:
                self.decisions[way_of(decision.how)] += decisions
        for part, sign in ((decision.before, -1), (decision.after, 1)):
            self._put(part, sign)

    def _put(self, part: Part, sign: int) -> None:
        for one in part.annotations:
            if one.state is State.CONFIRMED:
                self.confirmed += sign
                self.labels[one.span.label] += sign
            else:
                self.rejected += sign
        if part.marks is not None and part.marks.finished is Status.DONE:
            self.done += sign


@dataclass(frozen=True, slots=True)
class Timeline:
    """What was decided when.

    Attributes:
        slots: by the ten minutes in which it was; see `annotate.pace.slot_of`.
    """

    slots: dict[str, Tally] = field(default_factory=dict)

    def take(self, time: str, decision: Decision, decisions: int, *, back: bool) -> None:
        """Count a decision.

        Args:
            time: UTC, as in 2026-01-31T09:30:00.123Z.
            decision: as the journal has it.
            decisions: as how many it counts: as none where it goes on with the one before.
            back: whether it takes an earlier one back.
        """
        self.slots.setdefault(slot_of(time), Tally()).take(decision, decisions, back=back)

    def include(self, other: Timeline) -> None:
        """Count what `other` counts as well."""
        for slot, tally in other.slots.items():
            self.slots.setdefault(slot, Tally()).include(tally)


@dataclass(frozen=True, slots=True)
class Period:
    """Some time and how far it took the work.

    Attributes:
        start: its first moment, UTC.
        minutes: how long it is.
        tally: what was decided in it.
        confirmed, rejected: annotations at its end.
        done: articles that are done at its end.
        work: single decisions in it and what they took, as far as that was measured.
    """

    start: datetime
    minutes: int
    tally: Tally
    confirmed: int
    rejected: int
    done: int
    work: Work

    @property
    def name(self) -> str:
        """Its first moment, for people: with the time of day where it is shorter than a day."""
        return self.start.strftime("%Y-%m-%d" if self.minutes >= DAY else "%Y-%m-%d %H:%M")


DAY = 24 * 60
"""Minutes."""


def periods(
    timeline: Timeline, pace: PaceStatistics, *, most: int = MOST_PERIODS, minutes: int | None = None
) -> list[Period]:
    """The time from the first decision to the last in periods of one length, but for empty ones.

    Args:
        timeline: what was decided when.
        pace: what was measured.
        most: how many periods at most; they are as short as that allows: ten minutes, an hour, six hours, a day, one,
            four or fifty-two weeks, or longer.
        minutes: how long they are, if that is given.
    """
    tallies = _by_moment(timeline.slots.items())
    works = _by_moment(pace.slots.items())
    if not tallies:
        return []
    minutes = minutes or _length(min(tallies), max(tallies), most)
    found: dict[datetime, tuple[Tally, Work]] = {}
    for moment, tally in sorted(tallies.items()):
        found.setdefault(_begin(moment, minutes), (Tally(), Work()))[0].include(tally)
    for moment, work in works.items():
        if _begin(moment, minutes) in found:
            found[_begin(moment, minutes)][1].include(work)
    return _added_up(found, minutes)


def _added_up(found: dict[datetime, tuple[Tally, Work]], minutes: int) -> list[Period]:
    confirmed = rejected = done = 0
    listed = []
    for start, (tally, work) in found.items():
        confirmed, rejected, done = confirmed + tally.confirmed, rejected + tally.rejected, done + tally.done
        listed.append(Period(start, minutes, tally, confirmed, rejected, done, work))
    return listed


def _by_moment(slots: Iterable[tuple[str, T]]) -> dict[datetime, T]:
    found = {}
    for slot, held in slots:
        try:
            found[datetime.fromisoformat(f"{slot}0:00+00:00")] = held
        except ValueError:
            continue  # a time that no clock shows: a line that someone wrote by hand
    return found


def _length(first: datetime, last: datetime, most: int) -> int:
    for minutes in _MINUTES:
        if (_begin(last, minutes) - _begin(first, minutes)) / timedelta(minutes=minutes) < most:
            return minutes
    years = int((last - first) / timedelta(minutes=_MINUTES[-1]) / max(most - 1, 1)) + 1
    return _MINUTES[-1] * years


def _begin(moment: datetime, minutes: int) -> datetime:
    length = timedelta(minutes=minutes)
    return _MONDAY + (moment - _MONDAY) // length * length
