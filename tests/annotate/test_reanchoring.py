"""When a text changes, every annotation stands on equal text again or is kept as unplaced; nothing is lost."""

from __future__ import annotations

import pytest
from domain import FLAT, LABELS, NESTED, article, random_act, suggestion, view, views
from hypothesis import assume, given
from hypothesis import strategies as st

from annotate import acts
from annotate.anchoring import guess, place_again
from annotate.articles import Article
from annotate.decisions import apply_all
from annotate.errors import DecisionError
from annotate.layers import Kind, Layer, State
from annotate.reanchoring import discard, guessed, place, reanchor, told
from annotate.spans import Span
from annotate.view import View

OLD = (
    "Talks in Lima\n\nGen Ali Khan of the Ministry of Water met Bo Lind on Monday.\n\n"
    "Bo Lind, who came from Oslo, said that Gen Ali Khan had asked him to stay in Lima."
)


def _view_of(text: str, *wanted: tuple[str, str, int], scheme: object = FLAT) -> View:
    """A view in which (text, label, which mention) are annotated."""
    page = view(text, scheme=scheme)  # type: ignore[arg-type]
    for quote, label, which in wanted:
        start = -1
        for _ in range(which + 1):
            start = text.index(quote, start + 1)
        page.apply(acts.add(page, start, start + len(quote), label))
    return page


def _after(page: View, text: str) -> tuple[Layer, str]:
    new = article(text)
    decision = reanchor(page.layer, page.article, new, page.scheme)
    return apply_all(page.layer, [decision]), told(decision, page.layer)


def _where(layer: Layer) -> list[tuple[int, str, str]]:
    return sorted((one.span.start, one.quote, one.span.label) for one in layer.annotations.values())


def _same_words(one: str, other: str) -> bool:
    return one.split() == other.split()


def test_places_shift_with_what_was_put_in_before_them() -> None:
    page = _view_of(OLD, ("Lima", "GPE", 0), ("Ali Khan", "PERSON", 1), ("Lima", "GPE", 1))
    layer, said = _after(page, "(update) " + OLD.replace("who came from Oslo", "who had come from the city of Oslo"))
    assert said == "3 placed"
    assert [quote for _, quote, _ in _where(layer)] == ["Lima", "Ali Khan", "Lima"]
    new = "(update) " + OLD.replace("who came from Oslo", "who had come from the city of Oslo")
    assert [start for start, _, _ in _where(layer)] == [18, new.rindex("Ali Khan"), new.rindex("Lima")]


def test_new_line_breaks_are_no_change() -> None:
    page = _view_of(OLD, ("Ministry of Water", "ORG", 0), ("Bo Lind", "PERSON", 1))
    layer, said = _after(page, OLD.replace("Ministry of", "Ministry\nof").replace("Bo Lind, who", "Bo \n Lind, who"))
    assert said == "2 placed"
    assert [quote for _, quote, _ in _where(layer)] == ["Ministry\nof Water", "Bo \n Lind"]


def test_a_paragraph_that_moved_takes_its_annotations_with_it() -> None:
    first, second, third = OLD.split("\n\n")
    page = _view_of(OLD, ("Bo Lind", "PERSON", 0), ("Bo Lind", "PERSON", 1), ("Oslo", "GPE", 0))
    text = "\n\n".join([first, third, second])
    layer, said = _after(page, text)
    assert said == "3 placed"
    by_start = {one.span.start: one.id for one in layer.annotations.values()}
    before = {one.span.start: one.id for one in page.layer.annotations.values()}
    assert by_start[text.rindex("Bo Lind")] == before[OLD.index("Bo Lind")]
    assert by_start[text.index("Bo Lind")] == before[OLD.rindex("Bo Lind")]


