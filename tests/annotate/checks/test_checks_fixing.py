"""What is proposed is made by ordinary decisions, which are taken back like any other."""

from __future__ import annotations

from contextlib import suppress

import pytest
from domain import FLAT, LABELS, NESTED, suggestion
from domain import view as view_of
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.checks.findings import Case, Finding, Spot
from annotate.checks.fixing import accept, fix, is_as_found
from annotate.concordance import line_at
from annotate.decisions import How, apply_all
from annotate.errors import DecisionError
from annotate.layers import Layer, Status
from annotate.project_wide import PROJECT
from annotate.schemes import LabelScheme
from annotate.spans import Span
from annotate.view import View

TEXT = "Gen Ali Khan said. Bo Lind left Lima."


def annotated(*spans: tuple[str, str], scheme: LabelScheme = FLAT, text: str = TEXT) -> View:
    page = view_of(text, scheme=scheme)
    for quote, label in spans:
        start = text.index(quote)
        page.apply(acts.add(page, start, start + len(quote), label))
    return page


def spot(quote: str, label: str, fixed: tuple[str, str] | None, *, remove: bool = False) -> Spot:
    start = TEXT.index(quote)
    made = None
    if fixed:
        at = TEXT.index(fixed[0])
        made = Span(at, at + len(fixed[0]), fixed[1])
    return Spot("a", start, start + len(quote), label, made, remove)


def confirmed(page: View) -> list[str]:
    return [f"{one.quote}/{one.span.label}" for one in page.layer.confirmed()]


PERSON, ORG = LABELS[:2]


@pytest.mark.parametrize(
    ("before", "place", "after"),
    [
        ([("Lima", ORG)], spot("Lima", ORG, ("Lima", PERSON)), [f"Lima/{PERSON}"]),
        ([("Gen Ali Khan", PERSON)], spot("Gen Ali Khan", PERSON, ("Ali Khan", PERSON)), [f"Ali Khan/{PERSON}"]),
        ([("Khan", ORG)], spot("Khan", ORG, ("Ali Khan", PERSON)), [f"Ali Khan/{PERSON}"]),
        ([("Ali", PERSON), ("Khan", PERSON)], spot("Ali", PERSON, ("Ali Khan", PERSON)), [f"Ali Khan/{PERSON}"]),
        ([], spot("Lima", "", ("Lima", PERSON)), [f"Lima/{PERSON}"]),
        ([("Lima", PERSON)], spot("Lima", PERSON, None, remove=True), []),
        ([("Lima", ORG)], spot("Lima", PERSON, ("Lima", ORG)), [f"Lima/{ORG}"]),
        ([("left Lima", ORG)], spot("Lima", "", ("Lima", PERSON)), [f"left Lima/{ORG}"]),
    ],
)
def test_a_place_becomes_what_is_proposed_unless_it_is_something_else_by_now(
    before: list[tuple[str, str]], place: Spot, after: list[str]
) -> None:
    page = annotated(*before)
    was = page.layer
    decisions, problems = fix(page, [place])
    assert (confirmed(page), problems) == (after, [])
    again = apply_all(was, decisions)
    assert again == page.layer
    back = apply_all(again, [one.inverse() for one in reversed(decisions)])
    assert dict(back.annotations) == dict(was.annotations)


def test_several_places_of_an_article_are_one_group_and_bulk() -> None:
    page = annotated(("Gen Ali Khan", PERSON), ("Lima", ORG))
    places = [
        spot("Gen Ali Khan", PERSON, ("Ali Khan", PERSON)),
        spot("Lima", ORG, ("Lima", PERSON)),
        spot("Bo Lind", "", ("Bo Lind", PERSON)),
    ]
    decisions, _ = fix(page, places, How.PROJECT)
    assert confirmed(page) == [f"Ali Khan/{PERSON}", f"Bo Lind/{PERSON}", f"Lima/{PERSON}"]
    assert {one.how for one in decisions} == {How.PROJECT}


