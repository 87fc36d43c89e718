"""Active time and keys are counted from decision to decision, and pace comes from single decisions only."""

from __future__ import annotations

import pytest
from domain import suggestion, view
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.decisions import How
from annotate.pace import IDLE_SECONDS, Act, Effort, Meter, label_of, reckon

TEXT = "Ada Khan met Bo Lind"


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def act(group: str = "g", verb: str = "confirm", how: How = How.SINGLE, *, back: bool = False) -> Act:
    return Act(group, "a", verb, "ORG", how, Effort(2.0, 3), back)


def test_the_time_between_keys_counts_and_breaks_do_not() -> None:
    clock = Clock()
    meter = Meter(clock)
    for gap in (0.0, 1.5, 2.0, IDLE_SECONDS + 0.1, 3.0):
        clock.now += gap
        meter.press()
    assert meter.take() == Effort(6.5, 5)
    clock.now += 1.0
    meter.press()
    assert meter.take() == Effort(1.0, 1)
    assert meter.take() == Effort(0.0, 0)


def test_the_mouse_counts_as_work_but_not_as_a_key() -> None:
    clock = Clock()
    meter = Meter(clock)
    meter.press()
    clock.now += 2.0
    meter.press(0)
    assert meter.take() == Effort(2.0, 1)


@given(st.lists(st.floats(-10, 500), max_size=20))
def test_active_time_is_never_more_than_time(gaps: list[float]) -> None:
    clock = Clock()
    meter = Meter(clock)
    meter.press()
    for gap in gaps:
        clock.now += gap
        meter.press()
    assert 0.0 <= meter.take().seconds <= sum(gap for gap in gaps if gap > 0.0) + 0.001


def test_decisions_a_minute_and_keys_each_by_article_and_label() -> None:
    found = reckon([act("1"), act("2", "reject"), act("3", "add")])
    assert (found.total.decisions, found.total.per_minute, found.total.keys_each) == (3, 30.0, 3.0)
    assert {name: work.decisions for name, work in found.articles.items()} == {"a": 3}
    assert {name: work.decisions for name, work in found.labels.items()} == {"ORG": 3}


def test_presses_that_move_an_edge_further_are_one_decision() -> None:
    found = reckon([act("1", "move"), act("1", "move"), act("1", "move")])
    assert (found.total.decisions, found.total.keys) == (1, 9)


@pytest.mark.parametrize(
    "other",
    [
        act(how=How.REST),
        act(how=How.ARTICLE),
        act(how=How.PROJECT),
        act(how=How.IMPORT),
        act(verb="finish"),
        act(verb="flag"),
        act(verb="note"),
        act(verb="skip"),
        act(back=True),
    ],
)
def test_bulk_ends_remarks_and_undo_do_not_count(other: Act) -> None:
    assert reckon([other]).total.decisions == 0
    assert reckon([]).total.per_minute is None
    assert reckon([]).total.keys_each is None


def test_the_label_is_the_one_that_was_given_or_rejected() -> None:
    page = view(TEXT, suggestion(TEXT, "Ada Khan", "ORG"), suggestion(TEXT, "Bo Lind", "GPE"))
    first, second = page.entries()
    assert label_of(acts.relabel(page, first, "PERSON")[-1]) == "PERSON"
    assert label_of(acts.reject(page, second)[-1]) == "GPE"
    assert label_of(acts.flag(page, None)[-1]) == ""
