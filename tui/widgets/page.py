"""A text that is set for the width there is, and scrolled from the keyboard at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

Setter = Callable[[int], Sequence[Content]]
"""From a width in cells to the lines of the text."""


class Page(VerticalScroll, can_focus=True, inherit_bindings=False):
    """Shows the lines that a function sets for its width."""

    BINDINGS = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "side(-1)", show=False),
        Binding("end", "side(1)", show=False),
    ]
    DEFAULT_CSS = """
    Page {
        height: 1fr;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        scrollbar-background: $background;
        scrollbar-color: $foreground 20%;
        background: $background;
    }
    Page Static { width: 1fr; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._setter: Setter = lambda width: ()

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static()

    def show(self, setter: Setter) -> None:
        """Show what `setter` makes of the width, now and whenever that changes."""
        self._setter = setter
        self._set()

    def on_resize(self) -> None:
        """Set the text for the new width."""
        self._set()

    def _set(self) -> None:
        width = self.scrollable_content_region.width
        if width > 0:
            self.query_one(Static).update(Content("\n").join(self._setter(width)))

    def action_step(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll by pages."""
        self.scroll_relative(y=pages * max(self.size.height - 1, 1), animate=False)

    def action_side(self, side: int) -> None:
        """Scroll to the top (-1) or the bottom (1)."""
        self.scroll_to(y=0 if side < 0 else self.max_scroll_y, animate=False)
