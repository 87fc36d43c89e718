"""What was said of a string elsewhere is proposed, doubts what others propose, and follows from nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from domain import FLAT, NESTED, article, random_act, suggestion, view, views
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.articles import Article
from annotate.decisions import Decision
from annotate.layers import Annotation, Layer, Marks, State, Status
from annotate.memory import Evidence, Memory, evidence_of
from annotate.memory_shown import free_of, left_by_memory_alone, moment_for, without_memory
from annotate.spans import Span
from annotate.suggestions import MEMORY, Suggestion
from annotate.view import View

NOW = "2026-02-01"


def said(
    quote: str, label: str, *, times: int = 1, no: bool = False, before: str = "", after: str = "", since: str = "2026"
) -> list[Evidence]:
    name = f"{quote} {label} {no} {before} {after} {since}"
    return [Evidence(f"{name} {number}", quote, label, not no, before, after, since) for number in range(times)]


def memory_of(*evidence: Iterable[Evidence], where: str = "elsewhere") -> Memory:
    memory = Memory()
    memory.put(where, [one for some in evidence for one in some])
    return memory


def recalled(memory: Memory, text: str, *proposed: Suggestion, at: str = NOW) -> list[Suggestion]:
    return memory.recalled(article(text), at, proposed)


def told(found: Iterable[Suggestion], text: str) -> list[tuple[str, str]]:
    """Text and label of what memory proposes, in the order of the text."""
    mine = sorted(one.span for one in found if one.source == MEMORY)
    return [(text[one.start : one.end], one.label) for one in mine]


# What memory proposes ----------------------------------------------------------------------------------------


def test_a_string_confirmed_elsewhere_is_proposed_wherever_it_stands_with_why() -> None:
    text = "Lima is old. Limas are not, but Lima’s halls are."
    found = recalled(memory_of(said("Lima", "GPE", times=12)), text)
    assert [(one.span.start, one.span.label, one.version) for one in found] == [
        (0, "GPE", "confirmed 12 times as GPE"),
        (32, "GPE", "confirmed 12 times as GPE"),
    ]
    assert found[0].score == pytest.approx(13 / 14, abs=1e-4)


def test_the_longest_string_is_proposed_and_none_inside_of_it() -> None:
    text = "the Bank of Lima in Lima"
    memory = memory_of(said("Lima", "GPE"), said("Bank of Lima", "ORG"))
    assert told(recalled(memory, text), text) == [("Bank of Lima", "ORG"), ("Lima", "GPE")]


def test_nothing_is_proposed_within_what_a_source_proposes_unless_that_is_doubted() -> None:
    text = "the Ministry of Water said"
    whole = suggestion(text, "Ministry of Water", "ORG")
    assert told(recalled(memory_of(said("Water", "ORG")), text, whole), text) == []
    doubted = memory_of(said("Water", "ORG"), said("Ministry of Water", "ORG", no=True))
    assert told(recalled(doubted, text, whole), text) == [("Water", "ORG")]


def test_every_label_that_it_was_confirmed_with_is_proposed_the_likeliest_with_the_best_score() -> None:
    found = recalled(memory_of(said("Jordan", "GPE", times=3), said("Jordan", "PERSON")), "in Jordan")
    assert [(one.span.label, one.version) for one in found] == [
        ("GPE", "confirmed 3 times as GPE, confirmed once as PERSON"),
        ("PERSON", "confirmed once as PERSON, confirmed 3 times as GPE"),
    ]
    assert (found[0].score or 0) > (found[1].score or 0)


def test_what_was_rejected_half_as_often_as_confirmed_is_not_proposed() -> None:
    memory = memory_of(said("May", "PERSON", times=2), said("May", "PERSON", no=True))
    assert recalled(memory, "in May") == []


def test_where_decisions_disagree_those_beside_the_same_word_tell() -> None:
    memory = memory_of(
        said("Washington", "GPE", times=4, before="in"), said("Washington", "PERSON", times=2, before="Mr")
    )
    text = "They met Mr Washington in Washington."
    assert told(recalled(memory, text), text) == [("Washington", "PERSON"), ("Washington", "GPE")]
    assert recalled(memory, text)[0].version == "confirmed 2 times as PERSON after “Mr”"


def test_a_name_is_not_proposed_as_part_of_what_looks_like_a_longer_one() -> None:
    text = "in South Sudan and Sudan"
    assert [one.span.start for one in recalled(memory_of(said("Sudan", "GPE")), text)] == [19]
    seen_so = memory_of(said("Sudan", "GPE", before="South"))
    assert [one.span.start for one in recalled(seen_so, text)] == [9, 19]
    assert len(recalled(memory_of(said("Lima", "GPE")), "It rained. In Lima it did.")) == 1


def test_what_was_said_in_the_article_itself_and_what_was_said_later_does_not_count() -> None:
    text = "in Lima"
    assert recalled(memory_of(said("Lima", "GPE"), where="a"), text) == []
    memory = memory_of(said("Lima", "GPE", since="2026-01-02"))
    assert recalled(memory, text, at="2026-01-01") == []
    assert len(recalled(memory, text, at="2026-01-02")) == 1
    memory.put("elsewhere", [replace(one, until="2026-01-05") for one in said("Lima", "GPE", since="2026-01-02")])
    assert [len(recalled(memory, text, at=f"2026-01-0{day}")) for day in (4, 5)] == [1, 0]


# What it says of what others propose -----------------------------------------------------------------------------


def test_rejections_and_other_labels_lower_a_source_s_suggestion_and_hide_nothing() -> None:
    text = "in May"
    proposed = suggestion(text, "May", "PERSON", score=0.8)
    memory = memory_of(said("May", "PERSON", times=3, no=True), said("May", "ORG"))
    one = next(one for one in recalled(memory, text, proposed) if one.source == "one")
    assert one == proposed, "what is kept of it is what its source said"
    assert one.lowered == pytest.approx(0.8 * 2 / 5.25)
    assert one.doubt == "rejected 3 times, confirmed once as ORG"
    page = view(text, *recalled(memory, text, proposed))
    (entry,) = page.entries()
    assert [(one.span.label, one.standing) for one in entry.suggestions] == [
        ("ORG", pytest.approx(2 / 3, abs=1e-4)),
        ("PERSON", one.lowered),
    ]


def test_what_nothing_speaks_against_stays_as_it_is() -> None:
    text = "in Lima with Bo"
    proposed = [suggestion(text, "Lima", "GPE", score=0.4), suggestion(text, "Bo", "PERSON")]
    found = recalled(memory_of(said("Lima", "GPE", times=5)), text, *proposed)
    assert [(one.lowered, one.doubt) for one in found if one.source == "one"] == [(None, ""), (None, "")]


@pytest.mark.parametrize("score", [0.95, None])
def test_a_source_leads_with_its_label_until_that_was_rejected_or_replaced(score: float | None) -> None:
    text = "in Lima"
    sure = suggestion(text, "Lima", "ORG", score=score)
    elsewhere = memory_of(said("Lima", "GPE", times=5))
    replaced = memory_of(said("Lima", "GPE"), said("Lima", "ORG", no=True))
    leads = [view(text, *recalled(memory, text, sure)).entries()[0].label for memory in (elsewhere, replaced)]
    assert leads == ["ORG", "GPE"]


def test_a_label_that_was_replaced_was_not_right() -> None:
    text = "in Lima"
    page = view(text, suggestion(text, "Lima", "ORG"))
    decisions = acts.relabel(page, page.entries()[0], "GPE")
    page.apply(decisions)
    found = evidence_of([("2026", one) for one in decisions], page.layer, lambda _: text)
    assert {(one.label, one.confirmed) for one in found} == {("GPE", True), ("ORG", False)}


def test_a_lowered_suggestion_without_a_score_comes_after_one_that_is_not() -> None:
    text = "in Lima"
    memory = memory_of(said("Lima", "ORG", no=True))
    both = [suggestion(text, "Lima", "ORG", "a"), suggestion(text, "Lima", "GPE", "b")]
    assert [one.span.label for one in view(text, *recalled(memory, text, *both)).entries()[0].suggestions] == [
        "GPE",
        "ORG",
    ]


# Which moment ---------------------------------------------------------------------------------------------------


def layer_of(page: Article, *, remembered: str = "", done: bool = False, begun: bool = False) -> Layer:
    span = Span(0, 1, "ORG")
    annotations = {"x": Annotation("x", span, page.text[:1], State.CONFIRMED)} if begun else {}
    marks = Marks(Status.DONE if done else None, remembered=remembered)
    return Layer(page.id, page.text_hash, annotations, marks=marks)


def test_the_moment_is_now_until_something_is_decided_then_the_noted_one_and_none_when_done() -> None:
    page, memory = article("in Lima"), memory_of(said("Lima", "GPE", since=NOW))
    assert moment_for(layer_of(page), memory) == NOW
    assert moment_for(layer_of(page, remembered="2025", begun=True), memory) == "2025"
    assert moment_for(layer_of(page, begun=True), memory) == ""
    assert moment_for(layer_of(page, remembered="2025", done=True), memory) == ""


def test_the_first_decision_notes_the_moment_once_and_undo_takes_it_back() -> None:
    page = view("in Lima", suggestion("in Lima", "Lima", "GPE"))
    decisions = acts.with_shown(page, acts.confirm(page, page.entries()[0]), ["one", MEMORY], NOW)
    page.apply(decisions)
    assert page.layer.marks == Marks(shown=(MEMORY, "one"), remembered=NOW)
    finish = acts.with_shown(page, acts.finish(page), ["one", MEMORY], "2027")
    page.apply(finish)
    assert page.layer.marks.remembered == NOW
    page.apply([one.inverse() for one in reversed(finish)])
    page.apply([one.inverse() for one in reversed(decisions)])
    assert page.layer == Layer("a", page.article.text_hash)


def test_where_entities_may_overlap_nothing_is_proposed_over_a_confirmed_one() -> None:
    text = "Bank of Lima in Lima"
    mine = [Suggestion(Span(8, 12, "GPE"), MEMORY), Suggestion(Span(16, 20, "GPE"), MEMORY)]
    page = view(text, suggestion(text, "Bank of Lima", "ORG"), scheme=NESTED)
    page.apply(acts.confirm(page, page.entries()[0]))
    assert free_of(page.layer, mine) == mine[1:]


# What is kept of it ---------------------------------------------------------------------------------------------


def test_lists_and_counts_are_as_if_memory_had_said_nothing() -> None:
    text = "Bo in Lima with Eve"
    proposed = [suggestion(text, "Bo", "PERSON", score=0.9), suggestion(text, "Lima", "GPE", score=0.9)]
    memory = memory_of(said("Eve", "PERSON"), said("Lima", "GPE"), said("Bo", "PERSON", no=True, times=3))
    page = view(text, *recalled(memory, text, *proposed))
    assert (page.undecided_count, left_by_memory_alone(page)) == (3, 1)
    assert without_memory(page).entries() == view(text, *proposed).entries()
    plain = view(text, *proposed)
    assert without_memory(plain) is plain


def test_a_corrected_boundary_speaks_against_what_was_suggested() -> None:
    text = "the Water Board met"
    page = view(text, suggestion(text, "the Water Board", "ORG"))
    decisions = acts.move(page, page.entries()[0], 4, 15)
    page.apply(decisions)
    found = evidence_of([("2026", one) for one in decisions], page.layer, lambda _: text)
    assert {(one.quote, one.confirmed) for one in found} == {("Water Board", True), ("the Water Board", False)}


def decided(page: View, data: st.DataObject) -> list[tuple[str, Decision]]:
    """Random decisions on a page, some of them undone, each with its time."""
    made: list[Decision] = []
    for _ in range(data.draw(st.integers(1, 8))):
        decisions = random_act(data.draw, page)
        page.apply(decisions)
        made += decisions
        if decisions and data.draw(st.booleans()):
            back = [one.inverse() for one in reversed(decisions)]
            page.apply(back)
            made += back
    return [(f"2026-{number:03}", decision) for number, decision in enumerate(made)]


@given(views(), st.data())
def test_what_stands_is_what_the_layer_holds_and_noting_comes_to_the_same_as_reading(
    page: View, data: st.DataObject
) -> None:
    text = page.article.text
    changes = decided(page, data)
    read = evidence_of(changes, page.layer, lambda _: text)
    standing = {(one.id, one.quote, one.label) for one in read if not one.until and one.confirmed}
    assert standing == {
        (one.id, one.quote, one.span.label) for one in page.layer.annotations.values() if one.state is State.CONFIRMED
    }
    noted, put = Memory(), Memory()
    for time, decision in changes:
        noted.note(time, decision, lambda _: text)
        noted.note(time, decision, lambda _: text)
    put.put("a", read)
    other = replace(page.article, id="b")
    for at in [time for time, _ in changes]:
        assert noted.recalled(other, at, []) == put.recalled(other, at, [])


def test_an_annotation_that_the_journal_lacks_counts_from_the_beginning() -> None:
    page = layer_of(article("Ο Bo"), begun=True)
    (one,) = evidence_of([], page, lambda _: "Ο Bo")
    assert (one.quote, one.label, one.since) == ("Ο", "ORG", "")
    assert FLAT.label(one.label)
