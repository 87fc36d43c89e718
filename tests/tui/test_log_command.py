"""`manicule log` tells one annotator's decisions in order, as a stream."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from small_projects import annotate, propose, small_project

from annotate import acts
from annotate.decisions import Confirm, How
from annotate.layers import Annotation, Part, State
from annotate.pace import Meter
from annotate.spans import Span
from annotate.view import View
from store.journal_lines import Entry, encode
from store.log import read_log
from store.project import Project
from store.session import Session

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setenv("MANICULE_ANNOTATOR", "ann")
    project = small_project(tmp_path / "wire", {"rain": "Anna Berg met Bo Lind.", "snow": "Snow in Lima."})
    return project


def ticking() -> Iterator[float]:
    now = 0.0
    while True:
        yield now
        now += 1.5


def worked(project: Project) -> Session:
    """Ann relabelled what was suggested, undid it, flagged and finished the article, with a clock."""
    propose(project, "rain", [("Anna Berg", "ORG")])
    clock = ticking()
    meter = Meter(lambda: next(clock))
    session = Session(project, "ann", meter)
    view = View(
        project.article("rain"),
        project.config.scheme,
        project.suggestions(project.article("rain")),
        session.layer("rain"),
    )
    for act in (
        lambda: acts.relabel(view, view.entries()[0], "PERSON"),
        lambda: acts.flag(view, None),
        lambda: acts.finish(view, None),
    ):
        meter.press()
        meter.press()
        decisions = act()
        session.commit(decisions)
        view.apply(decisions)
    session.undo()
    session.close()
    return session


def test_each_decision_is_a_line_with_what_it_changed_and_what_it_took(run: Run, project: Project) -> None:
    worked(project)
    code, out, said = run("log", project.root)
    assert (code, said) == (0, "decisions of ann, times in UTC\n")
    rows = [line.split("  ") for line in out.split("\n")[:-1]]
    assert [row[2:] for row in rows[:3]] == [
        ["rain", "relabel", "PERSON “Anna Berg” at 0-9 suggested as ORG", "1.5 s"],
        ["rain", "flag", "flagged", "3.0 s"],
        ["rain", "finish", "open → done", "3.0 s"],
    ]
    assert rows[3][3] == f"undo {rows[2][1]}: finish" and rows[3][4] == "done → open"
    assert all(len(row[0]) == 19 and row[0].startswith("20") for row in rows)


def test_as_json_nothing_is_left_out(run: Run, project: Project) -> None:
    worked(project)
    rows = [json.loads(line) for line in run("log", project.root, "--json")[1].split("\n")[:-1]]
    (relabel,) = [row for row in rows if row["verb"] == "relabel"]
    assert (relabel["annotator"], relabel["article"], relabel["how"], relabel["seconds"]) == (
        "ann",
        "rain",
        "single",
        1.5,
    )
    assert relabel["after"]["annotations"][0]["label"] == "PERSON"
    assert relabel["after"]["annotations"][0]["origin"][0]["label"] == "ORG"
    assert rows[-1]["undoes"] == rows[-2]["group"]


def test_only_one_annotators_decisions_are_told(run: Run, project: Project) -> None:
    annotate(project, "ann", "rain", [("Bo Lind", "PERSON")])
    annotate(project, "eve", "rain", [("Anna Berg", "PERSON")])
    assert "Anna" not in run("log", project.root)[1]
    assert "Bo Lind" not in run("log", project.root, "--annotator", "eve")[1]
    assert run("log", project.root, "--annotator", "bob")[0] == 2


def test_an_article_a_time_and_a_number_narrow_it(run: Run, project: Project) -> None:
    annotate(project, "ann", "rain", [("Bo Lind", "PERSON"), ("Anna Berg", "PERSON")])
    annotate(project, "ann", "snow", [("Lima", "GPE")])
    assert run("log", project.root, "rain")[1].count("\n") == 3
    assert run("log", project.root, "rain", "--limit", "2")[1].split("  ")[3] == "add"
    assert run("log", project.root, "snow")[1].count("\n") == 2
    assert run("log", project.root, "--since", "2000-01-01")[1].count("\n") == 5
    assert run("log", project.root, "--since", "2999-01-01T09:30")[1] == ""
    code, _, said = run("log", project.root, "--since", "yesterday")
    assert code == 2 and "a time is written 2026-01-31" in said


def test_a_damaged_line_is_named_and_the_rest_is_told(run: Run, project: Project) -> None:
    annotate(project, "ann", "rain", [("Bo Lind", "PERSON"), ("Anna Berg", "PERSON")])
    (path,) = project.locations.journal("ann").iterdir()
    path.write_bytes(path.read_bytes().replace(b"Bo Lind", b"Bo Lint"))
    code, out, said = run("log", project.root)
    assert code == 1
    assert f"{path}:1: a damaged line" in said
    assert out.count("\n") == 2


def test_what_a_terminal_obeys_does_not_reach_it(run: Run, project: Project) -> None:
    session = Session(project, "ann")
    view = View(project.article("rain"), project.config.scheme, [], session.layer("rain"))
    session.commit(acts.note(view, None, "\x1b[2J\u202e"))
    out = run("log", project.root)[1]
    assert "\x1b" not in out and "\u202e" not in out


def test_sessions_at_the_same_time_are_told_in_the_order_of_their_decisions(project: Project) -> None:
    one, two = Session(project, "ann"), Session(project, "ann")
    for number in range(6):
        session = (one, two)[number % 2]
        view = View(project.article("snow"), project.config.scheme, [], session.layer("rain"))
        view = View(project.article("rain"), project.config.scheme, [], session.layer("rain"))
        session.commit(acts.note(view, None, f"note {number}"))
        session.leave("rain")
    times = [one.line.time for one in read_log(project.locations, "ann", pytest.fail)]
    assert len(times) == 6 and times == sorted(times)


def test_memory_does_not_grow_with_the_journal(project: Project) -> None:
    folder = project.locations.journal("ann")
    folder.mkdir(parents=True)

    def write(name: str, number: int) -> None:
        with (folder / name).open("wb") as file:
            for seq in range(number):
                one = Annotation(f"{seq:012x}", Span(0, 9, "PERSON"), "Anna Berg", State.CONFIRMED)
                decision = Confirm("rain", "ff", Part(), Part((one,)), How.SINGLE)
                file.writelines(encode(Entry(f"{seq:012x}", (decision,), "2026-01-31T09:30:00.123Z"), seq))

    def peak() -> int:
        tracemalloc.start()
        for _ in read_log(project.locations, "ann", pytest.fail):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    write("20260131T093000123-00000000.jsonl", 20)
    small = peak()
    write("20260131T093000124-00000000.jsonl", 2000)
    assert peak() < small + 200_000
