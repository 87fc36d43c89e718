"""Which hue a label has: the scheme's own, or one of eight that people with any colour vision tell apart."""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color

from annotate.schemes import LabelScheme

OKABE_ITO = ("#d55e00", "#56b4e9", "#f0e442", "#0072b2", "#cc79a7", "#e69f00", "#009e73")
"""The hues of Okabe and Ito (2008, "Color Universal Design"), in an order whose first ones differ most, also as seen
with protanopia, deuteranopia and tritanopia. Their eighth colour is that of the text."""

_FREQUENT = (
    "PERSON", "ORG", "GPE", "DATE", "NORP", "CARDINAL", "LOC", "EVENT", "MONEY", "PERCENT", "FAC", "TIME", "ORDINAL",
    "QUANTITY", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE", "PER", "MISC",
)  # fmt: skip
"""Common labels from the most frequent in news on; others follow in their scheme's order."""

_FALLBACK = "#7f8fa6"
_STEPS = 40

_GREY = 0.12
"""Saturation below which a hue is taken for none."""


def scheme_hues(scheme: LabelScheme) -> dict[str, Color]:
    """The hue that the scheme gives each label."""
    return {label.name: Color.parse(label.color) for label in scheme.labels}


def safe_hues(scheme: LabelScheme, foreground: Color) -> dict[str, Color]:
    """The eight hues dealt out to the labels, the most frequent first, round and round where there are more."""
    names = [label.name for label in scheme.labels]
    ranked = sorted(names, key=lambda name: _FREQUENT.index(name) if name in _FREQUENT else len(_FREQUENT))
    hues = [*(Color.parse(hue) for hue in OKABE_ITO), foreground]
    return {name: hues[rank % len(hues)] for rank, name in enumerate(ranked)}


def hue_of(hues: Mapping[str, Color], label: str) -> Color:
    """The label's hue; a grey for a label that the scheme no longer has."""
    return hues.get(label) or Color.parse(_FALLBACK)


def readable(hue: Color, foreground: Color, background: Color, contrast: float) -> Color:
    """`hue`, moved towards the text's colour as far as it takes to stand out from the background by `contrast`."""
    steps = (hue.blend(foreground, step / _STEPS) for step in range(_STEPS))
    return next((one for one in steps if contrast_of(one, background) >= contrast), foreground)


def contrast_of(one: Color, other: Color) -> float:
    """The ratio of two colours' luminances, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    red, green, blue = (_linear(part) for part in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def plain_hue(hue: Color, dark: bool) -> Color:
    """The nearest of the six hues of a 16-colour terminal: a bright one for dark backgrounds, else a dark one."""
    turn, saturation, _ = hue.hsl
    low, high = (85, 255) if dark else (0, 170)
    if saturation < _GREY:
        return Color(high, high, high) if dark else Color(low, low, low)
    red, green, blue = (high if part > 127 else low for part in Color.from_hsl(round(turn * 6) / 6, 1.0, 0.5).rgb)
    return Color(red, green, blue)
