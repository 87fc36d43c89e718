"""The two themes: calm paper by day, calm paper by night, one accent for the focus."""

from __future__ import annotations

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
