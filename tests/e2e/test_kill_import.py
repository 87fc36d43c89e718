"""An import that is killed leaves nothing of itself, and the next one brings all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from small_projects import small_project

from annotate.layers import Status
from store.project import Project

ROOT = Path(__file__).parents[2]
ARTICLES = 300


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", {f"a{n}": f"Ada met Bob {n} times in Lima." for n in range(ARTICLES)})


@pytest.fixture
def given_file(project: Project, tmp_path: Path) -> Path:
    path = tmp_path / "theirs.jsonl"
    spans = [{"start": 0, "end": 3, "label": "PERSON"}, {"start": 8, "end": 11, "label": "PERSON"}]
    rows = ({"id": f"a{n}", "text": project.article(f"a{n}").text, "spans": spans} for n in range(ARTICLES))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def _import(project: Project, given_file: Path, become: str) -> subprocess.Popen[str]:
    who = ["--annotator", "ada"] if become == "gold" else ["--source", "tool"]
    command = [sys.executable, "-m", "tui", "import", str(project.root), "--format", "jsonl", "--as", become, *who]
    return subprocess.Popen([*command, str(given_file)], cwd=ROOT, stderr=subprocess.PIPE, text=True)


def _done(project: Project) -> int:
    opened = Project.open(project.root)
    return sum(opened.layer("ada", name).status is Status.DONE for name in opened.article_ids())


def _suggested(project: Project) -> int:
    opened = Project.open(project.root)
    return sum(len(opened.suggestions(opened.article(name))) > 0 for name in opened.article_ids())


@pytest.mark.parametrize("become", ["gold", "suggestions"])
def test_what_is_killed_on_its_way_leaves_nothing_and_the_next_one_brings_all(project, given_file, become):
    child = _import(project, given_file, become)
    deadline = time.monotonic() + 60
    begun = {
        "gold": lambda: any(project.root.glob("layers/ada/journal/.*.tmp")),
        "suggestions": lambda: any(project.root.glob("suggestions/.*.tmp/*/*")),
    }[become]
    while not begun() and child.poll() is None:
        assert time.monotonic() < deadline, "nothing was ever written"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    count = _done if become == "gold" else _suggested
    assert count(project) in (0, ARTICLES)
    again = _import(project, given_file, become)
    assert again.stderr is not None
    said = again.stderr.read()
    if again.wait() == 0:
        assert "imported" in said
    else:
        assert "there are suggestions of tool already" in said
    assert count(project) == ARTICLES
