"""What is said about offsets of which the file does not tell what they count."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_projects import small_project

from annotate.offsets import Unit, from_codepoints
from store.formats.model import GoldSpan
from store.import_request import Imported, ImportRequest
from store.importing import import_files
from store.project import Project
from store.unit_doubts import Doubt, doubt_about

TEXT = "👩 👩 Ada met Zoe\u0308 in Lima today."
PLACES = [(4, 7), (20, 24)]


def spans_in(unit: Unit) -> list[GoldSpan]:
    edges = [from_codepoints(TEXT, place, unit) for place in PLACES]
    return [GoldSpan(start, end, "PERSON") for start, end in edges]


@pytest.mark.parametrize("unit", ["codepoint", "utf16", "grapheme"])
def test_a_wrong_unit_is_doubted_and_the_right_one_named(unit: Unit) -> None:
    for taken in ("codepoint", "utf16", "grapheme"):
        expected = Doubt(None) if taken == unit else Doubt(unit)
        assert doubt_about(TEXT, spans_in(unit), taken) == expected


@pytest.mark.parametrize("text", ["Ada met Bob in Lima today.", "Zoë met Bob in Łódź today."])
def test_where_all_units_mean_the_same_nothing_is_said(text: str) -> None:
    assert doubt_about(text, [GoldSpan(1, 3, "PERSON")], "utf16") is None


def test_what_the_file_shows_is_not_doubted() -> None:
    assert doubt_about(TEXT, [GoldSpan(4, 7, "PERSON", quote="Ada")], "codepoint") is None


SHORT = "👩 said: Ada left."
"""Ada is 8-11 in code points, 9-12 in UTF-16."""


def imported(project: Project, path: Path, start: int, asked: Unit | None) -> Imported:
    path.write_text(json.dumps({"text": SHORT, "label": [[start, start + 3, "PERSON"]]}), "utf-8")
    return import_files(project, ImportRequest("doccano", (path,), "suggestions", "tool", unit=asked, replaces=True))


def test_an_import_says_which_unit_it_took_and_where_another_suits_better(tmp_path: Path) -> None:
    project, path = small_project(tmp_path / "wire", {"a": SHORT}), tmp_path / "x.jsonl"
    taken = (
        "1 article with offsets taken as UTF-16 units, as doccano counts: the file does not say it, "
        "and --offsets can say otherwise"
    )
    assert imported(project, path, 9, None).notes == [taken]
    assert imported(project, path, 8, "codepoint").notes == []
    warning, *others = imported(project, path, 8, None).notes
    assert warning.startswith(f"{path}:1: in UTF-16 units, as was taken, spans begin or end inside words")
    assert warning.endswith("in code points none does: is it --offsets codepoint?")
    assert taken in others
