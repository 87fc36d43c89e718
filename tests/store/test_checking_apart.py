"""A cross-validation in a process of its own says the same, tells its errors, and ends when nobody waits for it."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from small_projects import annotate, small_project

from annotate.checks.cross_validation import cross_validate
from annotate.checks.rule import Options
from store.checking import ProjectArticles
from store.checking_apart import cross_validate_apart
from store.errors import StoreError
from store.project import Project

NAMES = ("Ali", "Bo", "Carl", "Dora", "Emil", "Fay", "Gus", "Hal")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    texts = {
        name.lower(): f"{name} came to {name}town at {number}.\nLima saw {name}." for number, name in enumerate(NAMES)
    }
    project = small_project(tmp_path / "wire", texts)
    for name in NAMES:
        annotate(project, "ada", name.lower(), [(name, "PERSON"), ("Lima", "GPE")])
    return project


class _EnoughError(Exception):
    """Nobody waits any more."""


def test_it_says_the_same_as_in_this_process(project: Project) -> None:
    options, steps = Options(threshold=0.2, folds=2), []
    found = cross_validate_apart(project, "ada", options, lambda *step: steps.append(step))
    assert found == cross_validate(ProjectArticles(project, "ada", suggestions=False), options)
    assert steps[0] == (0, 1) and steps == sorted(steps)
    assert multiprocessing.active_children() == []


def test_what_is_wrong_is_told_here(project: Project) -> None:
    with pytest.raises(StoreError, match="too few articles are done"):
        cross_validate_apart(project, "bo", Options(), max)


def test_it_ends_when_nobody_waits_for_it(project: Project) -> None:
    def enough(done: int, total: int) -> None:
        raise _EnoughError

    with pytest.raises(_EnoughError):
        cross_validate_apart(project, "ada", Options(), enough)
    assert multiprocessing.active_children() == []


def test_a_process_that_is_killed_is_told(project: Project) -> None:
    def kill(done: int, total: int) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(StoreError, match="ended by itself"):
        cross_validate_apart(project, "ada", Options(), kill)
