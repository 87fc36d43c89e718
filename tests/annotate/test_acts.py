"""Each key's act says exactly what an annotator means by it."""

from __future__ import annotations

import pytest
from domain import NESTED, suggestion, view

from annotate import acts
from annotate.decisions import Add, Confirm, Group, Move, Reject, Relabel, Remove, apply_all
from annotate.errors import DecisionError
from annotate.layers import Kind, Layer, Marks, Remark, State, Status
from annotate.view import View

TEXT = "Gen Ali Khan of the Ministry of Water visited Lima and Water Hall."
LIMA = suggestion(TEXT, "Lima", "GPE")
KHAN = suggestion(TEXT, "Gen Ali Khan", "PERSON")


def at(page: View, quote: str):
    start = TEXT.index(quote)
    return next(entry for entry in page.entries() if (entry.start, entry.end) == (start, start + len(quote)))


def only(page: View):
    (annotation,) = page.layer.annotations.values()
    return annotation


def place(quote: str) -> tuple[int, int]:
    start = TEXT.index(quote)
    return start, start + len(quote)


def test_confirm_keeps_every_source_that_proposed_it() -> None:
    other = suggestion(TEXT, "Lima", "GPE", source="two")
    page = view(TEXT, LIMA, other)
    (decision,) = acts.confirm(page, at(page, "Lima"))
    page.apply([decision])
    assert isinstance(decision, Confirm)
    assert only(page).kind is Kind.CONFIRMED
    assert set(only(page).origin) == {LIMA, other}


def test_confirm_on_what_is_decided_does_nothing() -> None:
    page = view(TEXT, LIMA)
    page.apply(acts.confirm(page, at(page, "Lima")))
    assert acts.confirm(page, at(page, "Lima")) == ()


def test_rejecting_a_range_rejects_every_label_shown_for_it() -> None:
    page = view(TEXT, LIMA, suggestion(TEXT, "Lima", "ORG", source="two"))
    (decision,) = acts.reject(page, at(page, "Lima"))
    page.apply([decision])
    assert isinstance(decision, Reject)
    assert {(one.span.label, one.state) for one in page.layer.annotations.values()} == {
        ("GPE", State.REJECTED),
        ("ORG", State.REJECTED),
    }
    assert page.undecided_count == 0


def test_rejecting_a_confirmed_suggestion_records_it_as_rejected() -> None:
    page = view(TEXT, LIMA)
    page.apply(acts.confirm(page, at(page, "Lima")))
    page.apply(acts.reject(page, at(page, "Lima")))
    assert only(page).kind is Kind.REJECTED
    assert page.undecided_count == 0


def test_rejecting_a_corrected_one_rejects_the_suggestion_it_came_from() -> None:
    page = view(TEXT, KHAN)
    page.apply(acts.move(page, at(page, "Gen Ali Khan"), *place("Ali Khan")))
    page.apply(acts.reject(page, at(page, "Ali Khan")))
    assert only(page).span == KHAN.span
    assert only(page).state is State.REJECTED
    assert page.undecided_count == 0


def test_rejecting_twice_is_refused() -> None:
    page = view(TEXT, LIMA)
    page.apply(acts.reject(page, at(page, "Lima")))
    with pytest.raises(DecisionError, match="rejected already"):
        acts.reject(page, at(page, "Lima"))


def test_rejecting_an_added_one_removes_it() -> None:
    page = view(TEXT)
    page.apply(acts.add(page, *place("Lima"), "GPE"))
    (decision,) = acts.reject(page, at(page, "Lima"))
    page.apply([decision])
    assert isinstance(decision, Remove)
    assert page.layer.annotations == {}


def test_relabel_of_a_suggestion_confirms_it_with_that_label() -> None:
    page = view(TEXT, LIMA)
    (decision,) = acts.relabel(page, at(page, "Lima"), "ORG")
    page.apply([decision])
    assert isinstance(decision, Relabel)
    assert only(page).kind is Kind.CORRECTED
    assert only(page).span.label == "ORG"
    assert page.undecided_count == 0


def test_relabel_with_a_label_that_another_source_gave_is_a_confirmation() -> None:
    page = view(TEXT, LIMA, suggestion(TEXT, "Lima", "ORG", source="two"))
    (decision,) = acts.relabel(page, at(page, "Lima"), "ORG")
    page.apply([decision])
    assert isinstance(decision, Confirm)
    assert only(page).kind is Kind.CONFIRMED


def test_relabel_where_overlap_is_allowed_rejects_the_label_it_replaced() -> None:
    page = view(TEXT, LIMA, scheme=NESTED)
    page.apply(acts.relabel(page, at(page, "Lima"), "ORG"))
    states = {one.span.label: one.state for one in page.layer.annotations.values()}
    assert states == {"ORG": State.CONFIRMED, "GPE": State.REJECTED}
    page.apply(acts.relabel(page, at(page, "Lima"), "GPE"))
    assert (only(page).span.label, only(page).state) == ("GPE", State.CONFIRMED)


def test_relabel_of_a_struck_entry_brings_it_back() -> None:
    page = view(TEXT, LIMA, suggestion(TEXT, "Lima", "ORG", source="two"))
    page.apply(acts.reject(page, at(page, "Lima")))
    page.apply(acts.relabel(page, at(page, "Lima"), "GPE"))
    assert (only(page).span.label, only(page).state) == ("GPE", State.CONFIRMED)
    assert {one.span.label for one in only(page).origin} == {"GPE", "ORG"}


def test_a_label_that_the_scheme_lacks_is_refused() -> None:
    page = view(TEXT, LIMA)
    with pytest.raises(DecisionError, match="CITY"):
        acts.relabel(page, at(page, "Lima"), "CITY")


