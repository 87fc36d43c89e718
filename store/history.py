"""What an annotator did, newest first, and so what undo and redo come to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from annotate.decisions import Group
from store.errors import BrokenFileError
from store.journal import journal_files
from store.journal_lines import in_groups, read_lines
from store.records import RecordError


class History:
    """The groups of all sessions of one annotator; earlier sessions are read only when undo reaches them."""

    def __init__(self, folder: Path) -> None:
        """The sessions so far are those whose journal files are there now."""
        self._unread = journal_files(folder)
        self._earlier: list[Group] = []
        self._groups: list[Group] = []

    @property
    def last(self) -> Group | None:
        """The newest group of this session."""
        return self._groups[-1] if self._groups else None

    def add(self, group: Group) -> None:
        """A group was decided; one of the same id as the last takes its place."""
        if self._groups and self._groups[-1].id == group.id:
            self._groups.pop()
        self._groups.append(group)

    def to_undo(self, usable: Callable[[Group], bool]) -> Group | None:
        """The newest group that stands and is `usable`."""
        cancelled: set[str] = set()
        for group in self._newest_first():
            if group.id in cancelled:
                continue
            if group.redoes:
                cancelled.add(group.redoes)
            elif group.undoes:
                cancelled.add(group.undoes)
            elif usable(group):
                return group
        return None

    def to_redo(self) -> Group | None:
        """The newest undoing group that stands, unless something else was decided after it."""
        cancelled: set[str] = set()
        for group in self._newest_first():
            if group.redoes:
                cancelled.add(group.redoes)
            elif not group.undoes:
                return None
            elif group.id not in cancelled:
                return group
        return None

    def _newest_first(self) -> Iterator[Group]:
        yield from reversed(self._groups)
        seen = 0
        while seen < len(self._earlier) or self._read_more():
            yield self._earlier[seen]
            seen += 1

    def _read_more(self) -> bool:
        """Read the newest session that is not read yet, and those before it until something is found."""
        while self._unread:
            found = _groups_of(self._unread.pop())
            self._earlier.extend(reversed(found))
            if found:
                return True
        return False


def _groups_of(path: Path) -> list[Group]:
    try:
        lines = read_lines(path).lines
    except BrokenFileError:
        return []
    groups = []
    for run in in_groups(lines):
        try:
            decisions = tuple(line.decision() for line in run)
        except RecordError:
            continue
        groups.append(Group(run[0].group, decisions, run[0].undoes, run[0].redoes))
    return groups
