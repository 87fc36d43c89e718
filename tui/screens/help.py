"""The help: every key from the action table, and the labels with their keys and guidelines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, zip_longest
from operator import attrgetter

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen

from annotate.schemes import Label, LabelScheme
from tui.actions import ACTIONS, Action, in_force, shown_key
from tui.commands import room_of
from tui.palette import palette_of
from tui.safe_text import drawable_line
from tui.widgets.bar import Bar
from tui.widgets.page import Page
from tui.wrapping import wrap

TWO_COLUMNS = 104
"""Cells of width from which the help stands in two columns."""

_GUTTER = 4
_KEY_CELLS = 13


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the help: a key with its style, and what it does."""

    key: str
    text: str
    style: str = "bold $accent"


@dataclass(frozen=True, slots=True)
class Block:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


class Help(ModalScreen[None]):
    """Covers the screen it explains, whose keys come first."""

    AUTO_FOCUS = "Page"
    BINDINGS = [
        Binding("escape,q", "close", show=False),
        *(
            Binding(",".join(action.keys), "close", id=action.id, show=False)
            for action in ACTIONS
            if action.id == "app.help"
        ),
    ]
    DEFAULT_CSS = """
    Help { layout: vertical; background: $background; }
    Help #title { color: $foreground; margin-bottom: 1; }
    """

    def __init__(self, scheme: LabelScheme) -> None:
        super().__init__()
        self._scheme = scheme

    def compose(self) -> ComposeResult:
        """Title, text, how to leave."""
        yield Bar(id="title")
        yield Page()
        yield Bar(id="hints")

    def on_mount(self) -> None:
        """Begin with the keys of the screen that this one covers."""
        self.query_one("#title", Bar).show([("☞ ", "bold $accent"), ("Keys", "bold")])
        self.query_one("#hints", Bar).show(["↑ ↓ PgUp PgDn scroll   Esc close"])
        room = room_of(self.app.screen_stack[-2]) if len(self.app.screen_stack) > 1 else ""
        palette = palette_of(self.app, self._scheme)
        blocks = [*action_blocks(room), *label_blocks(self._scheme, lambda label: palette.label(label.name).hex)]
        self.query_one(Page).show(lambda width: help_lines(blocks, width))

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()


def action_blocks(room: str) -> list[Block]:
    """The actions in force in a room, by group: its own first, then those of the whole program."""
    shown = [action for action in in_force() if action.room in (room, "app")]
    ordered = sorted(shown, key=lambda action: action.room != room)
    return [
        Block(group, tuple(Row(_keys(action), action.help) for action in actions))
        for group, actions in groupby(ordered, key=lambda action: action.group)
    ]


def _keys(action: Action) -> str:
    return " ".join(shown_key(key) for key in action.keys)


def label_blocks(scheme: LabelScheme, color: Callable[[Label], str] = attrgetter("color")) -> list[Block]:
    """The labels with their keys: letter, then digit; `color` gives a label's."""
    digits = dict(zip(scheme.labels, "1234567890", strict=False))
    return [Block("Labels", tuple(_label_row(label, digits.get(label, ""), color(label)) for label in scheme.labels))]


def _label_row(label: Label, digit: str, color: str) -> Row:
    examples = f" ({', '.join(label.examples)})" if label.examples else ""
    text = f"{label.name}: {label.guideline}{examples}" if label.guideline else label.name + examples
    return Row(" ".join(key for key in (label.key, digit) if key), text, f"bold {color}")


def help_lines(blocks: Sequence[Block], width: int) -> list[Content]:
    """The help as lines of at most `width` cells, in two columns where there is room."""
    if width < TWO_COLUMNS:
        return _flat(_pieces(blocks, width))
    column = (width - _GUTTER) // 2
    pieces = _pieces(blocks, column)
    at = _middle([len(lines) for lines in pieces])
    gutter = Content(" " * _GUTTER)
    return [
        Content.assemble(_padded(one, column), gutter, other)
        for one, other in zip_longest(_flat(pieces[:at]), _flat(pieces[at:]), fillvalue=Content(""))
    ]


def _middle(heights: Sequence[int]) -> int:
    """How many pieces stand at the left when both columns are as even as may be."""
    sums = [0, *accumulate(heights)]
    return min(range(len(sums)), key=lambda at: abs(2 * sums[at] - sums[-1]))


def _pieces(blocks: Sequence[Block], width: int) -> list[list[Content]]:
    """The lines that a column may not break apart: one row each, the first with its heading."""
    pieces = []
    for block in blocks:
        rows = [_row_lines(row, width) for row in block.rows]
        rows[0].insert(0, Content.styled(block.heading, "bold"))
        rows[-1].append(Content(""))
        pieces += rows
    return pieces


def _flat(pieces: Iterable[list[Content]]) -> list[Content]:
    return [line for lines in pieces for line in lines]


def _padded(line: Content, cells: int) -> Content:
    return line.pad_right(max(cells - line.cell_length, 0))


def _row_lines(row: Row, width: int) -> list[Content]:
    text = drawable_line(row.text)
    lines = wrap(text, max(width - _KEY_CELLS, 10))
    pieces = [text[start:end] for start, end in zip(lines.starts, lines.ends, strict=True)]
    keys = [Content.styled(row.key.ljust(_KEY_CELLS), row.style), *[Content(" " * _KEY_CELLS)] * (len(pieces) - 1)]
    return [key + Content.styled(piece, "$foreground") for key, piece in zip(keys, pieces, strict=True)]
