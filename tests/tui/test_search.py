"""A search finds what is read, where it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.safe_text import drawable
from tui.search import Search


def _found(text: str, query: str, origin: int = 0) -> Search:
    search = Search(text, origin)
    search.look_for(query)
    return search


def test_it_finds_every_hit_whatever_the_case() -> None:
    assert _found("Lima, lima, LIMA", "lima").hits == [(0, 4), (6, 10), (12, 16)]


def test_it_begins_from_where_the_cursor_was_and_goes_round() -> None:
    search = _found("a b a b a", "a", origin=1)
    assert search.current == (4, 5)
    shown = []
    for _ in range(3):
        search.step(1)
        shown.append(search.current)
    assert shown == [(8, 9), (0, 1), (4, 5)]
    search.step(-1)
    assert search.current == (0, 1)
    assert search.told == "1 of 3"


def test_past_the_last_hit_it_begins_with_the_first() -> None:
    assert _found("ab c", "a", origin=3).current == (0, 1)


def test_a_query_is_text_and_no_pattern() -> None:
    assert _found("a.c abc (x", "a.c").hits == [(0, 3)]
    assert _found("a.c abc (x", "(x").hits == [(8, 10)]


def test_white_space_matches_any_other() -> None:
    assert _found("United\u00a0 States\nUnited\tStates", "united states").hits == [(0, 14), (15, 28)]


def test_what_is_drawn_is_what_is_found() -> None:
    assert _found("a\x1b[b", "␛[").hits == [(1, 3)]


def test_nothing_is_found_for_nothing() -> None:
    for query in ("", "  ", "zebra"):
        search = _found("some text", query)
        assert (search.hits, search.current) == ([], None)
        search.step(1)
        assert search.told == "not found"


@given(st.text(max_size=60), st.data())
def test_any_piece_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    query = drawable(text[start:end])
    search = _found(text, query)
    if query.split():
        assert search.hits
    assert all(0 <= left < right <= len(text) for left, right in search.hits)
