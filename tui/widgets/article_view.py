"""The reading view: the visible lines of an article with its entities, drawn line by line."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator

from textual import events
from textual.geometry import Size
from textual.strip import Strip

from annotate.words import Range
from tui.drawing import edge_signs, line_segments, line_strip, margin_sign, marks_on, with_tags
from tui.jumping import Jump, Target
from tui.palette import Palette, colours_of
from tui.reading import Reading
from tui.themes import look_of
from tui.widgets.pointing import Pointing
from tui.wrapping import Lines, cell_x, offset_at, wrap

MAX_COLUMNS = 92
"""Wider lines are hard to read; what is left over becomes margin."""

CONTEXT_LINES = 2
"""Lines kept in sight above and below the focus."""

_MARGIN = 2
"""Cells beside the text, at least; the first of them holds the signs of notes and flags."""

_CACHED_LINES = 512


class ArticleView(Pointing, can_focus=True, inherit_bindings=False):
    """Draws a `Reading`. Lines are wrapped once per width and drawn again only when something on them changed."""

    DEFAULT_CSS = """
    ArticleView {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 1;
        scrollbar-color: $foreground 20%;
        scrollbar-color-hover: $foreground 30%;
        scrollbar-color-active: $accent;
        scrollbar-background: $background;
        scrollbar-background-hover: $background;
        scrollbar-background-active: $background;
        background: $background;
        color: $foreground;
    }
    """

    def __init__(self, reading: Reading, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._reading = reading
        self._palette: Palette | None = None
        self._lines: Lines = wrap("", 1)
        self._strips: OrderedDict[int, Strip] = OrderedDict()
        self._available = 0
        self._width = 0
        self._margin = 0
        self._hits: list[Range] = []
        self._goal: int | None = None
        self._jump: Jump | None = None
        self._tags: dict[int, list[tuple[int, str]]] = {}

    # What it shows -----------------------------------------------------------------------------------------

    def show(self, reading: Reading) -> None:
        """Draw another article, its focus a third from the top."""
        self._reading = reading
        self._hits = []
        self._wrap()
        self.reveal(third=True)

    def show_changes(self) -> None:
        """Draw again what the reading says has changed, and bring the focus on screen."""
        self.redraw(self._reading.take_changes())
        self.reveal(leapt=self._reading.take_leap())

    def show_hits(self, hits: list[Range]) -> None:
        """Highlight these ranges."""
        if hits or self._hits:
            self._hits = hits
            self._strips.clear()
            self.refresh()

    def redraw(self, ranges: Iterable[Range]) -> None:
        """Draw the lines of these ranges again; those that have not been drawn yet are left to be."""
        for start, end in ranges:
            first, last = self._lines.line_of(start), self._lines.line_of(max(end - 1, start))
            for line in self._drawn_between(first, last):
                del self._strips[line]
                self.refresh_lines(line, 1)

    def _drawn_between(self, first: int, last: int) -> list[int]:
        if last - first > len(self._strips):
            return [line for line in self._strips if first <= line <= last]
        return [line for line in range(first, last + 1) if line in self._strips]

    def focus_is_drawn(self) -> bool:
        """Whether the focused entity, marked as such, has reached the screen."""
        entry = self._reading.focus
        if entry is None:
            return False
        first = self._lines.line_of(entry.start)
        last = min(self._lines.line_of(entry.end - 1), first + self.size.height - 1)
        return all(line in self._strips and self._is_visible(line) for line in range(first, last + 1))

    def _is_visible(self, line: int) -> bool:
        top = self.scroll_offset.y
        return top <= line < top + self.size.height

    # Jumping -----------------------------------------------------------------------------------------------

    @property
    def jump(self) -> Jump | None:
        """The jump under way, if there is one."""
        return self._jump

    def show_jump(self, jump: Jump | None) -> None:
        """Draw what is left of the tags of a jump; None ends it."""
        if jump or self._jump:
            self._jump = jump
            self._tags.clear()
            for start, tag in sorted(jump.left().items()) if jump else ():
                line = self._lines.line_of(start)
                self._tags.setdefault(line, []).append((self._column(line, start), tag))
            self.refresh()

    def jump_targets(self) -> list[Target]:
        """The words that start on screen."""
        words = self._reading.words.starting_in(*self.visible_range())
        places = [(line := self._lines.line_of(start), self._column(line, start), start) for start, _ in words]
        ends = [*places[1:], (-1, 0, 0)]
        return [
            Target(start, (beyond[1] if beyond[0] == line else self.size.width) - column)
            for (line, column, start), beyond in zip(places, ends, strict=True)
        ]

    def _column(self, line: int, offset: int) -> int:
        """The column of this widget at which an offset on a line is drawn."""
        return self._margin + cell_x(self._reading.article.text, self._lines.starts[line], offset)

    # Where things are --------------------------------------------------------------------------------------

    def reveal(self, *, third: bool = False, leapt: bool = False) -> None:
        """Scroll only when it takes that to show the focus with two lines of context.

        Then only as far as needed; after a leap to an entity, which more leaps will follow, so that two thirds of the
        page lie ahead: a page is turned now and then instead of a line at each leap. With `third` it always is.
        """
        start, end = self._place()
        first, last = self._lines.line_of(start), self._lines.line_of(max(end - 1, start))
        height, top = self.size.height, self.scroll_offset.y
        context = min(CONTEXT_LINES, max(height - 1, 0) // 2)
        if not height:
            return
        above, below = first - context < top, last + context >= top + height
        if third or (leapt and (above or below)):
            target = first - height * (2 if above and not third else 1) // 3
        elif above:
            target = first - context
        elif below:
            target = min(last + context - height + 1, max(first - context, 0))
        else:
            return
        self._scroll(target)

    def _place(self) -> Range:
        entry = self._reading.focus
        return (entry.start, entry.end) if entry else self._reading.cursor

    def _scroll(self, line: int) -> None:
        self.scroll_to(y=max(line, 0), animate=False, immediate=True)

    def offset_by_lines(self, step: int) -> int:
        """The offset `step` lines below the cursor, at the column where vertical movement began.

        Lines without a word to stop at are passed over; where none is left, the cursor's own offset.
        """
        text = self._reading.article.text
        start = self._reading.cursor[0]
        line = self._lines.line_of(start)
        if self._goal is None:
            self._goal = cell_x(text, self._lines.starts[line], start)
        for candidate in self._lines_from(line, step):
            offset = offset_at(text, self._lines, candidate, self._goal)
            if self._stops_at(offset, candidate):
                return offset
        return start

    def _lines_from(self, line: int, step: int) -> Iterator[int]:
        """The line `step` lines from `line`, those beyond it, then those between."""
        forward, last = (1 if step > 0 else -1), len(self._lines) - 1
        target = min(max(line + step, 0), last)
        yield from range(target, last + 1 if step > 0 else -1, forward)
        yield from range(target - forward, line, -forward)

    def _stops_at(self, offset: int, line: int) -> bool:
        word = self._reading.stops.word_at(offset)
        on_line = word[0] < self._lines.ends[line] and word[1] > self._lines.starts[line]
        return on_line and word != self._reading.cursor

    def turn_page(self, step: int) -> int:
        """Scroll a page down (`step` 1) or up (-1), and give the offset that is then where the cursor was."""
        offset = self.offset_by_lines(step * self.page)
        self._scroll(self.scroll_offset.y + step * self.page)
        return offset

    def forget_column(self) -> None:
        """Let the next vertical movement begin where the cursor then is."""
        self._goal = None

    def visible_range(self) -> Range:
        """The range of text that is on screen."""
        top = min(self.scroll_offset.y, len(self._lines) - 1)
        bottom = min(top + max(self.size.height, 1), len(self._lines)) - 1
        return self._lines.starts[top], max(self._lines.ends[bottom], self._lines.starts[top] + 1)

    @property
    def page(self) -> int:
        """How many lines a page moves: what is visible less the context."""
        return max(self.size.height - CONTEXT_LINES, 1)

    def offset_at_cell(self, x: int, y: int) -> int:
        """The offset of the character drawn at a cell of this widget."""
        line = min(max(self.scroll_offset.y + y, 0), len(self._lines) - 1)
        return offset_at(self._reading.article.text, self._lines, line, max(x - self._margin, 0))

    # Drawing -----------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for a new width, keeping the place; the first time, the focus is a third from the top."""
        first = not self._width
        offset = self._lines.starts[min(self.scroll_offset.y, len(self._lines) - 1)]
        if self._rewrap() and not first:
            self._scroll(self._lines.line_of(offset))
        self.reveal(third=first)

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._palette = None
        self._strips.clear()

    def _rewrap(self) -> bool:
        """Wrap for the width there is; False when nothing changed."""
        available = self.scrollable_content_region.width
        if available <= 0 or available == self._available:
            return False
        self._available = available
        self._width = max(min(MAX_COLUMNS, available - 2 * _MARGIN), 1)
        self._margin = max((available - self._width) // 2, 0)
        self._wrap()
        return True

    def _wrap(self) -> None:
        self._lines = wrap(self._reading.article.text, max(self._width, 1))
        self.show_jump(None)
        self._strips.clear()
        self.virtual_size = Size(self._available, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip at row `y` of the widget."""
        line = self.scroll_offset.y + y
        if line >= len(self._lines):
            return Strip.blank(self.size.width, self._styles().text)
        strip = self._strips.get(line)
        if strip is None:
            strip = self._strips[line] = self._draw(line)
            while len(self._strips) > _CACHED_LINES:
                self._strips.popitem(last=False)
        else:
            self._strips.move_to_end(line)
        tags = self._tags.get(line)
        return with_tags(strip, tags, self._styles().tag) if tags else strip

    def _styles(self) -> Palette:
        if self._palette is None:
            colours = colours_of(self.app.no_color, self.app.console.color_system)
            self._palette = Palette(self._reading.view.scheme, look_of(self.app.theme), colours)
        return self._palette

    def _draw(self, line: int) -> Strip:
        start, end = self._lines.starts[line], self._lines.ends[line]
        reading, palette = self._reading, self._styles()
        entries = reading.view.overlapping(start, end) if start < end else []
        reading.seen.update(entry.key for entry in entries)
        marks = marks_on(reading, entries, self._hits_on(start, end), palette)
        edges = edge_signs(reading.article.text, start, end, entries)
        segments = line_segments(reading.article.text, start, end, marks, palette.text, edges)
        sign = margin_sign(entries, start, end)
        return line_strip(sign, self._margin, segments, self.size.width, palette.sign, palette.text)

    def _hits_on(self, start: int, end: int) -> list[Range]:
        first = bisect_left(self._hits, (start, 0))
        last = bisect_left(self._hits, (end, 0))
        return self._hits[max(first - 1, 0) : last]
