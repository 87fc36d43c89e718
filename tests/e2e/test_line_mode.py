"""A script reviews a project line by line, and nothing that was acknowledged is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from small_projects import propose, small_project
from terminal import PATIENCE, ROOT, Terminal, environment

from store.project import Project

TEXTS = {"a": "Ada met Bob in Lima. Then \x1b[2J Bob left Lima.", "b": "Acme sold it to Lima."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = small_project(tmp_path / "wire", TEXTS)
    propose(project, "a", [("Ada", "PERSON"), ("Bob", "ORG"), ("Lima", "GPE"), ("left", "ORG")])
    propose(project, "b", [("Acme", "ORG")])
    return project


def start(project: Project, home: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tui", "review", str(project.root), "--plain", "--annotator", "ada", *arguments]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def held(project: Project, article_id: str) -> set[tuple[str, str, str]]:
    layer = Project.open(project.root).layer("ada", article_id)
    return {(one.quote, one.span.label, one.state.value) for one in layer.annotations.values()}


@pytest.mark.parametrize("end", ["q\n", ""], ids=["quit", "end of input"])
def test_piped_answers_make_the_layer_that_they_say(project: Project, tmp_path: Path, end: str) -> None:
    answers = "y\nP\nwhat?\n\nn\na Lima = GPE\nd\n{9\nm who?\n" + end
    out, err = start(project, tmp_path).communicate(answers, timeout=PATIENCE)
    assert err == ""
    assert "that is no answer: “what?”" in out
    assert "␛[2J" in out and "\x1b" not in out
    assert held(project, "a") == {
        ("Ada", "PERSON", "confirmed"),
        ("Bob", "PERSON", "confirmed"),
        ("Lima", "GPE", "confirmed"),
        ("left", "ORG", "rejected"),
    }
    layer = Project.open(project.root).layer("ada", "a")
    assert layer.status.value == "done"
    assert len(layer.confirmed()) == 4
    assert [one.note for one in Project.open(project.root).layer("ada", "b").remarks.values()] == ["who?"]


def test_a_review_that_is_killed_loses_nothing_that_it_had_said(project: Project, tmp_path: Path) -> None:
    with start(project, tmp_path) as process:
        assert process.stdin and process.stdout
        process.stdin.write("y\nP\n")
        process.stdin.flush()
        while "Bob: PERSON" not in process.stdout.readline():
            assert process.poll() is None
        process.kill()
    assert held(project, "a") == {("Ada", "PERSON", "confirmed"), ("Bob", "PERSON", "confirmed")}


def test_it_begins_with_the_article_that_is_named(project: Project, tmp_path: Path) -> None:
    process = start(project, tmp_path, "--article", "b")
    out, _ = process.communicate("q\n", timeout=PATIENCE)
    assert (process.returncode, out.split("\n")[1]) == (0, "[[Acme]] sold it to Lima.")


def test_an_article_that_is_not_there_is_one_line(project: Project, tmp_path: Path) -> None:
    process = start(project, tmp_path, "--article", "c")
    out, err = process.communicate("", timeout=PATIENCE)
    assert (process.returncode, out, err) == (2, "", "manicule: c: there is no such article\n")


def test_on_a_terminal_answers_typed_ahead_decide_nothing_and_no_cursor_is_moved(
    project: Project, tmp_path: Path
) -> None:
    with Terminal("review", project.root, "--plain", "--annotator", "ada", home=tmp_path) as person:
        person.wait_for("\n>", "the first question")
        person.send("y\ry\ry\r")
        person.wait_for(lambda text: text.count("nothing was decided") == 2, "two answers refused")
        person.send("q\r")
        assert person.wait_end() == 0
        assert b"\x1b" not in person.raw
    assert held(project, "a") == {("Ada", "PERSON", "confirmed")}


def test_what_was_confirmed_in_one_article_is_suggested_in_the_next_with_why(project: Project, tmp_path: Path) -> None:
    start(project, tmp_path).communicate("y\nP\ny\nq\n", timeout=PATIENCE)
    out, err = start(project, tmp_path, "--article", "b").communicate("y\nq\n", timeout=PATIENCE)
    assert err == ""
    assert "GPE 0.67 from memory: confirmed once as GPE" in out