def test_what_says_something_else_now_is_kept_as_unplaced() -> None:
    page = _view_of(OLD, ("Ali Khan", "PERSON", 0), ("Bo Lind", "PERSON", 0))
    layer, said = _after(page, OLD.replace("Gen Ali Khan of", "General Ally Kahn of"))
    assert said == "1 placed, 1 unplaced"
    (lost,) = layer.unplaced.values()
    assert (lost.quote, lost.label, lost.text_hash) == ("Ali Khan", "PERSON", page.article.text_hash)
    assert [quote for _, quote, _ in _where(layer)] == ["Bo Lind"]


def test_a_mention_that_was_taken_out_is_not_put_on_another_one() -> None:
    text = "Water is dear. We met Ann at noon.\n\nThen the mayor left; it was late.\n\nOn Friday Ann and Bo came by."
    page = _view_of(text, ("Ann", "PERSON", 0), ("Ann", "PERSON", 1))
    layer, said = _after(page, text.replace(" We met Ann at noon.", ""))
    assert said == "1 placed, 1 unplaced"
    assert page.layer.annotations.keys() - layer.annotations.keys() == layer.unplaced.keys()


def test_a_name_is_not_found_again_inside_of_a_word() -> None:
    page = _view_of("We saw Ali there, and that was all.", ("Ali", "PERSON", 0))
    layer, _ = _after(page, "We saw Alice there, and that was all.")
    assert not layer.annotations and [one.quote for one in layer.unplaced.values()] == ["Ali"]


def test_states_sources_notes_and_marks_come_along() -> None:
    page = view(
        OLD, suggestion(OLD, "Ali Khan", "PERSON"), suggestion(OLD, "Oslo", "ORG"), suggestion(OLD, "Monday", "ORG")
    )
    for entry in page.undecided():
        if entry.start == OLD.index("Ali Khan"):
            page.apply(acts.move(page, entry, entry.start - 4, entry.end))
        elif entry.start == OLD.index("Monday"):
            page.apply(acts.reject(page, entry))
        else:
            page.apply(acts.confirm(page, entry))
            page.apply(acts.note(page, page.overlapping(entry.start, entry.end)[0], "which?"))
    page.apply(acts.finish(page))
    layer, _ = _after(page, "New: " + OLD)
    kinds = {one.quote: one.kind for one in layer.annotations.values()}
    assert kinds == {"Gen Ali Khan": Kind.CORRECTED, "Oslo": Kind.CONFIRMED, "Monday": Kind.REJECTED}
    oslo = OLD.index("Oslo") + 5
    assert layer.remarks[oslo, oslo + 4].note == "which?"
    assert layer.marks == page.layer.marks


def test_a_remark_alone_is_kept_too() -> None:
    page = view(OLD, suggestion(OLD, "Oslo", "GPE"))
    page.apply(acts.note(page, page.undecided()[0], "check"))
    layer, said = _after(page, OLD.replace("Oslo", "Rome"))
    assert said == "0 placed, 1 unplaced"
    (lost,) = layer.unplaced.values()
    assert (lost.quote, lost.annotation, lost.remark and lost.remark.note) == ("Oslo", None, "check")


# Any edit of any text ----------------------------------------------------------------------------------------


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    """The text with some pieces taken out, put in, repeated or swapped."""
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, len(text)))))
        piece = draw(st.sampled_from(["", " ", "\n", "a", "b é", text[start:end] * 2, text[:start], "日 ab"]))
        text = text[:start] + piece + text[end:]
    return text if text.strip() else "a" + text


