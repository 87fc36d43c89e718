"""Two sessions of one annotator: who has an article, how it is taken over, and that both of them count."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_helpers import TEXT, project_in, suggest, tree, view_of

from annotate import acts
from annotate.decisions import Group
from store.claims import Claims, TakenError
from store.layer_files import read_layer
from store.project import Project
from store.session import ChangedElsewhereError, Session

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path, TEXT, TEXT + " Again.")
    for name in "ab":
        suggest(project, name, ("Gen Ali Khan", "PERSON"), ("Lima", "GPE"), ("Ministry of Water", "ORG"))
    return project


def opened(project: Project, article_id: str = "a", annotator: str = "ann") -> Session:
    session = Session(project, annotator)
    session.claim(article_id)
    session.layer(article_id)
    return session


def confirm(session: Session, number: int = 0) -> Group:
    view = view_of(session, "a")
    return session.commit(acts.confirm(view, view.undecided()[number]))


def quotes(project: Project) -> set[str]:
    return {one.quote for one in project.layer("ann", "a").confirmed()}


def test_a_second_session_is_told_who_has_the_article(project: Project) -> None:
    first = opened(project)
    with pytest.raises(TakenError, match=f"process {os.getpid()}, begun 20"):
        opened(project)
    first.leave("a")
    opened(project)


def test_sessions_on_other_articles_and_of_other_annotators_have_no_part_in_it(project: Project) -> None:
    first = opened(project)
    assert opened(project, "b").owner("a") is not None
    assert opened(project, annotator="eve").owner("a") is None
    assert first.owner("a") is None


def test_what_a_session_may_not_decide_it_does_not_decide(project: Project) -> None:
    first = opened(project)
    second = Session(project, "ann")
    with pytest.raises(TakenError):
        second.claim("a")
    with pytest.raises(TakenError):
        confirm(second)
    assert quotes(project) == set()
    confirm(first)
    assert quotes(project) == {"Gen Ali Khan"}


def test_taking_over_shows_all_that_the_other_decided_and_stops_it(project: Project) -> None:
    first = opened(project)
    confirm(first)
    second = Session(project, "ann")
    second.layer("a")
    confirm(first)
    assert not second.claim("a", over=True)
    assert len(second.layer("a").annotations) == 2
    with pytest.raises(TakenError):
        confirm(first)
    confirm(second)
    assert len(quotes(project)) == 3


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_nothing_of_either_session_is_overwritten_in_whichever_order_they_end(
    project: Project, order: tuple[int, int]
) -> None:
    first = opened(project)
    confirm(first)
    second = Session(project, "ann")
    second.claim("a", over=True)
    confirm(second)
    sessions = (first, second)
    for number in order:
        sessions[number].close()
    assert quotes(project) == {"Gen Ali Khan", "Ministry of Water"}
    stored = read_layer(project.locations.layer("ann", "a"), "a")
    assert stored is not None and len(stored.layer.annotations) == 2 and not stored.clashes


def test_taking_back_after_the_other_has_ended_reads_what_it_decided_first(project: Project) -> None:
    first = opened(project)
    second = Session(project, "ann")
    second.claim("a", over=True)
    confirm(second)
    second.close()
    with pytest.raises(ChangedElsewhereError):
        confirm(first)
    assert len(first.layer("a").annotations) == 1
    confirm(first)
    assert len(quotes(project)) == 2


def test_a_session_that_died_holds_nothing(project: Project) -> None:
    code = (
        "import sys, time; from pathlib import Path; from store.project import Project;"
        "from store.config import ProjectConfig; from annotate.ontonotes import ONTONOTES;"
        "from store.session import Session;"
        f"s = Session(Project(Path({str(project.root)!r}), ProjectConfig('T', 'en', ONTONOTES)), 'ann');"
        "s.claim('a'); print('has it', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == b"has it\n"
        with pytest.raises(TakenError, match=f"process {other.pid}"):
            opened(project)
        other.kill()
    opened(project)
    assert len(list((project.locations.local / "sessions").iterdir())) == 1


def test_a_session_that_ended_leaves_no_trace(project: Project) -> None:
    before = set(tree(project.root))
    session = opened(project)
    session.close()
    left = set(tree(project.root)) - before
    assert left == {".manicule/locks/ann.lock"}


@pytest.mark.parametrize("content", [b"", b"[]", b'{"session": 1}', b'{"session": "../../x"}', b"\xff"])
def test_a_damaged_claim_is_none(project: Project, content: bytes) -> None:
    path = project.locations.claim("ann", "a")
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert opened(project).owner("a") is None


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_where_nothing_can_be_written_every_article_is_free(project: Project) -> None:
    project.root.chmod(0o500)
    try:
        opened(project)
        opened(project)
    finally:
        project.root.chmod(0o700)


def test_where_there_are_no_locks_every_article_is_free(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("store.claims.lock_of", lambda *_: None)
    opened(project)
    opened(project)


def test_a_claim_counts_only_while_its_session_lives(project: Project) -> None:
    claims = Claims(project.locations, "ann")
    with claims.alone():
        claims.take("a")
    other = Claims(project.locations, "ann")
    assert other.owner("a") is not None
    claims.close()
    assert other.owner("a") is None


def test_undo_passes_over_what_another_session_took_back(project: Project) -> None:
    first = opened(project)
    kept = confirm(first)
    taken_back = confirm(first)
    first.leave("a")
    other = Session(project, "ann")
    assert other.take_back(taken_back.id) is not None
    other.close()
    undone = first.undo()
    assert undone is not None and undone.undoes == kept.id
    redone = first.redo()
    assert redone is not None and redone.redoes == undone.id


def test_a_clash_that_was_let_go_is_not_brought_back_by_redo(project: Project) -> None:
    one, two = Session(project, "ann"), Session(project, "ann")
    two.layer("a")
    for session, text in ((one, "from one"), (two, "from two")):
        session.commit(acts.note(view_of(session, "a"), None, text))
    for session in (one, two):
        session.close()
    again = Session(project, "ann")
    (clash,) = project.stored_layer("ann", "a").clashes
    again.settle("a", clash)
    assert again.redo() is None
    again.close()
    assert not project.stored_layer("ann", "a").clashes
    undone = Session(project, "ann").undo()
    assert undone is not None and undone.undoes != clash


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["decide", "take over", "leave", "end"])), max_size=30))
@settings(max_examples=25, deadline=None)
def test_whatever_sessions_do_in_turn_each_decision_that_was_taken_counts(steps: list[tuple[int, str]]) -> None:
    with TemporaryDirectory() as folder:
        project = project_in(Path(folder), " ".join(f"word{number}" for number in range(40)))
        sessions: dict[int, Session] = {}
        taken: set[str] = set()
        for number, (who, act) in enumerate(steps):
            session = sessions.setdefault(who, Session(project, "ann"))
            if act == "take over":
                session.claim("a", over=True)
            elif act == "leave":
                session.leave("a")
            elif act == "end":
                sessions.pop(who).close()
            else:
                taken |= added(session, number)
        for session in sessions.values():
            session.close()
        stored = Project(project.root, project.config).stored_layer("ann", "a")
        assert {one.quote for one in stored.layer.confirmed()} == taken
        assert not stored.clashes


def added(session: Session, number: int) -> set[str]:
    """What the session added, where it could."""
    try:
        session.claim("a")
        view = view_of(session, "a")
        start = view.article.text.index(f"word{number} ")
        session.commit(acts.add(view, start, start + len(f"word{number}"), "PERSON"))
    except (TakenError, ChangedElsewhereError):
        return set()
    return {f"word{number}"}
