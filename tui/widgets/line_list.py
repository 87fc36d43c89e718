"""Lines of keyword in context below one another, the keyword always in the same column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotate.concordance import Line
from annotate.schemes import LabelScheme
from annotate.view import EntryState
from annotate.words import grapheme_edges
from tui.palette import Palette, palette_of
from tui.safe_text import ELLIPSIS, drawable_line, shorten
from tui.widgets.cursor_list import CursorList

_SIGNS = {
    EntryState.SUGGESTED: "?",
    EntryState.CONFIRMED: "✓",
    EntryState.CORRECTED: "✓",
    EntryState.ADDED: "✓",
    EntryState.REJECTED: "✗",
    EntryState.NEW_SINCE_DONE: "+",
}

_ENOUGH = 40
"""Cells from which the label of a line is shown beside it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that says what the lines after it are."""

    text: str


@dataclass(frozen=True, slots=True)
class Context:
    """A line of keyword in context.

    Attributes:
        line: the line.
        label: of the entity there, or "".
        state: how it stands; None where there is none.
        ticked: whether it is ticked; None where lines are not ticked now.
        told: what else is to be said of it, such as what is in the way of a decision.
    """

    line: Line
    label: str = ""
    state: EntryState | None = None
    ticked: bool | None = None
    told: str = ""


Row = Heading | Context


class LineList(CursorList):
    """Draws the rows that `row` gives.

    Args:
        scheme: the project's labels.
        row: the row of a number, as it is now.
    """

    COMPONENT_CLASSES = {"line-list--cursor", "line-list--quiet", "line-list--accent"}
    DEFAULT_CSS = """
    LineList > .line-list--cursor { background: $accent 16%; }
    LineList > .line-list--quiet { color: $text-muted; }
    LineList > .line-list--accent { color: $accent; text-style: bold; }
    """

    def __init__(self, scheme: LabelScheme, row: Callable[[int], Row], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._scheme = scheme
        self._row = row
        self._count = 0
        self._palette: Palette | None = None
        self._drawn: tuple[int, Row] | None = None
        self.empty: Sequence[str] = ()

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self._count

    def show(self, count: int, cursor: int | None = None, empty: Sequence[str] = ()) -> None:
        """There are `count` rows now; the cursor goes to a row, or stays where it is.

        Args:
            count: how many rows there are.
            cursor: the row that the cursor is on; the same number as before when it is not given.
            empty: lines to show instead when there are none.
        """
        line = self.cursor_line
        self._count, self.empty = count, empty
        self.put_cursor(self.cursor if cursor is None else cursor, line)

    def show_more(self, count: int) -> None:
        """There are more rows below those that there were."""
        self._count = count
        self.on_resize()
        self.refresh()

    @property
    def is_drawn(self) -> bool:
        """Whether the row under the cursor has been drawn there, as it now is."""
        return self.cursor < self._count and self._drawn == (self.cursor, self._row(self.cursor))

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._palette = None

    def render_line(self, y: int) -> Strip:
        """The strip at row `y` of the widget."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        base = self.rich_style
        if index >= self._count:
            told = self.empty[y - 1] if not self._count and 0 < y <= len(self.empty) else ""
            return Strip([Segment(shorten(f"  {told}", width), base + self._style("quiet"))]).adjust_cell_length(
                width, base
            )
        row = self._row(index)
        if index == self.cursor:
            self._drawn = index, row
            base += self._style("cursor")
        mark = Segment("▸ " if index == self.cursor else "  ", base + self._style("accent"))
        if isinstance(row, Heading):
            segments = [mark, Segment(shorten(row.text, max(width - 2, 0)), base + self._style("accent"))]
        else:
            segments = [mark, *self._pieces(row, width - 2, base)]
        return Strip(segments).adjust_cell_length(width, base)

    def _pieces(self, row: Context, width: int, base: Style) -> list[Segment]:
        if self._palette is None:
            self._palette = palette_of(self.app, self._scheme)
        quiet = base + self._style("quiet")
        segments = []
        if row.ticked is not None:
            segments.append(Segment("■ " if row.ticked else "□ ", base + self._style("accent")))
            width -= 2
        told = _told(row) if width >= _ENOUGH else ""
        left = width * 3 // 8
        width -= cell_len(told)
        keyword = shorten(row.line.keyword, max((width - left) * 2 // 3, 1))
        before = last_cells(row.line.left.lstrip(), left)
        after = shorten(row.line.right, max(width - left - cell_len(keyword), 0))
        style = base + (self._palette.style(row.label, row.state) if row.state else Style(bold=True, underline=False))
        rest = width - left - cell_len(keyword) - cell_len(after)
        return [
            *segments,
            Segment(" " * (left - cell_len(before)) + before, quiet),
            Segment(keyword, style),
            Segment(after + " " * max(rest, 0), base),
            Segment(told, quiet),
        ]

    def _style(self, name: str) -> Style:
        style = self.get_component_rich_style(f"line-list--{name}")
        return Style(bgcolor=style.bgcolor) if name == "cursor" else Style(color=style.color, bold=style.bold)


def _told(row: Context) -> str:
    state = f" {row.label} {_SIGNS[row.state]}" if row.state else " –"
    return f" {shorten(row.told, 30)} ·{state} " if row.told else f" {state} "


def last_cells(text: str, cells: int) -> str:
    """The end of a text as one drawable line of at most `cells` cells, an ellipsis for what is left out before it."""
    line = drawable_line(text)
    if cell_len(line) <= cells:
        return line
    if cells < 1:
        return ""
    used = 1
    edges = grapheme_edges(text, 0, len(text))
    for start, end in reversed(list(pairwise(edges))):
        used += cell_len(line[start:end])
        if used > cells:
            return ELLIPSIS + line[end:]
    return line
