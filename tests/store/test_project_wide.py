"""What an annotator says of the project as a whole is journalled, folded and undone like any decision."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from store_helpers import project_in

from annotate.decisions import Accept, Decision, Describe, Unite
from annotate.errors import DecisionError
from annotate.layers import Part
from annotate.project_wide import PROJECT, Accepted, EntityRecord
from store import records
from store.ids import IdGiver
from store.project import Project
from store.records import RecordError
from store.session import Session

BAJWA = EntityRecord("1", "Bajwa", "", (("person", "bajwa"), ("person", "qamar javed bajwa")), (("a", 0, 5),))
FINDING = Accepted("f1", "labels", "“ISPR” is ORG and PERSON")


def said(before: Part, after: Part, kind: type[Decision] = Unite) -> Decision:
    return kind(PROJECT, "", before, after)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return project_in(tmp_path, "General Bajwa spoke.")


def test_it_is_there_in_the_next_session_folded_or_not(project: Project) -> None:
    session = Session(project, "ada")
    session.commit([said(Part(), Part(entities=(BAJWA,)))])
    assert dict(Session(project, "ada").layer(PROJECT).entities) == {"1": BAJWA}
    session.commit([said(Part(), Part(accepted=(FINDING,)), Accept)])
    session.close()
    layer = Session(project, "ada").layer(PROJECT)
    assert (dict(layer.entities), dict(layer.accepted)) == ({"1": BAJWA}, {"f1": FINDING})
    assert project.layer("bo", PROJECT).entities == {}
    assert project.article_ids() == ["a"]


def test_it_is_undone_and_redone(project: Project) -> None:
    session = Session(project, "ada")
    session.commit([said(Part(), Part(entities=(BAJWA,)))])
    named = EntityRecord("1", "Gen Bajwa", "Q1", BAJWA.names, BAJWA.mentions)
    session.commit([said(Part(entities=(BAJWA,)), Part(entities=(named,)), Describe)])
    session.close()
    again = Session(project, "ada")
    assert again.undo()
    assert again.layer(PROJECT).entities["1"] == BAJWA
    assert again.redo()
    assert again.layer(PROJECT).entities["1"] == named


def test_what_has_changed_since_is_refused(project: Project) -> None:
    session = Session(project, "ada")
    session.commit([said(Part(), Part(entities=(BAJWA,)))])
    with pytest.raises(DecisionError, match="the entity is there already"):
        session.commit([said(Part(), Part(entities=(BAJWA,)))])
    with pytest.raises(DecisionError, match="the finding has changed since"):
        session.commit([said(Part(accepted=(FINDING,)), Part(), Accept)])


def test_no_article_gets_its_id() -> None:
    assert IdGiver([]).give(PROJECT) == f"{PROJECT}-2"


_TEXTS = st.text(max_size=8)
_RECORDS = st.builds(
    EntityRecord,
    st.text(min_size=1, max_size=8),
    _TEXTS,
    _TEXTS,
    st.lists(st.tuples(_TEXTS, _TEXTS), max_size=3).map(tuple),
    st.lists(st.tuples(_TEXTS, st.integers(0, 99), st.integers(0, 99)), max_size=3).map(tuple),
)


@given(st.lists(_RECORDS, max_size=3), st.lists(st.builds(Accepted, _TEXTS, _TEXTS, _TEXTS), max_size=3))
def test_a_part_is_what_its_document_says(entities: list[EntityRecord], accepted: list[Accepted]) -> None:
    part = Part(entities=tuple(entities), accepted=tuple(accepted))
    assert records.part_from(records.part_doc(part)) == part


@pytest.mark.parametrize(
    "doc",
    [
        {"names": [["person"]]},
        {"names": "x"},
        {"mentions": [["a", 1, "2"]]},
        {"mentions": [["a", True, 2]]},
        {"name": 1},
    ],
)
def test_what_is_no_entity_is_refused(doc: dict[str, object]) -> None:
    with pytest.raises(RecordError):
        records.entity_from("1", doc)
