"""Progress over time adds up to what there is, in periods as short as fit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain import random_act, suggestion, view, views
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import acts
from annotate.layers import State, Status
from annotate.pace import PaceStatistics, Work
from annotate.timeline import DAY, MOST_PERIODS, Tally, Timeline, periods
from annotate.ways import Way

TEXT = "Ada met Bob in Lima."


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def at(*moments: datetime) -> Timeline:
    timeline = Timeline()
    for moment in moments:
        timeline.slots[stamp(moment)[:15]] = Tally(confirmed=1)
    return timeline


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_was_done_and_taken_back_adds_up_to_the_layer(data: st.DataObject) -> None:
    page = data.draw(views())
    timeline = Timeline()
    for number in range(data.draw(st.integers(0, 8))):
        decisions = random_act(data.draw, page)
        back = bool(decisions) and data.draw(st.booleans())
        for one in decisions:
            timeline.take(f"2026-01-31T09:{number:02d}:00.000Z", one, 1, back=False)
        if back:
            for one in reversed(decisions):
                timeline.take("2026-02-01T09:00:00.000Z", one.inverse(), 1, back=True)
        else:
            page.apply(decisions)
    total = Tally()
    for tally in timeline.slots.values():
        total.include(tally)
    states = [one.state for one in page.layer.annotations.values()]
    assert (total.confirmed, total.rejected) == (states.count(State.CONFIRMED), states.count(State.REJECTED))
    assert total.done == (page.layer.status is Status.DONE)
    assert +total.labels == total.labels and total.labels.total() == total.confirmed


def test_decisions_are_counted_by_way_and_those_taken_back_apart() -> None:
    page = view(TEXT, suggestion(TEXT, "Ada", "PERSON"), suggestion(TEXT, "Bob", "PERSON"))
    timeline = Timeline()
    first = acts.confirm(page, page.entries()[0])
    page.apply(first)
    for one in (*first, *acts.finish(page, acts.confirm_rest)):
        timeline.take("2026-01-31T09:59:00.000Z", one, 1, back=False)
    timeline.take("2026-01-31T10:00:00.000Z", first[0].inverse(), 1, back=True)
    early, late = (timeline.slots[slot] for slot in ("2026-01-31T09:5", "2026-01-31T10:0"))
    assert (early.decisions, early.done, early.confirmed) == ({Way.SINGLE: 1, Way.BULK: 1}, 1, 2)
    assert (late.undone, late.confirmed, late.decisions.total()) == (1, -1, 0)


def test_an_evening_is_shown_in_minutes_and_years_in_months() -> None:
    start = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    assert periods(at(start, start + timedelta(hours=2)), PaceStatistics())[0].minutes == 10
    assert periods(at(start, start + timedelta(days=30)), PaceStatistics())[0].minutes == DAY
    assert periods(at(start, start + timedelta(days=900)), PaceStatistics())[0].minutes == 28 * DAY
    assert [one.name for one in periods(at(start), PaceStatistics())] == ["2026-01-31 09:30"]
    assert periods(Timeline(), PaceStatistics()) == []


def test_weeks_begin_on_mondays() -> None:
    start = datetime(2026, 1, 31, tzinfo=UTC)
    for one in periods(at(start, start + timedelta(days=300)), PaceStatistics()):
        assert (one.minutes, one.start.weekday()) == (7 * DAY, 0)


@given(st.lists(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), min_size=1, max_size=12))
def test_there_are_never_more_periods_than_asked_for_and_nothing_is_lost(moments: list[datetime]) -> None:
    timeline = at(*(one.replace(tzinfo=UTC) for one in moments))
    found = periods(timeline, PaceStatistics())
    first, last = found[0], found[-1]
    assert (last.start - first.start) / timedelta(minutes=first.minutes) < MOST_PERIODS
    assert last.confirmed == len(timeline.slots)
    assert [one.start for one in found] == sorted({one.start for one in found})


def test_what_was_measured_stands_beside_what_was_decided() -> None:
    start = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)
    pace = PaceStatistics(slots={"2026-01-31T09:3": Work(6, 60.0, 12), "2026-03-01T09:3": Work(1, 1.0, 1)})
    (found,) = periods(at(start), pace, minutes=DAY)
    assert found.work.per_minute == 6.0


def test_a_time_that_no_clock_shows_is_passed_over() -> None:
    timeline = at(datetime(2026, 1, 31, tzinfo=UTC))
    timeline.slots["2026-13-45T99:9"] = Tally(confirmed=5)
    assert [one.confirmed for one in periods(timeline, PaceStatistics())] == [1]
