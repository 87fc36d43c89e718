"""Choose a label by typing part of its name, with its guideline in sight."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widget import Widget

from annotate.schemes import Label, LabelScheme
from tui.palette import palette_of
from tui.safe_text import shorten
from tui.widgets.bar import Bar
from tui.widgets.prompt import Prompt

_ROWS = 6
_NAME_CELLS = 16


def matching(scheme: LabelScheme, typed: str) -> list[Label]:
    """The labels whose name holds what is typed, whatever the case: those that begin with it first."""
    wanted = typed.strip().casefold()
    found = [label for label in scheme.labels if wanted in label.name.casefold()]
    return sorted(found, key=lambda label: not label.name.casefold().startswith(wanted))


class LabelChoices(Widget):
    """Shows labels, one of them highlighted; the lines around that one when there are more than fit."""

    DEFAULT_CSS = """
    LabelChoices { padding: 0 1; color: $foreground; }
    """

    highlighted: reactive[int] = reactive(0)
    """Which of the labels shown would be chosen."""

    def __init__(self, scheme: LabelScheme) -> None:
        super().__init__()
        self._scheme = scheme
        self._labels: Sequence[Label] = scheme.labels

    def show(self, labels: Sequence[Label]) -> None:
        """Show these, the first one highlighted."""
        self._labels = labels
        self.highlighted = 0
        self.refresh()

    @property
    def current(self) -> Label | None:
        """The label that would be chosen."""
        return self._labels[self.highlighted] if self.highlighted < len(self._labels) else None

    def validate_highlighted(self, index: int) -> int:
        """Keep it on a label."""
        return max(min(index, len(self._labels) - 1), 0)

    def render(self) -> Content:
        """The labels around the highlighted one."""
        if not self._labels:
            return Content.styled("no label has that in its name", "$foreground 60%")
        width, height = self.content_size
        top = max(min(self.highlighted - height // 2, len(self._labels) - height), 0)
        shown = list(enumerate(self._labels))[top : top + height]
        return Content("\n").join(self._line(index, label, width) for index, label in shown)

    def _line(self, index: int, label: Label, width: int) -> Content:
        selected = index == self.highlighted
        hue = palette_of(self.app, self._scheme).label(label.name)
        name = shorten(label.name, _NAME_CELLS).ljust(_NAME_CELLS)
        guideline = shorten(label.guideline, width - _NAME_CELLS - 6)
        return Content.assemble(
            ("▸ " if selected else "  ", "$accent"),
            (f"{label.key or '·'} ", f"bold {hue.hex}"),
            (f"{name}  ", "bold" if selected else ""),
            (guideline, "$foreground" if selected else "$foreground 60%"),
        )


class LabelPicker(ModalScreen[str | None]):
    """Gives the name of the label chosen, or None. It stands at the bottom, so that the text stays in sight."""

    AUTO_FOCUS = "Prompt"
    DEFAULT_CSS = """
    LabelPicker { background: transparent; align: left bottom; }
    LabelPicker Vertical { height: auto; background: $panel; }
    LabelPicker:nocolor Vertical { border-top: solid $foreground 15%; }
    LabelPicker LabelChoices { background: $panel; }
    LabelPicker Bar { background: $panel; }
    LabelPicker Prompt, LabelPicker Prompt:focus { background: $panel; }
    """

    def __init__(self, scheme: LabelScheme) -> None:
        super().__init__()
        self._scheme = scheme

    def compose(self) -> ComposeResult:
        """The line to type in, the labels, examples and keys."""
        with Vertical():
            yield Prompt()
            yield LabelChoices(self._scheme)
            yield Bar()

    def on_mount(self) -> None:
        """Begin with all labels."""
        self.query_one(Prompt).ask("label", "", "part of the label's name")
        self._show_examples()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the text most of a low screen."""
        rows = max(min(_ROWS, event.size.height // 3), 1)
        self.query_one(LabelChoices).styles.height = min(rows, len(self._scheme.labels))

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Show the labels that match."""
        self.query_one(LabelChoices).show(matching(self._scheme, event.text))
        self._show_examples()

    def on_prompt_stepped(self, event: Prompt.Stepped) -> None:
        """Highlight the label above or below."""
        self.query_one(LabelChoices).highlighted += event.step
        self._show_examples()

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Choose the highlighted label, if there is one."""
        label = self.query_one(LabelChoices).current
        if label:
            self.dismiss(label.name)

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Choose nothing."""
        self.dismiss(None)

    def _show_examples(self) -> None:
        label = self.query_one(LabelChoices).current
        examples = f"e.g. {', '.join(label.examples)}" if label and label.examples else ""
        self.query_one(Bar).show([examples], ["↑ ↓ choose   Enter label   Esc"])
