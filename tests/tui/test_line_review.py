"""Answers typed line by line decide what the reader's keys decide."""

from __future__ import annotations

from pathlib import Path

import pytest
from domain import FLAT, NESTED
from readings import TEXT, session_in

from annotate.layers import Layer, State, Status
from annotate.schemes import Label, LabelScheme
from tui.desk import Desk
from tui.line_review import LineReview, first_open

SECOND = "Bo Lind left Lima."


def desk_in(root: Path, *texts: str, scheme: LabelScheme = FLAT) -> Desk:
    session = session_in(root, *(texts or (TEXT, SECOND)), scheme=scheme)
    return Desk(session.project, "ada")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """a has Lima, Ali Khan, Ministry of Water and Bo Lind undecided, b has Bo Lind and Lima."""
    return desk_in(tmp_path)


def talk(desk: Desk, *answers: str, article: str = "a") -> list[str]:
    """The lines of all answers; what is asked first is left out."""
    review = LineReview(desk, article)
    review.ask()
    return [line for answer in answers for line in review.answer(answer)]


def held(layer: Layer) -> set[tuple[str, str, str]]:
    return {(one.quote, one.span.label, one.state.value) for one in layer.annotations.values()}


def test_it_asks_with_the_article_the_sentence_and_the_suggestion(desk: Desk) -> None:
    assert LineReview(desk, "a").ask() == [
        "Article 1 of 2: Talks in Lima: 4 undecided.",
        "Talks in [[Lima]]",
        "GPE 0.50 by one. 4 undecided.",
    ]


def test_every_answer_decides_what_it_says(desk: Desk) -> None:
    talk(desk, "y", "", "O", "n", "a Water Hall = org", "d")
    assert held(desk.session.layer("a")) == {
        ("Lima", "GPE", "confirmed"),
        ("Ali Khan", "PERSON", "confirmed"),
        ("Ministry of Water", "ORG", "confirmed"),
        ("Bo Lind", "PERSON", "rejected"),
        ("Water Hall", "ORG", "confirmed"),
    }
    assert desk.session.layer("a").status is Status.DONE


def test_a_label_is_given_by_key_digit_or_name_in_any_case(desk: Desk) -> None:
    talk(desk, "O", "3", "person")
    labels = {quote: label for quote, label, _ in held(desk.session.layer("a"))}
    assert labels == {"Lima": "ORG", "Ali Khan": "GPE", "Ministry of Water": "PERSON"}


def test_edges_move_by_counts_and_stay_to_be_looked_at(desk: Desk) -> None:
    lines = talk(desk, "s", "[1]2", "n")
    assert lines[3:6] == [
        "now: Gen Ali Khan of the, PERSON",
        "[[Gen Ali Khan of the]] Ministry of Water met Bo Lind.",
        "PERSON, corrected. 3 undecided.",
    ]
    assert lines[6] == "no entity: Gen Ali Khan of the"


def test_edges_and_a_label_in_one_answer_go_on(desk: Desk) -> None:
    lines = talk(desk, "s", "[ ORG")
    assert lines[3] == "Gen Ali Khan: ORG"
    assert "[[Ministry of Water]]" in lines[4]


def test_edges_that_stop_say_so(desk: Desk) -> None:
    assert talk(desk, "[3")[0] == "now: Talks in Lima, GPE; there is no further word"


def test_an_edge_answer_is_one_undo(desk: Desk) -> None:
    lines = talk(desk, "s", "[1]2", "u")
    assert lines[-3] == "undone: 3 decisions"
    assert held(desk.session.layer("a")) == set()


def test_what_is_added_is_unmarked_and_in_the_sentence_if_it_is_there(desk: Desk) -> None:
    lines = talk(desk, "s", "a Water = ORG", "a Gen = PERSON", "a Lima = GPE", "a nobody = ORG")
    added = [line for line in lines if line.startswith("added")]
    assert added == [
        "added: ORG, in: [[Water]] Hall in Lima is old.",
        "added: PERSON, in: [[Gen]] Ali Khan of the Ministry of Water met Bo Lind.",
        "added: GPE, in: Water Hall in [[Lima]] is old.",
    ]
    assert "“nobody” stands nowhere unmarked in this article" in lines


def test_the_same_for_every_mention_is_one_answer_and_one_undo(desk: Desk) -> None:
    assert talk(desk, "=", "u")[0].startswith("Lima: 2 mentions")
    assert held(desk.session.layer("a")) == set()
    talk(desk, "r")
    assert len(desk.session.layer("a").confirmed()) == 2


def test_an_addition_comes_back_to_what_was_asked(desk: Desk) -> None:
    assert talk(desk, "s", "a Hall = ORG")[-1] == "PERSON 0.50 by one. 4 undecided."


def test_u_goes_back_to_what_it_took_back_even_in_another_article(desk: Desk) -> None:
    lines = talk(desk, "y", "y", "y", "n", "d", "u", "u")
    assert lines[-3:] == [
        "undone: reject “Bo Lind”",
        "Gen Ali Khan of the Ministry of Water met [[Bo Lind]].",
        "PERSON 0.50 by one. 1 undecided.",
    ]
    assert desk.session.layer("a").status is not Status.DONE


def test_r_does_it_again(desk: Desk) -> None:
    talk(desk, "y", "u", "r")
    assert held(desk.session.layer("a")) == {("Lima", "GPE", "confirmed")}