@given(views(), st.data())
def test_every_annotation_stands_on_equal_text_or_is_unplaced(page: View, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 6))):
        page.apply(random_act(data.draw, page))
    new = article(data.draw(edits(page.article.text)))
    decision = reanchor(page.layer, page.article, new, page.scheme)
    layer = apply_all(page.layer, [decision]) if new.text != page.article.text else page.layer
    old = page.layer.annotations
    assert layer.text_hash == new.text_hash
    assert layer.annotations.keys() | {key for key, one in layer.unplaced.items() if one.annotation} == old.keys()
    assert not layer.annotations.keys() & layer.unplaced.keys()
    for name, one in layer.annotations.items():
        assert one.quote == new.text[one.span.start : one.span.end]
        assert _same_words(one.quote, old[name].quote)
        assert (one.state, one.span.label, one.kind) == (old[name].state, old[name].span.label, old[name].kind)
    for name, lost in layer.unplaced.items():
        assert lost.annotation == old.get(name)
    notes = sorted(one.note for one in page.layer.remarks.values())
    kept = [*layer.remarks.values(), *(one.remark for one in layer.unplaced.values() if one.remark)]
    assert sorted(one.note for one in kept) == notes
    confirmed = layer.confirmed()
    if not page.scheme.overlap:
        assert all(a.span.end <= b.span.start for a, b in zip(confirmed, confirmed[1:], strict=False))


@given(views(), st.data())
def test_taking_it_back_gives_the_layer_of_the_earlier_text(page: View, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 5))):
        page.apply(random_act(data.draw, page))
    new = article(data.draw(edits(page.article.text)))
    decision = reanchor(page.layer, page.article, new, page.scheme)
    assert apply_all(page.layer, [decision, decision.inverse()]) == page.layer
    again = apply_all(page.layer, [decision, decision.inverse(), decision])
    assert again == apply_all(page.layer, [decision])


@given(views(), st.data())
def test_going_on_to_the_same_text_changes_no_place(page: View, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 5))):
        page.apply(random_act(data.draw, page))
    places = [(one.span.start, one.span.end) for one in page.layer.annotations.values()]
    quotes = [page.article.text[slice(*one)] for one in (*places, *page.layer.remarks)]
    assume(all(quote == quote.strip() for quote in quotes))
    decision = reanchor(page.layer, page.article, page.article, page.scheme)
    assert not decision.after.unplaced and not decision.after.annotations and not decision.before.remarks


@given(st.text("ab é\n", min_size=1, max_size=30), st.data())
def test_places_keep_apart_and_say_the_same(text: str, data: st.DataObject) -> None:
    ranges = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 6)).map(
        lambda one: (one[0], min(sum(one), len(text)))
    )
    places = [place for place in data.draw(st.lists(ranges, max_size=6)) if text[slice(*place)].strip()]
    new = data.draw(edits(text))
    found = place_again(text, new, places)
    assert found.keys() == set(places)
    taken = [there for there in found.values() if there]
    assert len(set(taken)) == len(taken)
    for one, there in found.items():
        assert there is None or _same_words(new[slice(*there)], text[slice(*one)])
    for one, there in found.items():
        for other, elsewhere in found.items():
            if there and elsewhere and (one[1] <= other[0] or other[1] <= one[0]):
                assert there[1] <= elsewhere[0] or elsewhere[1] <= there[0]


# What has no place -------------------------------------------------------------------------------------------

NEW = OLD.replace("Gen Ali Khan of", "General Ally Kahn of")


def _with_unplaced(scheme: object = FLAT) -> tuple[View, Article]:
    page = _view_of(OLD, ("Ali Khan", "PERSON", 0), ("Bo Lind", "PERSON", 0), scheme=scheme)
    entry = page.overlapping(OLD.index("Ali Khan"), OLD.index("Ali Khan") + 1)[0]
    page.apply(acts.note(page, entry, "spelling?"))
    layer, _ = _after(page, NEW)
    return View(article(NEW), page.scheme, (), layer), page.article


def test_what_stands_between_the_same_words_is_guessed() -> None:
    page, old = _with_unplaced()
    (lost,) = page.layer.unplaced.values()
    found = guessed(page, lost, old)
    assert found and NEW[slice(*found)] == "Ally Kahn"
    assert guess(OLD, "Nothing of it is left.", (lost.start, lost.end)) is None
    assert guess(OLD, OLD.replace(" Ali Khan of", " of"), (lost.start, lost.end)) is None


