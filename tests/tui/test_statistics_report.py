"""The report is one page that needs nothing else, holds any text as text, and draws what the tables say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_projects import annotate, propose, small_project

from annotate.layers import Status
from annotate.names_counted import Frequency, Pair
from annotate.pace import PaceStatistics, Work
from annotate.statistics import Correction, Share, Statistics
from annotate.timeline import Tally, Timeline
from annotate.ways import Way
from store.project import Project
from store.statistics import OpenArticle, ProjectStatistics, gather
from tui.main import run
from tui.report.page import report

NOW = datetime(2026, 2, 1, 12, 30, tzinfo=UTC)
VOID = {"meta"}


def statistics_of(text: str) -> ProjectStatistics:
    """Statistics in which that text stands wherever a text from outside can."""
    counted = Statistics(
        Counter({Status.DONE: 1}),
        Counter({Status.DONE: 10}),
        Counter({(text, "confirmed"): 5, (text, "undecided"): 2}),
        Counter({text: 3}),
        Counter({text: 2}),
        Counter({(text, Correction.BOTH): 1}),
        Counter({Share.MOST: 1}),
        Counter({(text, text, Way.SINGLE): 4}),
        Counter({(text, text, Way.SINGLE): 3}),
    )
    pace = PaceStatistics(Work(4, 20.0, 8), {text: Work(4, 20.0, 8)}, {text: Work(4, 20.0, 8)})
    pace.slots["2026-01-31T09:3"] = Work(4, 20.0, 8)
    slots = {"2026-01-31T09:3": Tally(Counter({Way.SINGLE: 4}), 0, 4, 1, 0), "2026-01-31T10:0": Tally(confirmed=1)}
    return ProjectStatistics(
        text,
        counted,
        pace,
        Timeline(slots),
        [OpenArticle(text, 5, 2)],
        [Frequency(text, "person", 3, 1)],
        2,
        [Pair((text, text), 1, 1)],
        [text],
    )


class Reading(HTMLParser):
    """What a browser would take the page for."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> Reading:
    reading = Reading()
    reading.feed(page)
    reading.close()
    assert reading.open == []
    return reading


def drawings(page: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(one) for one in re.findall(r"<svg.*?</svg>", page, re.DOTALL)]


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>&amp;'{x}\x1b]0;a\x07\u202e"
PLAIN = read(report(statistics_of("plain"), "plain", ["plain"], ["plain"], NOW))


@settings(max_examples=40, deadline=None)
@given(st.one_of(st.just(HOSTILE), st.text(max_size=30), st.text('<>&"{}%/\x00\x1b\ud800', max_size=30)))
def test_no_text_is_taken_for_markup(text: str) -> None:
    page = report(statistics_of(text), text, [text], [text], NOW)
    reading = read(page)
    assert (reading.tags, reading.attributes) == (PLAIN.tags, PLAIN.attributes)
    assert len(drawings(page)) == 8
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", page)


def test_the_page_needs_nothing_else_and_runs_nothing() -> None:
    page = report(statistics_of(HOSTILE), HOSTILE, [HOSTILE], [HOSTILE], NOW)
    assert "default-src 'none'" in page
    assert not PLAIN.tags & {"script", "link", "img", "iframe", "object", "image", "use", "a"}
    assert not {one for one in PLAIN.attributes if one.startswith("on") or one in ("src", "href", "style")}
    assert "url(" not in page and "@import" not in page
    assert "prefers-color-scheme: dark" in page and "@media print" in page


def test_what_is_drawn_is_what_the_tables_say(tmp_path: Path) -> None:
    project = small_project(tmp_path / "wire", {"a": "Ada met Bob in Lima.", "b": "Acme sold it to Lima."})
    propose(project, "a", [("Ada", "PERSON"), ("Bob", "PERSON"), ("Lima", "GPE")])
    propose(project, "b", [("Acme", "ORG")])
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    page = report(gather(project, "ada"), "wire", ["PERSON", "ORG", "GPE"], ["news"], NOW)
    reading = read(page)
    assert "2026-02-01 12:30" in "".join(reading.text)
    by_label = next(one for one in drawings(page) if one.get("aria-label") == "Entities by label")
    drawn = {
        title.text: float(block.get("width", "0"))
        for block in by_label.iter("rect")
        if (title := block.find("title")) is not None
    }
    assert drawn.keys() == {"PERSON: confirmed 1", "PERSON: rejected 1", "ORG: undecided 1", "GPE: rejected 1"}
    assert len(set(drawn.values())) == 1
    assert "<td><bdi>PERSON</bdi></td><td><bdi>1</bdi></td>" in page


def test_a_project_in_which_nothing_was_done_has_a_report(tmp_path: Path) -> None:
    project = small_project(tmp_path / "wire", {"a": "Ada."})
    page = report(gather(project, ""), "wire", ["PERSON"], [], NOW)
    assert "nobody" in "".join(read(page).text)
    assert drawings(page) == []


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    made = small_project(tmp_path / "wire", {"a": "Ada met Bob in Lima."})
    annotate(made, "ada", "a", [("Ada", "PERSON")])
    return made


def test_the_command_writes_the_report_over_an_old_one(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    out.write_text("old")
    assert run(["stats", "wire", "--html", "report.html"]) == 0
    assert out.read_text("utf-8").startswith("<!doctype html>")


def test_the_report_can_go_to_standard_output(project: Project, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(["stats", "wire", "--html", "-"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"<!doctype html>")


def a_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("out", "prepare", "expected"),
    [
        ("wire/manicule.toml", None, "the project's own files"),
        ("wire/.manicule/x.html", None, "the project's own files"),
        ("nowhere/x.html", None, "there is no folder"),
        ("there.html", a_folder, "no file"),
    ],
)
def test_a_report_is_written_nowhere_else(
    project: Project,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    out: str,
    prepare: Callable[[Path], None] | None,
    expected: str,
) -> None:
    if prepare:
        prepare(tmp_path / out)
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert run(["stats", "wire", "--html", out]) == 2
    told = capsys.readouterr().err.strip().split("\n")
    assert len(told) == 1 and expected in told[0]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before


def test_a_report_and_json_are_not_asked_for_at_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["stats", "wire", "--html", "x.html", "--json"]) == 2
    assert "one of them" in capsys.readouterr().err
