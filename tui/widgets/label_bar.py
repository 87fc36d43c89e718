"""The bottom line: the labels with their keys, and whether all is saved."""

from __future__ import annotations

from textual import events
from textual.message import Message

from annotate.schemes import Label, LabelScheme
from tui.actions import key_of
from tui.widgets.bar import Bar, Piece, length


class LabelBar(Bar):
    """Labels from the left as far as they fit, the state of saving at the right."""

    class Pressed(Message):
        """A label was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._names: list[str] = []
        self._labels: list[Piece] = []
        self._focused: int | None = None

    def show_labels(self, scheme: LabelScheme, annotator: str, unsaved: str, focused: str) -> None:
        """Bring the line up to date; the label of the focused entity stands out."""
        self._names = [label.name for label in scheme.labels]
        self._focused = self._names.index(focused) if focused in self._names else None
        self._labels = [_piece(label, label.name == focused) for label in scheme.labels]
        saved: Piece = (f"NOT SAVED: {unsaved}", "bold $error") if unsaved else "saved"
        self.show(self._labels, [saved, f" · {annotator} · {key_of('app.help')} help"])

    def fit_left(self, cells: int) -> list[Piece]:
        """Whole labels only, the focused one among them; an ellipsis for those that do not fit."""
        if length(self._labels) <= cells:
            return self._labels
        shown = len(self._labels) - 1
        while shown >= 0 and length(self._first(shown)) > cells:
            shown -= 1
        return self._first(max(shown, 0))

    def on_click(self, event: events.Click) -> None:
        """Tell which label was clicked."""
        at = event.x - self.styles.padding.left
        for piece in self.shown_left:
            at -= length([piece])
            if at < 0:
                if piece in self._labels:
                    self.post_message(self.Pressed(self._names[self._labels.index(piece)]))
                return

    def _first(self, count: int) -> list[Piece]:
        kept, focused = self._labels[:count], self._focused
        if focused is None or focused < count:
            return [*kept, "…"]
        return [*kept, "… ", self._labels[focused], "…"]


def _piece(label: Label, focused: bool) -> Piece:
    text = f"{label.key or '·'}·{label.name.lower()} "
    return (text, "bold $accent") if focused else text
