"""What the lines around the library's list say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.actions import actions_of, key_of, shown_key
from tui.arrangement import Arrangement, Order, Shown
from tui.widgets.bar import Piece, length

if TYPE_CHECKING:
    from tui.desk import Desk

_HINTED = ("filter", "order", "status", "done", "skip", "flag", "note", "undo", "export", "statistics", "checks",
           "quit_library")  # fmt: skip
"""Actions named in the hints, as far as there is room."""

_GAP = 3


def totals_line(desk: Desk, arrangement: Arrangement, listed: int) -> tuple[list[Piece], list[Piece]]:
    """The project's title, and how far the annotator is with it."""
    totals = desk.totals
    title = desk.project.config.title or desk.project.root.name
    parts = [f"{listed:,} listed"] if arrangement.narrowed else []
    read = len(desk.rows)
    if read < totals.articles:
        parts.append(f"reading {read:,} of {totals.articles:,} …")
    elif totals.articles:
        parts.append(f"{totals.done:,} of {totals.articles:,} done")
    entities = totals.confirmed + totals.undecided
    if entities:
        parts.append(f"{totals.confirmed:,} / {entities:,} ✓")
    return [("☞ ", "bold $accent"), (title, "bold")], [(" · ".join(parts), "$foreground 65%")]


def saved(unsaved: str, annotator: str) -> list[Piece]:
    """Whether all is on disk, and whose work it is."""
    state: Piece = (f"NOT SAVED: {unsaved}", "bold $error") if unsaved else "saved"
    return [state, f" · {annotator} · {key_of('app.help')} help"]


def hints(arrangement: Arrangement, width: int, right: list[Piece]) -> list[Piece]:
    """The keys of the library in the order of their use, as many as fit beside `right`."""
    room = width - length(right) - _GAP
    by_name = {action.name: action for action in actions_of("library")}
    pieces: list[Piece] = []
    for name in _HINTED:
        key = shown_key(by_name[name].keys[0])
        text = f"{key} {_said(name, arrangement)}{' ' * _GAP}"
        room -= len(text)
        if room < -_GAP:
            break
        pieces.append((text, "$foreground") if _narrows(name, arrangement) else text)
    return pieces


def _said(name: str, arrangement: Arrangement) -> str:
    if name == "order":
        return f"order: {arrangement.order.value}"
    if name == "status":
        return f"status: {arrangement.shown.value}"
    if name == "filter" and arrangement.words:
        return f"filter: {arrangement.words}"
    return name.partition("_")[0]


def _narrows(name: str, arrangement: Arrangement) -> bool:
    return {
        "filter": bool(arrangement.words),
        "order": arrangement.order is not Order.PROJECT,
        "status": arrangement.shown is not Shown.ALL,
    }.get(name, False)


def filter_hints(listed: int) -> list[Piece]:
    """What the keys do while the filter is typed."""
    return [f"{listed:,} listed", f"{' ' * _GAP}Enter keep{' ' * _GAP}Esc all"]


def note_hints(title: str) -> list[Piece]:
    """What the keys do while a note is typed, and what it is on."""
    return [f"Enter keep{' ' * _GAP}Esc leave{' ' * _GAP}note on {title}"]


def empty_lines(root: Path, ids: Sequence[str], arrangement: Arrangement) -> list[str]:
    """What stands in the place of the list when nothing is listed."""
    if not ids:
        return [
            "No articles yet. Add text or Markdown files, or folders of them, from a shell:",
            "",
            f"  manicule add {root} PATH...",
        ]
    wanted = [f"with “{arrangement.words.strip()}” in its title"] if arrangement.words.strip() else []
    if arrangement.shown is not Shown.ALL:
        wanted.append(f"that is {arrangement.shown.value}")
    return [f"No article {' and '.join(wanted)}.", "", "Esc shows all."]
