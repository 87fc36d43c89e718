"""What of a journal cannot be used is told wherever its annotator works on."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pilots import running, wait_for_text
from small_projects import annotate, propose, small_project

from annotate.layers import Status
from store.gold import Choice, GoldReader
from store.lost_lines import lost_lines
from store.project import Project
from store.statistics import gather
from store.trash import remove_article, restore_article
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


# A journal that was emptied or cut --------------------------------------------------------------------------


@pytest.fixture(params=["emptied", "cut", "gone"])
def cut_project(request: pytest.FixtureRequest, tmp_path: Path) -> Project:
    """ada's journal lacks what her layers hold; what was kept of the project is from before."""
    project = small_project(tmp_path / "wire", {"a": "Ada flew to Lima.", "b": "Lima is wet."})
    annotate(project, "ada", "a", [("Ada", "PERSON"), ("Lima", "GPE")], status=Status.IN_PROGRESS)
    assert lost_lines(project, "ada") == []
    gather(project, "ada")
    (path,) = project.locations.journal("ada").glob("*.jsonl")
    if request.param == "gone":
        path.unlink()
    else:
        lines = path.read_bytes().split(b"\n")
        path.write_bytes(b"" if request.param == "emptied" else lines[0] + b"\n")
    return Project.open(project.root)


def told_lost(lines: list[str]) -> bool:
    return any(".jsonl: lacks decisions on a that the layers hold, up to line 2; " in line for line in lines)


def test_lost_lines_are_told_by_stats_export_and_log(cut_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert told_lost(gather(cut_project, "ada").problems)
    reading = GoldReader(cut_project, Choice(include_suggestions=True))
    (article,) = [one for one in reading.articles() if one.id == "a"]
    assert len(article.spans) == 2, "the layer holds them still"
    assert told_lost(reading.found.notes) and not reading.found.broken
    assert run(["log", str(cut_project.root), "--annotator", "ada"]) == 1
    assert told_lost(capsys.readouterr().err.split("\n"))


def test_lost_lines_are_told_by_clashes_and_line_mode(
    cut_project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["clashes", str(cut_project.root), "--annotator", "ada"]) == 1
    assert told_lost(capsys.readouterr().err.split("\n"))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"q\n")))
    assert run(["review", str(cut_project.root), "--plain", "--annotator", "ada"]) == 0
    assert capsys.readouterr().err == "manicule: your journal lacks lines: manicule doctor\n"


def test_lost_lines_of_a_removed_article_are_told(cut_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    remove_article(cut_project, "a")
    assert told_lost(lost_lines(cut_project, "ada"))
    restore_article(cut_project, "a")
    assert len(lost_lines(cut_project, "ada")) == 1


async def test_lost_lines_are_told_in_the_library(cut_project: Project) -> None:
    async with running(cut_project) as pilot:
        await wait_for_text(pilot, "your journal lacks lines: manicule doctor")


def test_nothing_is_lost_once_the_file_is_back_or_the_doctor_has_been(cut_project: Project) -> None:
    assert run(["doctor", str(cut_project.root), "--repair"]) == 0
    assert lost_lines(cut_project, "ada") == []
