"""The library's list: any number of articles, of which only the lines on screen are ever drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.arrangement import is_open
from tui.safe_text import shorten
from tui.widgets.article_row import Columns, RowText, Widths, row_text

if TYPE_CHECKING:
    from store.library import Row

CONTEXT_ROWS = 2
"""Rows kept in sight above and below the cursor."""

_CACHED_ROWS = 512


@dataclass(frozen=True, slots=True)
class _Styles:
    """Styles of the list on the present theme."""

    text: Style
    cursor: Style
    quiet: Style
    accent: Style
    broken: Style


class ArticleList(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows articles by id, with what is known of each; the keys are its screen's."""

    COMPONENT_CLASSES = {
        "article-list--cursor",
        "article-list--quiet",
        "article-list--accent",
        "article-list--broken",
    }
    DEFAULT_CSS = """
    ArticleList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        scrollbar-color: $foreground 20%;
        scrollbar-color-hover: $foreground 35%;
        scrollbar-color-active: $accent;
        background: $background;
        color: $foreground;
    }
    ArticleList > .article-list--cursor { background: $accent 16%; text-style: bold; }
    ArticleList > .article-list--quiet { color: $text-muted; }
    ArticleList > .article-list--accent { color: $accent; }
    ArticleList > .article-list--broken { color: $error; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """Which of the articles listed is the one that keys act on."""

    class Chosen(Message):
        """An article is to be read."""

        def __init__(self, article_id: str) -> None:
            super().__init__()
            self.article_id = article_id

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
        current, line = self.current, self.cursor - self.scroll_offset.y
        self.ids, self.empty = ids, empty
        self._fit()
        if current is None:
            target = 0
        else:
            target = ids.index(current) if current in ids else self.cursor
        self.set_reactive(ArticleList.cursor, max(min(target, len(ids) - 1), 0))
        self._scroll(self.cursor - line)
        self._reveal()
        self.refresh()

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

    def move_by(self, step: int) -> None:
        """Move the cursor by that many rows, as far as there are any."""
        self.cursor += step

    @property
    def page(self) -> int:
        """How many rows a page moves."""
        return max(self.size.height - CONTEXT_ROWS, 1)

    # Moving ------------------------------------------------------------------------------------------------

    def validate_cursor(self, cursor: int) -> int:
        """Keep it on a row."""
        return max(min(cursor, len(self.ids) - 1), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two rows that look different now."""
        self.refresh_lines(old, 1)
        self.refresh_lines(new, 1)
        self._reveal()

    def _reveal(self) -> None:
        height, top = self.size.height, self.scroll_offset.y
        if not height:
            return
        context = min(CONTEXT_ROWS, (height - 1) // 2)
        if self.cursor - context < top:
            self._scroll(self.cursor - context)
        elif self.cursor + context >= top + height:
            self._scroll(self.cursor + context - height + 1)

    def _scroll(self, row: int) -> None:
        self.scroll_to(y=max(row, 0), animate=False, immediate=True)

    def on_resize(self) -> None:
        """Use the new width, and keep the cursor in sight."""
        self._fit()
        self._reveal()

    def _fit(self) -> None:
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.ids))

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a second one opens it."""
        index = self.scroll_offset.y + event.y
        if index >= len(self.ids):
            return
        self.cursor = index
        if event.chain == 2:
            self.post_message(self.Chosen(self.ids[index]))

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
