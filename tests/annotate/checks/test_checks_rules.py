"""Each rule finds what it is there for, says what would settle it, and leaves alone what is no contradiction."""

from __future__ import annotations

import pytest
from marked_corpus import Corpus, corpus, found, marked, told, with_suggestions

from annotate.checks import CHECKS
from annotate.checks.boundaries import core
from annotate.spans import Span
from annotate.suggestions import Suggestion

SAID = "The [ISPR|ORG] said so."


def test_a_rare_label_of_a_text_is_doubted_and_the_usual_one_shown_beside_it() -> None:
    (finding,) = found(corpus(SAID, SAID, SAID, "The [ISPR|PERSON] said so."), "labels")
    assert finding.told == "“ISPR”: ORG 3, PERSON 1"
    assert [(case.spot.article_id, case.spot.label) for case in finding.cases] == [
        ("d", "PERSON"), ("a", "ORG"), ("b", "ORG"), ("c", "ORG"),
    ]  # fmt: skip
    assert [case.fixed for case in finding.suspects] == ["ORG"]


def test_a_mention_between_the_same_words_is_doubted_before_others() -> None:
    same, other = "Talks with [Lima|GPE] ended.", "[Lima|GPE] came to see Bo."
    odd = "Talks with [Lima|ORG] ended. Then [Lima|PERSON] herself came out."
    finding = found(corpus(same, same, other, other, other, other, odd), "labels")[0]
    assert finding.suspects[0].spot.label == "ORG"
    assert finding.cases[len(finding.suspects)].spot.article_id == "a"


def test_words_beside_it_that_speak_for_the_rarer_label_leave_it_alone() -> None:
    ages = [f"Bo Lind, [{age}|DATE], of Lima came." for age in range(30, 60)]
    goals = "They had [31|CARDINAL] goals and [31|CARDINAL] points."
    assert found(Corpus([marked(str(at), one) for at, one in enumerate([*ages, goals])]), "labels") == []


def test_the_article_and_a_title_inside_are_doubted_where_they_are_outside_elsewhere() -> None:
    usual = "Then the [Senate|ORG] met. Gen [Ali Khan|PERSON] spoke."
    odd = "Then [the Senate|ORG] met. [Gen Ali Khan|PERSON] spoke."
    assert sorted(told(corpus(usual, usual, odd), "boundaries")) == [
        "c Gen Ali Khan: PERSON -> “Ali Khan”",
        "c the Senate: ORG -> “Senate”",
    ]


def test_a_mention_that_is_whole_elsewhere_is_to_be_made_whole() -> None:
    whole = "[Qamar Javed Bajwa|PERSON] spoke."
    parted = "Qamar Javed [Bajwa|PERSON] spoke."
    assert told(corpus(whole, whole, parted), "boundaries") == ["c Bajwa: PERSON -> “Qamar Javed Bajwa”"]


@pytest.mark.parametrize(
    ("text", "label", "inner"),
    [
        ("the Senate", "ORG", "Senate"),
        ("Gen. Ali Khan", "PERSON", "Ali Khan"),
        ("Gen Motors", "ORG", "Gen Motors"),
        ("Pakistan’s", "GPE", "Pakistan"),
        ("(ISPR)", "ORG", "ISPR"),
        ("“Nature”", "ORG", "Nature"),
        ("Bank of Lima (Peru)", "ORG", "Bank of Lima (Peru)"),
        ("Lima,", "GPE", "Lima"),
        ("the", "ORG", "the"),
        ("…", "ORG", "…"),
    ],
)
def test_the_core_of_a_mention_is_without_what_may_stand_at_its_edges(text: str, label: str, inner: str) -> None:
    start, end = core(text, label)
    assert text[start:end] == inner


def test_punctuation_and_a_possessive_are_doubted_though_the_text_stands_so_once() -> None:
    usual = "[Pakistan|GPE]'s army. [Lima|GPE], [Lima|GPE], and [Pakistan|GPE]'s sea."
    odd = "[Pakistan's|GPE] shore, or [Lima,|GPE] then."
    assert set(told(corpus(usual, usual, odd), "boundaries")) == {
        "c Pakistan's: GPE -> “Pakistan”",
        "c Lima,: GPE -> “Lima”",
    }


def test_a_word_that_always_stands_outside_is_doubted_inside_and_the_reverse() -> None:
    usual = [f"[Name{at} Surname{at}|PERSON] said. [Water{at} Board|ORG] met." for at in range(9)]
    odd = "[Bo Lind said|PERSON] it. The [Gas|ORG] Board met."
    articles = Corpus([marked(f"{at}", one) for at, one in enumerate([*usual, odd])])
    assert sorted(told(articles, "edges")) == ["9 Bo Lind said: PERSON -> “Bo Lind”", "9 Gas: ORG -> “Gas Board”"]


def test_no_mention_grows_over_the_end_of_a_line() -> None:
    usual = [f"[Water{at} Board|ORG] met." for at in range(9)]
    articles = Corpus([marked(f"{at}", one) for at, one in enumerate([*usual, "Hear [Gas|ORG]\nBoard games."])])
    assert found(articles, "edges") == []


