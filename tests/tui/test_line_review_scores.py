"""Plain lines too sift, order and confirm suggestions by their score, and leave alone what is hidden."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import SUGGESTED, TEXT, session_in

from annotate.layers import Status
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from store.place import read_sieve
from tui.desk import Desk
from tui.line_review import LineReview

SCORES = {"Lima": 0.9, "Ali Khan": 0.3, "Ministry of Water": 0.6, "Bo Lind": 0.95}


def desk_in(root: Path) -> Desk:
    """Two articles whose four suggestions have the scores above."""
    project = session_in(root, TEXT, f"{TEXT}\n\nThe end.").project
    for article_id in project.article_ids():
        article = project.article(article_id)
        found = tuple(
            Suggestion(Span(start, start + len(quote), label), "one", "1", SCORES[quote])
            for quote, label in SUGGESTED
            for start in [article.text.index(quote)]
        )
        project.write_suggestions(SuggestionLayer(article_id, article.text_hash, Source("one", "1", "ff"), found))
    return Desk(project, "ada")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def talk(desk: Desk, *answers: str) -> list[str]:
    review = LineReview(desk, "a")
    review.ask()
    return [line for answer in answers for line in review.answer(answer)]


def decided(desk: Desk, article_id: str = "a") -> dict[str, str]:
    return {one.quote: one.state.value for one in desk.session.layer(article_id).annotations.values()}


def test_only_what_passes_the_threshold_is_asked(desk: Desk) -> None:
    lines = talk(desk, "threshold 0.8", "y", "y")
    assert lines[0] == "shown: ≥ 0.80 · 2 hidden under 0.80"
    assert lines[-1].startswith("Nothing is asked here: 2 hidden under 0.80. d done")
    assert decided(desk) == {"Lima": "confirmed", "Bo Lind": "confirmed"}


def test_up_to_a_score_and_everything_again(desk: Desk) -> None:
    assert "[[Ali Khan]]" in talk(desk, "threshold <0.5")[1]
    lines = talk(desk, "threshold all", "threshold")
    assert lines[0] == "all suggestions are shown"
    assert "shown: all. " in "\n".join(lines)


def test_what_is_chosen_holds_in_the_next_article_and_for_the_reader(desk: Desk) -> None:
    assert "Article 2 of 2: Talks in Lima: 1 undecided, 3 hidden under 0.95." in talk(desk, "threshold 0.95", ">")
    assert read_sieve(desk.project, "ada").told == "≥ 0.95"


def test_the_least_certain_is_asked_first(desk: Desk) -> None:
    lines = talk(desk, "least certain first", "y", "y", "y")
    asked = [line.split()[1] for line in lines if " by one" in line]
    assert asked == ["0.30", "0.60", "0.90", "0.95"]


def test_the_order_of_the_text_again(desk: Desk) -> None:
    lines = talk(desk, "least certain first", "in order of the text", "y")
    assert "[[Ministry of Water]]" in lines[-2]


def test_all_from_a_score_on_is_confirmed_once_it_was_asked_for_twice(desk: Desk) -> None:
    lines = talk(desk, "confirm from 0.6", "y")
    assert lines[0] == "not yet"
    assert lines[1] == ("2 of 3 not seen yet: y confirms all, n goes to the first not seen, any other answer goes on.")
    assert lines[2].startswith("3 confirmed")
    assert decided(desk) == {"Lima": "confirmed", "Ministry of Water": "confirmed", "Bo Lind": "confirmed"}


def test_nothing_is_confirmed_where_it_is_not_wanted_after_all(desk: Desk) -> None:
    lines = talk(desk, "confirm from 0.6", "n")
    assert "[[Ministry of Water]]" in lines[-2]
    assert decided(desk) == {}


def test_what_is_hidden_is_named_when_the_article_is_done(desk: Desk) -> None:
    lines = talk(desk, "threshold 0.92", "y", "d")
    assert lines[-1] == (
        "3 hidden under 0.92, which stay undecided: d finishes it all the same, n shows them, any other answer goes on."
    )
    assert desk.session.layer("a").status is Status.IN_PROGRESS
    assert "Talks in [[Lima]]" in talk(desk, "threshold 0.92", "d", "n")
    assert desk.sieve.threshold is None
    talk(desk, "threshold 0.92", "d", "d")
    assert desk.session.layer("a").status is Status.DONE
    assert decided(desk) == {"Bo Lind": "confirmed"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("threshold high", "“high” is no score"),
        ("threshold 2", "“2” is no score"),
        ("confirm from", "say which: confirm from 0.9"),
        ("confirm from <0.5", "say which: confirm from 0.9"),
        ("confirm from x", "“x” is no score"),
        ("confirm from 0.99", "nothing undecided has a score from 0.99 on"),
        ("thresholds", "that is no answer"),
    ],
)
def test_what_means_nothing_is_told_and_decides_nothing(desk: Desk, answer: str, said: str) -> None:
    assert said in talk(desk, answer)[0]
    assert decided(desk) == {}


@settings(max_examples=12, deadline=None)
@given(
    threshold=st.sampled_from(["0.5", "<0.5", "0.92", "<0.1"]),
    answers=st.lists(st.sampled_from(["y", "=", "s", "O", "confirm from 0.2", "d", "least certain first"])),
)
def test_what_is_hidden_is_never_touched(
    tmp_path_factory: pytest.TempPathFactory, threshold: str, answers: list[str]
) -> None:
    desk = desk_in(tmp_path_factory.mktemp("wire"))
    review = LineReview(desk, "a")
    review.answer(f"threshold {threshold}")
    sieve = desk.sieve
    for answer in answers:
        review.answer(answer)
    for article_id in "ab":
        assert all(sieve.shows(SCORES[quote]) for quote in decided(desk, article_id))
