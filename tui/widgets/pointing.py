"""The mouse over a text: what was clicked, and what it was drawn over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView


class Pointing(ScrollView):
    """Tells which characters of a text the mouse means."""

    ALLOW_SELECT = False
    """Dragging selects words to be labelled; `y` copies them."""

    class Pointed(Message):
        """A character of the text was clicked."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    class Dragged(Message):
        """The mouse was drawn over the text, from the character at `start` to that at `end`, either way."""

        def __init__(self, start: int, end: int) -> None:
            super().__init__()
            self.start = start
            self.end = end

    _pressed: int | None = None
    _dragged: int | None = None

    if TYPE_CHECKING:

        def offset_at_cell(self, x: int, y: int) -> int:
            """The offset of the character drawn at a cell of this widget; the view that draws knows."""
            ...

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin a click or a selection."""
        self._pressed = self._dragged = self.offset_at_cell(event.x, event.y)
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Tell how far the selection goes; above and below the view the text scrolls along."""
        if self._pressed is None:
            return
        if not 0 <= event.y < self.size.height:
            self.scroll_to(y=self.scroll_offset.y + (1 if event.y > 0 else -1), animate=False, immediate=True)
        offset = self.offset_at_cell(event.x, event.y)
        if offset != self._dragged:
            self._dragged = offset
            self.post_message(self.Dragged(self._pressed, offset))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Tell what was clicked, unless something was selected."""
        if self._pressed is not None and self._pressed == self._dragged:
            self.post_message(self.Pointed(self._pressed))
        self._pressed = None
        self.release_mouse()
