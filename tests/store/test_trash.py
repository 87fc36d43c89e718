"""Removing an article destroys nothing, is done wholly or not at all, and is undone by restoring it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_projects import annotate, propose, small_project, tree

from store.errors import StoreError
from store.export import ExportRequest, export
from store.gold import Choice
from store.project import Addition, Draft, Project
from store.statistics import gather
from store.trash import remove_article, removed_articles, restore_article

TEXT = "Anna Berg met Bo Lind in Lima."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", {"rain": TEXT, "snow": TEXT + " Again."})
    for name in ("rain", "snow"):
        propose(project, name, [("Lima", "GPE")])
        annotate(project, "ann", name, [("Anna Berg", "PERSON")])
    annotate(project, "eve", "rain", [("Bo Lind", "PERSON")])
    return project


def test_removing_and_restoring_moves_one_file_there_and_back(project: Project) -> None:
    before = tree(project.root)
    remove_article(project, "rain")
    moved = tree(project.root)
    gone, come = before.keys() - moved.keys(), moved.keys() - before.keys() - {".manicule/lock"}
    assert len(gone) == len(come) == 1
    assert before[gone.pop()] == moved[come.pop()]
    restore_article(project, "rain")
    after = tree(project.root)
    assert {name: after[name] for name in before} == before


def test_a_removed_article_is_nowhere_but_in_the_trash(project: Project, tmp_path: Path) -> None:
    remove_article(project, "rain")
    assert project.article_ids() == ["snow"]
    assert sum(gather(project, "ann").counted.articles.values()) == 1
    assert export(project, ExportRequest("jsonl", Choice("ann")), tmp_path / "gold.jsonl").articles == 1
    (removed,) = removed_articles(project)
    assert (removed.article_id, removed.title) == ("rain", "Rain")
    assert (removed.annotators, removed.sources) == (("ann", "eve"), ("news",))


def test_all_that_was_decided_comes_back_with_it(project: Project) -> None:
    layers = {name: project.layer(name, "rain") for name in ("ann", "eve")}
    remove_article(project, "rain")
    restore_article(project, "rain")
    again = Project.open(project.root)
    assert {name: again.layer(name, "rain") for name in ("ann", "eve")} == layers
    assert len(again.suggestions(again.article("rain"))) == 1


def test_a_text_that_is_in_the_trash_is_said_and_its_id_is_not_given_again(project: Project) -> None:
    remove_article(project, "rain")
    same, other = project.adding([Draft("rain", "Rain", TEXT), Draft("rain", "Rain", "Something else.")])
    assert same == Addition("rain", "rain", False, removed=True)
    assert same.there == "in the trash, as rain; manicule restore brings it back"
    assert other == Addition("rain", "rain-2", True)
    assert [addition for _, addition in project.planned([Draft("rain", "Rain", TEXT)])] == [same]


def test_a_text_that_two_documents_bring_is_added_once(project: Project) -> None:
    first, second = project.adding([Draft("hail", "Hail", "Hail."), Draft("ice", "Ice", "Hail.")])
    assert (first, second) == (Addition("hail", "hail", True), Addition("ice", "hail", False))


def test_what_cannot_be_moved_stays_where_it_was(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "no space")

    before = project.locations.article("rain").read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "rename", refuse)
        with pytest.raises(StoreError, match=r"rain\.json: the disk is full"):
            remove_article(project, "rain")
    assert project.locations.article("rain").read_bytes() == before
    assert list(removed_articles(project)) == []


@pytest.mark.parametrize("name", ["hail", "../rain", "", "rain\n"])
def test_what_is_not_there_can_be_neither_removed_nor_restored(project: Project, name: str) -> None:
    for act in (remove_article, restore_article):
        with pytest.raises(StoreError):
            act(project, name)
    assert project.article_ids() == ["rain", "snow"]


def test_two_clones_that_came_together_do_not_overwrite_another_text(project: Project) -> None:
    path = project.locations.article("rain")
    data = path.read_bytes()
    remove_article(project, "rain")
    path.write_bytes(data.replace(b"Rain", b"Hail"))
    for act in (remove_article, restore_article):
        with pytest.raises(StoreError, match="another file is there already"):
            act(project, "rain")
    path.write_bytes(data)
    remove_article(project, "rain")
    assert project.article_ids() == ["snow"]


def test_an_unreadable_article_can_be_removed_and_is_named_in_the_trash(project: Project) -> None:
    project.locations.article("rain").write_bytes(b"{")
    remove_article(project, "rain")
    (removed,) = removed_articles(project)
    assert "rain.json" in removed.problem
    assert list(project.adding([Draft("hail", "Hail", "Hail.")])) == [Addition("hail", "hail", True)]
