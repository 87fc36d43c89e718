"""What annotators said of strings is what their layers and journals say; it is shared only where it may be."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from store_helpers import project_in, suggest, tree, view_of

from annotate import acts
from annotate.memory import Evidence, Memory
from annotate.suggestions import MEMORY
from store.errors import StoreError
from store.ids import check_name
from store.memory_index import MemoryIndex, read_memory, sharing
from store.project import Project
from store.session import Session


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path, "Bo Lind met Ali Khan.", "Ali Khan left Lima.", "Lima and Ali Khan.")
    suggest(project, "a", ("Bo Lind", "PERSON"), ("Ali Khan", "PERSON"))
    suggest(project, "b", ("Lima", "ORG"))
    return project


def fresh(project: Project) -> Project:
    return Project(project.root, project.config)


def kept(project: Project, annotator: str = "ada") -> dict[str, tuple[Evidence, ...]]:
    index = MemoryIndex(fresh(project), annotator)
    found = {article_id: said for shard in index.kept() for article_id, said in shard.items()}
    found.update(index.check())
    return {article_id: said for article_id, said in found.items() if said}


def decide(project: Project, article_id: str, annotator: str = "ada", label: str = "", *, leave: bool = True) -> None:
    """Confirm or relabel the first undecided entry of an article."""
    session = Session(fresh(project), annotator)
    view = view_of(session, article_id)
    entry = view.undecided()[0]
    session.commit(acts.relabel(view, entry, label) if label else acts.confirm(view, entry))
    if leave:
        session.close()


def proposed(memory: Memory, project: Project, article_id: str) -> list[str]:
    article = project.article(article_id)
    found = memory.recalled(article, memory.latest, [])
    return sorted(f"{article.text[one.span.start : one.span.end]}/{one.span.label}" for one in found)


def test_what_was_decided_is_there_from_files_and_from_the_journal_alone(project: Project) -> None:
    decide(project, "a")
    decide(project, "b", label="GPE", leave=False)
    found = kept(project)
    assert [(one.quote, one.label, one.confirmed, one.after) for one in found["a"]] == [
        ("Bo Lind", "PERSON", True, "met")
    ]
    assert [(one.quote, one.label, one.confirmed, one.before) for one in found["b"]] == [
        ("Lima", "GPE", True, "left"),
        ("Lima", "ORG", False, "left"),
    ]
    assert found["a"][0].since < found["b"][0].since


def test_what_was_kept_is_the_same_as_what_is_made_anew_and_it_can_be_deleted(project: Project) -> None:
    decide(project, "a")
    first = kept(project)
    decide(project, "b")
    again = kept(project)
    assert again["a"] == first["a"]
    shutil.rmtree(project.locations.local)
    assert kept(project) == again


def test_undone_decisions_count_only_for_the_time_in_which_they_stood(project: Project) -> None:
    session = Session(project, "ada")
    view = view_of(session, "b")
    session.commit(acts.confirm(view, view.undecided()[0]))
    session.undo()
    session.close()
    assert all(one.until for one in kept(project).get("b", ()))


def test_a_damaged_cache_is_made_anew(project: Project) -> None:
    decide(project, "a")
    before = kept(project)
    for path in (project.locations.local / "cache" / "memory").rglob("*.json"):
        path.write_bytes(path.read_bytes()[:-9])
    assert kept(project) == before


def test_an_article_that_cannot_be_read_says_nothing(project: Project) -> None:
    decide(project, "a")
    project.locations.layer("ada", "a").write_text("{", encoding="utf-8")
    assert kept(project) == {}


def test_memory_is_one_annotators_unless_the_project_shares_it(project: Project) -> None:
    decide(project, "a", "ada")
    decide(project, "b", "bo", "GPE")
    stop = threading.Event()
    alone = read_memory(fresh(project), sharing(project, "ada")[0], stop)
    assert proposed(alone, project, "c") == []
    shared = Project(project.root, replace(project.config, share_memory=True))
    whose, told = sharing(shared, "ada")
    assert (whose, told) == (["ada", "bo"], "")
    assert proposed(read_memory(shared, whose, stop), project, "c") == ["Lima/GPE"]


def test_sharing_is_refused_where_two_have_decided_on_one_article(project: Project) -> None:
    decide(project, "a", "ada")
    decide(project, "a", "bo")
    shared = Project(project.root, replace(project.config, share_memory=True))
    assert sharing(shared, "bo") == (["bo"], "memory is not shared: bo and ada have both decided on a")


def test_a_blind_annotator_s_decisions_are_not_shared(project: Project) -> None:
    decide(project, "b", "bo", "GPE")
    shared = Project(project.root, replace(project.config, share_memory=True, blind=("bo",)))
    assert sharing(shared, "ada") == (["ada"], "")


def test_to_read_memory_changes_nothing_but_the_cache(project: Project) -> None:
    decide(project, "a")
    before = tree(project.root)
    read_memory(fresh(project), ["ada"], threading.Event())
    after = tree(project.root)
    assert {name for name in after if before.get(name) != after[name]} <= {
        name for name in after if name.startswith(".manicule/")
    }


def test_no_source_can_have_the_name_of_memory() -> None:
    with pytest.raises(StoreError):
        check_name(MEMORY, "source")
