"""What is written comes back as it was, and what is not a record is named."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from domain import random_act, views
from hypothesis import given
from hypothesis import strategies as st

from annotate.decisions import Decision
from annotate.layers import Marks, Remark, Status
from annotate.view import View
from store import records
from store.journal_lines import Entry, encode
from store.records import RecordError
from store.storage import to_json


def through_json(doc: object) -> dict:
    return json.loads(to_json(doc))


@given(views(), st.data())
def test_decisions_come_back_equal(page: View, data: st.DataObject) -> None:
    for _ in range(4):
        decisions = random_act(data.draw, page)
        page.apply(decisions)
        for one in decisions:
            again = records.decision_from(through_json(records.decision_doc(one)))
            assert again == one
            assert type(again) is type(one)


@given(views(), st.data())
def test_layers_come_back_equal(page: View, data: st.DataObject) -> None:
    for _ in range(4):
        page.apply(random_act(data.draw, page))
    for name, one in page.layer.annotations.items():
        assert records.annotation_from(name, through_json(records.annotation_doc(one))) == one
    for remark in page.layer.remarks.values():
        assert records.remark_from(through_json(records.remark_doc(remark))) == remark
    assert records.marks_from(through_json(records.marks_doc(page.layer.marks))) == page.layer.marks


@given(st.text())
def test_any_note_can_be_written(note: str) -> None:
    remark = Remark(0, 1, True, note)
    assert records.remark_from(through_json(records.remark_doc(remark))) == remark


def test_a_note_with_a_lone_surrogate_and_odd_line_ends_stays_one_journal_line() -> None:
    note = "a\udc80\u2028b\x85c\nd"
    decision = Decision("a", "0", records.part_from({"marks": {}}), records.part_from({"marks": {"note": note}}))
    (line,) = encode(Entry("g", (decision,), "t"), 0)
    assert line.count(b"\n") == 1
    assert records.decision_from(json.loads(line)) == decision


def test_a_score_that_is_no_number_is_left_out() -> None:
    suggestion = records.suggestion_from({"start": 0, "end": 1, "label": "X", "score": 0.5}, "one", "1")
    assert records.suggestion_doc(suggestion)["score"] == 0.5
    assert records.suggestion_doc(replace(suggestion, score=float("nan")))["score"] is None
    for score in (float("nan"), float("inf"), 10**400):
        with pytest.raises(RecordError, match="score: not a number"):
            records.suggestion_from({"start": 0, "end": 1, "label": "X", "score": score}, "one", "1")


GOOD = {"start": 0, "end": 2, "label": "ORG", "quote": "ab", "state": "confirmed", "origin": []}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"start": "0"}, "start: not a whole number"),
        ({"start": True}, "start: not a whole number"),
        ({"start": 2}, "no range"),
        ({"start": -1}, "no range"),
        ({"label": None}, "label: not a text"),
        ({"label": "\ud800"}, "label: holds a lone surrogate"),
        ({"state": "perhaps"}, "state: 'perhaps' is none of confirmed, rejected"),
        ({"origin": {}}, "origin: not a list"),
        ({"origin": [1]}, "origin: not a list of objects"),
        ({"origin": [{"start": 0, "end": 1, "label": "X", "source": "s", "score": "1"}]}, "score: not a number"),
    ],
)
def test_what_is_no_annotation_is_named(changes: dict, problem: str) -> None:
    with pytest.raises(RecordError, match=problem):
        records.annotation_from("x", GOOD | changes)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(RecordError, match="quote: missing"):
        records.annotation_from("x", {key: GOOD[key] for key in GOOD if key != "quote"})


def test_marks_are_checked() -> None:
    assert records.marks_from({}) == Marks()
    assert records.marks_from({"finished": "done"}).finished is Status.DONE
    with pytest.raises(RecordError, match="shown"):
        records.marks_from({"shown": [1]})


def test_a_verb_of_a_later_version_is_a_plain_change() -> None:
    doc = records.decision_doc(Decision("a", "0", records.part_from({}), records.part_from({})))
    assert type(records.decision_from(doc | {"verb": "levitate"})) is Decision
