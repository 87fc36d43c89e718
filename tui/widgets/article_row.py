"""What the library says of one article, and where on the line: the columns of its list."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len

from annotate.layers import Status
from tui.arrangement import title_or_id
from tui.safe_text import shorten

if TYPE_CHECKING:
    from store.library import Row

GLYPHS = {Status.DONE: "●", Status.IN_PROGRESS: "◐", Status.NEW: "○", Status.SKIPPED: "⊘"}
BROKEN = "!"
UNREAD = "·"

_COMFORTABLE_TITLE = 30
_SHORTEST_TITLE = 14
_NARROW = 40
_MARKS = 3


@dataclass(frozen=True, slots=True)
class Columns:
    """Where things stand on a line, in cells.

    Attributes:
        indent: what is before the title: the cursor's mark and the status.
        title: room of the title.
        words, progress: width of these columns, 0 where there is no room for them.
    """

    indent: int
    title: int
    words: int
    progress: int


@dataclass(frozen=True, slots=True)
class Widths:
    """The widest word count and progress among the rows seen so far, in cells."""

    words: int = 5
    progress: int = 5

    def widened(self, rows: Iterable[Row]) -> Widths:
        """The widths that fit these rows too."""
        rows = list(rows)
        longest = max((row.words for row in rows), default=0)
        words = max(self.words, len(_words(longest)))
        most = max((row.entities + row.undecided for row in rows), default=0)
        progress = self.progress
        if len(f"{most:,}/{most:,}") > progress:
            progress = max(progress, *(len(progress_of(row)) for row in rows))
        return Widths(words, progress)

    def columns(self, width: int) -> Columns:
        """The columns of a line of `width` cells: numbers give way before the title does."""
        indent = 6 if width >= _NARROW else 4
        room = width - indent - _MARKS - 1
        words, progress = self.words + 2, self.progress + 2
        if room - words - progress < _COMFORTABLE_TITLE:
            words = 0
        if room - progress < _SHORTEST_TITLE:
            progress = 0
        return Columns(indent, max(room - words - progress, 0), words, progress)


@dataclass(frozen=True, slots=True)
class RowText:
    """One article as drawn: pieces that together have the width asked for.

    Attributes:
        glyph: the status.
        title: padded to its column; what is wrong is there too when the article cannot be read.
        marks: flag and note.
        numbers: words and progress.
    """

    glyph: str
    title: str
    marks: str
    numbers: str


def row_text(article_id: str, row: Row | None, columns: Columns, root: Path) -> RowText:
    """The pieces of an article's line, all safe to draw.

    Args:
        article_id: the article.
        row: what is known of it; None while it is not read yet.
        columns: of the line.
        root: the project's folder, which needs no mention in what is wrong.
    """
    if row is None:
        return RowText(UNREAD, _padded(article_id, columns.title), " " * _MARKS, " " * _numbers(columns))
    title = title_or_id(article_id, row)
    if row.problem:
        room = columns.title + _MARKS + _numbers(columns)
        return RowText(
            BROKEN, _padded(_with_reason(title, row.problem.removeprefix(f"{root}{os.sep}"), room), room), "", ""
        )
    marks = f" {'⚑' if row.flagged else ' '}{'✎' if row.note else ' '}"
    words = words_of(row).rjust(columns.words) if columns.words else ""
    progress = progress_of(row).rjust(columns.progress) if columns.progress else ""
    return RowText(GLYPHS[row.status], _padded(title, columns.title), marks, words + progress)


def without_root(text: str, root: Path) -> str:
    """The text with files of the project named as seen from its folder: a line has little room."""
    return text.replace(f"{root}{os.sep}", "")


def words_of(row: Row) -> str:
    """How long the article is: “588 w”."""
    return _words(row.words)


def _words(count: int) -> str:
    return f"{count:,} w"


def progress_of(row: Row) -> str:
    """How far the annotator is: “12/38”, “97 ✓” when done, “– /41” when new and nothing is confirmed yet."""
    total = row.entities + row.undecided
    match row.status:
        case Status.DONE:
            return f"{row.entities:,} ✓"
        case Status.NEW if not row.entities:
            return f"– /{total:,}" if total else "–"
        case _:
            return f"{row.entities:,}/{total:,}"


def _numbers(columns: Columns) -> int:
    return columns.words + columns.progress


def _with_reason(title: str, reason: str, room: int) -> str:
    """The title cut to leave the reason half of the room."""
    return f"{shorten(title, max(room // 2, room - cell_len(reason) - 3))} · {reason}"


def _padded(text: str, cells: int) -> str:
    short = shorten(text, cells)
    return short + " " * (cells - cell_len(short))
