"""How labels and states look: from the theme's colours and the scheme's to styles of terminal cells."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.color import Color

from annotate.schemes import LabelScheme
from annotate.view import Entry, EntryState

LOW_SCORE = 0.5
"""Below this a source is not sure of what it suggests."""

_FALLBACK = "#7f8fa6"


class Palette:
    """Styles for the reading view on one background.

    Args:
        scheme: gives each label its hue.
        background: of the text.
        foreground: of the text.
        accent: of the focus, the one colour of the frame.
    """

    def __init__(self, scheme: LabelScheme, background: Color, foreground: Color, accent: Color) -> None:
        self._scheme = scheme
        self._background = background
        self._foreground = foreground
        self._accent = accent
        self.text = Style.from_color(foreground.rich_color, background.rich_color)
        self.title = self.text + Style(bold=True)
        self.sign = self.title
        self.cursor = Style(bgcolor=background.blend(foreground, 0.25).rich_color)
        self.selection = Style(color=foreground.rich_color, bgcolor=background.blend(accent, 0.45).rich_color)
        self.hit = Style(color=foreground.rich_color, bgcolor=background.blend(accent, 0.25).rich_color, bold=True)
        self.focus = Style(color=accent.get_contrast_text(1.0).rich_color, bgcolor=accent.rich_color, bold=True)
        self._entry = lru_cache(maxsize=512)(self._entry_style)

    def style_of(self, entry: Entry) -> Style:
        """How an entry is drawn: underlined while undecided, filled once confirmed, struck when rejected.

        A suggestion whose source is not sure of it is slanted besides.
        """
        return self._entry(entry.label, entry.state, entry.score is not None and entry.score < LOW_SCORE)

    def label(self, name: str) -> Color:
        """The label's hue, made readable on the background."""
        label = self._scheme.label(name)
        hue = Color.parse(label.color if label else _FALLBACK)
        return hue.blend(self._foreground, 0.25)

    def _entry_style(self, label: str, state: EntryState, low: bool) -> Style:
        hue = self.label(label)
        fill = self._background.blend(hue, 0.38).rich_color
        match state:
            case EntryState.SUGGESTED:
                return Style(color=hue.rich_color, underline=True, italic=low or None)
            case EntryState.CONFIRMED:
                return Style(bgcolor=fill)
            case EntryState.CORRECTED:
                return Style(bgcolor=fill, italic=True)
            case EntryState.ADDED:
                return Style(bgcolor=fill, bold=True)
            case EntryState.REJECTED:
                return Style(color=self._background.blend(self._foreground, 0.55).rich_color, strike=True)
            case EntryState.NEW_SINCE_DONE:
                return Style(color=hue.blend(self._background, 0.35).rich_color, underline2=True, italic=low or None)
