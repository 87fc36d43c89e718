"""Set tables of words and numbers as lines for the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual.content import Content

from tui.safe_text import shorten

_FIRST = 16
_COLUMN = 11


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are about, then numbers.

    Attributes:
        heads: of the columns.
        rows: a name, then a text for each further column.
        total: a row that sums up the others, if there is one.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()

    def lines(self, width: int) -> list[Content]:
        """The table in lines of at most `width` cells; names give way, then columns move together."""
        column = max(min(_COLUMN, (width - _FIRST) // max(len(self.heads) - 1, 1)), 4)
        first = max(min(self._widest(), width - column * (len(self.heads) - 1)), 4)
        head, *rows = (self._line(row, first, column) for row in (self.heads, *self.rows))
        total = [Content.styled(self._line(self.total, first, column), "bold")] if self.total else []
        return [Content.styled(head, "$foreground 60%"), *(Content(row) for row in rows), *total]

    def _widest(self) -> int:
        names = (row[0] for row in (self.heads, *self.rows, self.total) if row)
        return max(_FIRST, *(cell_len(name) for name in names))

    def _line(self, row: Sequence[str], first: int, column: int) -> str:
        name = shorten(row[0], first)
        numbers = (shorten(one, column - 1).rjust(column) for one in row[1:])
        return name + " " * (first - cell_len(name)) + "".join(numbers)
