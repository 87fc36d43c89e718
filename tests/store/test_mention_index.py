"""The entities of all articles are those that each article shows, however they were kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_helpers import project_in, suggest, view_of

from annotate import acts
from annotate.view import EntryState
from store.mention_index import ArticleMentions, MentionIndex, mentions_of_view, mentions_or_none, read_mentions
from store.project import Project
from store.session import Session


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = project_in(tmp_path, "Bo Lind met Ali Khan.", "Ali Khan left Lima.")
    suggest(project, "a", ("Bo Lind", "PERSON"), ("Ali Khan", "PERSON"))
    suggest(project, "b", ("Lima", "GPE"))
    return project


def current(project: Project) -> dict[str, ArticleMentions]:
    index = MentionIndex(project, "ada")
    found = {one.article_id: one for shard in index.kept() for one in shard}
    return found | {one.article_id: one for one in index.check()}


def test_they_are_what_the_annotator_sees_rejected_ones_apart(project: Project) -> None:
    session = Session(project, "ada")
    view = view_of(session, "a")
    session.commit(acts.confirm(view, view.undecided()[0]))
    view = view_of(session, "a")
    session.commit(acts.reject(view, view.undecided()[0]))
    session.close()
    found = current(project)
    assert [(one.text, one.label) for one in found["a"].mentions] == [("Bo Lind", "PERSON")]
    assert found["a"].states == (EntryState.CONFIRMED,)
    assert found["b"].states == (EntryState.SUGGESTED,)
    assert found["a"] == mentions_of_view(view_of(Session(project, "ada"), "a")) == read_mentions(project, "ada", "a")


def test_what_was_kept_is_the_same_and_only_what_changed_is_read(project: Project) -> None:
    before = current(project)
    again = MentionIndex(project, "ada")
    assert {one.article_id: one for shard in again.kept() for one in shard} == before
    suggest(project, "b", ("Ali Khan", "PERSON"), ("Lima", "GPE"))
    changed = {one.article_id: one for one in again.check()}
    assert [one.text for one in changed["b"].mentions] == ["Ali Khan", "Lima"]


def test_an_article_that_cannot_be_read_has_none(project: Project) -> None:
    current(project)
    project.locations.article("b").write_text("{", encoding="utf-8")
    assert current(project)["b"].mentions == ()
    assert mentions_or_none(project, "ada", "b").mentions == ()
