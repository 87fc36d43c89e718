"""How labels and states look: from the theme's colours, the scheme's and the terminal's to styles of cells."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from rich.style import Style
from textual.app import App
from textual.color import Color

from annotate.schemes import LabelScheme
from annotate.view import Entry, EntryState
from tui.hues import contrast_of, hue_of, plain_hue, readable, safe_hues, scheme_hues
from tui.themes import Look, look_of

LOW_SCORE = 0.5
"""Below this a source is not sure of what it suggests."""


def is_low(score: float | None) -> bool:
    """Whether a source is not sure of what it suggests."""
    return score is not None and score < LOW_SCORE


STRONG = 7.0
"""Ratio of luminances from which a theme is one of high contrast."""


class Colours(Enum):
    """What colours a terminal shows."""

    MANY = "many"
    SIXTEEN = "sixteen"
    NONE = "none"


def colours_of(no_color: bool, color_system: str | None) -> Colours:
    """What a terminal shows of colours.

    Args:
        no_color: whether the user wants none (NO_COLOR).
        color_system: what Rich takes the terminal for.
    """
    if no_color or color_system is None:
        return Colours.NONE
    return Colours.MANY if color_system in ("256", "truecolor") else Colours.SIXTEEN


def shape(attributes: str = "") -> Style:
    """A style with these attributes on, in words with a space between, and all others off, whatever lies under it."""
    on = attributes.split()
    return Style(
        bold="bold" in on,
        dim=False,
        italic="italic" in on,
        underline="underline" in on,
        underline2="underline2" in on,
        reverse="reverse" in on,
        strike="strike" in on,
    )


_SHAPES = {
    EntryState.SUGGESTED: "underline",
    EntryState.CONFIRMED: "",
    EntryState.CORRECTED: "italic",
    EntryState.ADDED: "bold",
    EntryState.REJECTED: "strike",
    EntryState.NEW_SINCE_DONE: "underline2",
}
"""The letters' shape by state, beside the fill of what is confirmed."""

_PLAIN_SHAPES = {
    EntryState.SUGGESTED: "underline",
    EntryState.CONFIRMED: "bold",
    EntryState.CORRECTED: "bold italic",
    EntryState.ADDED: "bold underline",
    EntryState.REJECTED: "strike",
    EntryState.NEW_SINCE_DONE: "italic",
}
"""The same where fills cannot be told apart; reversed are only the focus, the cursor and a selection. Textual turns dim
into a colour, and few terminals of 16 colours have a double underline: neither is used."""

_FILLED = frozenset({EntryState.CONFIRMED, EntryState.CORRECTED, EntryState.ADDED})


class Palette:
    """Styles for the reading view in one theme.

    What lies on top shows its own shape and nothing of what is under it, save that the focus keeps the shape of the
    entity that it is on.

    Attributes:
        plain: whether fills cannot be told apart, so that letters and signs say what they say elsewhere.

    Args:
        scheme: its labels get a hue each.
        look: the theme.
        colours: what the terminal shows.
    """

    def __init__(self, scheme: LabelScheme, look: Look, colours: Colours = Colours.MANY) -> None:
        theme = look.theme
        background, foreground, accent = (
            Color.parse(color or "") for color in (theme.background, theme.foreground, theme.accent)
        )
        self._background = background
        self._foreground = foreground
        self._look = look
        self._colours = colours
        self.plain = colours is not Colours.MANY
        self._hues = safe_hues(scheme, foreground) if look.safe_hues else scheme_hues(scheme)
        self.text = Style.from_color(foreground.rich_color, background.rich_color)
        self.character = self.text + Style(underline=True, bold=True, reverse=False)
        self.sign = self.text + Style(bold=True)
        self.tag = self.text + Style(bold=True, reverse=True)
        if colours is Colours.MANY:
            self.title = self.sign
            self.cursor = Style(bgcolor=background.blend(foreground, 0.25).rich_color)
            self.selection = shape() + _on(foreground, background.blend(accent, 0.45))
            self.hit = shape("bold") + _on(foreground, background.blend(accent, 0.25))
            self.focus = _on(accent.get_contrast_text(1.0), accent)
        else:
            self.title = self.text
            self.cursor = self.text + shape("reverse")
            self.selection = self.text + shape("reverse bold italic underline")
            self.hit = self.text + shape("bold italic underline")
            self.focus = Style(reverse=True)
        self._entry = lru_cache(maxsize=512)(self._entry_style)

    def style_of(self, entry: Entry) -> Style:
        """How an entry is drawn: underlined while undecided, filled once confirmed, struck when rejected.

        A suggestion whose source is not sure of it is slanted besides.
        """
        return self._entry(entry.label, entry.state, is_low(entry.score))

    def style(self, label: str, state: EntryState) -> Style:
        """How an entity of that label and state is drawn where nothing else is known of it."""
        return self._entry(label, state, False)

    def badge(self, name: str) -> Style:
        """How the key of a label is drawn in the text."""
        attributes = "bold reverse" if self._colours is Colours.MANY else "reverse"
        return self.text + shape(attributes) + Style(color=self.label(name).rich_color)

    def label(self, name: str) -> Color:
        """The label's hue, made readable on the background, as far as the terminal shows it."""
        hue = hue_of(self._hues, name)
        if self._colours is Colours.NONE:
            return self._foreground
        contrast = self._look.contrast
        if self._colours is Colours.SIXTEEN:
            plain = plain_hue(hue, self._look.theme.dark)
            strong = contrast < STRONG or contrast_of(plain, self._background) >= contrast
            return plain if strong else self._foreground
        return readable(hue.blend(self._foreground, 0.25), self._foreground, self._background, contrast)

    def fill(self, name: str) -> Color:
        """The label's hue as a background, on which the text is still readable."""
        fill = self._background.blend(hue_of(self._hues, name), self._look.fill)
        return readable(fill, self._background, self._foreground, max(self._look.contrast, 4.5))

    def _entry_style(self, label: str, state: EntryState, low: bool) -> Style:
        quiet = self._background.blend(self._foreground, 0.55)
        if self._colours is not Colours.MANY:
            plain = shape(_PLAIN_SHAPES[state] + " italic" * low)
            return plain + _on(quiet if state is EntryState.REJECTED else self.label(label), self._background)
        slanted = shape(_SHAPES[state] + " italic" * low)
        if state in _FILLED:
            return slanted + _on(self._foreground, self.fill(label))
        if state is EntryState.REJECTED:
            return slanted + _on(quiet, self._background)
        faded = 0.35 if state is EntryState.NEW_SINCE_DONE else 0.0
        return slanted + _on(self.label(label).blend(self._background, faded), self._background)


def _on(color: Color, background: Color) -> Style:
    return Style.from_color(color.rich_color, background.rich_color)


def palette_of(app: App[object], scheme: LabelScheme) -> Palette:
    """The palette for the theme and the terminal that an app has."""
    return Palette(scheme, look_of(app.theme), colours_of(app.no_color, app.console.color_system))
