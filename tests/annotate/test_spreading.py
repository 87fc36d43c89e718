"""A decision for every mention respects what was decided by hand, and makes no unread article one in progress."""

from __future__ import annotations

import pytest
from domain import FLAT, NESTED, suggestion, view

from annotate import acts
from annotate.decisions import Decision, How
from annotate.errors import DecisionError
from annotate.layers import State, Status
from annotate.spreading import decide_at, spread_to
from annotate.view import EntryState, View

TEXT = "Bo Lind met UN staff."
UN = (12, 14)


def states(page: View) -> dict[str, tuple[str, EntryState]]:
    text = page.article.text
    return {text[one.start : one.end]: (one.label, one.state) for one in page.entries()}


def page_with_suggestion() -> View:
    return view(TEXT, suggestion(TEXT, "UN", "PERSON"))


def test_a_suggestion_gets_the_label_and_a_bare_mention_is_added() -> None:
    page = page_with_suggestion()
    page.apply(spread_to(page, *UN, "ORG").decisions)
    page.apply(spread_to(page, 0, 7, "PERSON").decisions)
    assert states(page) == {"UN": ("ORG", EntryState.CORRECTED), "Bo Lind": ("PERSON", EntryState.ADDED)}


def test_an_unread_article_stays_new_until_something_is_decided_in_it() -> None:
    page = page_with_suggestion()
    decisions = spread_to(page, *UN, "ORG").decisions
    assert {one.how for one in decisions} == {How.PROJECT}
    page.apply(decisions)
    assert page.layer.status is Status.NEW
    (entry,) = page.entries()
    page.apply(acts.relabel(page, entry, "GPE"))
    assert page.layer.status is Status.IN_PROGRESS


def test_in_an_article_in_progress_nothing_is_marked_as_spread() -> None:
    page = page_with_suggestion()
    page.apply(acts.add(page, 0, 7, "PERSON"))
    page.apply(spread_to(page, *UN, "ORG").decisions)
    assert not any(one.spread for one in page.layer.annotations.values())


def confirmed(page: View) -> tuple[Decision, ...]:
    return acts.confirm(page, page.undecided()[0])


def test_what_was_decided_otherwise_by_hand_is_told_and_left() -> None:
    page = page_with_suggestion()
    page.apply(confirmed(page))
    assert spread_to(page, *UN, "ORG").against == "confirmed as PERSON"
    assert spread_to(page, *UN, "").against == "confirmed as PERSON"
    assert spread_to(page, 12, 20, "ORG").against == "“UN” confirmed as PERSON"
    assert not spread_to(page, *UN, "PERSON").decisions


def test_what_was_rejected_by_hand_is_told_and_left() -> None:
    page = page_with_suggestion()
    page.apply(acts.reject(page, page.undecided()[0]))
    assert spread_to(page, *UN, "PERSON").against == "rejected"


def test_a_ticked_mention_is_decided_whatever_was_decided_before() -> None:
    page = page_with_suggestion()
    page.apply(confirmed(page))
    page.apply(spread_to(page, *UN, "ORG", over=True).decisions)
    assert states(page)["UN"] == ("ORG", EntryState.CORRECTED)
    page.apply(spread_to(page, *UN, "", over=True).decisions)
    assert [one.state for one in page.layer.annotations.values()] == [State.REJECTED]


def test_no_entity_takes_suggestions_only_and_says_nothing_of_bare_text() -> None:
    page = page_with_suggestion()
    assert spread_to(page, 0, 7, "").decisions == ()
    page.apply(spread_to(page, *UN, "").decisions)
    assert states(page)["UN"][1] is EntryState.REJECTED


def test_where_overlap_is_allowed_another_label_is_no_contradiction() -> None:
    page = view(TEXT, suggestion(TEXT, "UN", "PERSON"), scheme=NESTED)
    page.apply(confirmed(page))
    assert spread_to(page, *UN, "ORG").against == ""
    assert FLAT.overlap is False


def test_a_line_without_an_entity_has_none_to_reject() -> None:
    with pytest.raises(DecisionError, match="no entity here"):
        decide_at(view(TEXT), 0, 7, "")
