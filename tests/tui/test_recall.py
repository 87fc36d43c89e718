"""What memory adds to an article that is opened: anew until something is decided there, then always the same."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from pilots import wait_for, wait_for_text
from reader_pilots import press, reading_app, reading_of_app
from readings import session_in, states

from annotate import acts
from annotate.layers import Status
from annotate.suggestions import MEMORY
from store.place import Place, write_place
from store.project import Project
from tui import recall
from tui.desk import Desk
from tui.reading import Reading


@pytest.fixture(autouse=True)
def _memory_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.app.MEMORY_AFTER", 0.05)


TEXTS = (
    "Talks in Lima\n\nAli Khan met Eve Fox.",
    "In Lima rain fell on Eve Fox.",
    "Eve Fox left Lima with Bo Lind.",
    "Lima again, and Eve Fox with Ali Khan.",
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return session_in(tmp_path, *TEXTS, suggested=(("Lima", "ORG"), ("Ali Khan", "PERSON"))).project


def desk_of(project: Project, annotator: str = "ada") -> Desk:
    desk = Desk(Project(project.root, project.config), annotator)
    desk.recall.load(threading.Event())
    return desk


def label(reading: Reading, text: str, name: str) -> None:
    start = reading.article.text.index(text)
    reading.select(start, start + len(text))
    reading.label(name, drawn=True)


def begin(project: Project) -> Desk:
    """A desk at which Eve Fox and Lima were labelled in the first article."""
    desk = desk_of(project)
    reading = desk.open("a")
    label(reading, "Eve Fox", "PERSON")
    label(reading, "Lima", "GPE")
    desk.leave(reading)
    return desk


def test_what_was_labelled_in_one_article_is_suggested_in_the_next_and_its_origin_kept(project: Project) -> None:
    desk = begin(project)
    reading = desk.open("b")
    assert states(reading) == {"Lima": ("GPE", "suggested"), "Eve Fox": ("PERSON", "suggested")}
    reading.confirm(drawn=True)
    desk.leave(reading)
    layer = desk_of(project).project.layer("ada", "b")
    (one,) = layer.confirmed()
    assert [(it.source, it.version) for it in one.origin] == [(MEMORY, "confirmed once as GPE"), ("one", "1")]
    assert layer.marks.shown == (MEMORY, "one")
    assert layer.marks.remembered


def test_an_article_not_begun_gets_what_is_remembered_anew_one_that_is_begun_stays(project: Project) -> None:
    desk = begin(project)
    begun = desk.open("b")
    begun.confirm(drawn=True)
    shown = states(begun)
    desk.leave(begun)
    third = desk.open("c")
    assert states(third)["Eve Fox"] == ("PERSON", "suggested")
    label(third, "Eve Fox", "ORG")
    label(third, "Bo Lind", "PERSON")
    desk.leave(third)
    fresh = desk.open("d")
    assert [one.version for one in fresh.view.overlapping(16, 23)[0].suggestions] == [
        "confirmed once as ORG, confirmed once as PERSON",
    ]
    desk.close()
    for again in (desk, desk_of(project)):
        reopened = again.open("b")
        assert states(reopened) == shown
        assert [one.version for one in reopened.view.overlapping(21, 28)[0].suggestions] == ["confirmed once as PERSON"]


def test_undone_to_nothing_an_article_is_not_begun(project: Project) -> None:
    desk = begin(project)
    reading = desk.open("b")
    reading.confirm(drawn=True)
    desk.session.undo()
    assert desk.session.layer("b").marks.remembered == ""


def test_a_rejection_elsewhere_takes_a_suggestion_back_and_doubts_a_source(project: Project) -> None:
    desk = begin(project)
    reading = desk.open("b")
    reading.go_to(3, 7)
    reading.reject(drawn=True)
    desk.leave(reading)
    (entry,) = [one for one in desk.open("c").view.entries() if one.start == 13]
    assert [one.source for one in entry.suggestions] == ["one"]
    assert entry.suggestions[0].doubt == "rejected 2 times, confirmed once as GPE"
    assert (entry.score or 1) < (entry.suggestions[0].score or 0)


def test_the_library_counts_what_sources_suggest_however_an_article_was_left(project: Project) -> None:
    desk = begin(project)
    reading = desk.open("b")
    assert reading.view.undecided_count == 2
    desk.leave(reading)
    assert desk.rows["b"].undecided == desk.read_row("b").undecided == 1
    assert desk.rows["b"].status is Status.NEW


def test_a_done_article_has_nothing_left_from_memory(project: Project) -> None:
    desk = begin(project)
    view = desk.view("b")
    desk.decide(view, acts.finish(view, acts.reject_rest))
    reading = desk.open("b")
    assert reading.view.new_since_done() == []


def test_a_blind_annotator_is_reminded_of_nothing(project: Project) -> None:
    begin(project).close()
    blind = Project(project.root, replace(project.config, blind=("ada",)))
    assert states(desk_of(blind).open("b")) == {}


def test_before_memory_is_read_the_article_is_open_and_then_it_is_offered(project: Project) -> None:
    begin(project).close()
    desk = Desk(Project(project.root, project.config), "ada")
    reading = desk.open("b")
    assert states(reading) == {"Lima": ("ORG", "suggested")}
    desk.recall.load(threading.Event())
    found = desk.suggested(reading)
    assert not reading.is_offered(found.suggestions)
    reading.offer(found.suggestions, found.sources, found.moment)
    assert states(reading) == {"Lima": ("ORG", "suggested")}, "nothing changes by itself"
    reading.move_by_undecided(1)
    assert states(reading) == {"Lima": ("GPE", "suggested"), "Eve Fox": ("PERSON", "suggested")}
    assert reading.remembered


def test_a_long_article_waits_for_nothing_unless_it_was_looked_at_ahead(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = begin(project)
    monkeypatch.setattr(recall, "LARGE", 10)
    reading = desk.open("b")
    assert (reading.recall_due, states(reading)) == (True, {"Lima": ("ORG", "suggested")})
    desk.look_through_memory(reading)
    assert not reading.is_offered(desk.suggested(reading).suggestions)
    desk.prepare("c")
    ahead = desk.open("c")
    assert (ahead.recall_due, states(ahead)["Eve Fox"]) == (False, ("PERSON", "suggested"))


# On screen ------------------------------------------------------------------------------------------------------


async def test_the_reader_offers_what_is_remembered_and_says_why(project: Project) -> None:
    begin(project).close()
    write_place(project, Place("b", 0), "ada")
    async with reading_app(project, "b") as pilot:
        await wait_for(pilot, lambda: reading_of_app(pilot).offered, "the offer")
        assert states(reading_of_app(pilot)) == {"Lima": ("ORG", "suggested")}
        await press(pilot, "n")
        await wait_for_text(pilot, "PERSON 0.67 confirmed once as PERSON")
        await press(pilot, "p")
        await wait_for_text(pilot, "GPE 0.67 confirmed once as GPE · ORG")
        await press(pilot, "i")
        await wait_for_text(pilot, "suggested by memory: confirmed once as GPE, score 0.67")
        await wait_for_text(pilot, "suggested by one 1 as ORG, score 0.50, lowered to 0.31: rejected once,")


async def test_a_long_article_is_offered_what_is_remembered_once_it_is_on_screen(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recall, "LARGE", 10)
    begin(project).close()
    write_place(project, Place("d", 0), "ada")
    async with reading_app(project, "d") as pilot:
        await wait_for(pilot, lambda: reading_of_app(pilot).offered, "the offer")
        await press(pilot, "greater_than_sign", "less_than_sign")
        await wait_for(pilot, lambda: reading_of_app(pilot).remembered or reading_of_app(pilot).offered, "again")


async def test_an_annotator_is_told_that_memory_is_not_shared_where_two_have_one_article(tmp_path: Path) -> None:
    project = session_in(tmp_path, *TEXTS).project
    for annotator in ("ada", "bo"):
        desk = desk_of(project, annotator)
        view = desk.view("a")
        desk.decide(view, acts.confirm_rest(view))
        desk.close()
    shared = Project(project.root, replace(project.config, share_memory=True))
    write_place(shared, Place("b", 0))
    async with reading_app(shared, "b") as pilot:
        told = "memory is not shared: ada and bo have both decided on a"
        await wait_for(pilot, lambda: [one.message for one in pilot.app._notifications] == [told], "the warning")
