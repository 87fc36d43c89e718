"""The bottom line: the labels with their keys, and whether all is saved."""

from __future__ import annotations

from annotate.schemes import LabelScheme
from tui.widgets.bar import Bar, Piece, length


class LabelBar(Bar):
    """Labels from the left as far as they fit, the state of saving at the right."""

    def show_labels(self, scheme: LabelScheme, annotator: str, unsaved: str, focused: str) -> None:
        """Bring the line up to date; the label of the focused entity stands out."""
        right: list[Piece] = [(f"NOT SAVED: {unsaved}", "bold $error")] if unsaved else ["saved"]
        right.append(f" · {annotator} · ? help")
        room = self.content_size.width - length(right) - 3
        left: list[Piece] = []
        for label in scheme.labels:
            piece = f"{label.key or '·'}·{label.name.lower()} "
            room -= len(piece)
            if room < 0:
                left.append("…")
                break
            left.append((piece, "bold $accent") if label.name == focused else piece)
        self.show(left, right)

    def on_resize(self) -> None:
        """As many labels as the new width holds are shown by whoever owns the line."""
        self.refresh()
