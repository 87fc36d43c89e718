"""Draw charts as SVG that stands in a page: no script, colours by the page's classes, every text escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape

from store.formats.xml_text import for_xml
from tui.axes import apart, ticks
from tui.safe_text import shorten

WIDTH = 720
_LEFT, _RIGHT, _TOP = 52, 14, 10
_PLOT, _BELOW = 190, 26
_NAMES, _FIGURES = 210, 110
_ROW = 22
_NAME_CELLS = 30


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity.

    Attributes:
        name: for the legend.
        look: the class that colours it.
        values: one for each moment or row; None where there is none.
    """

    name: str
    look: str
    values: Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Moments:
    """When values are of.

    Attributes:
        starts: where each period begins, as numbers in order.
        length: of a period, in the same unit.
        names: of each period.
    """

    starts: Sequence[float]
    length: float
    names: Sequence[str]

    def place(self, moment: float) -> float:
        """Where a moment is drawn."""
        whole = self.starts[-1] + self.length - self.starts[0]
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (moment - self.starts[0]) / whole


def text_of(text: str) -> str:
    """Any text, as a page or a drawing can hold it."""
    return escape(for_xml(text))


def lines(title: str, moments: Moments, series: Sequence[Series], *, from_nought: bool = False) -> str:
    """Quantities over time; each value is drawn at the end of its period.

    Args:
        title: says what is drawn.
        moments: the periods.
        series: the quantities.
        from_nought: whether they were nought when the first period began.
    """
    marks, height = _scale(value for one in series for value in one.values)

    def path(one: Series) -> str:
        points = [
            (moments.place(start + moments.length), height(value))
            for start, value in zip(moments.starts, one.values, strict=True)
            if value is not None
        ]
        dots = "".join(f'<circle class="dot {one.look}" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in points)
        first = [(moments.place(moments.starts[0]), height(0))] if from_nought else []
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in [*first, *points])
        return f'<polyline class="line {one.look}" points="{joined}"/>{dots}'

    return _figure(title, _frame(marks, height, moments) + "".join(map(path, series)), _TOP + _PLOT + _BELOW, series)


def columns(title: str, moments: Moments, series: Sequence[Series]) -> str:
    """Quantities of each period, one upon the other."""
    whole = [sum(one.values[at] or 0 for one in series) for at in range(len(moments.starts))]
    marks, height = _scale(whole)
    width = max(min((moments.place(moments.starts[0] + moments.length) - _LEFT) * 0.8, 40), 2)
    drawn = []
    for at, start in enumerate(moments.starts):
        x, low = moments.place(start), 0.0
        for one in series:
            value = one.values[at] or 0
            if value:
                y = height(low + value)
                said = f"{moments.names[at]}: {one.name} {value:,.0f}"
                drawn.append(_block(one.look, x, y, width, height(low) - y, said))
                low += value
    return _figure(title, _frame(marks, height, moments) + "".join(drawn), _TOP + _PLOT + _BELOW, series)


def bars(title: str, names: Sequence[str], series: Sequence[Series], figures: Sequence[str]) -> str:
    """Quantities of each row, one beside the other, with a text at the end of the row."""
    whole = [sum(one.values[row] or 0 for one in series) for row in range(len(names))]
    unit = (WIDTH - _NAMES - _FIGURES) / (max(whole, default=0) or 1)
    drawn = []
    for row, name in enumerate(names):
        y, x = _TOP + row * _ROW, float(_NAMES)
        drawn.append(_row_name(name, y))
        for one in series:
            value = one.values[row] or 0
            if value:
                said = f"{name}: {one.name} {value:,.0f}"
                drawn.append(_block(one.look, x, y + 3, value * unit, _ROW - 7, said))
                x += value * unit
        drawn.append(_text("figure", x + 6, y + 15, figures[row]))
    return _figure(title, "".join(drawn), _TOP + len(names) * _ROW + 4, series if len(series) > 1 else ())


def shares(title: str, names: Sequence[str], series: Sequence[Series], figures: Sequence[str]) -> str:
    """Shares from 0 to 1 of each row, those of several series under each other."""
    row_height = _ROW + 8 * (len(series) - 1)
    unit = WIDTH - _NAMES - _FIGURES
    drawn = []
    for row, name in enumerate(names):
        y = _TOP + row * row_height
        drawn.append(_row_name(name, y + (row_height - _ROW) // 2))
        for number, one in enumerate(series):
            value = one.values[row]
            place = y + 3 + number * 11
            drawn.append(_block("ground", _NAMES, place, unit, 9, ""))
            if value is not None:
                drawn.append(_block(one.look, _NAMES, place, value * unit, 9, f"{name}: {one.name} {value:.1%}"))
        drawn.append(_text("figure", _NAMES + unit + 6, y + (row_height - _ROW) // 2 + 15, figures[row]))
    return _figure(title, "".join(drawn), _TOP + len(names) * row_height + 4, series if len(series) > 1 else ())


# Parts of a chart -------------------------------------------------------------------------------------------


def _scale(values: Iterable[float | None]) -> tuple[list[float], Callable[[float], float]]:
    """The values that have a mark, and where a value is drawn."""
    marks = ticks(max((value for value in values if value is not None), default=0.0))
    return marks, lambda value: _TOP + _PLOT * (1 - min(max(value, 0.0), marks[-1]) / marks[-1])


def _frame(marks: Sequence[float], height: Callable[[float], float], moments: Moments) -> str:
    """Lines across with their values, and the times below."""
    drawn = []
    for mark in marks:
        y = height(mark)
        drawn.append(f'<line class="grid" x1="{_LEFT}" y1="{y:.1f}" x2="{WIDTH - _RIGHT}" y2="{y:.1f}"/>')
        drawn.append(_text("tick", _LEFT - 6, y + 4, f"{mark:,g}", "end"))
    places = [moments.place(start) for start in moments.starts]
    for number in apart(places, [7.0 * len(name) + 20 for name in moments.names], WIDTH + 10):
        drawn.append(_text("tick", places[number], _TOP + _PLOT + 18, moments.names[number]))
    return "".join(drawn)


def _row_name(name: str, y: float) -> str:
    return _text("name", _NAMES - 8, y + 15, shorten(name, _NAME_CELLS), "end", name)


def _block(look: str, x: float, y: float, width: float, height: float, said: str) -> str:
    title = f"<title>{text_of(said)}</title>" if said else ""
    return f'<rect class="{look}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}">{title}</rect>'


def _text(look: str, x: float, y: float, text: str, anchor: str = "start", said: str = "") -> str:
    title = f"<title>{text_of(said)}</title>" if said and said != text else ""
    return f'<text class="{look}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text_of(text)}{title}</text>'


def _figure(title: str, drawn: str, height: float, legend: Sequence[Series]) -> str:
    named = "".join(f'<li><i class="{one.look}"></i>{text_of(one.name)}</li>' for one in legend)
    listed = f'<ul class="legend">{named}</ul>\n' if named else ""
    return (
        f"<figure>\n{listed}"
        f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{text_of(title)}">{drawn}</svg>\n</figure>\n'
    )
