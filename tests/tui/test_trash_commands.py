"""`manicule remove` and `manicule restore`: articles to the trash and back, single decisions taken back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_projects import annotate, small_project

from annotate import acts
from annotate.view import View
from store.project import Project
from store.session import Session

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("MANICULE_ANNOTATOR", "ann")
    project = small_project(tmp_path / "wire", {"rain": "Anna Berg met Bo Lind.", "snow": "Snow in Lima."})
    annotate(project, "ann", "rain", [("Anna Berg", "PERSON"), ("Bo Lind", "PERSON")])
    return project


def removed_annotation(project: Project) -> str:
    """Remove what ann had added; the group's id."""
    session = Session(project, "ann")
    view = View(project.article("rain"), project.config.scheme, [], session.layer("rain"))
    group = session.commit(acts.reject(view, view.entries()[0]))
    session.close()
    return group.id


def quotes(project: Project) -> list[str]:
    return [one.quote for one in Project.open(project.root).layer("ann", "rain").confirmed()]


def test_an_article_goes_to_the_trash_is_listed_there_and_comes_back(run: Run, project: Project) -> None:
    code, _, said = run("remove", project.root, "rain")
    assert code == 0
    assert "rain: in the trash; the work of ann is kept for it\n" in said
    assert run("restore", project.root)[:2] == (0, "rain  Rain; the work of ann is kept for it\n")
    listed = json.loads(run("restore", project.root, "--json")[1])
    assert listed == {"article": "rain", "title": "Rain", "annotators": ["ann"], "sources": [], "problem": ""}
    assert run("restore", project.root, "rain") == (0, "", "rain: among the articles again\n")
    assert run("restore", project.root) == (0, "", "the trash is empty\n")
    assert len(quotes(project)) == 2


def test_adding_a_removed_text_again_is_said(run: Run, project: Project, tmp_path: Path) -> None:
    run("remove", project.root, "snow")
    text = tmp_path / "snow.txt"
    text.write_text("Snow in Lima.")
    code, _, said = run("add", project.root, text)
    assert code == 0
    assert "snow: in the trash, as snow; manicule restore brings it back" in said


def test_what_is_not_there_is_said_and_the_others_are_removed(run: Run, project: Project) -> None:
    code, _, said = run("remove", project.root, "hail", "snow")
    assert code == 2
    assert "there is no article hail" in said and "snow: in the trash" in said


def test_a_removed_annotation_comes_back_and_can_be_removed_again(run: Run, project: Project) -> None:
    group = removed_annotation(project)
    assert quotes(project) == ["Bo Lind"]
    code, _, said = run("restore", project.root, group)
    assert (code, said) == (0, f"{group}: taken back: remove “Anna Berg” in rain\n")
    assert quotes(project) == ["Anna Berg", "Bo Lind"]
    assert run("restore", project.root, group)[2] == f"manicule: {group} was taken back already\n"
    session = Session(project, "ann")
    undone = session.redo()
    assert undone is not None
    session.close()
    assert quotes(project) == ["Bo Lind"]


def test_an_id_that_names_nothing_is_one_line(run: Run, project: Project) -> None:
    code, _, said = run("restore", project.root, "0123456789ab")
    assert (code, said) == (
        2,
        "manicule: 0123456789ab: no such article in the trash, and no such decision of ann's\n",
    )


def test_a_decision_on_an_article_that_is_open_is_not_taken_back(run: Run, project: Project) -> None:
    group = removed_annotation(project)
    session = Session(project, "ann")
    session.claim("rain")
    code, _, said = run("restore", project.root, group)
    assert code == 2 and "open in another session of yours" in said
    session.close()
    assert quotes(project) == ["Bo Lind"]
