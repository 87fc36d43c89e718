"""What an annotator did, newest first, and so what undo and redo come to."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from annotate.decisions import Group, Settle
from annotate.errors import DecisionError
from store.errors import BrokenFileError
from store.journal import journal_files
from store.journal_backwards import groups_backwards
from store.journal_lines import Line
from store.records import RecordError

_CLOCKS_DIFFER = 60.0
"""Seconds by which the clock of a network drive may be behind."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A group; one of an earlier session stays in the form of its journal lines until it is needed."""

    id: str
    undoes: str
    redoes: str
    articles: frozenset[str]
    decided: Group | Sequence[Line]

    @property
    def settles(self) -> bool:
        """Whether it lets go of a group that never had an effect, which nothing brings back."""
        if isinstance(self.decided, Group):
            return any(isinstance(one, Settle) for one in self.decided.decisions)
        return any(b'"verb":"settle"' in line.raw for line in self.decided)

    def group(self) -> Group:
        """The group with its decisions.

        Raises:
            RecordError: its lines hold something that this version does not understand.
        """
        if isinstance(self.decided, Group):
            return self.decided
        return Group(self.id, tuple(line.decision() for line in self.decided), self.undoes, self.redoes)


class History:
    """The groups of all sessions of one annotator; earlier sessions are read only when undo reaches them."""

    def __init__(self, folder: Path, own: Callable[[], str] = str) -> None:
        """The sessions so far are those whose journal files are there now.

        Args:
            folder: the annotator's journal files.
            own: gives the stem of the one that this session writes.
        """
        self._folder = folder
        self._own = own
        self._began = time.time()
        self._taken_back: dict[Path, tuple[int, list[tuple[str, str]]]] = {}
        self._unread = chain.from_iterable(map(_steps_of, reversed(journal_files(folder))))
        self._earlier: list[_Step] = []
        self._steps: list[_Step] = []

    def extensible(self, group_id: str) -> Group | None:
        """The newest group, if it has that id, was decided in this session and takes nothing back."""
        if self._steps and self._steps[-1].id == group_id:
            group = self._steps[-1].group()
            return None if group.undoes or group.redoes else group
        return None

    def add(self, group: Group) -> None:
        """A group was decided; one of the same id as the last takes its place."""
        if self._steps and self._steps[-1].id == group.id:
            self._steps.pop()
        articles = frozenset(one.article_id for one in group.decisions)
        self._steps.append(_Step(group.id, group.undoes, group.redoes, articles, group))

    def to_undo(self, took_effect: Callable[[str, Iterable[str]], bool]) -> Group | None:
        """The newest group that stands.

        Args:
            took_effect: says of a group's id and its articles whether the layers ever held it.

        Raises:
            DecisionError: this version does not understand what it did.
        """
        cancelled = self._cancelled_elsewhere()
        for step in self._newest_first():
            if step.id in cancelled:
                continue
            if step.redoes:
                cancelled.add(step.redoes)
            elif step.undoes:
                cancelled.add(step.undoes)
            elif took_effect(step.id, step.articles):
                return _group(step)
        return None

    def to_redo(self) -> Group | None:
        """The newest undoing group that stands, unless something else was decided after it.

        Raises:
            DecisionError: this version does not understand what it did.
        """
        cancelled = self._cancelled_elsewhere()
        for step in self._newest_first():
            if step.redoes:
                cancelled.add(step.redoes)
            elif not step.undoes or step.settles:
                return None
            elif step.id not in cancelled:
                return _group(step)
        return None

    def find(self, group_id: str) -> Group | None:
        """The group of that id; None where there is none.

        Raises:
            DecisionError: it was taken back already, or this version does not understand what it did.
        """
        cancelled = self._cancelled_elsewhere()
        for step in self._newest_first():
            if step.id == group_id:
                if step.id in cancelled:
                    raise DecisionError(f"{group_id} was taken back already")
                return _group(step)
            if step.id not in cancelled:
                cancelled.add(step.redoes or step.undoes)
        return None

    def _cancelled_elsewhere(self) -> set[str]:
        """The groups that other sessions have taken back while this one has been running, and it has not done again."""
        cancelled = {step.redoes for step in self._steps if step.redoes}
        for path in reversed(journal_files(self._folder)):
            if path.stem != self._own():
                for group, target in reversed(self._taken_back_in(path)):
                    if group not in cancelled:
                        cancelled.add(target)
        return cancelled

    def _taken_back_in(self, path: Path) -> list[tuple[str, str]]:
        """Each group of a file that takes another back, with that one, in order; nothing for a file of before."""
        with suppress(OSError):
            state = path.stat()
            if state.st_mtime < self._began - _CLOCKS_DIFFER:
                return []
            size, known = self._taken_back.get(path, (-1, []))
            if size != state.st_size:
                known = list(_taken_back(path))
                self._taken_back[path] = state.st_size, known
            return known
        return []

    def _newest_first(self) -> Iterator[_Step]:
        yield from reversed(self._steps)
        seen = 0
        while seen < len(self._earlier) or self._read_one():
            yield self._earlier[seen]
            seen += 1

    def _read_one(self) -> bool:
        """Read the newest group that is not read yet."""
        step = next(self._unread, None)
        if step is not None:
            self._earlier.append(step)
        return step is not None


def _taken_back(path: Path) -> Iterator[tuple[str, str]]:
    with path.open("rb") as file:
        for raw in file:
            if b'"undoes":"' in raw or b'"redoes":"' in raw:
                with suppress(ValueError, RecursionError, KeyError, TypeError):
                    doc = json.loads(raw)
                    yield doc["group"], doc.get("redoes") or doc["undoes"]


def _group(step: _Step) -> Group:
    try:
        return step.group()
    except RecordError as error:
        raise DecisionError(f"the last decision cannot be read: {error}") from error


def _steps_of(path: Path) -> Iterator[_Step]:
    with suppress(BrokenFileError):
        for run in groups_backwards(path):
            articles = frozenset(line.article for line in run)
            yield _Step(run[0].group, run[0].undoes, run[0].redoes, articles, run)
