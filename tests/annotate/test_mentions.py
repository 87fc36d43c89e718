"""One decision reaches every mention of a text, and nothing else."""

from __future__ import annotations

import pytest
from domain import FLAT, LABELS, NESTED, random_act, suggestion, view, views
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.acts import Decisions
from annotate.decisions import How, apply_all
from annotate.layers import State
from annotate.mentions import Same, mentions_of, same_in_article
from annotate.schemes import LabelScheme
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import Entry, View
from annotate.words import Words

TEXT = "Ali met Bo. Then Ali left; Alice saw Ali Khan. ali and Ali."


def _do(page: View, decisions: Decisions) -> None:
    assert decisions
    page.apply(decisions)


def _at(page: View, quote: str, nth: int = 0) -> Entry:
    start = -1
    for _ in range(nth + 1):
        start = page.article.text.index(quote, start + 1)
    found = [one for one in page.overlapping(start, start + len(quote)) if one.start == start]
    assert found
    return found[0]


def _same(page: View, entry: Entry) -> Same:
    return same_in_article(page, entry, Words(page.article.text))


def _confirmed(page: View) -> list[tuple[int, str, str]]:
    return [(one.span.start, one.quote, one.span.label) for one in page.layer.confirmed()]


def test_mentions_are_whole_words_of_the_same_case() -> None:
    places = mentions_of(TEXT, Words(TEXT), 17, 20)
    assert places == [(0, 3), (17, 20), (37, 40), (55, 58)]


def test_a_part_of_a_word_is_found_in_words_too() -> None:
    text = "Pakistan and Pak-US and Pakistani"
    assert mentions_of(text, Words(text), 0, 3) == [(0, 3), (13, 16), (24, 27)]


def test_a_mention_that_follows_a_false_one_is_found() -> None:
    text = "a a, ba a a"
    assert mentions_of(text, Words(text), 0, 3) == [(0, 3), (8, 11)]