def test_move_trims_white_space_and_confirms() -> None:
    page = view(TEXT, KHAN)
    start, end = place("Ali Khan")
    (decision,) = acts.move(page, at(page, "Gen Ali Khan"), start - 1, end + 1)
    page.apply([decision])
    assert isinstance(decision, Move)
    assert (only(page).quote, only(page).kind) == ("Ali Khan", Kind.CORRECTED)


def test_a_boundary_moved_back_is_a_confirmation_again() -> None:
    page = view(TEXT, KHAN)
    page.apply(acts.move(page, at(page, "Gen Ali Khan"), *place("Ali Khan")))
    page.apply(acts.move(page, at(page, "Ali Khan"), *place("Gen Ali Khan")))
    assert only(page).kind is Kind.CONFIRMED


def test_move_does_not_grow_over_a_confirmed_neighbour() -> None:
    page = view(TEXT, LIMA, suggestion(TEXT, "Ministry of Water", "ORG"))
    page.apply(acts.confirm(page, at(page, "Lima")))
    start, _ = place("Ministry")
    with pytest.raises(DecisionError, match="Lima"):
        acts.move(page, at(page, "Ministry of Water"), start, place("Lima")[1])


def test_move_to_nothing_is_refused() -> None:
    page = view(TEXT, LIMA)
    start, _ = place("Lima")
    with pytest.raises(DecisionError, match="nothing"):
        acts.move(page, at(page, "Lima"), start, start)


def test_add_on_plain_text_has_no_origin() -> None:
    page = view(TEXT)
    (decision,) = acts.add(page, *place("Lima "), "GPE")
    page.apply([decision])
    assert isinstance(decision, Add)
    assert (only(page).quote, only(page).kind) == ("Lima", Kind.ADDED)


def test_add_over_a_suggestion_is_its_correction() -> None:
    page = view(TEXT, KHAN)
    page.apply(acts.add(page, *place("Ali Khan"), "PERSON"))
    assert only(page).kind is Kind.CORRECTED
    assert page.undecided_count == 0


def test_add_over_a_confirmed_one_replaces_it_and_undo_brings_it_back() -> None:
    page = view(TEXT, LIMA)
    page.apply(acts.confirm(page, at(page, "Lima")))
    before = page.layer
    start, _ = place("visited")
    decisions = acts.add(page, start, place("Lima")[1], "ORG")
    assert [one.quote for one in acts.replaced_by(page, start, place("Lima")[1])] == ["Lima"]
    page.apply(decisions)
    assert only(page).quote == "visited Lima"
    page.apply([decisions[0].inverse()])
    assert page.layer == before


def test_add_of_what_is_there_is_refused() -> None:
    page = view(TEXT)
    page.apply(acts.add(page, *place("Lima"), "GPE"))
    with pytest.raises(DecisionError, match="already"):
        acts.add(page, *place("Lima"), "GPE")
    with pytest.raises(DecisionError, match="nothing is selected"):
        acts.add(page, 3, 4, "GPE")


def test_confirm_rest_takes_the_longest_of_overlapping_suggestions() -> None:
    page = view(TEXT, suggestion(TEXT, "Water", "GPE"), suggestion(TEXT, "Ministry of Water", "ORG"), LIMA)
    page.apply(acts.confirm_rest(page))
    assert {one.quote for one in page.layer.confirmed()} == {"Ministry of Water", "Lima"}
    assert page.undecided_count == 0


def test_finish_with_something_left_needs_an_answer() -> None:
    page = view(TEXT, LIMA)
    with pytest.raises(DecisionError, match="1 undecided"):
        acts.finish(page)
    page.apply(acts.finish(page, acts.reject_rest))
    with pytest.raises(DecisionError, match="done already"):
        acts.finish(page)


def test_a_flag_on_a_suggestion_settles_nothing_and_follows_the_entity() -> None:
    page = view(TEXT, KHAN)
    page.apply(acts.flag(page, at(page, "Gen Ali Khan")))
    page.apply(acts.note(page, at(page, "Gen Ali Khan"), "which one?"))
    assert page.undecided_count == 1
    page.apply(acts.move(page, at(page, "Gen Ali Khan"), *place("Ali Khan")))
    start, end = place("Ali Khan")
    assert page.layer.remarks == {(start, end): Remark(start, end, True, "which one?")}


def test_a_flag_pressed_again_and_an_emptied_note_leave_nothing() -> None:
    page = view(TEXT, LIMA)
    for _ in range(2):
        page.apply(acts.flag(page, at(page, "Lima")))
    page.apply(acts.note(page, at(page, "Lima"), "x"))
    page.apply(acts.note(page, at(page, "Lima"), ""))
    assert page.layer.remarks == {}


def test_what_was_shown_is_recorded_once_with_the_first_decision() -> None:
    page = view(TEXT, LIMA)
    decisions = acts.with_shown(page, acts.finish(page, acts.confirm_rest), ["one"])
    page.apply(decisions)
    assert page.layer.marks == Marks(Status.DONE, shown=("one",))
    page.apply(Group("g", decisions).inverse())
    assert page.layer.marks == Marks()
    page.apply(decisions)
    again = acts.flag(page, None)
    assert acts.with_shown(page, again, ["one"]) == again
    assert acts.with_shown(page, (), ["two"]) == ()


def test_a_decision_that_does_not_fit_leaves_the_layer_alone() -> None:
    page = view(TEXT, LIMA)
    decisions = acts.confirm(page, at(page, "Lima"))
    page.apply(decisions)
    layer: Layer = page.layer
    with pytest.raises(DecisionError):
        page.apply(decisions)
    assert page.layer is layer
    with pytest.raises(DecisionError):
        apply_all(Layer("a", layer.text_hash), [decisions[0].inverse()])
