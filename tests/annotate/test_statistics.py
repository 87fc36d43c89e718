from domain import random_act, suggestion, view, views
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import acts
from annotate.layers import Kind, Status
from annotate.statistics import KINDS, UNDECIDED, Statistics, count
from annotate.view import View

TEXT = "Ada met Bob of Acme in Lima."


def _suggested():
    return [
        suggestion(TEXT, "Ada", "PERSON"),
        suggestion(TEXT, "Bob", "PERSON"),
        suggestion(TEXT, "Acme", "GPE"),
        suggestion(TEXT, "of", "ORG"),
        suggestion(TEXT, "Ada", "ORG", source="two"),
    ]


def _entry(page: View, quote: str):
    start = TEXT.index(quote)
    return next(one for one in page.entries() if (one.start, one.end) == (start, start + len(quote)))


def _decided() -> View:
    page = view(TEXT, *_suggested())
    page.apply(acts.relabel(page, _entry(page, "Ada"), "PERSON"))
    page.apply(acts.relabel(page, _entry(page, "Acme"), "ORG"))
    page.apply(acts.reject(page, _entry(page, "of")))
    start = TEXT.index("Lima")
    page.apply(acts.add(page, start, start + 4, "GPE"))
    return page


def test_entities_are_counted_by_label_and_kind():
    found = count(_decided(), _suggested())
    assert found.entities == {
        ("PERSON", "confirmed"): 1,
        ("ORG", "corrected"): 1,
        ("ORG", "rejected"): 1,
        ("GPE", "added"): 1,
        ("PERSON", UNDECIDED): 1,
    }
    assert [found.count_of(kind) for kind in KINDS] == [1, 1, 1, 1, 1]


def test_precision_is_agreement_over_settled_suggestions():
    found = count(_decided(), _suggested())
    assert (found.settled["one"], found.agreed["one"]) == (3, 1)
    assert found.precision("one") == 1 / 3
    assert found.precision("two") == 0.0
    assert found.precision("nobody") is None


def test_a_suggestion_outside_the_scheme_is_not_counted():
    odd = suggestion(TEXT, "Ada", "PLANET")
    found = count(_decided(), [odd])
    assert not found.settled


def test_articles_and_words_are_counted_by_status():
    page = _decided()
    total = Statistics()
    total.include(count(page, _suggested()))
    page.apply(acts.finish(page, acts.reject_rest))
    total.include(count(page, _suggested()))
    assert total.articles == {Status.IN_PROGRESS: 1, Status.DONE: 1}
    assert total.words == {Status.IN_PROGRESS: 7, Status.DONE: 7}
    assert total.count_of(UNDECIDED) == 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_counted_adds_up(data):
    page = data.draw(views())
    suggestions = [one for entry in page.entries() for one in entry.suggestions]
    for _ in range(data.draw(st.integers(0, 6))):
        page.apply(random_act(data.draw, page))
    found = count(page, suggestions)
    held = sum(found.count_of(kind.value) for kind in Kind)
    assert held == len(page.layer.annotations)
    assert found.count_of(UNDECIDED) == page.undecided_count
    settled = sum(page.is_settled(one) for one in suggestions)
    assert sum(found.settled.values()) == settled
    assert all(0 <= (found.precision(source) or 0) <= 1 for source in found.settled)
