"""What of a journal cannot be used is told wherever its annotator works on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pilots import running, wait_for_text
from small_projects import annotate, propose, small_project

from annotate.layers import Status
from store.project import Project
from tui.main import run

ONE_LINE = "1 line of your journal cannot be used: manicule doctor"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Somebody has changed a line of ada's journal by hand."""
    project = small_project(tmp_path / "wire", {"a": "Ada flew to Lima.", "b": "Lima is wet."})
    propose(project, "a", [("Lima", "GPE")])
    annotate(project, "ada", "a", [("Ada", "PERSON")], status=Status.IN_PROGRESS)
    damage(project, b'"Ada"', b'"Adb"')
    return Project.open(project.root)


def damage(project: Project, old: bytes, new: bytes) -> None:
    (path,) = project.locations.journal("ada").glob("*.jsonl")
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    project.locations.journal_index("ada").unlink()


async def test_the_library_tells_it(project: Project) -> None:
    async with running(project) as pilot:
        await wait_for_text(pilot, ONE_LINE)


def test_line_mode_tells_it_first(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"q\n")))
    assert run(["review", str(project.root), "--plain", "--annotator", "ada"]) == 0
    assert capsys.readouterr().err == f"manicule: {ONE_LINE}\n"


def test_clashes_tells_it_and_is_no_success(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["clashes", str(project.root), "--annotator", "ada"]) == 1
    told = capsys.readouterr().err
    assert ".jsonl:1: a damaged line: its check does not fit" in told
    assert "no clashes" in told
