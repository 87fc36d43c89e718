"""The annotations that a changed text left without a place: choose one to place again, or to give up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.reactive import reactive
from textual.screen import ModalScreen
from textual.widget import Widget

from annotate.layers import State, Unplaced
from annotate.words import Range
from tui.actions import actions_of, key_of
from tui.safe_text import drawable_line, shorten
from tui.widgets.bar import Bar

_ROWS = 8
_LABEL_CELLS = 12


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be done.

    Attributes:
        unplaced: with what.
        guess: where it may stand now.
        give_up: whether it is not to be kept.
    """

    unplaced: Unplaced
    guess: Range | None = None
    give_up: bool = False


class UnplacedRows(Widget):
    """Shows them, one highlighted; the lines around that one when there are more than fit."""

    DEFAULT_CSS = """
    UnplacedRows { padding: 0 1; color: $foreground; background: $panel; }
    """

    highlighted: reactive[int] = reactive(0)
    """Which one is meant."""

    def __init__(self, unplaced: Sequence[Unplaced]) -> None:
        super().__init__()
        self._unplaced = unplaced

    def validate_highlighted(self, index: int) -> int:
        """Keep it on one of them."""
        return max(min(index, len(self._unplaced) - 1), 0)

    def render(self) -> Content:
        """The lines around the highlighted one."""
        width, height = self.content_size
        top = max(min(self.highlighted - height // 2, len(self._unplaced) - height), 0)
        shown = list(enumerate(self._unplaced))[top : top + height]
        return Content("\n").join(self._line(index, one, width) for index, one in shown)

    def _line(self, index: int, one: Unplaced, width: int) -> Content:
        selected = index == self.highlighted
        label = shorten(one.label or "note", _LABEL_CELLS).ljust(_LABEL_CELLS)
        return Content.assemble(
            ("▸ " if selected else "  ", "$accent"),
            f"{mark_of(one)} ",
            (f"{label} ", "bold" if selected else "$foreground 60%"),
            (shorten(drawable_line(f"“{one.quote}”"), width - _LABEL_CELLS - 6), "bold" if selected else ""),
        )


def mark_of(one: Unplaced) -> str:
    """✓ for what was confirmed, ✗ for what was rejected, ✎ for a note alone."""
    if one.annotation is None:
        return "✎"
    return "✓" if one.annotation.state is State.CONFIRMED else "✗"


class UnplacedList(ModalScreen[Chosen | None]):
    """Gives what was chosen, or None. It stands at the bottom, so that the text stays in sight."""

    BINDINGS = [
        *(
            Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
            for action in actions_of("unplaced")
        ),
        *(
            Binding(",".join(action.keys), "app.help", id=action.id, show=False)
            for action in actions_of("app")
            if action.id == "app.help"
        ),
    ]
    DEFAULT_CSS = """
    UnplacedList { background: transparent; align: left bottom; }
    UnplacedList Vertical { height: auto; background: $panel; }
    UnplacedList:nocolor Vertical { border-top: solid $foreground 15%; }
    UnplacedList Bar { background: $panel; }
    """

    def __init__(
        self, unplaced: Sequence[Unplaced], text: str, guess: Callable[[Unplaced], Range | None], tell: str = ""
    ) -> None:
        """Show them.

        Args:
            unplaced: at least one.
            text: of the article.
            guess: where one may stand now; asked only about those that are looked at.
            tell: what came of the last choice.
        """
        super().__init__()
        self._unplaced = list(unplaced)
        self._text = text
        self._guess = guess
        self._guesses: dict[str, Range | None] = {}
        self._tell = tell

    def compose(self) -> ComposeResult:
        """What they are, the rows, what the highlighted one may be now."""
        with Vertical():
            yield Bar(id="title")
            yield UnplacedRows(self._unplaced)
            yield Bar(id="hints")

    def on_mount(self) -> None:
        """Begin with the first."""
        what = f"{len(self._unplaced)} without a place"
        self.query_one("#title", Bar).show([(what, "bold")], [self._tell])
        self._show_guess()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the text most of a low screen."""
        rows = max(min(_ROWS, event.size.height // 3), 1)
        self.query_one(UnplacedRows).styles.height = min(rows, len(self._unplaced))

    @property
    def _current(self) -> Unplaced:
        return self._unplaced[self.query_one(UnplacedRows).highlighted]

    def _guessed(self) -> Range | None:
        one = self._current
        if one.id not in self._guesses:
            self._guesses[one.id] = self._guess(one)
        return self._guesses[one.id]

    def _show_guess(self) -> None:
        guess = self._guessed()
        told = f"now perhaps “{self._text[slice(*guess)]}”" if guess else "nothing like it here"
        place, give_up, leave = (key_of(f"unplaced.{name}") for name in ("place", "give_up", "leave_unplaced"))
        self.query_one("#hints", Bar).show([told], [f"↑ ↓  {place} place it  {give_up} give it up  {leave}"])

    def action_row_up(self) -> None:
        """Go to the one above."""
        self._step(-1)

    def action_row_down(self) -> None:
        """Go to the one below."""
        self._step(1)

    def _step(self, step: int) -> None:
        self.query_one(UnplacedRows).highlighted += step
        self._show_guess()

    def action_place(self) -> None:
        """Place the highlighted one again."""
        self.dismiss(Chosen(self._current, self._guessed()))

    def action_give_up(self) -> None:
        """Keep the highlighted one no longer."""
        self.dismiss(Chosen(self._current, give_up=True))

    def action_leave_unplaced(self) -> None:
        """Choose nothing."""
        self.dismiss(None)
