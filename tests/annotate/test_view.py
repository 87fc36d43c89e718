"""The view is a pure function of suggestions and layer, however it was arrived at."""

from __future__ import annotations

from itertools import count
from unittest.mock import patch

from domain import FLAT, NESTED, random_act, suggestion, view, views
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.decisions import Decision, Group
from annotate.layers import State, Status
from annotate.view import EntryState, View

TEXT = "Gen Ali Khan of the Ministry of Water visited Lima."


def rebuilt(page: View, suggestions: list) -> View:
    return View(page.article, page.scheme, suggestions, page.layer, page.struck)


def all_suggestions(page: View) -> list:
    return [one for entry in page.entries() for one in entry.suggestions]


class Acts:
    """Random acts whose annotations have ids that are the same whenever an example is tried again."""

    def __init__(self, data: st.DataObject) -> None:
        self._data = data
        self._numbers = count()

    def next(self, page: View) -> tuple[Decision, ...]:
        with patch("annotate.acts.new_id", lambda: f"{next(self._numbers):012x}"):
            return random_act(self._data.draw, page)


@given(views(), st.data())
def test_a_view_kept_up_to_date_equals_one_built_anew(page: View, data: st.DataObject) -> None:
    acts_of = Acts(data)
    suggestions = all_suggestions(page)
    for _ in range(data.draw(st.integers(1, 6))):
        page.apply(acts_of.next(page))
        fresh = rebuilt(page, suggestions)
        assert page.entries() == fresh.entries()
        assert page.undecided() == fresh.undecided()
        whole = page.overlapping(0, len(page.article.text))
        assert whole == page.entries()
        assert page.confirmed_count == fresh.confirmed_count == len(page.layer.confirmed())


@given(views(), st.data())
def test_applying_decisions_and_then_their_inverse_changes_nothing(page: View, data: st.DataObject) -> None:
    acts_of = Acts(data)
    for _ in range(data.draw(st.integers(1, 5))):
        before, entries = page.layer, [e for e in page.entries() if e.state is not EntryState.REJECTED]
        decisions = acts_of.next(page)
        page.apply(decisions)
        page.apply(Group("g", decisions).inverse())
        assert page.layer == before
        assert [e for e in page.entries() if e.state is not EntryState.REJECTED] == entries
        page.apply(decisions)


@given(views(), st.data())
def test_offsets_stay_in_the_text_and_quotes_are_what_they_cover(page: View, data: st.DataObject) -> None:
    acts_of = Acts(data)
    text = page.article.text
    for _ in range(data.draw(st.integers(1, 8))):
        page.apply(acts_of.next(page))
    for one in page.layer.annotations.values():
        assert text[one.span.start : one.span.end] == one.quote
        assert one.span.end <= len(text)


@given(views(), st.data())
def test_confirmed_annotations_overlap_only_where_the_scheme_allows_it(page: View, data: st.DataObject) -> None:
    acts_of = Acts(data)
    for _ in range(data.draw(st.integers(1, 8))):
        page.apply(acts_of.next(page))
    confirmed = [one.span for one in page.layer.confirmed()]
    assert len(set(confirmed)) == len(confirmed)
    if not page.scheme.overlap:
        assert all(a.end <= b.start for a, b in zip(confirmed, confirmed[1:], strict=False))


@given(views(), st.data())
def test_a_finished_article_has_nothing_undecided(page: View, data: st.DataObject) -> None:
    acts_of = Acts(data)
    page.apply(acts_of.next(page))
    rest = data.draw(st.sampled_from([acts.confirm_rest, acts.reject_rest]))
    if page.layer.status is not Status.DONE:
        page.apply(acts.finish(page, rest))
    assert page.layer.status is Status.DONE
    assert page.undecided_count == 0
    assert not page.new_since_done()


