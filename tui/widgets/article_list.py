"""The library's list: any number of articles, of which only the lines on screen are ever drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.strip import Strip

from tui.arrangement import is_open
from tui.safe_text import shorten
from tui.widgets.article_row import Columns, RowText, Widths, row_text
from tui.widgets.cursor_list import CursorList

if TYPE_CHECKING:
    from store.library import Row

_CACHED_ROWS = 512


@dataclass(frozen=True, slots=True)
class _Styles:
    """Styles of the list on the present theme."""

    text: Style
    cursor: Style
    quiet: Style
    accent: Style
    broken: Style


class ArticleList(CursorList):
    """Shows articles by id, with what is known of each."""

    COMPONENT_CLASSES = {
        "article-list--cursor",
        "article-list--quiet",
        "article-list--accent",
        "article-list--broken",
    }
    DEFAULT_CSS = """
    ArticleList > .article-list--cursor { background: $accent 16%; text-style: bold; }
    ArticleList > .article-list--quiet { color: $text-muted; }
    ArticleList > .article-list--accent { color: $accent; }
    ArticleList > .article-list--broken { color: $error; }
    """

    def __init__(self, rows: Mapping[str, Row], root: Path, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._rows = rows
        self._root = root
        self._widths = Widths()
        self._styles: _Styles | None = None
        self._strips: LRUCache[tuple[str, Row | None, bool, Columns], Strip] = LRUCache(_CACHED_ROWS)
        self.ids: Sequence[str] = ()
        self.empty: Sequence[str] = ()

    # What it shows -----------------------------------------------------------------------------------------

    @property
    def current(self) -> str | None:
        """The id of the article under the cursor, if any is listed."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    def show(self, ids: Sequence[str], empty: Sequence[str] = ()) -> None:
        """List these articles; the cursor stays on its article and on its line of the screen.

        Args:
            ids: in the order in which they are listed.
            empty: lines to show instead when there are none.
        """
        current, line = self.current, self.cursor_line
        self.ids, self.empty = ids, empty
        if current is None:
            target = 0
        else:
            target = ids.index(current) if current in ids else self.cursor
        self.put_cursor(target, line)

    @property
    def count(self) -> int:
        """How many articles are listed."""
        return len(self.ids)

    def take_rows(self, rows: Sequence[Row]) -> None:
        """Draw again the lines of these articles."""
        widths = self._widths.widened(rows)
        if widths != self._widths:
            self._widths = widths
            self.refresh()
            return
        changed = {row.article_id for row in rows}
        top = self.scroll_offset.y
        for index, article_id in enumerate(self.ids[top : top + self.size.height], start=top):
            if article_id in changed:
                self.refresh_lines(index, 1)

    def move_to(self, article_id: str) -> bool:
        """Put the cursor on an article; False when it is not listed."""
        if article_id not in self.ids:
            return False
        self.cursor = self.ids.index(article_id)
        return True

    # Drawing -----------------------------------------------------------------------------------------------

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._styles = None
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """The strip at row `y` of the widget."""
        width = self.scrollable_content_region.width
        index = self.scroll_offset.y + y
        if index >= len(self.ids):
            return self._blank(y, width)
        article_id = self.ids[index]
        columns = self._widths.columns(width)
        key = (article_id, self._rows.get(article_id), index == self.cursor, columns)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._draw(*key).adjust_cell_length(width, self._theme().text)
            self._strips[key] = strip
        return strip

    def _blank(self, y: int, width: int) -> Strip:
        styles = self._theme()
        line = self.empty[y - 1] if not self.ids and 0 < y <= len(self.empty) else ""
        strip = Strip([Segment(shorten(" " * 6 + line, width), styles.text + styles.quiet)])
        return strip.adjust_cell_length(width, styles.text)

    def _draw(self, article_id: str, row: Row | None, selected: bool, columns: Columns) -> Strip:
        styles = self._theme()
        text = row_text(article_id, row, columns, self._root)
        base = styles.cursor if selected else styles.text
        quiet = base + styles.quiet
        glyph = base + styles.broken if row and row.problem else base
        title = base if selected or (row and (row.problem or is_open(row))) else quiet
        mark = "▸" if selected else " "
        before = f" {mark} " if columns.indent == 6 else f"{mark} "
        return Strip(
            [
                Segment(before, base + styles.accent),
                Segment(text.glyph.ljust(columns.indent - len(before)), glyph),
                *self._pieces(text, title, base + styles.accent, quiet),
                Segment(" ", base),
            ]
        )

    def _pieces(self, text: RowText, title: Style, accent: Style, quiet: Style) -> Iterable[Segment]:
        yield Segment(text.title, title)
        yield Segment(text.marks, accent)
        yield Segment(text.numbers, quiet)

    def _theme(self) -> _Styles:
        if self._styles is None:
            names = ("cursor", "quiet", "accent", "broken")
            cursor, *others = (self.get_component_rich_style(f"article-list--{name}") for name in names)
            colours = (Style(color=style.color) for style in others)
            self._styles = _Styles(self.rich_style, cursor, *colours)
        return self._styles