@pytest.mark.parametrize(
    ("answer", "states"), [("y", {State.CONFIRMED}), ("n", {State.REJECTED}), ("", set()), ("s", set())]
)
def test_done_asks_about_what_is_left(desk: Desk, answer: str, states: set[State]) -> None:
    lines = talk(desk, "d", answer)
    assert "4 undecided, 3 not seen yet: y confirms them" in lines[1]
    assert {one.state for one in desk.session.layer("a").annotations.values()} == states


def test_done_on_a_done_article_opens_it_again_when_asked_twice(desk: Desk) -> None:
    talk(desk, "d", "y")
    lines = talk(desk, "d", "d")
    assert lines[2] == "open again"
    assert desk.session.layer("a").status is not Status.DONE


def test_done_goes_on_to_the_next_open_article_and_says_when_there_is_none(desk: Desk) -> None:
    lines = talk(desk, "d", "y", "d", "y")
    assert "Article 2 of 2: Bo Lind left Lima.: 2 undecided." in lines
    assert "done. No other article is open: q quits" in lines
    assert first_open(desk) is None


def test_flags_and_notes_are_on_what_is_asked_else_on_the_article(desk: Desk) -> None:
    lines = talk(desk, "f", "m which one?", "y", "y", "y", "y", "f", "m  dull ")
    assert {"flagged: Lima", "noted: Lima", "flagged: the article", "noted: the article"} <= set(lines)
    layer = desk.session.layer("a")
    assert [(one.unsure, one.note) for one in layer.remarks.values()] == [(True, "which one?")]
    assert (layer.marks.flagged, layer.marks.note) == (True, "dull")


@pytest.mark.parametrize("answer", ["zz", "yes please", "a", "a Lima", "a = ORG", "]2 NONE", "9", "]]]x"])
def test_a_wrong_answer_says_so_decides_nothing_and_asks_again(desk: Desk, answer: str) -> None:
    lines = talk(desk, answer)
    assert lines[0].startswith(("that is no answer", "to add an entity"))
    assert lines[-1] == "GPE 0.50 by one. 4 undecided."
    assert held(desk.session.layer("a")) == set()


def test_nothing_is_decided_before_it_could_be_read(desk: Desk) -> None:
    review = LineReview(desk, "a")
    review.ask()
    for answer in ("y", "n", "O", "]", "d", "a Hall = ORG", "u"):
        assert "nothing was decided" in review.answer(answer, read=False)[0]
    assert review.answer("?", read=False)[-2] == "Labels: P PERSON, O ORG, G GPE."
    assert held(desk.session.layer("a")) == set()


def test_with_nothing_undecided_answers_add_and_finish_and_touch_no_entity(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, "Nobody went anywhere.")
    lines = talk(desk, "y", "n", "O", "]", "a Nobody = person", "d")
    assert [line for line in lines if not line.startswith("Nothing is asked")] == [
        "nothing is asked here",
        "nothing is asked here",
        "nothing is asked here",
        "nothing is asked here",
        "added: PERSON, in: [[Nobody]] went anywhere.",
        "done. No other article is open: q quits",
        "Article 1 of 1: Nobody went anywhere.: done, nothing undecided.",
    ]


def test_t_reads_the_article_with_its_entities(desk: Desk) -> None:
    lines = talk(desk, "y", "n", "t")
    assert "Talks in [[Lima|GPE]]" in lines
    assert "Gen Ali Khan of the [[Ministry of Water|ORG?]] met [[Bo Lind|PERSON?]]." in lines


def test_nested_entities_can_be_added_where_the_scheme_allows_them(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, scheme=NESTED)
    talk(desk, "y", "y", "y", "y", "a Water Hall = ORG")
    assert ("Water Hall", "ORG", "confirmed") in held(desk.session.layer("a"))


def test_a_label_named_like_an_answer_has_its_key(tmp_path: Path) -> None:
    scheme = LabelScheme((Label("n", "N"), Label("GPE", "G"), Label("PERSON", "P"), Label("ORG", "O")))
    desk = desk_in(tmp_path, scheme=scheme)
    talk(desk, "N")
    assert held(desk.session.layer("a")) == {("Lima", "n", "confirmed")}


def test_it_begins_where_the_annotator_left(desk: Desk) -> None:
    review = LineReview(desk, "a")
    review.answer(">")
    review.leave()
    assert first_open(desk) == "b"


def test_what_the_disk_refuses_is_told_with_every_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("store.journal.Journal.append", refuse)
    assert talk(desk, "y")[1] == "NOT SAVED: the disk is full. It is tried again with each decision."


def test_an_article_that_is_open_elsewhere_is_read_only_until_it_is_taken_over(desk: Desk) -> None:
    other = Desk(desk.project, "ada")
    other_talk = LineReview(other, "a")
    other_talk.ask()
    other_talk.answer("y")
    review = LineReview(desk, "a")
    assert review.ask()[-1].startswith("open elsewhere (process ")
    assert review.ask()[-1].endswith("take has it here, any other answer only reads on.")
    review.answer("n")
    assert review.answer("y")[-1].startswith("open elsewhere (process ")
    assert held(desk.session.layer("a")) == {("Lima", "GPE", "confirmed")}
    assert review.answer("take")[0] == "here is the article as your other session left it"
    review.answer("y")
    assert held(desk.session.layer("a")) == {("Lima", "GPE", "confirmed"), ("Ali Khan", "PERSON", "confirmed")}
    assert other_talk.answer("y")[-1].startswith("open elsewhere (process ")
