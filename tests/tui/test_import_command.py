"""`manicule import` as a person types it: what it says, its exit codes, the dialogue about labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_projects import small_project

from store.project import Project
from tui.cli import run_command
from tui.command_line import import_

TEXT = "Ada met Bob in Lima."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", {"a": TEXT})


@pytest.fixture
def given_file(tmp_path: Path) -> Path:
    spans = [{"start": 0, "end": 3, "label": "PER"}, {"start": 15, "end": 19, "label": "GPE"}]
    path = tmp_path / "theirs.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "spans": spans}) + "\n", "utf-8")
    return path


def _run(project: Project, *arguments: object) -> int:
    return run_command(["import", str(project.root), "--format", "jsonl", *map(str, arguments)])


def _quotes(project: Project, annotator: str = "ada") -> list[tuple[str, str]]:
    return [(one.quote, one.span.label) for one in Project.open(project.root).layer(annotator, "a").confirmed()]


def test_labels_that_are_not_here_are_listed_and_a_file_maps_them(project, given_file, tmp_path, capsys):
    assert _run(project, "--as", "gold", "--annotator", "ada", given_file) == 2
    assert capsys.readouterr().err.split("\n")[:-1] == [
        "manicule: there is no label PER (on 1 span)",
        "--label-map FILE says what their labels are called here",
        "nothing was imported",
    ]
    labels = tmp_path / "labels.toml"
    labels.write_text('PER = "PERSON"\n')
    assert _run(project, "--as", "gold", "--annotator", "ada", "--label-map", labels, given_file) == 0
    assert capsys.readouterr().err == "imported 2 spans in 1 article\n"
    assert _quotes(project) == [("Ada", "PERSON"), ("Lima", "GPE")]


def test_on_a_terminal_it_asks_what_unknown_labels_are(project, given_file, monkeypatch, capsys):
    answers = iter(["PERSN", "PERSON"])
    monkeypatch.setattr(import_.sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(import_.sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(import_.typer, "prompt", lambda *_, **__: next(answers))
    assert _run(project, "--as", "layer", "--annotator", "ada", given_file) == 0
    said = capsys.readouterr().err
    assert "there is no label PERSN" in said and '"PER" = "PERSON"' in said
    assert _quotes(project) == [("Ada", "PERSON"), ("Lima", "GPE")]


def test_suggestions_are_named_after_the_format_unless_a_source_is_given(project, given_file):
    assert _run(project, "--as", "suggestions", given_file) == 0
    assert _run(project, "--as", "suggestions", "--source", "tool", given_file) == 0
    assert Project.open(project.root).sources() == ["jsonl", "tool"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--as", "truth", "x"], "--as truth: it is one of suggestions, layer, gold"),
        (["--as", "gold", "--annotator", "ada", "nowhere.jsonl"], "nowhere.jsonl: No such file or directory"),
        (["--as", "gold", "--annotator", "../x", "x"], "annotator '../x': "),
        (["--as", "gold", "x"], "whose layer is it? --annotator NAME says so"),
        (["--as", "suggestions", "--source", "../x", "x"], "source '../x': "),
        (["--as", "suggestions", "--annotator", "ada", "x"], "--source names who suggests"),
        (["--as", "gold", "--source", "tool", "x"], "--annotator names whose layer"),
        (["--as", "suggestions", "--offsets", "bytes", "x"], "--offsets bytes: it is one of codepoint, utf16"),
        (["--as", "suggestions", "--label-map", "map.toml", "x"], "map.toml: No such file or directory"),
    ],
)
def test_what_cannot_be_is_one_line(project, tmp_path, monkeypatch, capsys, arguments, expected):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv("MANICULE_ANNOTATOR", raising=False)
    assert _run(project, *arguments) == 2
    (line,) = capsys.readouterr().err.split("\n")[:-1]
    assert expected in line and line.startswith("manicule: ")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("PER\n", "(at line 1, column 4)"),
        ('PER = "PRSN"', "PER: there is no label PRSN"),
        ("PER = 3", "PER: not a label between quotation marks"),
    ],
)
def test_a_label_file_with_a_mistake_is_one_line(project, given_file, tmp_path, capsys, content, expected):
    labels = tmp_path / "labels.toml"
    labels.write_text(content)
    assert _run(project, "--as", "gold", "--annotator", "ada", "--label-map", labels, given_file) == 2
    assert expected in capsys.readouterr().err
