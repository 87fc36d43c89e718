"""Rows, places and names: what the library shows, where it opens, and for whom."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from domain import NESTED
from store_helpers import TEXT, project_in, suggest, tree, view_of

from annotate import acts
from annotate.layers import Status
from store.annotator import annotator_name, check_annotator, remember_annotator
from store.config import ProjectConfig
from store.errors import ConfigError, StoreError
from store.library import Row, row, row_of
from store.place import Place, read_place, write_place
from store.project import Project
from store.session import Session


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path / "p", TEXT, "Lima")
    suggest(project, "a", ("Ministry of Water", "ORG"), ("Water", "GPE"), ("Lima", "GPE"))
    return project


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("MANICULE_ANNOTATOR", raising=False)
    path = tmp_path / "config.toml"
    monkeypatch.setattr("store.user_config.user_config_path", lambda: path)
    return path


def test_a_row_of_an_untouched_article(project: Project) -> None:
    assert row(project, "ann", "a") == Row("a", TEXT, 13, Status.NEW, False, False, 0, 3)
    assert row(project, "ann", "b") == Row("b", "Lima", 1)


def test_a_row_counts_what_a_session_has_decided_and_not_yet_written(project: Project) -> None:
    session = Session(project, "ann")
    page = view_of(session, "a")
    session.commit(acts.confirm(page, page.entries()[0]))
    session.commit(acts.flag(view_of(session, "a"), None))
    session.commit(acts.note(view_of(session, "a"), None, "why"))
    expected = Row("a", TEXT, 13, Status.IN_PROGRESS, True, True, 1, 1)
    assert row(project, session, "a") == expected
    assert row(project, "ann", "a") == expected
    session.leave("a")
    assert row(project, session, "a") == expected


def test_a_row_of_a_view_at_hand_equals_the_one_read_from_disk(project: Project) -> None:
    session = Session(project, "ada")
    (article_id, *_) = project.article_ids()
    page = view_of(session, article_id)
    for decisions in (acts.confirm(page, page.undecided()[0]), acts.flag(page, None)):
        session.commit(decisions)
        page.apply(decisions)
        assert row_of(page) == row(project, session, article_id)


def test_a_done_article_has_nothing_undecided(project: Project) -> None:
    session = Session(project, "ann")
    session.commit(acts.finish(view_of(session, "a"), acts.reject_rest))
    assert row(project, session, "a") == Row("a", TEXT, 13, Status.DONE, False, False, 0, 0)


def test_a_row_says_what_the_view_says_where_overlap_is_allowed(tmp_path: Path) -> None:
    project = project_in(tmp_path, TEXT, scheme=NESTED)
    suggest(project, "a", ("Ministry of Water", "ORG"), ("Water", "GPE"))
    session = Session(project, "ann")
    page = view_of(session, "a")
    session.commit(acts.confirm(page, page.entries()[0]))
    assert row(project, session, "a").undecided == 1


def test_labels_that_the_scheme_lacks_are_not_counted(project: Project) -> None:
    suggest(project, "b", ("Lima", "CITY"))
    assert row(project, "ann", "b").undecided == 0


def test_an_annotator_kept_blind_has_nothing_to_settle(project: Project) -> None:
    blind = Project(project.root, ProjectConfig("", "en", project.config.scheme, (), ("ann",)))
    assert row(blind, "ann", "a").undecided == 0


@pytest.mark.parametrize("broken", ["article", "suggestions", "layer"])
def test_an_unreadable_file_is_named_in_the_row(project: Project, broken: str) -> None:
    session = Session(project, "ann")
    session.commit(acts.note(view_of(session, "a"), None, "x"))
    session.close()
    locations = project.locations
    paths = {
        "article": locations.article("a"),
        "suggestions": locations.suggestions("one", "a"),
        "layer": locations.layer("ann", "a"),
    }
    paths[broken].write_bytes(b"{")
    found = row(project, "ann", "a")
    assert found.problem.startswith(f"{paths[broken]}: line 1: not JSON")
    assert found.title == ("a" if broken == "article" else TEXT)


def test_the_place_is_remembered_on_this_machine(project: Project) -> None:
    assert read_place(project) is None
    write_place(project, Place("a", 12))
    assert read_place(project) == Place("a", 12)
    assert [name for name in tree(project.root) if "place" in name] == [".manicule/place.json"]


@pytest.mark.parametrize("content", [b"", b"[]", b'{"article": 1, "offset": 2}', b'{"article": "a", "offset": -1}'])
def test_a_damaged_place_is_no_place(project: Project, content: bytes) -> None:
    write_place(project, Place("a", 1))
    (project.root / ".manicule" / "place.json").write_bytes(content)
    assert read_place(project) is None


def test_a_place_that_cannot_be_written_is_no_error(project: Project) -> None:
    shutil.rmtree(project.root / ".manicule")
    (project.root / ".manicule").write_bytes(b"")
    write_place(project, Place("a", 1))
    assert read_place(project) is None


def test_the_nearest_word_on_who_annotates_counts(
    project: Project, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project.root
    assert annotator_name(root, None) is None
    home.write_text('annotator = "home"\n')
    assert annotator_name(root, None) == "home"
    remember_annotator(root, " here ")
    assert annotator_name(root, None) == "here"
    monkeypatch.setenv("MANICULE_ANNOTATOR", "env")
    assert annotator_name(root, None) == "env"
    assert annotator_name(root, "Zoe\u0308") == "Zoë"
    assert (root / ".manicule" / ".gitignore").read_bytes() == b"*\n"


@pytest.mark.parametrize("name", ["", "_adjudicated", "a b", "../x", "con"])
def test_what_cannot_be_an_annotator(name: str) -> None:
    with pytest.raises(StoreError, match="annotator"):
        check_annotator(name)


def test_a_user_config_with_mistakes_is_named(project: Project, home: Path) -> None:
    home.write_text("annotator = \n")
    with pytest.raises(ConfigError, match=r"config\.toml: Invalid value"):
        annotator_name(project.root, None)
    home.write_text("annotator = 3\n")
    with pytest.raises(ConfigError, match="not a text"):
        annotator_name(project.root, None)
