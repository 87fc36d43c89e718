"""Draws without a single colour for those who want none: what a colour would say, the shape of the letters says."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter, Monochrome

from tui.hues import contrast_of

STANDS_OUT = 2.0
"""Ratio of luminances from which a fill is meant to be seen, and is drawn reversed."""

FAINT = 3.0
"""Ratio of luminances below which a line or a bar keeps in the background, and is drawn dim; no text is that faint."""


class Colourless(LineFilter):
    """Takes all colours out of lines: the terminal draws them in its own two, whose contrast its user has chosen."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells without colours.

        Args:
            segments: of one line.
            background: of the widget that the line is of.
        """
        return [
            Segment(text, style and _without_colours(style, background), control) for text, style, control in segments
        ]


def without_colours(filters: Sequence[LineFilter]) -> list[LineFilter]:
    """What an app draws through when its user wants no colours.

    Args:
        filters: those that it would draw through. Textual's own for this case leaves greys.
    """
    return [*(one for one in filters if not isinstance(one, Monochrome)), Colourless()]


@lru_cache(1024)
def _without_colours(style: Style, background: Color) -> Style:
    fill = Color.from_rich_color(style.bgcolor) if style.bgcolor else background
    letters = Color.from_rich_color(style.color) if style.color else None
    plain = style.without_color
    if not style.reverse and contrast_of(fill, background) >= STANDS_OUT:
        plain += Style(reverse=True)
    if letters and contrast_of(letters, fill) < FAINT:
        plain += Style(dim=True)
    return plain
