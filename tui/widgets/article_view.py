"""The reading view: the visible lines of an article with its entities, drawn line by line."""

from __future__ import annotations

from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.geometry import Size
from textual.strip import Strip
from textual.timer import Timer

from annotate.view import Entry
from annotate.words import Range
from tui.badges import Badges, with_badges
from tui.drawing import inner_edges, line_segments, line_strip, margin_sign, marks_on
from tui.palette import Palette, palette_of
from tui.reading import Reading
from tui.widgets.jump_tags import JumpTags
from tui.wrapping import Lines, column_of, offset_at, wrap, wrap_again

MAX_COLUMNS = 92
"""Wider lines are hard to read; what is left over becomes margin."""

CONTEXT_LINES = 2
"""Lines kept in sight above and below the focus."""

_MARGIN = 2
"""Cells beside the text, at least; the first of them holds the signs of notes and flags."""

_CACHED_LINES = 512

_IDLE = 0.05
"""Seconds after a scroll at which the page beyond it is drawn, so that the next one is only painted."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A line drawn before it is asked for, with the entities on it."""

    strip: Strip
    entries: tuple[Entry, ...]


def columns_of_text(available: int) -> int:
    """How many of the cells beside the scrollbar a line of text has."""
    return max(min(MAX_COLUMNS, available - 2 * _MARGIN), 1)


