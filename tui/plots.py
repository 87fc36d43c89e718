"""Plot the statistics in characters; what draws them is imported when the first plot is made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from annotate.timeline import Period, periods
from tui.axes import apart, ticks
from tui.safe_text import shorten
from tui.statistics_rows import label_shares

if TYPE_CHECKING:
    from store.statistics import ProjectStatistics

_ROWS = 9
"""About how many there are to draw lines in, the frame not counted."""

_NARROWEST, _WIDEST = 45, 100
_NAME = 16
_MARKS = 4
_COLOURS = ("blue", "red")
_NUMBERS = {4: 0, 1: 1}
"""Which line is drawn in which of the terminal's colours: so they can be told apart in what comes out."""

_SHAPES = ("braille", "·")
_SAMPLES = ("⠤⠤", "··")
"""What lines are made of, so that they differ where there is no colour."""

Piece = tuple[str, int]
"""Text, and which of the series it belongs to; -1 for what frames them."""

Plot = list[list[Piece]]
"""Lines of pieces."""

FRAME = -1


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a plot.

    Attributes:
        name: what is drawn.
        points: (seconds, value), in order.
    """

    name: str
    points: Sequence[tuple[float, float]]


def statistics_plots(found: ProjectStatistics, labels: Sequence[str], width: int) -> dict[str, list[Plot]]:
    """What is plotted below which table, by the table's id, in lines of at most `width` cells.

    Args:
        found: the statistics.
        labels: the scheme's, in the order in which they are listed.
        width: cells.
    """
    times = periods(found.timeline, found.pace)
    made = {
        "articles": [progress_plot(times, width)],
        "entities": [share_bars(label_shares(found.counted, labels), width)],
        "time": [rate_plot(times, width)],
    }
    return {name: [plot for plot in plots if plot] for name, plots in made.items()}


def progress_plot(times: Sequence[Period], width: int) -> Plot:
    """Annotations over time, from nought on, in lines of at most `width` cells; nothing where there are none."""
    if not times or not any(one.confirmed or one.rejected for one in times):
        return []
    start, ends = times[0].start.timestamp(), [_end(one) for one in times]
    confirmed = Line("annotations confirmed", [(start, 0.0), *zip(ends, (one.confirmed for one in times), strict=True)])
    rejected = Line("rejected", [(start, 0.0), *zip(ends, (one.rejected for one in times), strict=True)])
    return _plot([confirmed, rejected], times, width)


def rate_plot(times: Sequence[Period], width: int) -> Plot:
    """Single decisions a minute over time; nothing where they were measured in one period only."""
    points = [(_end(one), one.work.per_minute) for one in times if one.work.per_minute]
    return _plot([Line("single decisions a minute", points)], times, width) if len(points) > 1 else []


def share_bars(rows: Sequence[tuple[str, int, int]], width: int) -> Plot:
    """A bar for each (name, part, whole), as long as the whole, the part of it filled."""
    room = min(width, _WIDEST) - _NAME - 18
    most = max((whole for _, _, whole in rows), default=0)
    if not most or room < 8:
        return []
    drawn = []
    for name, part, whole in rows:
        cells = max(round(room * whole / most), 1)
        filled = min(math.ceil(cells * part / whole), cells) if whole else 0
        label = shorten(name, _NAME - 1)
        gap = " " * (_NAME - cell_len(label))
        figures = f" {part:,} of {whole:,}"
        drawn.append([(label + gap, FRAME), ("█" * filled, 0), ("░" * (cells - filled), FRAME), (figures, FRAME)])
    return drawn


def _end(one: Period) -> float:
    return one.start.timestamp() + 60.0 * one.minutes


def _plot(lines: Sequence[Line], times: Sequence[Period], width: int) -> Plot:
    from textual_plotext.plot import Plot as Canvas

    width = min(width, _WIDEST)
    if width < _NARROWEST:
        return []
    canvas = Canvas()
    canvas.theme("clear")
    marks = ticks(max(value for line in lines for _, value in line.points), _MARKS)
    height = _height(len(marks) - 1)
    canvas.plotsize(width, height)
    canvas._set_size(width, height)  # as that package's own widget does: else the terminal's size is a limit
    first, last = times[0].start.timestamp(), _end(times[-1])
    canvas.xlim(0, last - first)
    canvas.ylim(0, marks[-1])
    canvas.yticks(marks, [f"{mark:,g}" for mark in marks])
    at = [one.start.timestamp() - first for one in times]
    names = [one.name for one in times]
    room = width - 8
    shown = list(apart([room * place / (last - first) for place in at], [len(name) + 2.0 for name in names], room))
    canvas.xticks([at[number] for number in shown], [names[number] for number in shown])
    for line, colour, shape in zip(lines, _COLOURS, _SHAPES, strict=False):
        places, values = [place - first for place, _ in line.points], [value for _, value in line.points]
        canvas.plot(places, values, marker=shape, color=colour)
    legend: list[Piece] = []
    for number, line in enumerate(lines):
        legend += [(f"{_SAMPLES[number]} ", number), (f"{line.name}   ", FRAME)]
    drawn = Text.from_ansi(canvas.build()).split("\n")
    return [legend, *(_pieces(one) for one in drawn if one.plain.strip())]


def _height(steps: int) -> int:
    """Rows of a plot whose axis has so many steps of equal height; two of them are frame and one is names."""
    return steps * max(round((_ROWS - 1) / steps), 1) + 4


def _pieces(line: Text) -> list[Piece]:
    pieces, at = [], 0
    for span in line.spans:
        colour = span.style.color if isinstance(span.style, Style) else None
        if colour is not None and colour.number in _NUMBERS:
            pieces += [
                (line.plain[at : span.start], FRAME),
                (line.plain[span.start : span.end], _NUMBERS[colour.number]),
            ]
            at = span.end
    return [piece for piece in (*pieces, (line.plain[at:].rstrip(), FRAME)) if piece[0]]