def test_a_done_article_stays_done_and_an_unread_one_new() -> None:
    page = annotated(("Lima", ORG))
    page.apply(acts.finish(page))
    fix(page, [spot("Lima", ORG, ("Lima", PERSON))], How.PROJECT)
    assert (page.layer.status, confirmed(page)) == (Status.DONE, [f"Lima/{PERSON}"])
    fresh = view_of(TEXT)
    fix(fresh, [spot("Lima", "", ("Lima", PERSON))], How.PROJECT)
    assert (fresh.layer.status, confirmed(fresh)) == (Status.NEW, [f"Lima/{PERSON}"])


def test_nested_mentions_are_left_where_the_scheme_allows_them() -> None:
    page = annotated(("Gen Ali Khan", PERSON), ("Khan", ORG), scheme=NESTED)
    fix(page, [spot("Khan", ORG, ("Ali Khan", ORG))])
    assert sorted(confirmed(page)) == sorted([f"Gen Ali Khan/{PERSON}", f"Ali Khan/{ORG}"])


def test_what_is_suggested_there_is_confirmed() -> None:
    page = view_of(TEXT, suggestion(TEXT, "Lima", PERSON))
    (decision,), _ = fix(page, [spot("Lima", "", ("Lima", PERSON))])
    assert decision.verb == "confirm"


def test_what_cannot_be_is_told_and_the_others_are_fixed() -> None:
    page = annotated(("Lima", ORG), ("Bo Lind", ORG))
    places = [spot("Lima", ORG, ("Lima", "NO_SUCH")), spot("Bo Lind", ORG, ("Bo Lind", PERSON))]
    _, problems = fix(page, places)
    assert problems == ["there is no label NO_SUCH"]
    assert confirmed(page) == [f"Bo Lind/{PERSON}", f"Lima/{ORG}"]


def test_a_bare_place_is_as_found_until_something_is_confirmed_over_it() -> None:
    bare = spot("Lima", "", ("Lima", PERSON))
    assert is_as_found(annotated(("Bo Lind", PERSON)), bare)
    assert not is_as_found(annotated(("left Lima", ORG)), bare)
    assert is_as_found(annotated(("left Lima", ORG), scheme=NESTED), bare)


def test_what_is_accepted_is_a_decision_about_the_project() -> None:
    place = spot("Lima", ORG, ("Lima", PERSON))
    case = Case("7f", place, line_at("a", TEXT, place.start, place.end))
    finding = Finding("labels", "“Lima”", (case,), 0.9)
    layer = Layer(PROJECT, "")
    (decision,) = accept(layer, finding, finding.suspects)
    after = decision.apply(layer)
    assert after.accepted["7f"].told == "“Lima”"
    assert accept(after, finding, finding.suspects) == ()
    assert decision.inverse().apply(after).accepted == {}


@given(st.data())
def test_any_fix_leads_to_a_layer_that_undo_leads_back_from(data: st.DataObject) -> None:
    text = data.draw(st.text("ab .", min_size=2, max_size=20).filter(lambda one: len(one.strip()) > 1))
    page = view_of(text, scheme=data.draw(st.sampled_from([FLAT, NESTED])))

    def place() -> Span:
        start = data.draw(st.integers(0, len(text) - 1))
        return Span(start, data.draw(st.integers(start + 1, len(text))), data.draw(st.sampled_from(LABELS)))

    spots = []
    for _ in range(data.draw(st.integers(1, 4))):
        one = place()
        entries = page.layer.confirmed()
        if not page.scheme.overlap and any(held.span.overlaps(one.start, one.end) for held in entries):
            continue
        with suppress(DecisionError):
            page.apply(acts.add(page, one.start, one.end, one.label))
    for held in page.layer.confirmed():
        spots.append(Spot("a", held.span.start, held.span.end, held.span.label, place()))
    was = page.layer
    decisions, _ = fix(page, spots, How.PROJECT)
    after = apply_all(was, decisions)
    assert dict(after.annotations) == dict(page.layer.annotations)
    back = apply_all(after, [one.inverse() for one in reversed(decisions)])
    assert (dict(back.annotations), back.marks) == (dict(was.annotations), was.marks)
