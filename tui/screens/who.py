"""Asks once who annotates."""

from __future__ import annotations

import getpass

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from annotate.errors import ManiculeError
from store.annotator import check_annotator
from tui.safe_text import drawable_line
from tui.widgets.prompt import Prompt

_WHY = "Your decisions are kept under your name, apart from those of others. Who annotates?"


class Who(Screen[str | None]):
    """Gives the annotator's name, or None when Esc was pressed."""

    DEFAULT_CSS = """
    Who { align: center middle; background: $background; }
    Who Vertical { width: 60; height: auto; }
    Who Static { margin: 0 1 1 1; }
    Who #keys { color: $text-muted; margin: 1 1 0 1; }
    Who #problem { color: $error; margin: 1; }
    """

    def compose(self) -> ComposeResult:
        """A question and a line to answer in."""
        with Vertical():
            yield Static(Content(f"☞ Manicule\n\n{_WHY}"))
            yield Prompt()
            yield Static(Content("Enter begin · Esc leave"), id="keys")
            yield Static(Content(""), id="problem")

    def on_mount(self) -> None:
        """Suggest the name of the user's account."""
        self.query_one(Prompt).ask("who", _account(), "your name")

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Take the name if it can be one."""
        try:
            self.dismiss(check_annotator(event.text.strip()))
        except ManiculeError as error:
            self.query_one("#problem", Static).update(Content(drawable_line(error.message)))

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Leave."""
        self.dismiss(None)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
