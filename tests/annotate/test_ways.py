"""How an annotation came to be is told from the decisions in order, whatever was taken back in between."""

from __future__ import annotations

from dataclasses import replace

from domain import random_act, suggestion, view, views
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate import acts
from annotate.decisions import Decision, How
from annotate.differences import difference
from annotate.view import View
from annotate.ways import Way, noted, way_of, ways_in

TEXT = "Ada met Bob in Lima."


def test_single_bulk_and_imported_decisions_are_told_apart() -> None:
    page = view(TEXT, suggestion(TEXT, "Ada", "PERSON"), suggestion(TEXT, "Bob", "PERSON"))
    single = acts.confirm(page, page.entries()[0])
    page.apply(single)
    bulk = acts.confirm_rest(page)
    log = "".join(noted(one) for one in (*single, *bulk))
    assert sorted(way.value for way in ways_in(log).values()) == ["bulk", "single"]
    imported = replace(single[0], how=How.IMPORT)
    assert ways_in(noted(imported)) == {}


def test_what_an_import_changes_is_no_longer_single() -> None:
    page = view(TEXT, suggestion(TEXT, "Ada", "PERSON"))
    (decision,) = acts.confirm(page, page.entries()[0])
    page.apply([decision])
    (name,) = page.layer.annotations
    other = replace(page.layer, annotations={name: replace(page.layer.annotations[name], spread=True)})
    changed = difference(page.layer, other)
    assert changed is not None
    assert ways_in(noted(decision) + noted(changed)) == {name: Way.OTHER}


def test_notes_flags_and_the_end_of_an_article_say_nothing() -> None:
    page = view(TEXT, suggestion(TEXT, "Ada", "PERSON"))
    entry = page.entries()[0]
    for decisions in (acts.flag(page, entry), acts.note(page, None, "x"), acts.skip(page)):
        assert "".join(map(noted, decisions)) == ""


def test_a_log_that_was_cut_or_is_none_does_no_harm() -> None:
    assert ways_in(" 12s 34") == {"12": Way.SINGLE}
    assert ways_in("-  - é? 5-") == {}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_undo_and_redo_leave_each_annotation_with_the_way_it_had(data: st.DataObject) -> None:
    page: View = data.draw(views())
    log = ""
    held: dict[str, Way] = {}
    done: list[tuple[tuple[Decision, ...], dict[str, Way]]] = []
    undone: list[tuple[Decision, ...]] = []
    for _ in range(data.draw(st.integers(1, 10))):
        choice = data.draw(st.sampled_from(["act", "undo", "redo"]))
        if choice == "undo" and done:
            decisions, held = done.pop()
            undone.append(decisions)
            inverse = tuple(one.inverse() for one in reversed(decisions))
            page.apply(inverse)
            log += "".join(noted(one, back=True) for one in inverse)
            continue
        if choice == "redo" and undone:
            decisions = undone.pop()
        elif choice == "act":
            undone.clear()
            how = data.draw(st.sampled_from([How.SINGLE, How.ARTICLE, How.REST]))
            decisions = tuple(replace(one, how=how) for one in random_act(data.draw, page))
        else:
            continue
        done.append((decisions, dict(held)))
        page.apply(decisions)
        log += "".join(noted(one) for one in decisions)
        for one in decisions:
            held |= {made.id: way_of(one.how) for made in one.after.annotations if one.verb in acts_that_settle()}
    ways = ways_in(log)
    assert {name: ways[name] for name in page.layer.annotations} == {
        name: held[name] for name in page.layer.annotations
    }


def acts_that_settle() -> set[str]:
    return {"add", "confirm", "move", "reject", "relabel", "remove"}
