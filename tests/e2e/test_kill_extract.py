"""An extraction that is killed keeps what it wrote, each file whole, and the next one goes on from there."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import spacy
from small_projects import shared, small_project

from store.extracting import extract_missing
from store.project import Project

ROOT = Path(__file__).parents[2]
ARTICLES = 400


def _pipeline(folder: Path) -> Path:
    nlp = spacy.blank("en", meta={"name": "towns", "version": "1"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Lima"}])
    nlp.to_disk(folder)
    return folder


def _texts() -> dict[str, str]:
    return {f"a{number:03}": f"Report {number}. " + "They met in Lima again. " * 60 for number in range(ARTICLES)}


def _start(project: Project, pipeline: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tui", "extract", str(project.root), "--pipeline", str(pipeline), "--jobs", "2"]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)


def _extracted(project: Project) -> list[str]:
    return [name for name in project.article_ids() if project.suggestion_layer("en_towns", name)]


def _suggestions(project: Project) -> dict[str, str]:
    return {path: data for path, data in shared(project.root).items() if path.startswith("suggestions/")}


def test_what_was_written_before_the_kill_stays_and_the_next_run_does_the_rest(tmp_path: Path) -> None:
    project = small_project(tmp_path / "wire", _texts())
    pipeline = _pipeline(tmp_path / "towns")
    killed = _start(project, pipeline)
    deadline = time.monotonic() + 180
    while not any((project.root / "suggestions").rglob("a*.json")):
        assert time.monotonic() < deadline and killed.poll() is None, "nothing was ever written"
    killed.kill()
    killed.communicate()
    kept = _extracted(project)
    assert 0 < len(kept) < ARTICLES
    _, said = _start(project, pipeline).communicate(timeout=180)
    left = ARTICLES - len(kept)
    assert said.split("\n")[-2] == f"{60 * left:,} suggestions in {left} articles"
    other = small_project(tmp_path / "other", _texts())
    assert len(list(extract_missing(other, [str(pipeline)]))) == ARTICLES
    for path in (project.root / "suggestions").rglob(".*.tmp"):
        path.unlink()
    assert _suggestions(project) == _suggestions(other)
