"""A sieve hides suggestions by their score, and what is hidden is touched by nothing."""

from __future__ import annotations

import pytest
from domain import FLAT, NESTED, article, random_act, suggestion, view, views
from hypothesis import given
from hypothesis import strategies as st

from annotate import acts
from annotate.decisions import Decision
from annotate.errors import DecisionError
from annotate.layers import Layer, Status
from annotate.mentions import same_in_article
from annotate.sieve import ALL, Sieve, sieve_from
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import View
from annotate.words import Words

SIEVES = st.builds(Sieve, st.floats(0, 1), st.booleans())
TEXT = "Ali met Bo. Ali left. Ali Khan stayed."


def _suggested(page: View) -> list[Suggestion]:
    return [one for held in (page._suggested, page._hidden) for found in held.values() for one in found]


def _hidden(page: View) -> list[Suggestion]:
    return [one for one in _divided(_suggested(page), page.sieve)[1] if not page.is_settled(one)]


def _divided(suggested: list[Suggestion], sieve: Sieve) -> tuple[list[Suggestion], list[Suggestion]]:
    """By the best score that any source gives a span, or by one giving none."""
    scores: dict[Span, list[float | None]] = {}
    for one in suggested:
        scores.setdefault(one.span, []).append(one.score)
    shown = [one for one in suggested if any(map(sieve.shows, scores[one.span]))]
    return shown, [one for one in suggested if one not in shown]


def _made_at(decisions: tuple[Decision, ...]) -> set[tuple[int, int]]:
    made = [one for act in decisions for part in (act.before, act.after) for one in part.annotations]
    return {(one.span.start, one.span.end) for one in made}


@pytest.mark.parametrize(
    ("typed", "sieve"),
    [
        ("0.8", Sieve(0.8)),
        (" ≥ 0.80 ", Sieve(0.8)),
        (">=.8", Sieve(0.8)),
        ("80%", Sieve(0.8)),
        ("<0.5", Sieve(0.5, below=True)),
        ("≤ 0,5", Sieve(0.5, below=True)),
        ("<= 50 %", Sieve(0.5, below=True)),
        ("1", Sieve(1.0)),
        ("", ALL),
        ("all", ALL),
    ],
)
def test_a_sieve_is_what_a_person_types(typed: str, sieve: Sieve) -> None:
    assert sieve_from(typed) == sieve


@pytest.mark.parametrize("typed", ["high", "1.2", "120%", "-1", "0.8.1", "≥", "nan", "٣x"])
def test_what_is_no_score_is_refused(typed: str) -> None:
    with pytest.raises(DecisionError, match="no score from 0 to 1"):
        sieve_from(typed)


@given(SIEVES)
def test_what_is_told_of_a_sieve_means_the_same_when_typed(sieve: Sieve) -> None:
    again = sieve_from(sieve.told)
    assert again.below == sieve.below
    assert again.threshold == pytest.approx(sieve.threshold, abs=1e-5)


@given(st.one_of(st.none(), st.floats(0, 1)), SIEVES)
def test_a_suggestion_without_a_score_is_never_hidden(score: float | None, sieve: Sieve) -> None:
    shown = sieve.shows(score)
    assert shown if score is None else shown == (score <= sieve.threshold if sieve.below else score >= sieve.threshold)


@given(views(), SIEVES, st.data())
def test_what_is_shown_is_what_there_would_be_without_the_hidden(page: View, sieve: Sieve, data: st.DataObject) -> None:
    suggested = _suggested(page)
    page = page.sifted(sieve)
    for _ in range(data.draw(st.integers(1, 5))):
        page.apply(random_act(data.draw, page))
        shown, _ = _divided(suggested, sieve)
        alone = View(page.article, page.scheme, shown, page.layer, page.struck)
        fresh = View(page.article, page.scheme, suggested, page.layer, page.struck, sieve)
        assert page.entries() == alone.entries() == fresh.entries()
        assert page.undecided() == alone.undecided()
        assert page.hidden_count == fresh.hidden_count
        assert (
            page.sifted(ALL).entries() == View(page.article, page.scheme, suggested, page.layer, page.struck).entries()
        )


