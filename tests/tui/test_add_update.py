"""`manicule add --update` gives articles the newer text of their files, and says how many."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_projects import small_project, tree

from store.project import Project
from tui import main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / "one.txt").write_text("First of all\n\nAda met Bob.")
    (folder / "two.txt").write_text("Second\n\nBob met Ada.")
    (folder / "sub" / "one.txt").write_text("Another first\n\nNobody met.")
    return folder


@pytest.fixture
def project(tmp_path: Path, folder: Path) -> Project:
    project = small_project(tmp_path / "wire", {})
    assert main.run(["add", str(project.root), str(folder)]) == 0
    return project


def _run(capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, list[str]]:
    capfd.readouterr()
    code = main.run(["add", *(str(one) for one in arguments)])
    out, err = capfd.readouterr()
    return code, out, err.split("\n")[:-1]


def test_a_file_that_changed_is_a_new_revision_beside_the_old_one(capfd, project, folder):
    ids, before = project.article_ids(), project.article("one")
    (folder / "one.txt").write_text("First of all\n\nAda met Bob and Cid.")
    (folder / "three.txt").write_text("Third")
    assert _run(capfd, project.root, folder, "--update") == (0, "", ["added 1 article, updated 1, 2 unchanged"])
    assert project.article("one").text == "First of all\n\nAda met Bob and Cid."
    assert project.article("one", before.text_hash) == before
    assert project.article_ids() == sorted([*ids, "three"], key=project.article_ids().index)
    assert _run(capfd, project.root, folder, "--update")[2] == ["added 0 articles, updated 0, 4 unchanged"]


def test_files_of_one_name_are_told_apart_by_their_folder(capfd, project, folder):
    (folder / "sub" / "one.txt").write_text("Another first\n\nSomebody met.")
    assert _run(capfd, project.root, folder, "--update")[2] == ["added 0 articles, updated 1, 2 unchanged"]
    texts = {name: project.article(name).text for name in project.article_ids()}
    assert "Another first\n\nSomebody met." in texts.values() and "First of all\n\nAda met Bob." in texts.values()


def test_a_text_that_comes_back_is_the_earlier_revision(capfd, project, folder):
    before = project.article("two")
    (folder / "two.txt").write_text("Second\n\nNobody met.")
    _run(capfd, project.root, folder, "--update")
    (folder / "two.txt").write_text(before.text)
    assert _run(capfd, project.root, folder, "--update")[2] == ["added 0 articles, updated 1, 2 unchanged"]
    assert project.article("two") == before


def test_rows_are_known_by_their_file_and_id(capfd, project, folder):
    rows = folder / "rows.jsonl"
    rows.write_text('{"id": "x", "text": "Row one."}\n{"id": "y", "text": "Row two."}\n')
    _run(capfd, project.root, rows)
    rows.write_text('{"id": "y", "text": "Row two, later."}\n{"id": "x", "text": "Row one."}\n')
    assert _run(capfd, project.root, rows, "--update")[2] == ["added 0 articles, updated 1, 1 unchanged"]
    assert project.article("y").text == "Row two, later."


def test_where_several_articles_came_from_such_a_file_nothing_is_updated(capfd, project, folder, tmp_path):
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "day.txt").write_text(f"All quiet in the {name}")
        _run(capfd, project.root, tmp_path / name / "day.txt")
    (tmp_path / "north" / "day.txt").write_text("News in the north")
    before = tree(project.locations.articles)
    code, _, err = _run(capfd, project.root, tmp_path / "north" / "day.txt", folder / "one.txt", "--update")
    assert (code, err) == (
        2,
        ["manicule: day.txt: several articles came from it (day, day-2), so none can be updated"],
    )
    assert tree(project.locations.articles) == before


def test_a_dry_run_says_what_would_be_updated(capfd, project, folder):
    (folder / "one.txt").write_text("First of all\n\nNew.")
    (folder / "three.txt").write_text("Third")
    before = tree(project.locations.articles)
    code, out, err = _run(capfd, project.root, folder, "--update", "--dry-run")
    assert (code, out.split("\n")[:-1]) == (
        0,
        ["one  4 words  text  First of all  (updated)", "three  1 words  text  Third"],
    )
    assert len(err) == 2 and "two: unchanged, as two" in err
    shown = _run(capfd, project.root, folder, "--update", "--dry-run", "--json")[1].split("\n")[:-1]
    assert [json.loads(line).get("updated") for line in shown] == [True, None]
    assert tree(project.locations.articles) == before
