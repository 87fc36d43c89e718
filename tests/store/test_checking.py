"""Checks read one annotator's own decisions, in the text on which they were made, and what they are shown."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from store_helpers import project_in, suggest, view_of

from annotate import acts
from annotate.checks import CHECKS
from annotate.checks.rule import Options
from annotate.checks.running import find
from annotate.spans import Span
from store.checking import ProjectArticles
from store.project import Draft, Project
from store.revisions import update_articles
from store.session import Session


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path, "Bo Lind met Ali Khan.", "Ali Khan left Lima.", "Nobody came.")
    suggest(project, "a", ("Bo Lind", "PERSON"), ("Ali Khan", "PERSON"))
    suggest(project, "b", ("Lima", "GPE"))
    return project


def worked(project: Project, annotator: str, article_id: str) -> None:
    """Confirm the first suggestion, reject the others, and finish the article."""
    session = Session(project, annotator)
    view = view_of(session, article_id)
    session.commit(acts.confirm(view, view.undecided()[0]))
    session.commit(acts.finish(view_of(session, article_id), acts.reject_rest))
    session.close()


def test_only_the_annotators_own_articles_are_read_with_what_they_decided(project: Project) -> None:
    worked(project, "ada", "a")
    worked(project, "bo", "b")
    (one,) = ProjectArticles(project, "ada")
    assert (one.article_id, one.done, one.spans) == ("a", True, (Span(0, 7, "PERSON"),))
    assert one.rejected == (Span(12, 20, "PERSON"),)
    assert {suggestion.source for suggestion in one.suggestions} == {"one"}
    assert [found.article_id for found in ProjectArticles(project, "bo")] == ["b"]


def test_no_suggestion_is_read_that_the_annotator_is_not_shown(project: Project) -> None:
    worked(project, "ada", "a")
    blind = Project(project.root, replace(project.config, blind=("Ada",)))
    (one,) = ProjectArticles(blind, "ada")
    assert one.suggestions == ()
    assert next(iter(ProjectArticles(project, "ada", suggestions=False))).suggestions == ()


def test_it_is_told_of_each_article_each_time_and_may_be_gone_through_again(project: Project) -> None:
    worked(project, "ada", "a")
    worked(project, "ada", "b")
    told: list[tuple[int, int]] = []
    articles = ProjectArticles(project, "ada", on_article=lambda done, total: told.append((done, total)))
    find(articles, CHECKS[:1], Options())
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_an_article_that_cannot_be_read_is_named_and_the_others_are_checked(project: Project) -> None:
    worked(project, "ada", "a")
    worked(project, "ada", "b")
    project.locations.article("a").write_text("{", encoding="utf-8")
    articles = ProjectArticles(project, "ada")
    assert [one.article_id for one in articles] == ["b"]
    assert len(articles.problems) == 1 and "a.json" in articles.problems[0]


def test_a_layer_whose_quotes_do_not_fit_is_named(project: Project) -> None:
    worked(project, "ada", "a")
    path = project.locations.layer("ada", "a")
    path.write_text(path.read_text("utf-8").replace("Bo Lind", "Bo Lint"), encoding="utf-8")
    articles = ProjectArticles(project, "ada")
    assert list(articles) == []
    assert articles.problems


def test_the_text_is_that_of_the_revision_that_was_annotated(tmp_path: Path) -> None:
    old, new = "First title\n\nBo Lind met Ali Khan.", "First title\n\nYesterday Bo Lind met Ali Khan."
    project = project_in(tmp_path)
    list(project.adding([Draft("a", "First title", old, {"file": "a.txt"})]))
    suggest(project, "a", ("Bo Lind", "PERSON"))
    worked(project, "ada", "a")
    list(update_articles(project, [Draft("a", "First title", new, {"file": "a.txt"})]))
    articles = ProjectArticles(project, "ada")
    (one,) = articles
    assert one.text == articles.text("a") == old
    assert old[one.spans[0].start : one.spans[0].end] == "Bo Lind"
