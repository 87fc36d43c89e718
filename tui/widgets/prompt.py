"""A line to type in, in place of the focus line: search, notes, a name."""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from tui.safe_text import drawable_line


class Prompt(Input):
    """Hidden until it is asked for; tells who asked what was typed.

    Messages carry the `purpose` that `ask` was given.
    """

    DEFAULT_CSS = """
    Prompt {
        display: none;
        height: 1;
        border: none;
        padding: 0 1;
        background: $background;
    }
    Prompt.asking { display: block; }
    Prompt:focus { border: none; background: $background; }
    """

    class Typed(Message):
        """The text changed."""

        def __init__(self, purpose: str, text: str) -> None:
            super().__init__()
            self.purpose = purpose
            self.text = text

    class Entered(Typed):
        """Enter was pressed."""

    class Dropped(Typed):
        """Esc was pressed: the prompt is gone."""

    class Stepped(Typed):
        """↑ (`step` -1) or ↓ (1) was pressed."""

        def __init__(self, purpose: str, text: str, step: int) -> None:
            super().__init__(purpose, text)
            self.step = step

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, select_on_focus=False)
        self.purpose = ""

    def ask(self, purpose: str, text: str = "", hint: str = "") -> None:
        """Appear with `text` to edit, and take the keys."""
        self.purpose = purpose
        self.placeholder = hint
        self.value = text
        self.cursor_position = len(text)
        self.add_class("asking")
        self.focus()

    def leave(self) -> None:
        """Disappear."""
        self.remove_class("asking")
        self.purpose = ""

    @property
    def asking(self) -> bool:
        """Whether it is on screen."""
        return self.has_class("asking")

    def takes(self, event: events.Key) -> bool:
        """Whether a key is the prompt's, which is on screen; one that came before it had the focus is typed."""
        if self.asking and event.is_printable and not self.has_focus:
            event.stop()
            event.prevent_default()
            self.insert_text_at_cursor(event.character or "")
        return self.asking

    def render_line(self, y: int) -> Strip:
        """What is typed, safe to draw whatever was pasted; what is kept is the text itself."""
        strip = super().render_line(y)
        safe = Strip([Segment(drawable_line(text), style) for text, style, _ in strip])
        return safe.adjust_cell_length(strip.cell_length)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed so far."""
        event.stop()
        if self.asking:
            self.post_message(self.Typed(self.purpose, event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Tell that this is it."""
        event.stop()
        self.post_message(self.Entered(self.purpose, event.value))

    def on_key(self, event: events.Key) -> None:
        """Esc leaves, arrows step through what was found."""
        if event.key == "escape":
            purpose, text = self.purpose, self.value
            self.leave()
            self.post_message(self.Dropped(purpose, text))
        elif event.key in ("up", "down"):
            self.post_message(self.Stepped(self.purpose, self.value, 1 if event.key == "down" else -1))
        else:
            return
        event.stop()
        event.prevent_default()