def test_bare_text_is_doubted_in_done_articles_only() -> None:
    labelled = ["[Lima|GPE] grew. Then [Lima|GPE] shrank."] * 3
    assert told(corpus(*labelled, "We saw Lima."), "missed") == ["d Lima: - -> GPE"]
    open_ = Corpus([*corpus(*labelled).articles, marked("d", "We saw Lima.", done=False)])
    assert found(open_, "missed") == []


def test_what_was_rejected_is_doubted_where_it_is_confirmed_elsewhere() -> None:
    labelled = corpus(*["[Lima|GPE] grew. Then [Lima|GPE] shrank."] * 3).articles
    rejected = with_suggestions(marked("d", "We saw Lima.", done=False), rejected=(Span(7, 11, "GPE"),))
    assert told(Corpus([*labelled, rejected]), "missed") == ["d Lima: - -> GPE"]


def test_a_text_that_is_mostly_bare_is_doubted_where_it_is_labelled() -> None:
    bare = "The judge knew. A judge may. Every judge can."
    assert told(corpus(bare, bare, bare, "The [judge|PERSON] left."), "missed") == ["d judge: PERSON -> no entity"]


def test_parts_of_numbers_and_joined_words_are_not_missed() -> None:
    labelled = ["[two|CARDINAL] of [17|CARDINAL] and [two|CARDINAL]."] * 4
    assert found(corpus(*labelled, "forty-two, 1.17, $17, 17% and 17-19"), "missed") == []


def test_copies_that_are_decided_differently_are_doubted_sentence_by_sentence() -> None:
    story = " ".join(f"Sentence number {at} tells of nothing that matters to anybody." for at in range(12))
    usual = f"{story} Talks with [Lima|GPE] ended late on that day."
    other = f"{story} Talks with [Lima|ORG] ended late on that day."
    bare = f"{story} Talks with Lima ended late on that day. One more sentence came."
    assert told(corpus(usual, usual, other, bare), "copies") == ["c Lima: ORG -> GPE", "d Lima: - -> GPE"]
    open_ = Corpus([*corpus(usual, usual).articles, marked("c", bare, done=False)])
    assert found(open_, "copies") == []


def test_what_a_sure_pipeline_would_have_otherwise_is_doubted() -> None:
    one = marked("a", "[Bo Lind|ORG] saw Lima and the [Rimac|LOC].")
    sure = [(0, 7, "PERSON", 0.95), (12, 16, "GPE", 0.99), (17, 30, "LOC", 0.91), (0, 2, "PERSON", 0.4)]
    suggestions = tuple(Suggestion(Span(*span), "one", "1", score) for *span, score in sure)
    articles = Corpus([with_suggestions(one, suggestions=suggestions)])
    assert sorted(told(articles, "pipeline")) == [
        "a Bo Lind: ORG -> PERSON",
        "a Lima: - -> GPE",
        "a Rimac: LOC -> “and the Rimac”",
    ]
    assert found(articles, "pipeline", threshold=0.999) == []


def test_what_a_pipeline_alone_has_is_nothing_while_the_article_is_open() -> None:
    one = marked("a", "Bo saw Lima.", done=False)
    suggestion = Suggestion(Span(7, 11, "GPE"), "one", "1", 0.99)
    assert found(Corpus([with_suggestions(one, suggestions=(suggestion,))]), "pipeline") == []


def test_a_mention_across_the_end_of_a_sentence_is_to_be_the_part_that_is_known() -> None:
    texts = ["He came [to Lima. Khan|PERSON] left.", "[Khan|PERSON] left.", "[Lima\nKhan|PERSON] left"]
    articles = Corpus([marked("a", texts[0]), marked("b", texts[1])])
    assert told(articles, "sentences") == ["a to Lima. Khan: PERSON -> “Khan”"]


def test_a_mention_that_begins_or_ends_inside_a_word_is_to_have_all_of_it() -> None:
    assert told(corpus("Every [Keny|GPE]an knew [ima|GPE].", "In [Kenya|GPE]-[Lima|GPE]"), "words") == [
        "a Keny: GPE -> “Kenyan”"
    ]


def test_white_space_at_an_edge_is_to_go() -> None:
    assert sorted(told(corpus("In[ Lima |GPE]so, [\u200bBo|PERSON].[ |ORG]"), "spaces")) == [
        "a  : ORG -> no entity",
        "a  Lima : GPE -> “Lima”",
        "a \u200bBo: PERSON -> “Bo”",
    ]


def test_nothing_is_found_in_what_is_decided_alike() -> None:
    same = "Gen [Ali Khan|PERSON] of the [Senate|ORG] saw [Lima|GPE]. [Khan|PERSON] was in [Lima|GPE] before."
    for check in CHECKS:
        assert found(corpus(same, f"{same} Fine.", f"Well. {same}"), check.name) == []
