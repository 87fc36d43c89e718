"""One line of the frame: something at the left, something at the right, both safe to draw."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.safe_text import drawable_line, shorten

Piece = str | tuple[str, str]
"""Text, or text with a Textual style such as "bold $accent"."""


class Bar(Widget):
    """A line whose left side gives way when both do not fit."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._left: list[Piece] = []
        self._right: list[Piece] = []
        self.shown_left: list[Piece] = []
        self.drawn = False

    def show(self, left: list[Piece], right: list[Piece] | None = None) -> None:
        """Show these; nothing is drawn anew when they are what is shown."""
        right = right or []
        if (left, right) != (self._left, self._right):
            self._left, self._right = left, right
            self.drawn = False
            self.refresh()

    def render(self) -> Content:
        """The line at the width there is."""
        width = self.content_size.width
        right = fitted(self.fit_right(width), width)
        room = width - length(right)
        cells = room - 1 if right else room
        self.shown_left = self.fit_left(cells)
        left = fitted(self.shown_left, cells)
        gap = " " * max(room - length(left), 0)
        self.drawn = True
        return Content.assemble(*left, gap, *right)

    def fit_right(self, cells: int) -> list[Piece]:
        """What to show of the right side; it is cut to `cells`."""
        return self._right

    def fit_left(self, cells: int) -> list[Piece]:
        """What to show of the left side; it is cut to `cells`."""
        return self._left


def length(pieces: list[Piece]) -> int:
    """The cells that `pieces` take."""
    return sum(cell_len(_text(piece)) for piece in pieces)


def fitted(pieces: list[Piece], cells: int) -> list[Piece]:
    """`pieces` made safe to draw and cut to `cells`."""
    kept: list[Piece] = []
    for piece in pieces:
        text = drawable_line(_text(piece))
        short = text if cell_len(text) <= cells else shorten(text, cells)
        if short:
            kept.append(short if isinstance(piece, str) else (short, piece[1]))
        cells -= cell_len(text)
        if cells <= 0:
            break
    return kept


def _text(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece[0]
