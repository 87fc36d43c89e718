"""What each key that decides comes to, over a real session."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from domain import NESTED
from readings import TEXT, find, press, quote, reading_in, reading_of, see_all, session_in, states, word
from store_helpers import suggest

from annotate.decisions import Group
from annotate.layers import Status
from annotate.sieve import Sieve
from annotate.spans import Span
from annotate.suggestions import Suggestion
from store.errors import StoreError
from store.journal import Journal
from store.session import Session
from tui.reading import Reading

OTHER = "A cup of tea\n\nAnna met Bo Lind."


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return session_in(tmp_path, TEXT, OTHER)


@pytest.fixture
def reading(session: Session) -> Reading:
    return reading_of(session)


def _decide(reading: Reading, *keys: str) -> None:
    """Press Space, x and labels in a row, each on what is drawn."""
    acts: dict[str, Callable[[], None]] = {
        " ": lambda: reading.confirm(drawn=True),
        "x": lambda: reading.reject(drawn=True),
        ".": lambda: reading.repeat(drawn=True),
    }
    for key in keys:
        reading.begin()
        acts.get(key, lambda key=key: reading.label(key, drawn=True))()


def _answer(reading: Reading, key: str) -> None:
    """Press an answer as the reader does."""
    assert reading.question
    answer = reading.question.answers[key]
    reading.begin()
    answer()


def _move(reading: Reading, left: int, right: int, *, boundary: bool = True) -> None:
    reading.begin(boundary=boundary)
    reading.move_boundary(left, right, drawn=True)


def _undo(reading: Reading, session: Session) -> Group | None:
    group = session.undo()
    if group:
        reading.take_in(group)
        reading.go_to_group(group)
    return group


def _redo(reading: Reading, session: Session) -> None:
    group = session.redo()
    assert group
    reading.take_in(group)
    reading.go_to_group(group)


# Space -------------------------------------------------------------------------------------------------------


def test_space_confirms_and_goes_to_the_next_undecided(reading: Reading) -> None:
    _decide(reading, " ")
    assert states(reading)["Lima"] == ("GPE", "confirmed")
    assert quote(reading) == "Ali Khan"


def test_space_does_nothing_to_a_suggestion_that_was_not_drawn(reading: Reading) -> None:
    reading.confirm(drawn=False)
    assert states(reading)["Lima"] == ("GPE", "suggested")
    assert quote(reading) == "Lima"


def test_space_elsewhere_only_goes_to_the_next_undecided(reading: Reading) -> None:
    for place in ("Gen", "met"):
        find(reading, place)
        _decide(reading, " ")
    assert quote(reading) == "Bo Lind"
    assert reading.view.layer.annotations == {}


def test_space_on_an_annotation_only_goes_on(reading: Reading) -> None:
    _decide(reading, " ")
    find(reading, "Lima")
    _decide(reading, " ")
    assert quote(reading) == "Ali Khan"
    assert reading.view.confirmed_count == 1


def test_the_last_confirmation_stays_and_says_what_is_next(reading: Reading) -> None:
    _decide(reading, *"    ")
    assert reading.view.undecided_count == 0
    assert quote(reading) == "Bo Lind"
    assert reading.notice == "nothing undecided left · d done"


def test_space_with_a_selection_drops_it_and_goes_on(reading: Reading) -> None:
    reading.toggle_selection()
    _decide(reading, " ")
    assert reading.selection is None
    assert quote(reading) == "Ali Khan"
    assert reading.view.layer.annotations == {}


# x -----------------------------------------------------------------------------------------------------------


def test_x_on_a_suggestion_rejects_it_and_moves_on(reading: Reading) -> None:
    _decide(reading, "x")
    assert states(reading)["Lima"] == ("GPE", "rejected")
    assert quote(reading) == "Ali Khan"


def test_x_on_an_annotation_rejects_it_and_stays(reading: Reading) -> None:
    _decide(reading, " ")
    find(reading, "Lima")
    _decide(reading, "x")
    assert states(reading)["Lima"] == ("GPE", "rejected")
    assert quote(reading) == "Lima"


def test_x_on_what_was_added_removes_it(reading: Reading) -> None:
    find(reading, "Gen")
    _decide(reading, "PERSON", "x")
    assert "Gen" not in states(reading)
    assert (reading.focus, word(reading)) == (None, "Gen")


def test_x_where_there_is_no_entity_says_so(reading: Reading) -> None:
    find(reading, "met")
    _decide(reading, "x")
    assert reading.notice == "no entity here: x rejects one"
    reading.toggle_selection()
    _decide(reading, "x")
    assert reading.notice == "a selection: a label adds it, Esc drops it"


def test_x_needs_the_suggestion_on_screen_but_not_the_annotation(reading: Reading) -> None:
    reading.reject(drawn=False)
    assert states(reading)["Lima"] == ("GPE", "suggested")
    _decide(reading, " ")
    find(reading, "Lima")
    reading.reject(drawn=False)
    assert states(reading)["Lima"] == ("GPE", "rejected")


def test_x_twice_is_refused_in_words(reading: Reading) -> None:
    _decide(reading, "x")
    find(reading, "Lima")
    _decide(reading, "x")
    assert reading.notice == "“Lima” is rejected already"


# Labels ------------------------------------------------------------------------------------------------------


def test_a_label_on_a_suggestion_corrects_it_and_moves_on(reading: Reading) -> None:
    _decide(reading, "ORG")
    assert states(reading)["Lima"] == ("ORG", "corrected")
    assert quote(reading) == "Ali Khan"


def test_the_suggested_label_confirms(reading: Reading) -> None:
    _decide(reading, "GPE")
    assert states(reading)["Lima"] == ("GPE", "confirmed")


def test_a_label_on_an_annotation_changes_it_and_stays(reading: Reading) -> None:
    _decide(reading, " ")
    find(reading, "Lima")
    _decide(reading, "ORG")
    assert (quote(reading), states(reading)["Lima"]) == ("Lima", ("ORG", "corrected"))
    _decide(reading, "ORG")
    assert reading.notice == "it is ORG already"


def test_a_label_on_a_bare_word_adds_it_and_focuses_it(reading: Reading) -> None:
    find(reading, "Gen")
    _decide(reading, "PERSON")
    assert states(reading)["Gen"] == ("PERSON", "added")
    assert quote(reading) == "Gen"


def test_a_label_on_a_selection_adds_it_and_drops_the_selection(reading: Reading) -> None:
    find(reading, "Water Hall")
    reading.toggle_selection()
    reading.move_by_word(1)
    _decide(reading, "ORG")
    assert states(reading)["Water Hall"] == ("ORG", "added")
    assert (quote(reading), reading.selection) == ("Water Hall", None)


def test_a_selection_over_a_suggestion_keeps_where_it_came_from(reading: Reading) -> None:
    find(reading, "Gen")
    reading.toggle_selection()
    reading.move_by_word(1)
    reading.move_by_word(1)
    _decide(reading, "PERSON")
    assert states(reading)["Gen Ali Khan"] == ("PERSON", "corrected")
    assert "Ali Khan" not in states(reading)


def test_an_annotation_that_is_replaced_is_named(reading: Reading) -> None:
    find(reading, "Ali")
    _decide(reading, " ")
    find(reading, "Khan")
    reading.toggle_selection()
    reading.move_by_word(1)
    _decide(reading, "ORG")
    assert reading.notice == "replaced “Ali Khan” PERSON"
    assert states(reading)["Khan of"] == ("ORG", "corrected")


def test_where_overlap_is_allowed_nothing_is_replaced(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, scheme=NESTED)
    find(reading, "Ministry")
    _decide(reading, " ")
    start = TEXT.index("Water")
    reading.select(start, start + 5)
    _decide(reading, "GPE")
    assert reading.notice == ""
    assert states(reading)["Ministry of Water"] == ("ORG", "confirmed")
    assert states(reading)["Water"] == ("GPE", "added")


def test_a_label_needs_the_suggestion_on_screen(reading: Reading) -> None:
    reading.label("ORG", drawn=False)
    assert states(reading)["Lima"] == ("GPE", "suggested")
    reading.begin()
    reading.repeat(drawn=True)
    assert reading.notice == "nothing to repeat yet"


def test_a_label_brings_a_rejected_entity_back(reading: Reading) -> None:
    _decide(reading, "x")
    find(reading, "Lima")
    _decide(reading, "ORG")
    assert states(reading)["Lima"] == ("ORG", "corrected")
    find(reading, "Lima")
    _decide(reading, "x", "GPE")
    assert states(reading)["Lima"] == ("GPE", "confirmed")


def test_a_label_that_is_not_in_the_scheme_is_refused(reading: Reading) -> None:
    _decide(reading, "PLANET")
    assert reading.notice == "there is no label PLANET"
    assert reading.view.layer.annotations == {}


# Boundaries --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("left", "right", "became"),
    [(-1, 0, "the Ministry of Water"), (1, 0, "of Water"), (0, 1, "Ministry of Water met"), (0, -1, "Ministry of")],
)
def test_boundaries_move_by_words_and_confirm(reading: Reading, left: int, right: int, became: str) -> None:
    find(reading, "Ministry")
    _move(reading, left, right)
    assert states(reading)[became] == ("ORG", "corrected")
    assert quote(reading) == became


def test_presses_in_a_row_are_one_undo(reading: Reading, session: Session) -> None:
    find(reading, "Ministry")
    for _ in range(3):
        _move(reading, 0, 1)
    assert quote(reading) == "Ministry of Water met Bo Lind"
    _undo(reading, session)
    assert states(reading)["Ministry of Water"] == ("ORG", "suggested")
    assert quote(reading) == "Ministry of Water"
    assert session.undo() is None


def test_another_key_ends_the_run(reading: Reading, session: Session) -> None:
    find(reading, "Ministry")
    _move(reading, 0, 1)
    reading.begin()
    reading.move_by_word(0)
    find(reading, "Ministry")
    _move(reading, 0, -1)
    _undo(reading, session)
    assert quote(reading) == "Ministry of Water met"
    _undo(reading, session)
    assert states(reading)["Ministry of Water"] == ("ORG", "suggested")


def test_w_waits_for_arrows_until_another_key(reading: Reading) -> None:
    reading.start_boundary()
    assert reading.boundary
    _move(reading, 0, 1)
    assert reading.boundary
    reading.begin()
    assert not reading.boundary


def test_w_and_boundary_keys_need_an_entity(reading: Reading) -> None:
    find(reading, "met")
    reading.start_boundary()
    assert (reading.boundary, reading.notice) == (False, "no entity here to grow or shrink")
    _move(reading, 0, 1)
    assert reading.notice == "no entity here to grow or shrink"


def test_a_boundary_is_not_moved_before_the_suggestion_was_drawn(reading: Reading) -> None:
    reading.move_boundary(0, 1, drawn=False)
    assert reading.view.layer.annotations == {}


def test_what_cannot_be_moved_says_why(reading: Reading) -> None:
    _move(reading, 1, 0)
    assert reading.notice == "nothing would be left of it"
    find(reading, "Water met")
    _decide(reading, " ")
    find(reading, "Khan")
    for _ in range(2):
        _move(reading, 0, 1)
    _move(reading, 0, 1)
    assert reading.notice == "“Ministry of Water” (ORG) is in the way"
    assert quote(reading) == "Ali Khan of the"


def test_at_the_end_of_the_text_there_is_no_further_word(tmp_path: Path) -> None:
    reading = reading_in(tmp_path, "Bo Lind")
    _move(reading, 0, 1)
    assert reading.notice == "there is no further word"


# a -----------------------------------------------------------------------------------------------------------


def test_a_confirms_all_that_was_on_screen_as_one_undo(reading: Reading, session: Session) -> None:
    see_all(reading)
    reading.confirm_rest()
    assert reading.view.undecided_count == 0
    assert reading.notice == "4 confirmed · u undoes them as one"
    _undo(reading, session)
    assert reading.view.undecided_count == 4


def test_a_asks_when_part_was_not_on_screen(reading: Reading) -> None:
    reading.see(reading.view.undecided()[:1])
    reading.confirm_rest()
    assert reading.question
    assert reading.question.text == "3 of 4 not seen yet:"
    assert reading.view.undecided_count == 4
    _answer(reading, "n")
    assert quote(reading) == "Ali Khan"
    reading.confirm_rest()
    _answer(reading, "space")
    assert reading.view.undecided_count == 0


def test_a_with_nothing_left_says_so(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, suggested=()))
    reading.confirm_rest()
    assert reading.notice == "nothing undecided left · d done"


def test_a_shows_what_waits_before_it_confirms(reading: Reading, session: Session) -> None:
    see_all(reading)
    suggest(session.project, "a", ("Water Hall", "ORG"), source="two")
    reading.offer(session.project.suggestions(reading.article), ["one", "two"])
    reading.confirm_rest()
    assert reading.question
    assert reading.question.text == "1 of 5 not seen yet:"


@pytest.mark.parametrize("key", ["a", "d"])
def test_what_is_suggested_anew_where_another_label_was_seen_has_not_been_seen(reading: Reading, key: str) -> None:
    see_all(reading)
    at = reading.article.text.index("Ali Khan")
    kept = [one for entry in reading.view.entries() for one in entry.suggestions if entry.start != at]
    reading.offer([Suggestion(Span(at, at + 8, "ORG"), "two", "1"), *kept], ["one", "two"])
    (reading.confirm_rest if key == "a" else reading.done)()
    assert reading.question
    assert reading.question.text == {"a": "1 of 4 not seen yet:", "d": "4 undecided, 1 not seen yet:"}[key]
    assert reading.view.undecided_count == 4
    reading.see(reading.view.entries())
    reading.begin()
    reading.confirm_rest()
    assert states(reading)["Ali Khan"] == ("ORG", "confirmed")


def test_what_another_threshold_shows_in_place_of_what_was_seen_has_not_been_seen(reading: Reading) -> None:
    at = reading.article.text.index("Ali Khan")
    labels = (("PERSON", 0.9), ("ORG", 0.2))
    reading.offer([Suggestion(Span(at, at + 8, name), "two", "1", score) for name, score in labels], ["two"])
    reading.take_offer()
    see_all(reading)
    reading.sift(Sieve(0.5, below=True))
    reading.confirm_rest()
    assert reading.question
    assert reading.question.text == "1 of 1 not seen yet:"


# d and s -----------------------------------------------------------------------------------------------------


def test_d_with_undecided_ones_asks(reading: Reading) -> None:
    see_all(reading)
    reading.done()
    assert reading.question
    assert reading.question.text == "4 undecided:"
    assert not reading.left
    assert reading.view.layer.status is Status.NEW


def test_d_says_how_many_were_not_on_screen(reading: Reading) -> None:
    reading.done()
    assert reading.question
    assert reading.question.text == "4 undecided, 4 not seen yet:"


@pytest.mark.parametrize(("key", "state"), [("space", "confirmed"), ("x", "rejected")])
def test_the_answer_settles_what_is_left_and_finishes(reading: Reading, session: Session, key: str, state: str) -> None:
    _decide(reading, "ORG")
    reading.done()
    _answer(reading, key)
    assert reading.left
    assert reading.view.layer.status is Status.DONE
    assert states(reading)["Lima"] == ("ORG", "corrected")
    assert {states(reading)[name][1] for name in ("Ali Khan", "Bo Lind")} == {state}
    _undo(reading, session)
    assert reading.view.undecided_count == 3
    assert reading.view.layer.status is Status.IN_PROGRESS


def test_n_goes_to_the_first_undecided(reading: Reading) -> None:
    reading.move_to(len(TEXT))
    reading.done()
    _answer(reading, "n")
    assert quote(reading) == "Lima"
    assert not reading.left


def test_any_other_key_leaves_things_as_they_are(reading: Reading) -> None:
    reading.done()
    reading.begin()
    assert reading.question is None
    assert reading.view.layer.status is Status.NEW


def test_d_with_nothing_left_finishes_at_once(reading: Reading) -> None:
    _decide(reading, *"    ")
    reading.done()
    assert reading.left
    assert reading.view.layer.status is Status.DONE


def test_no_entities_at_all_is_a_valid_answer(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, suggested=()))
    reading.done()
    assert reading.left
    assert reading.view.layer.status is Status.DONE


def test_d_while_suggestions_are_still_to_come_asks(tmp_path: Path) -> None:
    reading = reading_of(session_in(tmp_path, suggested=()))
    reading.waiting = True
    reading.done()
    assert not reading.left
    _answer(reading, "d")
    assert reading.left


def test_d_shows_what_waits_instead_of_finishing_without_it(tmp_path: Path) -> None:
    session = session_in(tmp_path, suggested=())
    reading = reading_of(session)
    suggest(session.project, "a", ("Lima", "GPE"), source="two")
    reading.offer(session.project.suggestions(reading.article), ["two"])
    reading.done()
    assert reading.question
    assert reading.question.text == "1 undecided, 1 not seen yet:"


def test_d_on_a_done_article_asks_and_reopens(reading: Reading) -> None:
    _decide(reading, *"    ")
    reading.done()
    reading.left = False
    reading.done()
    assert not reading.left
    _answer(reading, "d")
    assert reading.view.layer.status is Status.IN_PROGRESS
    assert (reading.left, reading.notice) == (False, "open again")


def test_edits_keep_an_article_done(reading: Reading) -> None:
    _decide(reading, *"    ")
    reading.done()
    find(reading, "Lima")
    _decide(reading, "ORG", "x", "ORG")
    find(reading, "Gen")
    _decide(reading, "PERSON")
    assert reading.view.layer.status is Status.DONE


def test_what_is_suggested_later_is_new_since_done(reading: Reading, session: Session) -> None:
    _decide(reading, *"    ")
    reading.done()
    suggest(session.project, "a", ("Water Hall", "ORG"), source="two")
    again = reading_of(session)
    assert states(again)["Water Hall"] == ("ORG", "new since done")
    again.move_by_undecided(1)
    assert again.notice == "nothing undecided left · d done"
    find(again, "Water Hall")
    _decide(again, " ")
    assert states(again)["Water Hall"] == ("ORG", "confirmed")
    assert again.view.layer.status is Status.DONE


def test_s_leaves_the_article_out(reading: Reading) -> None:
    reading.skip()
    assert reading.left
    assert reading.view.layer.status is Status.SKIPPED
    reading.left = False
    reading.skip()
    assert reading.left


def test_s_on_a_done_article_asks(reading: Reading) -> None:
    _decide(reading, *"    ")
    reading.done()
    reading.left = False
    reading.skip()
    assert not reading.left
    _answer(reading, "s")
    assert reading.view.layer.status is Status.SKIPPED
    assert reading.left


# Notes and flags ---------------------------------------------------------------------------------------------


def test_f_and_m_mark_the_focused_entity_and_settle_nothing(reading: Reading) -> None:
    reading.flag()
    reading.note("which one?")
    assert reading.focus and reading.focus.remark
    assert (reading.focus.remark.unsure, reading.noted()) == (True, "which one?")
    assert reading.focus.undecided
    reading.flag()
    reading.note("")
    assert reading.focus.remark is None


def test_f_and_m_elsewhere_mark_the_article(reading: Reading) -> None:
    find(reading, "met")
    reading.flag()
    reading.note("read again")
    assert (reading.view.layer.marks.flagged, reading.noted()) == (True, "read again")
    reading.flag()
    assert not reading.view.layer.marks.flagged


def test_f_with_a_selection_marks_nothing(reading: Reading) -> None:
    reading.toggle_selection()
    reading.flag()
    assert reading.notice == "a selection: a label adds it, Esc drops it"
    assert not reading.view.layer.marks.flagged


def test_remarks_go_with_the_entity_when_it_is_decided(reading: Reading) -> None:
    reading.note("the capital")
    _decide(reading, " ")
    find(reading, "Lima")
    assert reading.noted() == "the capital"


# Repeating ---------------------------------------------------------------------------------------------------


def test_the_dot_repeats_confirming(reading: Reading) -> None:
    _decide(reading, " ", ".")
    assert states(reading)["Ali Khan"] == ("PERSON", "confirmed")


def test_the_dot_repeats_rejecting(reading: Reading) -> None:
    _decide(reading, "x", ".")
    assert states(reading)["Ali Khan"] == ("PERSON", "rejected")


def test_the_dot_repeats_a_label_on_whatever_is_there(reading: Reading) -> None:
    _decide(reading, "ORG", ".")
    assert states(reading)["Ali Khan"] == ("ORG", "corrected")
    find(reading, "Gen")
    _decide(reading, ".")
    assert states(reading)["Gen"] == ("ORG", "added")


def test_the_dot_repeats_a_boundary_and_a_flag(reading: Reading) -> None:
    _move(reading, 0, 1)
    find(reading, "Khan")
    _decide(reading, ".")
    assert quote(reading) == "Ali Khan of"
    reading.flag()
    find(reading, "Ministry")
    _decide(reading, ".")
    assert reading.focus and reading.focus.remark and reading.focus.remark.unsure


def test_the_dot_decides_on_nothing_that_was_not_drawn(reading: Reading) -> None:
    _decide(reading, " ")
    reading.repeat(drawn=False)
    assert states(reading)["Ali Khan"] == ("PERSON", "suggested")


def test_the_dot_has_nothing_to_repeat_at_first_or_after_a_refusal(reading: Reading) -> None:
    _decide(reading, ".")
    assert reading.notice == "nothing to repeat yet"
    _decide(reading, "PLANET", ".")
    assert reading.notice == "nothing to repeat yet"


# Undo and redo -----------------------------------------------------------------------------------------------


def test_undo_and_redo_go_where_it_was(reading: Reading, session: Session) -> None:
    _decide(reading, " ", "ORG")
    _undo(reading, session)
    assert (quote(reading), states(reading)["Ali Khan"]) == ("Ali Khan", ("PERSON", "suggested"))
    _undo(reading, session)
    assert (quote(reading), states(reading)["Lima"]) == ("Lima", ("GPE", "suggested"))
    _redo(reading, session)
    _redo(reading, session)
    assert states(reading)["Ali Khan"] == ("ORG", "corrected")
    assert session.redo() is None


def test_undo_reaches_another_article_and_an_earlier_session(tmp_path: Path) -> None:
    session = session_in(tmp_path, TEXT, OTHER)
    first, second = reading_of(session, "a"), reading_of(session, "b")
    _decide(first, " ")
    _decide(second, "ORG")
    session.close()

    session = Session(session.project, "ada")
    first = reading_of(session, "a")
    group = session.undo()
    assert group
    first.go_to_group(group)
    assert quote(first) == "Ali Khan"
    second = reading_of(session, "b")
    second.go_to_group(group)
    assert (quote(second), states(second)["Bo Lind"]) == ("Bo Lind", ("PERSON", "suggested"))
    _undo(first, session)
    assert (quote(first), states(first)["Lima"]) == ("Lima", ("GPE", "suggested"))


def test_a_rejected_entity_stays_struck_until_the_article_is_left(reading: Reading, session: Session) -> None:
    _decide(reading, "x")
    assert "Lima" in states(reading)
    session.leave("a")
    assert "Lima" not in states(reading_of(session))


# What is refused, and what is not saved ----------------------------------------------------------------------


def test_what_the_store_refuses_becomes_a_notice(
    reading: Reading, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Group:
        raise StoreError("your layer was made by a newer Manicule")

    monkeypatch.setattr(session, "commit", refuse)
    _decide(reading, " ")
    assert reading.notice == "your layer was made by a newer Manicule"
    assert (quote(reading), states(reading)["Lima"]) == ("Lima", ("GPE", "suggested"))
    for act in (reading.skip, reading.flag, lambda: reading._finish(None)):
        reading.begin()
        act()
        assert (reading.left, bool(reading.notice)) == (False, True)


def test_a_decision_is_on_disk_before_it_is_shown(
    reading: Reading, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    commit = session.commit

    def watched(*args: object, **kwargs: object) -> Group:
        shown.append(states(reading)["Lima"][1])
        return commit(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(session, "commit", watched)
    _decide(reading, " ")
    assert shown == ["suggested"]
    assert states(reading)["Lima"][1] == "confirmed"


def test_what_cannot_be_saved_is_told_kept_and_saved_with_the_next(
    reading: Reading, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> tuple[str, int]:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Journal, "append", full)
        _decide(reading, " ")
    assert reading.unsaved == "the disk is full"
    assert states(reading)["Lima"] == ("GPE", "confirmed")
    _decide(reading, "x")
    assert reading.unsaved == ""
    again = Session(session.project, "ada").layer("a")
    assert sorted(one.quote for one in again.annotations.values()) == ["Ali Khan", "Lima"]


def test_the_source_is_recorded_as_shown(reading: Reading) -> None:
    _decide(reading, " ")
    assert reading.view.layer.marks.shown == ("one",)


# Every mention ------------------------------------------------------------------------------------------------


def test_same_confirms_every_mention_says_how_many_and_moves_on(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.same_everywhere(drawn=True)
    assert reading.notice == "2 mentions: GPE confirmed · u undoes them as one"
    assert [one.quote for one in reading.view.layer.confirmed()] == ["Lima", "Lima"]
    assert quote(reading) == "Ali Khan"


def test_same_is_one_undo(tmp_path: Path) -> None:
    session = session_in(tmp_path)
    reading = reading_of(session)
    reading.same_everywhere(drawn=True)
    group = session.undo()
    assert group
    reading.take_in(group)
    assert reading.view.layer.annotations == {}


def test_same_on_what_is_decided_stays(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    press(reading, "ORG")
    find(reading, "Lima")
    reading.same_everywhere(drawn=False)
    assert reading.notice == "1 mention: ORG confirmed · u undoes them as one"
    assert quote(reading) == "Lima"
    assert [one.span.label for one in reading.view.layer.confirmed()] == ["ORG", "ORG"]


def test_same_decides_on_no_suggestion_that_was_not_drawn(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    reading.same_everywhere(drawn=False)
    assert reading.view.layer.annotations == {}


def test_same_on_a_bare_word_or_a_selection_says_what_it_needs(tmp_path: Path) -> None:
    reading = reading_in(tmp_path)
    find(reading, "met")
    reading.same_everywhere(drawn=True)
    assert reading.notice == "no entity here: = does the same for every mention of one"
    reading.begin()
    reading.toggle_selection()
    reading.same_everywhere(drawn=True)
    assert reading.notice.startswith("a selection")
