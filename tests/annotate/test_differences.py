"""The difference of two layers makes one of the other, and back, whatever they hold."""

from __future__ import annotations

from dataclasses import replace

from domain import random_act, views
from hypothesis import given
from hypothesis import strategies as st

from annotate.decisions import How, apply_all
from annotate.differences import difference
from annotate.layers import Layer, Unplaced
from annotate.view import View


def decided(page: View, count: int, data: st.DataObject) -> Layer:
    """The layer after some random acts."""
    for _ in range(count):
        page.apply(random_act(data.draw, page))
    return page.layer


@given(views(), st.integers(0, 3), st.integers(0, 3), st.data())
def test_the_difference_leads_from_one_to_the_other_and_back(
    page: View, first: int, second: int, data: st.DataObject
) -> None:
    before = decided(page, first, data)
    after = decided(page, second, data)
    decision = difference(before, after)
    if decision is None:
        assert before == after
        return
    assert decision.how is How.IMPORT
    assert apply_all(before, [decision]) == after
    assert apply_all(after, [decision.inverse()]) == before


@given(views())
def test_another_revision_and_what_found_no_place_are_part_of_it(page: View) -> None:
    before = page.layer
    lost = Unplaced("abc", before.text_hash, 0, 1, page.article.text[:1])
    after = replace(before, text_hash="f" * 64, unplaced={lost.id: lost})
    decision = difference(before, after)
    assert decision is not None
    assert apply_all(before, [decision]) == after
    assert apply_all(after, [decision.inverse()]) == before
