"""`manicule check` names what contradicts itself, tells programs the same, and is silent about what was accepted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_projects import annotate, shared, small_project

from annotate.decisions import Accept
from annotate.layers import Part, Status
from annotate.project_wide import PROJECT, Accepted
from store.project import Project
from store.session import Session

Run = Callable[..., tuple[int, str, str]]
TEXT = "The ISPR said so."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Ann has ISPR as ORG four times and as PERSON once, where the text would drive a terminal."""
    hostile = {"odd": "Bo \x1b[2J ISPR\u202e left."}
    project = small_project(tmp_path / "wire", {name: f"{TEXT} {name}." for name in "abcd"} | hostile)
    for name in "abcd":
        annotate(project, "ann", name, [("ISPR", "ORG")])
    annotate(project, "ann", "odd", [("ISPR", "PERSON")], status=Status.IN_PROGRESS)
    annotate(project, "bo", "odd", [("Bo", "GPE")])
    return project


def test_findings_show_their_lines_side_by_side_and_end_with_1(project: Project, run: Run) -> None:
    before = shared(project.root)
    code, out, err = run("check", project.root, "--annotator", "ann")
    assert code == 1
    lines = out.split("\n")
    assert lines[0] == "labels: “ISPR”: ORG 4, PERSON 1"
    assert lines[1].startswith("  ? odd:8  PERSON → ORG  …Bo ␛[2J [ISPR]")
    assert lines[2] == "    a:4  ORG  …The [ISPR] said so. a.…"
    assert "\x1b" not in out and "\u202e" not in out
    assert "1 finding · in 5 articles · labels 1" in err
    assert "GPE" not in out
    assert shared(project.root) == before


def test_a_program_reads_where_and_what_it_would_become(project: Project, run: Run) -> None:
    code, out, _ = run("check", project.root, "--annotator", "ann", "--json")
    record = json.loads(out)
    assert (code, record["annotator"], record["unreadable"]) == (1, "ann", [])
    (finding,) = record["findings"]
    assert (finding["rule"], finding["unlisted"]) == ("labels", 0)
    first = finding["places"][0]
    assert (first["article"], first["text"], first["label"], first["suspect"]) == ("odd", "ISPR", "PERSON", True)
    assert first["fix"] == {"start": 8, "end": 12, "label": "ORG"}
    assert [one["fix"] for one in finding["places"][1:]] == [None] * 4


def test_what_was_accepted_is_left_out_unless_it_is_asked_for(project: Project, run: Run) -> None:
    _, out, _ = run("check", project.root, "--annotator", "ann", "--json")
    name = json.loads(out)["findings"][0]["places"][0]["id"]
    session = Session(project, "ann")
    session.commit([Accept(PROJECT, "", Part(), Part(accepted=(Accepted(name, "labels", "ISPR"),)))])
    session.close()
    code, out, err = run("check", project.root, "--annotator", "ann")
    assert (code, out) == (0, "")
    assert "0 findings · in 5 articles · 1 accepted" in err
    code, out, _ = run("check", project.root, "--annotator", "ann", "--accepted")
    assert code == 1 and "  = odd:8  PERSON → ORG" in out


def test_only_the_rules_that_are_named_run(project: Project, run: Run) -> None:
    assert run("check", project.root, "--annotator", "ann", "--rule", "spaces,words", "--rule", "copies")[0] == 0
    code, _, err = run("check", project.root, "--annotator", "ann", "--rule", "nonsense")
    assert code == 2 and "--rule nonsense: the rules are labels, boundaries" in err


def test_nothing_contradicts_itself_for_the_other_annotator(project: Project, run: Run) -> None:
    assert run("check", project.root, "--annotator", "bo")[:2] == (0, "")
    code, _, err = run("check", project.root)
    assert code == 2 and "say whose decisions" in err


def test_an_article_that_cannot_be_read_is_named(project: Project, run: Run) -> None:
    project.locations.article("odd").write_text("{", encoding="utf-8")
    code, _, err = run("check", project.root, "--annotator", "ann")
    assert code == 1 and "odd.json" in err


def test_models_are_asked_only_when_they_are_asked_for(project: Project, run: Run) -> None:
    said = ("check", project.root, "--rule", "spaces", "--cross-validate", "--folds", "2", "--threshold", "1")
    assert run(*said, "--annotator", "ann")[:2] == (0, "")
    code, out, err = run(*said, "--annotator", "bo")
    assert (code, out) == (2, "") and "too few articles are done" in err


def test_it_loads_neither_spacy_nor_textual(project: Project) -> None:
    code = (
        f"from tui import main; import sys; main.run(['check', {str(project.root)!r}, '--annotator', 'ann'])\n"
        "raise SystemExit(3 if {'spacy', 'textual'} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