@given(views(), st.data())
def test_what_came_from_suggestions_keeps_them_settled(page: View, data: st.DataObject) -> None:
    """An act on an entry never brings back a suggestion that it, or an earlier act, settled."""
    for _ in range(6):
        entry = data.draw(st.sampled_from(page.entries())) if page.entries() else None
        if entry is None or entry.state is EntryState.NEW_SINCE_DONE:
            return
        origins = entry.suggestions or (entry.annotation.origin if entry.annotation else ())
        label = data.draw(st.sampled_from(["PERSON", "ORG"]))
        page.apply(acts.relabel(page, entry, label))
        assert all(page.is_settled(one) for one in origins)


def test_a_confirmed_span_settles_the_suggestions_that_it_overlaps() -> None:
    outer = suggestion(TEXT, "Ministry of Water", "ORG")
    inner = suggestion(TEXT, "Water", "GPE", source="two")
    page = view(TEXT, outer, inner)
    assert page.undecided_count == 2
    page.apply(acts.confirm(page, page.entries()[0]))
    assert page.undecided_count == 0


def test_with_overlap_allowed_only_the_same_span_settles() -> None:
    outer = suggestion(TEXT, "Ministry of Water", "ORG")
    inner = suggestion(TEXT, "Water", "GPE", source="two")
    page = view(TEXT, outer, inner, scheme=NESTED)
    page.apply(acts.confirm(page, page.entries()[0]))
    assert [entry.label for entry in page.undecided()] == ["GPE"]


def test_a_rejected_span_settles_only_itself() -> None:
    page = view(TEXT, suggestion(TEXT, "Ministry of Water", "ORG"), suggestion(TEXT, "Water", "GPE"))
    page.apply(acts.reject(page, page.entries()[0]))
    assert [entry.label for entry in page.undecided()] == ["GPE"]


def test_suggestions_of_one_range_are_one_entry_led_by_the_best_score() -> None:
    one = suggestion(TEXT, "Lima", "ORG", score=0.4)
    two = suggestion(TEXT, "Lima", "GPE", source="two", score=0.9)
    page = view(TEXT, one, two)
    (entry,) = page.entries()
    assert (entry.label, entry.score, entry.suggestions) == ("GPE", 0.9, (two, one))


def test_the_innermost_entry_is_the_shortest_one_under_the_cursor() -> None:
    page = view(TEXT, suggestion(TEXT, "Ministry of Water", "ORG"), suggestion(TEXT, "Water", "GPE"))
    start = TEXT.index("Water")
    inner = page.innermost(start, start + 5)
    assert inner is not None and inner.label == "GPE"
    outer = page.innermost(TEXT.index("Ministry"), TEXT.index("Ministry") + 1)
    assert outer is not None and outer.label == "ORG"
    assert page.innermost(0, 3) is None


def test_suggestions_after_done_are_new_since_done_and_never_undecided() -> None:
    late = suggestion(TEXT, "Lima", "GPE")
    page = view(TEXT)
    page.apply(acts.finish(page))
    page = page.offer([late])
    assert page.undecided_count == 0
    assert [entry.state for entry in page.entries()] == [EntryState.NEW_SINCE_DONE]
    page.apply(acts.reopen(page))
    assert page.undecided_count == 1


def test_a_rejected_entry_stays_struck_until_the_view_is_built_anew() -> None:
    page = view(TEXT, suggestion(TEXT, "Lima", "GPE"))
    page.apply(acts.reject(page, page.entries()[0]))
    assert [entry.state for entry in page.entries()] == [EntryState.REJECTED]
    assert View(page.article, FLAT, all_suggestions(page), page.layer).entries() == []


def test_suggestions_out_of_bounds_or_of_no_label_are_no_entries() -> None:
    foreign = suggestion(TEXT, "Lima", "CITY")
    beyond = suggestion(TEXT + " Quito", "Quito", "GPE")
    assert view(TEXT, foreign, beyond).entries() == []


def test_status_follows_from_what_was_decided() -> None:
    page = view(TEXT, suggestion(TEXT, "Lima", "GPE"))
    assert page.layer.status is Status.NEW
    page.apply(acts.confirm(page, page.entries()[0]))
    assert page.layer.status is Status.IN_PROGRESS
    page.apply(acts.skip(page))
    assert page.layer.status is Status.SKIPPED
    assert all(one.state is State.CONFIRMED for one in page.layer.annotations.values())
