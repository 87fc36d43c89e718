"""In place of a frame that would be broken: the terminal has too few columns or rows, and how many it takes."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Static

NEEDED = Size(80, 24)
"""The smallest terminal in which everything has its place."""


def is_too_small(size: Size) -> bool:
    """Whether a terminal of that size has no room for the screens."""
    return size.width < NEEDED.width or size.height < NEEDED.height


def told(size: Size) -> str:
    """What to say on a terminal of that size."""
    return f"needs {NEEDED.width}×{NEEDED.height}, here {size.width}×{size.height}"


class TooSmall(ModalScreen[None]):
    """Covers what lies below, which waits unchanged until there is room again; no key but that for quitting works."""

    BINDINGS = [Binding("ctrl+q", "app.quit", show=False)]
    DEFAULT_CSS = """
    TooSmall { align: center middle; background: $background; }
    TooSmall Static { width: auto; height: auto; text-align: center; }
    """

    def compose(self) -> ComposeResult:
        """One text, which is cut where not even it has room."""
        yield Static()

    def on_mount(self) -> None:
        """Say how much room there is."""
        self._show(self.app.size)

    def on_resize(self, event: events.Resize) -> None:
        """Say it anew."""
        self._show(event.size)

    def _show(self, size: Size) -> None:
        self.query_one(Static).update(Content(f"☞ {told(size)}"))