@given(st.text("ab -\n", min_size=1, max_size=40), st.data())
def test_mentions_are_in_order_apart_and_alike(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    places = mentions_of(text, Words(text), start, end)
    assert (start, end) in places
    assert {text[slice(*place)] for place in places} == {text[start:end]}
    assert all(one[1] <= other[0] for one, other in zip(places, places[1:], strict=False))


def test_a_suggestion_is_confirmed_with_every_mention_suggested_or_not() -> None:
    page = view(TEXT, suggestion(TEXT, "Ali", "PERSON"))
    same = _same(page, _at(page, "Ali"))
    assert same.told == "4 mentions: PERSON confirmed"
    assert [one.how for one in same.decisions] == [How.SINGLE, *[How.ARTICLE] * 3]
    _do(page, same.decisions)
    assert _confirmed(page) == [(at, "Ali", "PERSON") for at in (0, 17, 37, 55)]


def test_an_annotation_takes_its_label_to_suggestions_and_to_what_was_decided_otherwise() -> None:
    text = "Lima, Lima, Lima"
    page = view(text, *(_suggestion_at(at, "GPE") for at in (0, 6, 12)))
    _do(page, acts.relabel(page, _at(page, "Lima"), "ORG"))
    _do(page, acts.reject(page, _at(page, "Lima", 2)))
    same = _same(page, _at(page, "Lima"))
    assert same.told == "2 mentions: ORG confirmed (1 decided otherwise before)"
    _do(page, same.decisions)
    assert _confirmed(page) == [(at, "Lima", "ORG") for at in (0, 6, 12)]
    assert _same(page, _at(page, "Lima")).told == "nothing to change on mentions of “Lima”"


def test_a_rejection_rejects_suggestions_and_removes_what_was_added() -> None:
    text = "Lima, Lima, Lima, Lima"
    page = view(text, *(_suggestion_at(at, "GPE") for at in (0, 6)))
    _do(page, acts.add(page, 12, 16, "ORG"))
    _do(page, acts.reject(page, _at(page, "Lima")))
    same = _same(page, _at(page, "Lima"))
    assert same.told == "2 mentions: no entity (1 decided otherwise before)"
    _do(page, same.decisions)
    assert _confirmed(page) == [] and page.undecided_count == 0


@pytest.mark.parametrize("scheme", [FLAT, NESTED])
def test_a_corrected_boundary_is_corrected_wherever_the_same_was_suggested(scheme: LabelScheme) -> None:
    text = "Gen Ali met Gen Ali and Dr Ali"
    found = (_suggestion_at(at, "PERSON", 7) for at in (0, 12))
    page = view(text, *found, suggestion(text, "Dr Ali", "PERSON"), scheme=scheme)
    _do(page, acts.move(page, _at(page, "Gen Ali"), 4, 7))
    same = _same(page, _at(page, "Ali"))
    _do(page, same.decisions)
    assert (16, "Ali", "PERSON") in _confirmed(page)
    assert [one.verb for one in same.decisions][0] == "move"
    left_out = " · 1 left out, under a suggestion"
    assert same.told == ("1 mention: PERSON confirmed" + left_out if scheme is FLAT else "2 mentions: PERSON confirmed")


def test_mentions_inside_confirmed_entities_are_left_out_and_counted() -> None:
    page = view(TEXT, suggestion(TEXT, "Ali", "PERSON"))
    _do(page, acts.add(page, 37, 45, "PERSON"))
    same = _same(page, _at(page, "Ali"))
    assert same.told == "3 mentions: PERSON confirmed · 1 left out, under a confirmed entity"
    _do(page, same.decisions)
    assert (37, "Ali Khan", "PERSON") in _confirmed(page)


def test_the_only_mention_is_told_as_such() -> None:
    page = view(TEXT, suggestion(TEXT, "Bo", "PERSON"))
    _do(page, acts.confirm(page, _at(page, "Bo")))
    assert _same(page, _at(page, "Bo")) == Same((), "no other mention of “Bo”")


@given(views(), st.data())
def test_only_mentions_change_and_undoing_restores_the_layer(page: View, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 4))):
        page.apply(random_act(data.draw, page))
    entries = page.entries()
    if not entries:
        return
    entry = data.draw(st.sampled_from(entries))
    text, before = page.article.text, page.layer
    quote = text[entry.start : entry.end]
    decisions = _same(page, entry).decisions
    page.apply(decisions)
    made = [one for decision in decisions for one in decision.after.annotations if one.state is State.CONFIRMED]
    assert {one.quote for one in made} <= {quote}
    assert all(one.quote == text[one.span.start : one.span.end] for one in made)
    if not page.scheme.overlap:
        for one in page.layer.confirmed():
            assert not [other for other in page.confirmed_overlapping(one.span.start, one.span.end) if other != one]
    assert View(page.article, page.scheme, _suggested(page), page.layer, page.struck).entries() == page.entries()
    undone = apply_all(page.layer, [one.inverse() for one in reversed(decisions)])
    assert (undone.annotations, undone.remarks, undone.marks) == (before.annotations, before.remarks, before.marks)


@given(views(), st.sampled_from(LABELS), st.data())
def test_every_whole_mention_in_nobodys_way_gets_the_label(page: View, label: str, data: st.DataObject) -> None:
    if not page.undecided():
        return
    entry = data.draw(st.sampled_from(page.undecided()))
    page.apply(acts.relabel(page, entry, label))
    held = page.annotations_at(entry.start, entry.end)
    mine = next(one for one in page.entries() if one.annotation in held and one.label == label)
    text = page.article.text
    others = [one for one in page.entries() if (one.start, one.end) != (entry.start, entry.end)]
    page.apply(_same(page, mine).decisions)
    for start, end in mentions_of(text, Words(text), entry.start, entry.end):
        blocked = [
            one for one in others if one.start < end and start < one.end and (one.start, one.end) != (start, end)
        ]
        if not blocked and text[start:end] == text[start:end].strip():
            assert any(one.state is State.CONFIRMED for one in page.holding(Span(start, end, label)))


def _suggestion_at(start: int, label: str, length: int = 4) -> Suggestion:
    return Suggestion(Span(start, start + length, label), "one", "1")


def _suggested(page: View) -> list[Suggestion]:
    return [one for held in page._suggested.values() for one in held]
