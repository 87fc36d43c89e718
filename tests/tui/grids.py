"""The screen as a grid of text and looks, written so that a change shows in a few lines of a diff."""

from __future__ import annotations

import os
import string
from collections import Counter
from pathlib import Path

from rich.cells import cell_len
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual.app import App

UPDATE = "UPDATE_SNAPSHOTS"
"""The environment variable that has snapshots written in place of compared."""

_FOLDER = Path(__file__).parent / "snapshots"
_NAMES = string.ascii_lowercase + string.ascii_uppercase + string.digits
_ATTRIBUTES = ("bold", "dim", "italic", "underline", "underline2", "reverse", "strike", "overline")


def compare(app: App[None], name: str) -> None:
    """Hold the screen to the snapshot of that name, or write it when asked to."""
    path = _FOLDER / f"{name}.txt"
    seen = grid(app)
    if os.environ.get(UPDATE):
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8")
    kept = path.read_text("utf-8") if path.exists() else ""
    assert seen == kept, f"{name} looks different; if it should, run {UPDATE}=1 pytest tests/tui/test_snapshots.py"


def grid(app: App[None]) -> str:
    """Each row of the screen after "|"; under it, after ":", a name for the look of each cell; the looks at the end.

    The look of most cells has no name but a space. Trailing spaces are left out. With NO_COLOR a look is its
    attributes, with 16 colours their numbers stand for colours.
    """
    rows = [[(one.text, _look(app, one.style or Style())) for one in strip] for strip in _strips(app)]
    cells = Counter(look for row in rows for text, look in row for _ in range(cell_len(text)))
    (usual, _), *_ = cells.most_common(1)
    looks = dict.fromkeys(look for row in rows for _, look in row if look != usual)
    names = dict(zip(looks, _NAMES, strict=False)) | {usual: " "}
    lines = []
    for row in rows:
        lines.append(f"|{''.join(text for text, _ in row)}".rstrip())
        below = "".join(names[look] * cell_len(text) for text, look in row).rstrip()
        lines += [f":{below}"] if below else []
    return "\n".join([*lines, "", *(f"{name} {look}".rstrip() for look, name in names.items())]) + "\n"


def _strips(app: App[None]) -> list[list[Segment]]:
    return [list(strip) for strip in app.screen._compositor.render_strips()]


def _look(app: App[None], style: Style) -> str:
    on = [name for name in _ATTRIBUTES if getattr(style, name)]
    return " ".join([*([] if app.no_color else _colours(app, style)), *on]) or "plain"


def _colours(app: App[None], style: Style) -> list[str]:
    return [" on ".join(_colour(app, color) for color in (style.color, style.bgcolor))]


def _colour(app: App[None], color: Color | None) -> str:
    if color is None:
        return "default"
    few = app.console.color_system == "standard"
    return str(color.downgrade(ColorSystem.STANDARD).number) if few else color.name