@given(st.text("ab \n", min_size=1, max_size=30), st.text("ab \n", min_size=1, max_size=30), st.data())
def test_a_guess_lies_in_the_text(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old) - 1))
    found = guess(old, new, (start, data.draw(st.integers(start + 1, len(old)))))
    assert found is None or (0 <= found[0] < found[1] <= len(new) and new[slice(*found)].strip() == new[slice(*found)])


def test_it_can_be_put_on_a_selection_and_keeps_what_it_was() -> None:
    page, _ = _with_unplaced()
    (lost,) = page.layer.unplaced.values()
    start = NEW.index("Ally Kahn")
    decisions = place(page, lost, start - 1, start + 9)
    page.apply(decisions)
    (annotation,) = page.annotations_at(start, start + 9)
    assert (annotation.id, annotation.quote, annotation.span.label) == (lost.id, "Ally Kahn", "PERSON")
    remark = page.remark_at(start, start + 9)
    assert remark and remark.note == "spelling?"
    assert not page.layer.unplaced
    page.apply([one.inverse() for one in decisions])
    assert list(page.layer.unplaced.values()) == [lost] and not page.remark_at(start, start + 9)


def test_it_is_not_put_over_what_is_confirmed_unless_the_scheme_allows_it() -> None:
    for scheme in (FLAT, NESTED):
        page, _ = _with_unplaced(scheme)
        (lost,) = page.layer.unplaced.values()
        start = NEW.index("Lind")
        if scheme is FLAT:
            with pytest.raises(DecisionError, match="“Bo Lind” .PERSON. is in the way"):
                place(page, lost, start, start + 4)
        else:
            page.apply(place(page, lost, start, start + 4))
            assert page.confirmed_count == 2
        with pytest.raises(DecisionError, match="is PERSON already"):
            place(page, lost, NEW.index("Bo Lind"), NEW.index("Bo Lind") + 7)
        with pytest.raises(DecisionError, match="nothing is selected"):
            place(page, lost, 13, 15)


def test_it_takes_the_place_of_a_rejection_of_the_same_span() -> None:
    page, _ = _with_unplaced()
    start = NEW.index("Oslo")
    page = page.offer([suggestion(NEW, "Oslo", "PERSON")])
    page.apply(acts.reject(page, page.undecided()[0]))
    (lost,) = page.layer.unplaced.values()
    page.apply(place(page, lost, start, start + 4))
    assert [one.state for one in page.annotations_at(start, start + 4)] == [State.CONFIRMED]


def test_it_can_be_given_up_and_that_taken_back() -> None:
    page, _ = _with_unplaced()
    (lost,) = page.layer.unplaced.values()
    decisions = discard(page, lost)
    page.apply(decisions)
    assert not page.layer.unplaced
    page.apply([one.inverse() for one in decisions])
    assert list(page.layer.unplaced.values()) == [lost]


def test_a_view_takes_in_nothing_that_belongs_to_another_text() -> None:
    page = _view_of(OLD, ("Lima", "GPE", 0))
    decision = reanchor(page.layer, page.article, article(NEW), FLAT)
    with pytest.raises(DecisionError, match="another text"):
        page.apply([decision])


@pytest.mark.parametrize("scheme", [FLAT, NESTED])
def test_many_places_in_a_long_text_are_found_in_a_moment(scheme: object) -> None:
    text = "\n\n".join(
        f"On day {day} the people of Lima and of Town {day} met Ali Khan in the hall." for day in range(2000)
    )
    wanted = [(at, at + 4) for at in range(len(text)) if text.startswith("Lima", at)]
    places = [Span(start, end, LABELS[0]) for start, end in wanted]
    new = text.replace("On day 7 ", "On the day that was 7 ").replace(
        "On day 1500 the people", "The people on day 1500"
    )
    found = place_again(text, new, [(one.start, one.end) for one in places], overlap=scheme is NESTED)
    there = [one for one in found.values() if one]
    assert len(there) >= 1999
    assert [start for start, _ in sorted(there)] == sorted(set(start for start, _ in there))
    assert all(new[start:end] == "Lima" for start, end in there)
