from domain import random_act, suggestion, view, views
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import acts
from annotate.layers import Kind, Status
from annotate.statistics import KINDS, UNDECIDED, Correction, Share, Statistics, count
from annotate.view import View
from annotate.ways import Way

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
    assert total.shares == {Share.MOST: 1, Share.ALL: 1}


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
    assert found.corrections.total() == held - found.count_of("confirmed")
    assert all(found.held[key] <= number for key, number in found.seen.items())
    settled = sum(page.is_settled(one) for one in suggestions)
    assert sum(found.settled.values()) == settled
    assert all(0 <= (found.precision(source) or 0) <= 1 for source in found.settled)


def test_corrections_say_what_was_wrong():
    page = view(TEXT, suggestion(TEXT, "Ada met", "PERSON"), *_suggested()[1:4], suggestion(TEXT, "Lima.", "ORG"))
    page.apply(acts.move(page, _entry(page, "Ada met"), 0, 3))
    page.apply(acts.relabel(page, _entry(page, "Bob"), "ORG"))
    page.apply(acts.reject(page, _entry(page, "of")))
    page.apply(acts.move(page, _entry(page, "Lima."), TEXT.index("Lima"), TEXT.index("Lima") + 4))
    (moved,) = [one for one in page.entries() if one.start == TEXT.index("Lima")]
    page.apply(acts.relabel(page, moved, "GPE"))
    at = TEXT.index("in")
    page.apply(acts.add(page, at, at + 2, "GPE"))
    assert count(page, []).corrections == {
        ("PERSON", Correction.BOUNDARY): 1,
        ("ORG", Correction.LABEL): 1,
        ("ORG", Correction.REJECTED): 1,
        ("GPE", Correction.BOTH): 1,
        ("GPE", Correction.ADDED): 1,
    }


def test_suggestions_are_judged_as_they_were_seen_single_and_in_bulk_apart():
    page = view(TEXT, *_suggested())
    page.apply(acts.relabel(page, _entry(page, "Ada"), "PERSON"))
    page.apply(acts.confirm(page, _entry(page, "Bob")))
    ways = dict.fromkeys(page.layer.annotations, Way.SINGLE)
    page.apply(acts.finish(page, acts.reject_rest))
    ways |= {name: Way.BULK for name in page.layer.annotations if name not in ways}
    found = count(page, [], ways)
    assert found.as_suggested("one", Way.SINGLE) == (2, 2)
    assert found.as_suggested("one", Way.SINGLE, "PERSON") == (2, 2)
    assert found.as_suggested("one", Way.BULK) == (0, 2)
    assert found.as_suggested("two", Way.SINGLE) == (0, 1)
    assert count(page, []).as_suggested("one", Way.OTHER) == (2, 4)


def test_what_was_suggested_later_was_not_seen():
    page = view(TEXT)
    page.apply(acts.add(page, 0, 3, "PERSON"))
    found = count(page, _suggested())
    assert (found.settled["one"], found.agreed["one"]) == (1, 1)
    assert not found.seen
