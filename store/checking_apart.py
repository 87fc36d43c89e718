"""Train and ask the models of a cross-validation in a process of their own, so that a front stays alive meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

from annotate.checks.cross_validation import OnStep, cross_validate
from annotate.checks.findings import Doubt
from annotate.checks.rule import Options
from annotate.errors import ManiculeError
from annotate.worker_processes import be_quiet, end_with_parent, start_tracker
from store.checking import ProjectArticles
from store.errors import StoreError
from store.project import Project

_POLL_SECONDS = 0.2
_NICE = 10
_DIED = "the process that trained ended by itself, perhaps for want of memory"

_Told = tuple[str, object]
"""What comes from the process: ("step", (done, total)), and at the end ("doubts", a list) or ("error", a line)."""


def cross_validate_apart(project: Project, annotator: str, options: Options, on_step: OnStep) -> list[Doubt]:
    """What `cross_validate` says of an annotator's decisions.

    Args:
        project: the project, as it is on disk.
        annotator: whose decisions.
        options: as for `cross_validate`.
        on_step: told of the training a few times a second; what it raises ends the process.

    Raises:
        ManiculeError: there is too little to learn from, or the process has died.
    """
    start_tracker()
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(project.root, annotator, options, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        return _received(ours, on_step)
    finally:
        process.terminate()
        process.join()
        ours.close()


def _received(ours: Connection, on_step: OnStep) -> list[Doubt]:
    step = 0, 1
    while True:
        on_step(*step)
        if not ours.poll(_POLL_SECONDS):
            continue
        try:
            kind, value = cast(_Told, ours.recv())
        except EOFError as error:
            raise StoreError(_DIED) from error
        if kind == "error":
            raise StoreError(str(value))
        if kind == "doubts":
            return cast("list[Doubt]", value)
        step = cast("tuple[int, int]", value)


def _work(root: Path, annotator: str, options: Options, theirs: Connection) -> None:
    """Do it, in the process of its own, behind everything else that the machine has to do."""
    be_quiet()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    with suppress(OSError, AttributeError):
        os.nice(_NICE)
    told: _Told
    try:
        articles = ProjectArticles(Project.open(root), annotator, suggestions=False)
        told = "doubts", cross_validate(articles, options, lambda *step: theirs.send(("step", step)))
    except ManiculeError as error:
        told = "error", error.message
    theirs.send(told)
