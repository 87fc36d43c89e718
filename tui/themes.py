"""The themes: calm paper by day and by night, strong contrast, and hues that the colour-blind tell apart."""

from __future__ import annotations

from dataclasses import dataclass

from textual.theme import Theme

DARK = Theme(
    name="manicule-dark",
    primary="#d9a441",
    accent="#e0a83f",
    foreground="#d8d4cb",
    background="#1c1b19",
    surface="#1c1b19",
    panel="#262522",
    error="#e06c5a",
    warning="#d9a441",
    success="#7fa86b",
    dark=True,
)
LIGHT = Theme(
    name="manicule-light",
    primary="#9a5b00",
    accent="#9a5b00",
    foreground="#2b2a27",
    background="#faf8f3",
    surface="#faf8f3",
    panel="#efece4",
    error="#b3321f",
    warning="#9a5b00",
    success="#4a7037",
    dark=False,
)
HIGH_CONTRAST = Theme(
    name="manicule-high-contrast",
    primary="#ffd500",
    accent="#ffd500",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1a1a1a",
    error="#ff9a8a",
    warning="#ffd500",
    success="#8aff8a",
    dark=True,
    variables={"text-muted": "#ffffff"},
)
HIGH_CONTRAST_LIGHT = Theme(
    name="manicule-high-contrast-light",
    primary="#00298f",
    accent="#00298f",
    foreground="#000000",
    background="#ffffff",
    surface="#ffffff",
    panel="#ececec",
    error="#8f0000",
    warning="#5c3d00",
    success="#004d00",
    dark=False,
    variables={"text-muted": "#000000"},
)
SAFE_DARK = Theme(
    name="manicule-colour-blind",
    primary="#f0e442",
    accent="#f0e442",
    foreground="#e2e0da",
    background="#1a1a1a",
    surface="#1a1a1a",
    panel="#262626",
    error="#e69f00",
    warning="#f0e442",
    success="#56b4e9",
    dark=True,
)
SAFE_LIGHT = Theme(
    name="manicule-colour-blind-light",
    primary="#005a8e",
    accent="#005a8e",
    foreground="#222222",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#efeee9",
    error="#a84600",
    warning="#8a5f00",
    success="#00704f",
    dark=False,
)


@dataclass(frozen=True, slots=True)
class Look:
    """A theme that can be chosen.

    Attributes:
        name: as written in the user's config.toml and on the command line.
        title: as shown.
        theme: the colours of the frame.
        contrast: the least ratio of luminances, as WCAG 2 counts it, between a label's hue and the background.
        fill: how strong a label's hue is as a background, 0 to 1, as far as the text stays readable on it.
        safe_hues: whether labels take the hues of Okabe and Ito in place of the scheme's.
    """

    name: str
    title: str
    theme: Theme
    contrast: float = 3.0
    fill: float = 0.38
    safe_hues: bool = False


LOOKS: dict[str, Look] = {
    look.name: look
    for look in (
        Look("dark", "dark", DARK),
        Look("light", "light", LIGHT),
        Look("high-contrast", "high contrast, dark", HIGH_CONTRAST, 7.0, 1.0),
        Look("high-contrast-light", "high contrast, light", HIGH_CONTRAST_LIGHT, 7.0, 1.0),
        Look("colour-blind", "colour-blind safe, dark", SAFE_DARK, safe_hues=True),
        Look("colour-blind-light", "colour-blind safe, light", SAFE_LIGHT, safe_hues=True),
    )
}
"""Every theme by name; the first is the one that the program begins with."""

DEFAULT_LOOK = "dark"


def look_of(theme: str) -> Look:
    """The look whose Textual theme has that name; the default for a theme that is none of them."""
    return next((look for look in LOOKS.values() if look.theme.name == theme), LOOKS[DEFAULT_LOOK])
