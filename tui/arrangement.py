"""Which articles the library lists, and in which order: a function of their rows and of what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeVar

from annotate.layers import Status

if TYPE_CHECKING:
    from store.library import Row

_Choice = TypeVar("_Choice", bound=Enum)


class Order(Enum):
    """How the articles are sorted; ties stay in the project's order."""

    PROJECT = "project"
    UNDECIDED_FIRST = "undecided first"
    MOST_UNDECIDED = "most undecided"
    TITLE = "title"
    STATUS = "status"


class Shown(Enum):
    """Which articles are listed."""

    ALL = "all"
    NEW = "new"
    IN_PROGRESS = "in progress"
    DONE = "done"
    SKIPPED = "skipped"
    FLAGGED = "flagged"


def following(choice: _Choice) -> _Choice:
    """The choice after this one, round the end."""
    choices = list(type(choice))
    return choices[(choices.index(choice) + 1) % len(choices)]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a person asked the list to be.

    Attributes:
        order: how it is sorted.
        shown: the articles listed by status; what is not read yet counts as ALL only.
        words: every word of it must occur in the title, whatever the case.
    """

    order: Order = Order.PROJECT
    shown: Shown = Shown.ALL
    words: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether some articles may be left out."""
        return self.shown is not Shown.ALL or bool(self.words.split())

    def sort(self, ids: Sequence[str], rows: Mapping[str, Row]) -> list[str]:
        """All the ids in order; articles whose row is not read yet come last."""
        if self.order is Order.PROJECT:
            return list(ids)
        key = _KEYS[self.order]
        read = [name for name in ids if name in rows]
        read.sort(key=lambda name: key(rows[name]))
        return read + [name for name in ids if name not in rows]

    def select(self, ids: Sequence[str], rows: Mapping[str, Row]) -> list[str]:
        """Those of the ids that are listed by their status."""
        if self.shown is Shown.ALL:
            return list(ids)
        return [name for name in ids if (row := rows.get(name)) and _is_shown(row, self.shown)]


def folded_title(article_id: str, row: Row | None) -> str:
    """What an article is found by: what it is called, whatever the case."""
    return title_or_id(article_id, row).casefold()


def title_or_id(article_id: str, row: Row | None) -> str:
    """What an article is called: its title where it is known and not blank, else its id."""
    return row.title if row and row.title.strip() else article_id


def is_open(row: Row) -> bool:
    """Whether there is still something to do in the article."""
    return not row.problem and row.status in (Status.NEW, Status.IN_PROGRESS)


def _is_shown(row: Row, shown: Shown) -> bool:
    if shown is Shown.FLAGGED:
        return row.flagged
    return not row.problem and row.status.value == shown.value


_STATUS_ORDER = {Status.IN_PROGRESS: 0, Status.NEW: 1, Status.DONE: 2, Status.SKIPPED: 3}


def _undecided_first(row: Row) -> tuple[bool, bool]:
    return not is_open(row), is_open(row) and row.undecided == 0


def _most_undecided(row: Row) -> tuple[bool, int]:
    return not is_open(row), -row.undecided if is_open(row) else 0


def _by_title(row: Row) -> str:
    return folded_title(row.article_id, row)


def _by_status(row: Row) -> int:
    return len(_STATUS_ORDER) if row.problem else _STATUS_ORDER[row.status]


_KEYS: dict[Order, Callable[[Row], tuple[bool, int] | tuple[bool, bool] | str | int]] = {
    Order.UNDECIDED_FIRST: _undecided_first,
    Order.MOST_UNDECIDED: _most_undecided,
    Order.TITLE: _by_title,
    Order.STATUS: _by_status,
}
