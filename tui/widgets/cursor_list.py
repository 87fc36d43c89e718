"""A list of any length with a cursor, of which only the lines on screen are ever drawn; the keys are its screen's."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

CONTEXT_ROWS = 2
"""Rows kept in sight above and below the cursor."""


class CursorList(ScrollView, can_focus=True, inherit_bindings=False):
    """Keeps a cursor on one of `count` rows and in sight. Subclasses draw: `render_line`."""

    DEFAULT_CSS = """
    CursorList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $foreground 20%;
        scrollbar-color-hover: $foreground 35%;
        scrollbar-color-active: $accent;
        background: $background;
        color: $foreground;
    }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Which of the rows is the one that keys act on."""

    class Chosen(Message):
        """The row under the cursor was clicked twice."""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return 0

    @property
    def page(self) -> int:
        """How many rows a page moves."""
        return max(self.size.height - CONTEXT_ROWS, 1)

    def move_by(self, step: int) -> None:
        """Move the cursor by that many rows, as far as there are any."""
        self.cursor += step

    def put_cursor(self, row: int, line: int) -> None:
        """Put the cursor on a row that stands on that line of the screen, where the list has changed altogether."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count)
        self.set_reactive(CursorList.cursor, max(min(row, self.count - 1), 0))
        self._scroll(self.cursor - line)
        self._reveal()
        self.refresh()

    @property
    def cursor_line(self) -> int:
        """The line of the screen that the cursor stands on."""
        return self.cursor - self.scroll_offset.y

    def validate_cursor(self, cursor: int) -> int:
        """Keep it on a row."""
        return max(min(cursor, self.count - 1), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows that look different now."""
        self.refresh_lines(old, 1)
        self.refresh_lines(new, 1)
        self._reveal()

    def _reveal(self) -> None:
        height, top = self.size.height, self.scroll_offset.y
        if not height:
            return
        context = min(CONTEXT_ROWS, (height - 1) // 2)
        if self.cursor - context < top:
            self._scroll(self.cursor - context)
        elif self.cursor + context >= top + height:
            self._scroll(self.cursor + context - height + 1)

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=max(row, 0), animate=False, immediate=True)

    def on_resize(self) -> None:
        """Use the new width, and keep the cursor in sight."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count)
        self._reveal()

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a second one chooses it."""
        index = self.scroll_offset.y + event.y
        if index >= self.count:
            return
        self.cursor = index
        if event.chain == 2:
            self.post_message(self.Chosen())
