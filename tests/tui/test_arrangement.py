"""The library's order and filters, as functions of rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.layers import Status
from store.library import Row
from tui.arrangement import Arrangement, Order, Shown, following

ROWS = {
    "a": Row("a", "zebra Crossing", status=Status.DONE, entities=9),
    "b": Row("b", "Apple pie", undecided=2, flagged=True),
    "c": Row("c", "", status=Status.IN_PROGRESS, undecided=5),
    "d": Row("d", "Mango", status=Status.SKIPPED, undecided=7),
    "e": Row("e", "Broken", problem="e.json: not JSON"),
    "f": Row("f", "Fresh ÄPFEL"),
}
IDS = list(ROWS)


@pytest.mark.parametrize(
    ("order", "listed"),
    [
        (Order.PROJECT, "abcdef"),
        (Order.UNDECIDED_FIRST, "bcfade"),
        (Order.MOST_UNDECIDED, "cbfade"),
        (Order.TITLE, "becfda"),
        (Order.STATUS, "cbfade"),
    ],
)
def test_each_order_sorts_by_what_it_says(order: Order, listed: str) -> None:
    assert "".join(Arrangement(order).apply(IDS, ROWS)) == listed


@pytest.mark.parametrize(
    ("shown", "listed"),
    [
        (Shown.ALL, "abcdef"),
        (Shown.NEW, "bf"),
        (Shown.IN_PROGRESS, "c"),
        (Shown.DONE, "a"),
        (Shown.SKIPPED, "d"),
        (Shown.FLAGGED, "b"),
    ],
)
def test_each_status_lists_its_articles(shown: Shown, listed: str) -> None:
    assert "".join(Arrangement(shown=shown).apply(IDS, ROWS)) == listed


@pytest.mark.parametrize(
    ("words", "listed"), [("  ", "abcdef"), ("APPLE", "b"), ("cross zeb", "a"), ("c", "ac"), ("äpfel", "f"), ("(", "")]
)
def test_every_word_must_occur_in_the_title_or_the_id_where_there_is_none(words: str, listed: str) -> None:
    assert "".join(Arrangement(words=words).apply(IDS, ROWS)) == listed


def test_articles_that_are_not_read_yet_come_last_and_are_found_by_id() -> None:
    rows = {name: ROWS[name] for name in "bf"}
    assert "".join(Arrangement(Order.TITLE).apply(IDS, rows)) == "bfacde"
    assert Arrangement(words="e").apply(IDS, rows) == ["b", "e", "f"]
    assert Arrangement(shown=Shown.NEW).apply(IDS, rows) == ["b", "f"]


@given(st.sampled_from(Order), st.lists(st.sampled_from(IDS), unique=True), st.sets(st.sampled_from(IDS)))
def test_an_order_loses_nothing_and_keeps_ties_as_they_were(order: Order, ids: list[str], read: set[str]) -> None:
    rows = {name: ROWS[name] for name in read}
    listed = Arrangement(order).apply(ids, rows)
    assert sorted(listed) == sorted(ids)
    assert Arrangement(order).apply(listed, rows) == listed


def test_choices_go_round() -> None:
    seen = [Order.PROJECT]
    for _ in Order:
        seen.append(following(seen[-1]))
    assert seen == [*Order, Order.PROJECT]
