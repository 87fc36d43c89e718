"""Every place of a text is found, and nothing else is; lines are sorted by what stands beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.concordance import CONTEXT, Finder, Order, Query, QueryError, line_at, sort_key


def quotes(query: Query, text: str) -> list[str]:
    return [text[start:end] for start, end in Finder(query).places(text)]


def test_a_text_begins_and_ends_where_words_do_and_spaces_are_any_white_space() -> None:
    assert quotes(Query("Ali Khan"), "Ali Khan, Ali\nKhan's, Ali Khanov, SALI Khan, ali khan") == [
        "Ali Khan",
        "Ali\nKhan",
    ]
    assert quotes(Query("$5"), "cost $5, $50, US$5") == ["$5", "$5"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("khan", ["Khan", "KHAN", "khan"]), ("Khan", ["Khan"]), ("/k.a/", ["Kha", "KHA", "kha"]), ("//", [])],
)
def test_what_is_typed_is_a_text_or_an_expression_and_a_capital_makes_case_count(typed: str, found: list[str]) -> None:
    assert quotes(Query.typed(typed), "Khan KHAN khan") == found


@pytest.mark.parametrize(
    ("query", "told"),
    [(Query(" "), "nothing to look for"), (Query("(", is_regex=True), "no regular expression: missing )")],
)
def test_what_cannot_be_looked_for_is_told(query: Query, told: str) -> None:
    with pytest.raises(QueryError, match=told.replace("(", r"\(").replace(")", r"\)")):
        Finder(query)


def test_an_expression_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("annotate.concordance._TIME_LIMIT", 0.05)
    with pytest.raises(QueryError, match="takes too long"):
        list(Finder(Query(r"(x+x+)+y", is_regex=True)).places("x" * 5000))


@given(st.text("ab é\n.", max_size=60), st.text("ab é.", min_size=1, max_size=4).filter(str.strip))
def test_places_are_in_order_apart_and_hold_the_text(text: str, query: str) -> None:
    places = list(Finder(Query(query)).places(text))
    assert all(text[start:end].split() == query.split() for start, end in places)
    assert all(one[1] <= other[0] for one, other in zip(places, places[1:], strict=False))


@given(st.text(max_size=300), st.data())
def test_a_line_holds_what_stands_around_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    line = line_at("a", text, start, end)
    whole = f"{line.left}{line.keyword}{line.right}"
    assert whole.split() == text[max(start - CONTEXT, 0) : end + CONTEXT].split()
    assert "\n" not in whole


LINES = [line_at("a", text, 4, 6) for text in ("and UN aid", "the UN and", "the UN aid")]


LABELS = ["", "ORG", "ORG"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [(Order.ARTICLE, [0, 1, 2]), (Order.LEFT, [0, 1, 2]), (Order.RIGHT, [0, 2, 1]), (Order.LABEL, [2, 1, 0])],
)
def test_lines_are_sorted_by_what_is_beside_them(order: Order, expected: list[int]) -> None:
    keys = [sort_key(line, order, number, LABELS[number]) for number, line in enumerate(LINES)]
    assert sorted(range(3), key=keys.__getitem__) == expected
