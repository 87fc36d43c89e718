"""Draw one line of an article: from text and styled ranges to segments of a terminal's cells, whatever the ranges."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from types import MappingProxyType

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from annotate.view import Entry, EntryState
from annotate.words import Range, grapheme_edges
from tui.palette import Palette, is_low
from tui.reading import Reading
from tui.safe_text import drawable_line

NO_SIGNS: Mapping[int, str] = MappingProxyType({})

BEGINS, ENDS, BOTH = "‹", "›", "|"
"""Signs on the space beside an entity that begins or ends inside another."""

_OVERLINE = Style(overline=True)

LEVELS = 3
"""How many entities on top of one another the signs show; beyond it the margin counts them."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the text with what it adds to the style there."""

    start: int
    end: int
    style: Style


def line_segments(
    text: str, start: int, end: int, marks: Sequence[Mark], base: Style, signs: Mapping[int, str] = NO_SIGNS
) -> list[Segment]:
    """The segments that draw `text[start:end]`, one line of the screen.

    Every code point is drawn once; a sign takes the place of the space that it stands on. Where the style changes
    inside a grapheme cluster, the whole cluster takes it.

    Args:
        text: of the article.
        start: of the line, an edge of a cluster.
        end: of the line, an edge of a cluster.
        marks: their styles are added in this order, so that the last is on top; parts beyond the line are passed over.
        base: the style under all of them.
        signs: characters of one cell by the offset of a space.
    """
    placed = _on_clusters(text, start, end, marks)
    cuts = sorted({start, end, *(mark.start for mark in placed), *(mark.end for mark in placed)})
    return [Segment(_drawn(text, *cut, signs), _style_at(cut[0], placed, base)) for cut in pairwise(cuts)]


def _drawn(text: str, start: int, end: int, signs: Mapping[int, str]) -> str:
    drawn = drawable_line(text[start:end])
    for offset, sign in signs.items():
        if start <= offset < end:
            drawn = f"{drawn[: offset - start]}{sign}{drawn[offset - start + 1 :]}"
    return drawn


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
    beside = Segment(sign[:margin].ljust(margin), sign_style if sign else base)
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


@dataclass(frozen=True, slots=True)
class Edges:
    """Where entities of a line begin or end inside others.

    Attributes:
        signs: `BEGINS`, `ENDS` or `BOTH` by the offset of the space beside the edge.
        marks: a line over the character at an edge that has no space beside it on the line.
    """

    signs: Mapping[int, str]
    marks: Sequence[Mark]


def inner_edges(text: str, start: int, end: int, entries: Sequence[Entry]) -> Edges:
    """The edges of entities that lie inside others, as they are shown on one line.

    Args:
        text: of the article.
        start: of the line.
        end: of the line.
        entries: those on the line, in the order of the text.
    """
    signs: dict[int, str] = {}
    marks: list[Mark] = []
    for beside, inside, sign in _inner_edges(entries) if _touch(entries) else ():
        if start <= beside < end and text[beside] == " ":
            signs[beside] = sign if signs.get(beside, sign) == sign else BOTH
        elif start <= inside < end:
            marks.append(Mark(inside, inside + 1, _OVERLINE))
    return Edges(signs, marks)


def _touch(entries: Sequence[Entry]) -> bool:
    """Whether any of the entries, in the order of the text, share a code point."""
    reached = 0
    for one in entries:
        if one.start < reached:
            return True
        reached = one.end
    return False


def _inner_edges(entries: Sequence[Entry]) -> Iterator[tuple[int, int, str]]:
    """Of each edge inside another entity: the offsets of the characters outside and inside of it, and its sign."""
    starts = [one.start for one in entries]
    reached = list(accumulate((one.end for one in entries), max))

    def is_inside(edge: int) -> bool:
        before = bisect_left(starts, edge)
        return before > 0 and reached[before - 1] > edge

    for one in entries:
        if is_inside(one.start):
            yield one.start - 1, one.start, BEGINS
        if is_inside(one.end):
            yield one.end, one.end - 1, ENDS


def margin_sign(entries: Sequence[Entry], start: int, end: int, *, plain: bool = False) -> str:
    """What stands in the margin of a line: a sign for what begins there, then a count of entities on one another.

    The sign is ⚑ where an entity is unsure, ✎ where one has a note; where fills cannot be told apart (`plain`), * where
    one is new since the article was done and ? where the source is not sure of a suggestion. The count stands where
    more entities cover one place than the line can show: more than `LEVELS`, or several the same range.
    """
    begins = [one for one in entries if start <= one.start < end]
    sign = _remark_sign(begins) or (_state_sign(begins) if plain else "")
    deepest = _hidden_depth(entries, start, end)
    return f"{sign or ' '}{deepest if deepest < 10 else '+'}" if deepest else sign


def _remark_sign(entries: Sequence[Entry]) -> str:
    remarks = [one.remark for one in entries if one.remark]
    return "⚑" if any(remark.unsure for remark in remarks) else "✎" if remarks else ""


def _state_sign(entries: Sequence[Entry]) -> str:
    if any(one.state is EntryState.NEW_SINCE_DONE for one in entries):
        return "*"
    return "?" if any(is_low(one.score) for one in entries) else ""


def _hidden_depth(entries: Sequence[Entry], start: int, end: int) -> int:
    """The most entities that cover one place of the line and cannot all be told apart there; 0 where all can."""
    if not _touch(entries):
        return 0
    open_ends: list[int] = []
    ranges: Counter[Range] = Counter()
    deepest = 0
    for one in entries:
        open_ends = [reached for reached in open_ends if reached > one.start]
        open_ends.append(one.end)
        ranges[one.start, one.end] += 1
        if start <= one.start < end and (len(open_ends) > LEVELS or ranges[one.start, one.end] > 1):
            deepest = max(deepest, len(open_ends))
    return deepest
