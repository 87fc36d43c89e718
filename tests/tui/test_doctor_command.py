"""`manicule doctor` tells each finding in one line or one record, and its exit code says whether something is left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from small_projects import annotate, propose, small_project

from store.project import Project
from tui.main import run


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", {"a": "Ada flew to Lima.", "b": "Lima is wet."})
    propose(project, "a", [("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")])
    return project


def doctor(project: Project, *options: str) -> int:
    return run(["doctor", str(project.root), *options])


def test_a_sound_project_exits_with_0(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(project) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "checked 2 articles, 1 file of suggestions, 1 layer, 1 journal file: all in order\n"


def test_each_finding_is_one_line_with_file_line_what_and_what_to_do(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project.locations.layer("ada", "a")
    path.write_text('{"a":\n\x1b[31m')
    assert doctor(project) == 1
    (line,) = capsys.readouterr().out.removesuffix("\n").split("\n")
    assert line.startswith(f"{path}:2: not JSON (")
    assert line.endswith("; --repair rebuilds it from the journal and sets it aside as it is")


def test_repair_says_what_it_did_and_exits_with_0_when_nothing_is_left(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.locations.layer("ada", "a").write_bytes(b"")
    assert doctor(project, "--repair") == 0
    told = capsys.readouterr()
    assert "empty; mended: rebuilt from" in told.out and "set-aside/layers/ada/" in told.out
    assert "1 finding, 1 mended" in told.err
    assert doctor(project) == 0


def test_what_cannot_be_mended_is_left_and_exits_with_1(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.locations.article("a").unlink()
    assert doctor(project, "--repair") == 1
    assert "work on an article that is not here; put the article back" in capsys.readouterr().out


def test_json_is_one_object(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(project, "--json") == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    path = project.locations.suggestions("news", "a")
    path.write_bytes(b"")
    project.locations.layer("ada", "a").write_bytes(b"")
    assert doctor(project, "--json", "--repair") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["file"] for one in told["findings"]] == [str(path), str(project.locations.layer("ada", "a"))]
    assert all(one["mended"] and one["what"] == "empty" for one in told["findings"])
    assert (told["found"], told["left"]) == (2, 0)
    assert told["checked"] == {"articles": 2, "suggestions": 1, "layers": 1, "journals": 1}


def test_a_file_changed_by_hand_is_accepted(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    path = project.locations.layer("ada", "a")
    path.write_bytes(path.read_bytes().replace(b'"label": "PERSON"', b'"label": "ORG"'))
    assert doctor(project) == 1
    assert "--accept FILE" in capsys.readouterr().out
    assert doctor(project, "--accept", str(path)) == 0
    assert "taken into the journal as one decision" in capsys.readouterr().err
    assert doctor(project) == 0


def test_what_cannot_be_accepted_is_one_line(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project.locations.layer("ada", "a")
    path.write_bytes(b"")
    assert doctor(project, "--accept", str(path)) == 1
    assert capsys.readouterr().err == f"manicule: {path}: empty\n"
    assert doctor(project, "--accept", str(tmp_path / "x")) == 2


def test_a_folder_that_is_no_project_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor", str(tmp_path)]) == 2
    assert "no Manicule project" in capsys.readouterr().err


def test_ctrl_c_ends_it_with_what_was_found(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project.locations.article("a").write_bytes(b"")

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("store.doctor.examination.suggestion_findings", interrupt)
    assert doctor(project, "--json") == 130
    told = json.loads(capsys.readouterr().out)
    assert told["stopped"] and told["found"] == 1
