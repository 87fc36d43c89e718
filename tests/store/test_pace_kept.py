"""What decisions take stays on this machine, unless project and annotator agree to share it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from small_projects import propose, small_project

from annotate import acts
from annotate.pace import Meter
from annotate.view import View
from store.journal import journal_files
from store.project import Project
from store.session import Session
from store.statistics import gather

TEXT = "Ada met Bob in Lima."
QUOTES = [("Ada", "PERSON"), ("Bob", "PERSON"), ("Lima", "GPE")]


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def project_in(root: Path, *, share: bool = False) -> Project:
    small_project(root, {"a": TEXT})
    config = root / "manicule.toml"
    config.write_text(config.read_text("utf-8").replace("share_pace = false", f"share_pace = {str(share).lower()}"))
    project = Project.open(root)
    assert project.config.share_pace is share
    propose(project, "a", QUOTES)
    return project


def agree(agrees: bool) -> None:
    path = Path(os.environ["HOME"]) / ".config" / "manicule" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"share_pace = {str(agrees).lower()}\n")


def decide_three(project: Project) -> None:
    """Confirm two and reject one, two keys and two seconds each; then undo."""
    clock = Clock()
    meter = Meter(clock)
    meter.press()
    meter.take()
    session = Session(project, "ada", meter)
    article = project.article("a")
    view = View(article, project.config.scheme, project.suggestions(article), session.layer("a"))
    for entry in view.entries():
        clock.now += 1.0
        meter.press()
        clock.now += 1.0
        meter.press()
        decisions = acts.reject(view, entry) if entry.label == "GPE" else acts.confirm(view, entry)
        session.commit(decisions)
        view.apply(decisions)
    meter.press()
    session.undo()
    session.close()


def journal_docs(project: Project) -> list[dict[str, object]]:
    files = journal_files(project.locations.journal("ada"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").split("\n") if line]


@pytest.mark.parametrize(("project_shares", "user_agrees"), [(False, True), (True, False), (False, False)])
def test_without_agreement_the_figures_stay_on_this_machine(
    tmp_path: Path, project_shares: bool, user_agrees: bool
) -> None:
    agree(user_agrees)
    project = project_in(tmp_path / "wire", share=project_shares)
    decide_three(project)
    assert not [doc for doc in journal_docs(project) if "seconds" in doc or "keys" in doc]
    assert project.locations.pace("ada").is_relative_to(project.locations.local)
    assert len(project.locations.pace("ada").read_text("utf-8").split("\n")) == 5
    check(project)


def test_with_agreement_of_both_the_figures_are_in_the_journal(tmp_path: Path) -> None:
    agree(True)
    project = project_in(tmp_path / "wire", share=True)
    decide_three(project)
    shared = [(doc["verb"], doc["seconds"], doc["keys"]) for doc in journal_docs(project) if "seconds" in doc]
    assert shared == [("confirm", 2.0, 2), ("confirm", 2.0, 2), ("reject", 2.0, 2), ("reject", 0.0, 1)]
    assert not project.locations.pace("ada").exists()
    check(project)


def check(project: Project) -> None:
    pace = gather(Project.open(project.root), "ada").pace
    assert (pace.total.decisions, pace.total.per_minute, pace.total.keys_each) == (3, 30.0, 2.0)
    assert {label: work.decisions for label, work in pace.labels.items()} == {"PERSON": 2, "GPE": 1}
    assert gather(project, "bo").pace.total.decisions == 0


def test_without_a_meter_nothing_is_kept_and_the_journal_reads_as_ever(tmp_path: Path) -> None:
    project = project_in(tmp_path / "wire")
    session = Session(project, "ada")
    article = project.article("a")
    view = View(article, project.config.scheme, project.suggestions(article), session.layer("a"))
    session.commit(acts.confirm(view, view.entries()[0]))
    session.close()
    assert not project.locations.pace("ada").exists()
    assert gather(project, "ada").pace.total.decisions == 0


def test_damaged_figures_are_passed_over(tmp_path: Path) -> None:
    project = project_in(tmp_path / "wire")
    decide_three(project)
    path = project.locations.pace("ada")
    good = path.read_bytes()
    hurt = [b"[]", b"{", b"[" * 100_000, b'{"seconds":-1,"keys":2}', good.split(b"\n")[0].replace(b"2.0", b'"x"')]
    path.write_bytes(b"\n".join([*hurt, b"\xff", good]))
    check(project)


def test_a_folder_that_cannot_be_written_costs_the_figures_and_no_decision(tmp_path: Path) -> None:
    project = project_in(tmp_path / "wire")
    project.locations.make_local()
    project.locations.pace("ada").parent.write_text("no folder")
    decide_three(project)
    assert len(journal_docs(project)) == 4
    assert gather(project, "ada").pace.total.decisions == 0
