"""Draw one line of an article: from text and styled ranges to segments of a terminal's cells, whatever the ranges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotate.view import Entry
from annotate.words import Range, grapheme_edges
from tui.palette import Palette
from tui.reading import Reading
from tui.safe_text import drawable_line


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text with what it adds to the style there."""

    start: int
    end: int
    style: Style


def line_segments(text: str, start: int, end: int, marks: Sequence[Mark], base: Style) -> list[Segment]:
    """The segments that draw `text[start:end]`, one line of the screen.

    Every code point is drawn once. Where the style changes inside a grapheme cluster, the whole cluster takes it.

    Args:
        text: of the article.
        start: of the line, an edge of a cluster.
        end: of the line, an edge of a cluster.
        marks: their styles are added in this order, so that the last is on top; parts beyond the line are passed over.
        base: the style under all of them.
    """
    placed = _on_clusters(text, start, end, marks)
    cuts = sorted({start, end, *(mark.start for mark in placed), *(mark.end for mark in placed)})
    return [Segment(drawable_line(text[left:right]), _style_at(left, placed, base)) for left, right in pairwise(cuts)]


def _on_clusters(text: str, start: int, end: int, marks: Sequence[Mark]) -> list[Mark]:
    """The parts of `marks` on the line, grown to the edges of clusters."""
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    if not inside or text[start:end].isascii():
        return [Mark(max(mark.start, start), min(mark.end, end), mark.style) for mark in inside]
    edges = grapheme_edges(text, start, end)
    return [_grown(mark, edges) for mark in inside]


def _grown(mark: Mark, edges: Sequence[int]) -> Mark:
    first = max(bisect_right(edges, mark.start) - 1, 0)
    last = min(bisect_left(edges, mark.end), len(edges) - 1)
    return Mark(edges[first], edges[last], mark.style)


def _style_at(offset: int, marks: Sequence[Mark], base: Style) -> Style:
    style = base
    for mark in marks:
        if mark.start <= offset < mark.end:
            style += mark.style
    return style


def line_strip(
    sign: str, margin: int, segments: Iterable[Segment], width: int, sign_style: Style, base: Style
) -> Strip:
    """A line as wide as the widget: the margin, `sign` at its left where it fits, then the line's segments."""
    beside = Segment(sign[:margin].ljust(margin), sign_style)
    return Strip([beside, *segments]).adjust_cell_length(width, base)


def with_tags(strip: Strip, tags: Sequence[tuple[int, str]], style: Style) -> Strip:
    """The strip with each tag over the cells from its column on; the tags are in order and of narrow characters."""
    pieces, at = [], 0
    for column, tag in tags:
        pieces += [strip.crop(at, column), Strip([Segment(tag, style)])]
        at = column + len(tag)
    width = strip.cell_length
    return Strip.join([*pieces, strip.crop(min(at, width), width)]).crop(0, width)


def marks_on(reading: Reading, entries: Sequence[Entry], hits: Sequence[Range], palette: Palette) -> list[Mark]:
    """What is marked where `entries` and `hits` are: the title, them, and what the keys act on at the top."""
    focus, selection = reading.focus, reading.selection
    marks = [Mark(0, reading.title_end, palette.title)]
    marks += [Mark(one.start, one.end, palette.style_of(one)) for one in entries]
    marks += [Mark(*hit, palette.hit) for hit in hits]
    if focus:
        marks.append(Mark(focus.start, focus.end, palette.focus))
    if selection:
        marks.append(Mark(*selection, palette.selection))
    elif focus is None:
        marks.append(Mark(*reading.cursor, palette.cursor))
    elif reading.by_character:
        marks.append(Mark(*reading.cursor, palette.character))
    return marks


def margin_sign(entries: Sequence[Entry], start: int, end: int) -> str:
    """What stands in the margin of a line: ⚑ where an entity that begins there is unsure, ✎ where one has a note."""
    remarks = [one.remark for one in entries if one.remark and start <= one.start < end]
    if any(remark.unsure for remark in remarks):
        return "⚑"
    return "✎" if remarks else ""
