"""How labels and states look: from the theme's colours and the scheme's to styles of terminal cells."""

from __future__ import annotations

from functools import lru_cache

from rich.style import Style
from textual.color import Color

from annotate.schemes import LabelScheme
from annotate.view import Entry, EntryState
from tui.hues import hue_of, readable, safe_hues, scheme_hues
from tui.themes import Look

LOW_SCORE = 0.5
"""Below this a source is not sure of what it suggests."""


class Palette:
    """Styles for the reading view in one theme.

    Args:
        scheme: its labels get a hue each.
        look: the theme.
    """

    def __init__(self, scheme: LabelScheme, look: Look) -> None:
        theme = look.theme
        background, foreground, accent = (
            Color.parse(color or "") for color in (theme.background, theme.foreground, theme.accent)
        )
        self._background = background
        self._foreground = foreground
        self._contrast = look.contrast
        self._hues = safe_hues(scheme, foreground) if look.safe_hues else scheme_hues(scheme)
        self.text = Style.from_color(foreground.rich_color, background.rich_color)
        self.title = self.text + Style(bold=True)
        self.sign = self.title
        self.cursor = Style(bgcolor=background.blend(foreground, 0.25).rich_color)
        self.selection = Style(color=foreground.rich_color, bgcolor=background.blend(accent, 0.45).rich_color)
        self.hit = Style(color=foreground.rich_color, bgcolor=background.blend(accent, 0.25).rich_color, bold=True)
        self.focus = Style(color=accent.get_contrast_text(1.0).rich_color, bgcolor=accent.rich_color, bold=True)
        self.character = self.text + Style(underline=True, bold=True, reverse=False)
        self.tag = self.text + Style(bold=True, reverse=True)
        self._entry = lru_cache(maxsize=512)(self._entry_style)

    def style_of(self, entry: Entry) -> Style:
        """How an entry is drawn: underlined while undecided, filled once confirmed, struck when rejected.

        A suggestion whose source is not sure of it is slanted besides.
        """
        return self._entry(entry.label, entry.state, entry.score is not None and entry.score < LOW_SCORE)

    def label(self, name: str) -> Color:
        """The label's hue, made readable on the background."""
        hue = hue_of(self._hues, name).blend(self._foreground, 0.25)
        return readable(hue, self._foreground, self._background, self._contrast)

    def fill(self, name: str) -> Color:
        """The label's hue as a background, on which the text is still readable."""
        fill = self._background.blend(hue_of(self._hues, name), 0.38)
        return readable(fill, self._background, self._foreground, max(self._contrast, 4.5))

    def _entry_style(self, label: str, state: EntryState, low: bool) -> Style:
        hue = self.label(label)
        fill = self.fill(label).rich_color
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
