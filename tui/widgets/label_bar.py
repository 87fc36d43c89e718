"""The bottom line: the labels with their keys, and whether all is saved."""

from __future__ import annotations

from annotate.schemes import Label, LabelScheme
from tui.widgets.bar import Bar, Piece, length


class LabelBar(Bar):
    """Labels from the left as far as they fit, the state of saving at the right."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._labels: list[Piece] = []

    def show_labels(self, scheme: LabelScheme, annotator: str, unsaved: str, focused: str) -> None:
        """Bring the line up to date; the label of the focused entity stands out."""
        self._labels = [_piece(label, label.name == focused) for label in scheme.labels]
        saved: Piece = (f"NOT SAVED: {unsaved}", "bold $error") if unsaved else "saved"
        self.show(self._labels, [saved, f" · {annotator} · ? help"])

    def fit_left(self, cells: int) -> list[Piece]:
        """Whole labels only, an ellipsis for those that do not fit."""
        kept: list[Piece] = []
        for index, piece in enumerate(self._labels):
            rest = 2 if index + 1 < len(self._labels) else 0
            if length([*kept, piece]) + rest > cells:
                return [*kept, "…"]
            kept.append(piece)
        return kept


def _piece(label: Label, focused: bool) -> Piece:
    text = f"{label.key or '·'}·{label.name.lower()} "
    return (text, "bold $accent") if focused else text
