"""The library's order and filters, as functions of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.layers import Status
from store.library import Row
from tui.arrangement import Arrangement, Order, Shown, folded_title, following
from tui.listing import Listing

ROWS = {
    "a": Row("a", "zebra Crossing", status=Status.DONE, entities=9),
    "b": Row("b", "Apple pie", undecided=2, flagged=True),
    "c": Row("c", "", status=Status.IN_PROGRESS, undecided=5),
    "d": Row("d", "Mango", status=Status.SKIPPED, undecided=7),
    "e": Row("e", "Broken", problem="e.json: not JSON"),
    "f": Row("f", "Fresh ÄPFEL"),
}
IDS = list(ROWS)


def listed_by(arrangement: Arrangement, ids: Sequence[str], rows: Mapping[str, Row]) -> list[str]:
    """What a list shows that is arranged so."""
    listing = Listing()
    listing.sort(arrangement, ids, rows)
    return listing.find(arrangement, rows, {name: folded_title(name, row) for name, row in rows.items()}, 1)


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
    assert "".join(listed_by(Arrangement(order), IDS, ROWS)) == listed


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
    assert "".join(listed_by(Arrangement(shown=shown), IDS, ROWS)) == listed


@pytest.mark.parametrize(
    ("words", "listed"), [("  ", "abcdef"), ("APPLE", "b"), ("cross zeb", "a"), ("c", "ac"), ("äpfel", "f"), ("(", "")]
)
def test_every_word_must_occur_in_the_title_or_the_id_where_there_is_none(words: str, listed: str) -> None:
    assert "".join(listed_by(Arrangement(words=words), IDS, ROWS)) == listed


def test_articles_that_are_not_read_yet_come_last_and_are_found_by_id() -> None:
    rows = {name: ROWS[name] for name in "bf"}
    assert "".join(listed_by(Arrangement(Order.TITLE), IDS, rows)) == "bfacde"
    assert listed_by(Arrangement(words="e"), IDS, rows) == ["b", "e", "f"]
    assert listed_by(Arrangement(shown=Shown.NEW), IDS, rows) == ["b", "f"]


@given(st.sampled_from(Order), st.lists(st.sampled_from(IDS), unique=True), st.sets(st.sampled_from(IDS)))
def test_an_order_loses_nothing_and_keeps_ties_as_they_were(order: Order, ids: list[str], read: set[str]) -> None:
    rows = {name: ROWS[name] for name in read}
    listed = listed_by(Arrangement(order), ids, rows)
    assert sorted(listed) == sorted(ids)
    assert listed_by(Arrangement(order), listed, rows) == listed


def test_choices_go_round() -> None:
    seen = [Order.PROJECT]
    for _ in Order:
        seen.append(following(seen[-1]))
    assert seen == [*Order, Order.PROJECT]


@given(st.lists(st.text("ab e", max_size=5), max_size=8), st.sampled_from(Shown))
def test_what_is_typed_finds_the_same_whatever_was_typed_before(typed: list[str], shown: Shown) -> None:
    listing = Listing()
    listing.sort(Arrangement(), IDS, ROWS)
    titles = {name: folded_title(name, row) for name, row in ROWS.items()}
    for words in typed:
        asked = Arrangement(shown=shown, words=words)
        assert listing.find(asked, ROWS, titles, 1) == listed_by(asked, IDS, ROWS)


def test_rows_that_came_meanwhile_are_found() -> None:
    listing = Listing()
    listing.sort(Arrangement(), IDS, {})
    assert listing.find(Arrangement(words="mang"), {}, {}, 0) == []
    titles = {"d": "mango"}
    assert listing.find(Arrangement(words="mango"), {"d": ROWS["d"]}, titles, 1) == ["d"]