@given(views(), SIEVES, st.data())
def test_the_hidden_are_counted_by_their_range(page: View, sieve: Sieve, data: st.DataObject) -> None:
    page = page.sifted(sieve)
    page.apply(random_act(data.draw, page))
    shown = {(entry.start, entry.end) for entry in page.entries() if entry.suggestions}
    places = {(one.span.start, one.span.end) for one in _hidden(page)} - shown
    assert page.hidden_count == len(places)
    for start, end in places:
        assert page.hides(start, end) and page.hidden_at(start, end)


@given(views(), SIEVES)
def test_what_settles_the_rest_decides_nothing_at_a_hidden_range(page: View, sieve: Sieve) -> None:
    page = page.sifted(sieve)
    places = {(one.span.start, one.span.end) for one in _hidden(page) if page.hides(one.span.start, one.span.end)}
    for settle in (acts.confirm_rest, acts.reject_rest):
        assert not _made_at(settle(page)) & places
        assert not _made_at(acts.finish(page, settle)) & places
    hidden = set(_hidden(page))
    kept = page.sifted(sieve)
    kept.apply(acts.finish(kept, acts.reject_rest))
    assert set(_hidden(kept)) == hidden


@given(views(), SIEVES, st.data())
def test_the_same_for_all_mentions_decides_nothing_over_a_hidden_range(
    page: View, sieve: Sieve, data: st.DataObject
) -> None:
    page = page.sifted(sieve)
    page.apply(random_act(data.draw, page))
    if not page.entries():
        return
    entry = data.draw(st.sampled_from(page.entries()))
    made = _made_at(same_in_article(page, entry, Words(page.article.text)).decisions)
    for one in _hidden(page):
        span = one.span
        if page.hides(span.start, span.end) and not (entry.start < span.end and span.start < entry.end):
            assert (span.start, span.end) not in made


def _mentions(scheme: object = FLAT) -> View:
    scores = {0: 0.9, 12: 0.3, 22: None}
    spans = [Suggestion(Span(at, at + 3, "PERSON"), "one", "1", score) for at, score in scores.items()]
    page = article(TEXT)
    return View(page, scheme, spans, Layer(page.id, page.text_hash), sieve=Sieve(0.8))  # type: ignore[arg-type]


def test_the_same_for_all_mentions_tells_how_many_hidden_ones_it_left() -> None:
    page = _mentions()
    same = same_in_article(page, page.entries()[0], Words(TEXT))
    assert same.told == "2 mentions: PERSON confirmed · 1 left out, hidden under 0.80"
    assert _made_at(same.decisions) == {(0, 3), (22, 25)}


def test_a_hidden_longer_one_keeps_mentions_in_it_from_being_added_where_nothing_may_overlap() -> None:
    for scheme, added in ((FLAT, False), (NESTED, True)):
        long = suggestion(TEXT, "Ali Khan", "PERSON", score=0.2)
        first = suggestion(TEXT, "Ali", "PERSON", score=0.9)
        page = view(TEXT, first, long, scheme=scheme).sifted(Sieve(0.8))
        same = same_in_article(page, page.entries()[0], Words(TEXT))
        assert ((22, 25) in _made_at(same.decisions)) == added
        assert ("1 left out, hidden under 0.80" in same.told) != added


def test_confirming_from_a_score_on_leaves_what_has_less_or_none() -> None:
    page = _mentions().sifted(ALL)
    assert _made_at(acts.confirm_rest(page, at_least=0.3)) == {(0, 3), (12, 15)}
    assert _made_at(acts.confirm_rest(page, at_least=0.31)) == {(0, 3)}
    assert acts.confirm_rest(page, at_least=0.95) == ()


def test_an_article_can_be_finished_while_something_is_hidden() -> None:
    page = _mentions()
    page.apply(acts.finish(page, acts.confirm_rest))
    assert page.layer.status is Status.DONE
    assert page.hidden_count == 1
    assert [entry.start for entry in page.sifted(ALL).new_since_done()] == [12]


@given(views(), st.data())
def test_by_certainty_every_undecided_entry_comes_once_in_order_of_score(page: View, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 4))):
        page.by_certainty(None, 1)
        page.apply(random_act(data.draw, page))
    expected = sorted(page.undecided(), key=lambda one: (one.score is None, one.score or 0.0, one.key))
    gone = []
    entry = page.by_certainty(None, 1)
    while entry and entry not in gone:
        gone.append(entry)
        entry = page.by_certainty(entry, 1)
    assert gone == expected
    back = [page.by_certainty(entry, -1) for entry in gone]
    assert back == [*gone[-1:], *gone[:-1]]
