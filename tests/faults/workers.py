"""Work on a project in processes that are killed: what each of them acknowledges is written down as it happens."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

from sabotage import REAL, Sabotage, killing

from annotate import acts
from annotate.decisions import Group
from annotate.errors import ManiculeError
from annotate.view import View
from store.doctor.examination import Examination
from store.extracting import extract_missing
from store.project import Draft, Project
from store.records import decision_doc
from store.session import Session
from store.trash import remove_article, removed_articles, restore_article

TEXTS = ("Gen Ali Khan of the Ministry of Water visited Lima. ", "Kabul and Lima, the Foreign Office said. ")


@dataclass(frozen=True, slots=True)
class Job:
    """What a process is to do.

    Attributes:
        what: a name in `JOBS`.
        root: the project.
        told: the file in which it writes down what is acknowledged.
        seed: of its choices.
        kill_at: the call that changes a file at which it is killed; 0 for never.
        part: how much of a write is done when it is killed at one.
        annotator: who decides.
        rounds: how many acts; 0 for no end.
        pipeline: the folder of a pipeline, to extract with.
    """

    what: str
    root: str
    told: str
    seed: int
    kill_at: int = 0
    part: float = 0.0
    annotator: str = "ann"
    rounds: int = 0
    pipeline: str = ""


class Worker:
    """Does a job in this process."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.project = Project.open(Path(job.root))
        self.random = Random(job.seed)
        self._told = REAL["open"](job.told, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def tell(self, **what: Any) -> None:
        """Write down that this is done, and on disk."""
        REAL["write"](self._told, json.dumps(what).encode() + b"\n")

    def run(self) -> None:
        sabotage = Sabotage(self.job.kill_at, killing(self.job.part))
        with sabotage.at_work():
            JOBS[self.job.what](self)

    # Deciding -----------------------------------------------------------------------------------------

    def rounds(self) -> Iterator[int]:
        number = 0
        while not self.job.rounds or number < self.job.rounds:
            yield number
            number += 1

    def decide(self) -> None:
        session, last = Session(self.project, self.job.annotator), None
        for _ in self.rounds():
            try:
                last = self._act(session, last)
            except ManiculeError:
                continue
            if self.random.random() < 0.1:
                session.close()
                session, last = Session(self.project, self.job.annotator), None
        session.close()

    def _act(self, session: Session, last: Group | None) -> Group | None:
        article = self.project.article(self.random.choice(self.project.article_ids()))
        what = self.random.choice(["add", "add", "add", "rest", "move", "undo", "redo", "leave"])
        if what == "leave":
            session.leave(article.id)
            return last
        if what in ("undo", "redo"):
            return self._acknowledge(session.undo() if what == "undo" else session.redo())
        session.claim(article.id)
        suggestions = self.project.suggestions(article)
        view = View(article, self.project.config.scheme, suggestions, session.layer(article.id))
        decisions = self._chosen(view, what)
        group = session.commit(decisions, extend=last.id if last and what == "move" else "")
        self._acknowledge(group, len(decisions))
        return group if decisions else last

    def _chosen(self, view: View, what: str) -> acts.Decisions:
        random, entries, length = self.random, view.entries(), len(view.article.text)
        start = random.randrange(length)
        if what == "rest":
            return random.choice([acts.confirm_rest, acts.reject_rest])(view)
        if what == "move" and entries:
            entry = random.choice(entries)
            return acts.move(view, entry, entry.start, min(entry.end + random.randrange(1, 9), length))
        return acts.add(view, start, min(start + random.randrange(3, 20), length), random.choice(["ORG", "GPE"]))

    def _acknowledge(self, group: Group | None, count: int | None = None) -> None:
        if group and count != 0:
            decisions = group.decisions if count is None else group.decisions[-count:]
            self.tell(group=group.id, decisions=[decision_doc(one) for one in decisions])

    # Other work ---------------------------------------------------------------------------------------

    def add(self) -> None:
        drafts = (
            Draft(f"new{self.job.seed}", "", f"Text {number} of {self.job.seed}. {TEXTS[0]}")
            for number in range(self.job.rounds or 10_000)
        )
        for addition in self.project.adding(drafts):
            self.tell(added=addition.article_id)

    def extract(self) -> None:
        for number in self.rounds():
            text = f"Lima, {self.job.seed}, {number}. {TEXTS[0]}"
            self.project.add_articles([Draft("wet", "", text), Draft("dry", "", text + TEXTS[1])])
            for progress in extract_missing(self.project, [self.job.pipeline]):
                assert not progress.problem, progress.problem
                self.tell(extracted=progress.article_id, source=progress.source)

    def trash(self) -> None:
        for _ in self.rounds():
            there = self.project.article_ids()
            gone = [one.article_id for one in removed_articles(self.project)]
            if gone and (len(there) < 2 or self.random.random() < 0.5):
                name = self.random.choice(gone)
                restore_article(self.project, name)
                self.tell(restored=name)
            else:
                name = self.random.choice(there)
                remove_article(self.project, name)
                self.tell(removed=name)

    def repair(self) -> None:
        for finding in Examination(self.project.root).findings():
            if finding is not None and finding.mend is not None:
                finding.mend()


JOBS: dict[str, Callable[[Worker], None]] = {
    "decide": Worker.decide,
    "add": Worker.add,
    "extract": Worker.extract,
    "trash": Worker.trash,
    "repair": Worker.repair,
}


class Nursery:
    """Starts processes that have all they need imported already."""

    def __init__(self) -> None:
        self._asking, theirs = os.pipe()
        asked, self._answering = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            os.close(self._asking)
            os.close(self._answering)
            _bear(asked, theirs)
        os.close(asked)
        os.close(theirs)
        self._answers = os.fdopen(self._asking, "r")

    def start(self, job: Job) -> int:
        """Start a process; its id."""
        return int(self._ask(asdict(job)))

    def wait(self, pid: int) -> int:
        """Wait for a process to end; its exit code, negative for the signal that ended it."""
        return int(self._ask(pid))

    def close(self) -> None:
        """End."""
        os.close(self._answering)
        os.waitpid(self._pid, 0)

    def _ask(self, what: Any) -> str:
        os.write(self._answering, json.dumps(what).encode() + b"\n")
        return self._answers.readline()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery until the end of the block."""
    one = Nursery()
    try:
        yield one
    finally:
        one.close()


def _bear(asked: int, answers: int) -> None:
    """What the process does that others come from; it never returns."""
    with os.fdopen(asked, "r") as questions:
        for line in questions:
            question = json.loads(line)
            if isinstance(question, int):
                answer = os.waitstatus_to_exitcode(os.waitpid(question, 0)[1])
            else:
                answer = os.fork()
                if not answer:
                    _work(Job(**question))
            os.write(answers, f"{answer}\n".encode())
    os._exit(0)


def _work(job: Job) -> None:
    """Do a job and end; it never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    code = 1
    try:
        Worker(job).run()
        code = 0
    except BaseException as error:
        sys.stderr.write(f"{job}: {error!r}\n")
        sys.stderr.flush()
    os._exit(code)