class ArticleView(JumpTags, can_focus=True, inherit_bindings=False):
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
        self._ahead: dict[int, _Line] = {}
        self._idle: Timer | None = None
        self._available = 0
        self._width = 0
        self._margin = 0
        self._hits: list[Range] = []
        self._goal: int | None = None
        self._badges: Badges | None = None

    # What it shows -----------------------------------------------------------------------------------------

    def show(self, reading: Reading) -> None:
        """Draw another article, its focus a third from the top."""
        self._reading = reading
        self._hits = []
        self._badges = Badges(reading) if self._badges else None
        self._wrap()
        self.reveal(third=True)

    def show_badges(self, shown: bool) -> None:
        """Show labels as badges in the text, or hide them; the place is kept."""
        if shown != (self._badges is not None):
            self._badges = Badges(self._reading) if shown else None
            self._wrap_again()

    def show_changes(self) -> list[Range]:
        """Draw again what the reading says has changed, and bring the focus on screen; the ranges that changed."""
        changes = self._reading.take_changes()
        new = self._badges.take_in(changes) if self._badges else ()
        if new:
            self._wrap_again(new)
        self.redraw(changes)
        self.reveal(leapt=self._reading.take_leap())
        return changes

    def show_hits(self, hits: list[Range]) -> None:
        """Highlight these ranges."""
        if hits or self._hits:
            self._hits = hits
            self._forget_strips()
            self.refresh()

    def redraw(self, ranges: Iterable[Range]) -> None:
        """Draw the lines of these ranges again; those that have not been drawn yet are left to be."""
        for start, end in ranges:
            first, last = self._lines.line_of(start), self._lines.line_of(max(end - 1, start))
            for line in self._among(self._strips, first, last):
                del self._strips[line]
                self.refresh_lines(line, 1)
            for line in self._among(self._ahead, first, last):
                del self._ahead[line]

    def _among(self, lines: Mapping[int, object], first: int, last: int) -> list[int]:
        if last - first > len(lines):
            return [line for line in lines if first <= line <= last]
        return [line for line in range(first, last + 1) if line in lines]

    def _forget_strips(self) -> None:
        self._strips.clear()
        self._ahead.clear()

    def focus_is_drawn(self) -> bool:
        """Whether the focused entity, marked as such, has reached the screen; of one that is taller, all in sight."""
        entry = self._reading.focus
        if entry is None:
            return False
        lines, top = self._lines_of(entry), self.scroll_offset.y
        page = range(top, top + self.size.height)
        shown = range(max(lines.start, page.start), min(lines.stop, page.stop))
        whole = shown == lines or len(lines) > len(page)
        return bool(shown) and whole and all(line in self._strips for line in shown)

    def _lines_of(self, entry: Entry) -> range:
        return range(self._lines.line_of(entry.start), self._lines.line_of(entry.end - 1) + 1)

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
        self._scroll(min(max(target, last - height + 1), first))

    def _place(self) -> Range:
        """What is to be in sight: the focus, or the cursor in one that is taller than the page."""
        entry = self._reading.focus
        if entry is None or len(self._lines_of(entry)) > self.size.height:
            return self._reading.cursor
        return entry.start, entry.end

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
            self._goal = column_of(text, self._lines, line, start)
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

    def column(self, line: int, offset: int) -> int:
        """The column of this widget at which an offset on a line is drawn."""
        return self._margin + column_of(self._reading.article.text, self._lines, line, offset)

    # Drawing -----------------------------------------------------------------------------------------------

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for a new width, keeping the place; the first time, the focus is a third from the top."""
        first = not self._width
        offset = self._top()
        if self._rewrap() and not first:
            self._scroll(self._lines.line_of(offset))
        self.reveal(third=first)

    def notify_style_update(self) -> None:
        """Draw everything in the new colours."""
        super().notify_style_update()
        self._palette = None
        self._forget_strips()

    def _rewrap(self) -> bool:
        """Wrap for the width there is; False when nothing changed."""
        available = self.scrollable_content_region.width
        if available <= 0 or available == self._available:
            return False
        self._available = available
        self._width = columns_of_text(available)
        self._margin = max((available - self._width) // 2, 0)
        self._wrap()
        return True

    def _top(self) -> int:
        """The offset at the top of what is on screen."""
        return self._lines.starts[min(self.scroll_offset.y, len(self._lines) - 1)]

    def _wrap_again(self, places: Sequence[int] = ()) -> None:
        """Wrap for other badges, all or those at `places`; what is at the top stays there."""
        offset = self._top()
        if self._width:
            self._wrap(places)
            self._scroll(self._lines.line_of(offset))

    def _wrap(self, places: Sequence[int] = ()) -> None:
        text, badges = self._reading.article.text, self._badges.cells if self._badges else ()
        width, ahead = max(self._width, 1), self._reading.wrapped
        if ahead and ahead.width == width and not badges:
            self._lines = ahead.lines
        else:
            self._lines = wrap_again(text, self._lines, width, badges, places) if places else wrap(text, width, badges)
        self.show_jump(None)
        self._forget_strips()
        self.virtual_size = Size(self._available, len(self._lines))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The strip at row `y` of the widget."""
        line = self.scroll_offset.y + y
        if line >= len(self._lines):
            return Strip.blank(self.size.width, self._styles().text)
        strip = self._strips.get(line)
        if strip is None:
            drawn = self._ahead.pop(line, None) or self._draw(line)
            strip = self._strips[line] = drawn.strip
            self._reading.see(drawn.entries)
            while len(self._strips) > _CACHED_LINES:
                self._strips.popitem(last=False)
        else:
            self._strips.move_to_end(line)
        return self.tagged(line, strip, self._styles().tag)

    def _styles(self) -> Palette:
        if self._palette is None:
            self._palette = palette_of(self.app, self._reading.view.scheme)
        return self._palette

    def _draw(self, line: int) -> _Line:
        start, end = self._lines.starts[line], self._lines.ends[line]
        reading, palette = self._reading, self._styles()
        entries = reading.view.overlapping(start, end) if start < end else []
        edges = inner_edges(reading.article.text, start, end, entries)
        marks = [*marks_on(reading, entries, self._hits_on(start, end), palette), *edges.marks]
        segments = line_segments(reading.article.text, start, end, marks, palette.text, edges.signs)
        if self._badges:
            segments = with_badges(segments, start, self._badges.on_line(start, end, entries, palette))
        sign = margin_sign(entries, start, end, plain=palette.plain)
        strip = line_strip(sign, self._margin, segments, self.size.width, palette.sign, palette.text)
        return _Line(strip, tuple(entries))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Once it rests, draw what comes next that way."""
        super().watch_scroll_y(old_value, new_value)
        if self._idle:
            self._idle.stop()
        step = 1 if new_value > old_value else -1
        self._idle = self.set_timer(_IDLE, lambda: self._draw_ahead(step))

    def _draw_ahead(self, step: int) -> None:
        top, height = self.scroll_offset.y, self.size.height
        first = max(top + step * height, 0)
        wanted = range(first, min(first + height, len(self._lines)))
        self._ahead = {line: self._ahead.get(line) or self._draw(line) for line in wanted if line not in self._strips}

    def _hits_on(self, start: int, end: int) -> list[Range]:
        first = bisect_left(self._hits, (start, 0))
        last = bisect_left(self._hits, (end, 0))
        return self._hits[max(first - 1, 0) : last]
