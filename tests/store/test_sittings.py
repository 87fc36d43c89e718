"""When and how it was decided is read from the journal once, and from then on only what is new."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from small_projects import annotate, propose, shared, small_project

from annotate import acts
from annotate.acts import Decisions
from annotate.decisions import Describe
from annotate.layers import Part, Status
from annotate.project_wide import PROJECT, EntityRecord
from annotate.timeline import Tally
from annotate.view import Entry, View
from annotate.ways import Way
from store import shard_cache, sittings
from store.journal import journal_files
from store.project import Project
from store.session import Session
from store.sittings import Sittings
from store.statistics import ProjectStatistics, gather

TEXT = "Ada met Bob of Acme in Lima."
QUOTES = [("Ada", "PERSON"), ("Bob", "PERSON"), ("Acme", "ORG"), ("Lima", "GPE")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", {"a": TEXT, "b": f"{TEXT} Then."})
    propose(project, "a", QUOTES)
    propose(project, "b", QUOTES)
    return project


class Working:
    """A sitting in one article."""

    def __init__(self, project: Project, article_id: str = "a", annotator: str = "ada") -> None:
        self.project = project
        self.session = Session(project, annotator)
        self.article_id = article_id
        self.refresh()

    def refresh(self) -> None:
        article = self.project.article(self.article_id)
        suggestions = self.project.suggestions(article)
        self.view = View(article, self.project.config.scheme, suggestions, self.session.layer(self.article_id))

    def decide(self, act: Callable[[View, Entry], Decisions], quote: str, extend: str = "") -> str:
        start = TEXT.index(quote)
        entry = next(one for one in self.view.entries() if one.start == start)
        return self.commit(act(self.view, entry), extend)

    def commit(self, decisions: Decisions, extend: str = "") -> str:
        group = self.session.commit(decisions, extend=extend)
        self.view.apply(decisions)
        return group.id

    def undo(self) -> None:
        self.session.undo()
        self.refresh()

    def end(self) -> None:
        self.session.leave(self.article_id)
        self.session.close()


def seen(project: Project) -> dict[Way, tuple[int, int]]:
    counted = gather(Project.open(project.root), "ada").counted
    return {way: counted.as_suggested("news", way) for way in Way}


def total(found: ProjectStatistics) -> Tally:
    summed = Tally()
    for tally in found.timeline.slots.values():
        summed.include(tally)
    return summed


def test_single_decisions_and_bulk_are_told_apart(project: Project) -> None:
    work = Working(project)
    work.decide(acts.confirm, "Ada")
    work.decide(acts.reject, "Lima")
    work.commit(acts.finish(work.view, acts.confirm_rest))
    work.end()
    assert seen(project) == {Way.SINGLE: (1, 2), Way.BULK: (2, 2), Way.OTHER: (0, 0)}
    tally = total(gather(project, "ada"))
    assert tally.decisions == {Way.SINGLE: 2, Way.BULK: 2}
    assert (tally.confirmed, tally.rejected, tally.done) == (3, 1, 1)


def test_what_was_decided_in_bulk_and_corrected_by_hand_is_single_until_that_is_taken_back(project: Project) -> None:
    work = Working(project)
    work.commit(acts.confirm_rest(work.view))
    work.end()
    later = Working(project)
    later.decide(lambda view, entry: acts.relabel(view, entry, "GPE"), "Acme")
    assert seen(project) == {Way.SINGLE: (0, 1), Way.BULK: (3, 3), Way.OTHER: (0, 0)}
    later.undo()
    later.end()
    assert seen(project) == {Way.SINGLE: (0, 0), Way.BULK: (4, 4), Way.OTHER: (0, 0)}
    assert total(gather(project, "ada")).undone == 1


def test_presses_that_move_an_edge_further_are_one_decision(project: Project) -> None:
    work = Working(project)
    group = work.decide(lambda view, entry: acts.move(view, entry, entry.start, entry.end + 4), "Ada")
    work.decide(lambda view, entry: acts.move(view, entry, entry.start, entry.end + 4), "Ada", group)
    work.end()
    assert total(gather(project, "ada")).decisions == {Way.SINGLE: 1}


def test_only_new_lines_are_read(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (shard_cache, sittings):
        monkeypatch.setattr(module, "disk_clock", lambda locations: 1 << 62)
    work = Working(project)
    work.decide(acts.confirm, "Ada")
    first = gather(project, "ada")
    taken: list[object] = []
    read = sittings.decision_from
    monkeypatch.setattr(sittings, "decision_from", lambda doc: taken.append(doc["verb"]) or read(doc))
    assert gather(Project.open(project.root), "ada") == first
    assert taken == []
    work.decide(acts.confirm, "Bob")
    work.end()
    assert total(gather(Project.open(project.root), "ada")).decisions == {Way.SINGLE: 2}
    assert taken == ["confirm"]


def test_a_group_that_was_never_complete_does_not_count(project: Project) -> None:
    work = Working(project)
    work.commit(acts.confirm_rest(work.view))
    work.end()
    work = Working(project, "b")
    work.decide(acts.confirm, "Ada")
    work.end()
    first, second = journal_files(project.locations.journal("ada"))
    lines = first.read_bytes().split(b"\n")
    first.write_bytes(b"\n".join([*lines[:2], second.read_bytes()]))
    second.unlink()
    timeline, _ = Sittings(project, "ada").read()
    (tally,) = timeline.slots.values()
    assert (tally.decisions, tally.confirmed) == ({Way.SINGLE: 1}, 1)


@pytest.mark.parametrize("damage", [b"{\n", b"[" * 50_000 + b"\n", b"\xff\n", b"\n"])
def test_damaged_lines_are_passed_over(project: Project, damage: bytes) -> None:
    work = Working(project)
    work.decide(acts.confirm, "Ada")
    work.decide(acts.confirm, "Bob")
    work.end()
    (path,) = journal_files(project.locations.journal("ada"))
    first, rest = path.read_bytes().split(b"\n", 1)
    path.write_bytes(first + b"\n" + damage + rest)
    assert total(gather(Project.open(project.root), "ada")).decisions == {Way.SINGLE: 2}


def test_what_the_journal_does_not_have_is_neither_single_nor_bulk(project: Project) -> None:
    work = Working(project)
    work.decide(acts.confirm, "Ada")
    work.end()
    gather(project, "ada")
    for path in journal_files(project.locations.journal("ada")):
        path.unlink()
    assert seen(project)[Way.OTHER] == (1, 1)
    assert not list((project.locations.local / "cache" / "sittings" / "ada").iterdir())


def test_where_nothing_can_be_kept_the_figures_are_the_same(project: Project) -> None:
    work = Working(project)
    work.decide(acts.confirm, "Ada")
    work.commit(acts.confirm_rest(work.view))
    work.end()
    expected = gather(project, "ada")
    cache = project.locations.local / "cache"
    cache.rename(cache.with_name("gone"))
    cache.write_text("no folder")
    assert gather(Project.open(project.root), "ada") == expected


def test_nobody_else_s_decisions_are_read(project: Project) -> None:
    annotate(project, "bob", "a", QUOTES[:1])
    before = shared(project.root)
    found = gather(project, "ada")
    assert (found.timeline.slots, found.names, found.pairs) == ({}, [], [])
    assert shared(project.root) == before


def test_names_open_articles_and_what_stands_together(project: Project) -> None:
    annotate(project, "ada", "a", QUOTES)
    annotate(project, "ada", "b", QUOTES[:2], status=Status.IN_PROGRESS)
    found = gather(project, "ada")
    assert [(one.name, one.mentions, one.articles) for one in found.names] == [
        ("Ada", 2, 2),
        ("Bob", 2, 2),
        ("Acme", 1, 1),
        ("Lima", 1, 1),
    ]
    (first, *_) = found.pairs
    assert (first.names, first.articles, first.sentences) == (("Ada", "Bob"), 2, 2)
    assert len(found.pairs) == 6
    assert [(one.article_id, one.decided, one.undecided) for one in found.open_articles] == [("b", 2, 2)]


def test_what_was_said_of_entities_counts_and_is_named_where_it_cannot_be_read(project: Project) -> None:
    annotate(project, "ada", "a", QUOTES)
    session = Session(project, "ada")
    record = EntityRecord("1", "Ada and Bob", names=(("person", "ada"), ("person", "bob")))
    session.commit([Describe(PROJECT, "", Part(), Part(entities=(record,)))])
    session.leave(PROJECT)
    session.close()
    first, *_ = gather(Project.open(project.root), "ada").names
    assert (first.name, first.mentions, first.articles) == ("Ada and Bob", 2, 1)
    path = project.locations.layer("ada", PROJECT)
    path.write_text("{")
    found = gather(Project.open(project.root), "ada")
    assert [one.name for one in found.names] == ["Acme", "Ada", "Bob", "Lima"]
    assert [problem for problem in found.problems if problem.startswith(f"{path}: ")]


def test_who_waits_no_longer_ends_the_counting_while_the_journal_is_read(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sittings, "_REST", 1)
    work = Working(project)
    for quote in ("Ada", "Bob", "Acme"):
        work.decide(acts.confirm, quote)
    work.end()

    class EnoughError(Exception):
        pass

    def tell(done: int, total: int) -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        gather(project, "ada", tell)
    assert seen(project)[Way.SINGLE] == (3, 3)
