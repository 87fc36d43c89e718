"""What a fill or a faint colour says is said by the shape of the letters where no colours are wanted."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import MONOKAI
from textual.color import Color
from textual.filter import ANSIToTruecolor, LineFilter, Monochrome

from tui.colourless import Colourless, without_colours

NIGHT, DAY = Color.parse("#1c1b19"), Color.parse("#faf8f3")


def _drawn(style: str, background: Color) -> Style:
    (segment,) = Colourless().apply([Segment("Lima", Style.parse(style))], background)
    assert segment.text == "Lima"
    assert segment.style is not None
    return segment.style


@pytest.mark.parametrize(
    ("style", "background", "drawn"),
    [
        ("bold #d8d4cb on #1c1b19", NIGHT, "bold"),
        ("#1c1b19 on #e0a83f", NIGHT, "reverse"),
        ("#faf8f3 on #9a5b00", DAY, "reverse"),
        ("reverse #1c1b19 on #e0a83f", NIGHT, "reverse"),
        ("#d8d4cb on #262522", NIGHT, ""),
        ("#383632 on #1c1b19", NIGHT, "dim"),
        ("reverse #403e3a on #1c1b19", NIGHT, "reverse dim"),
        ("underline strike #e06c5a", NIGHT, "underline strike"),
        ("", NIGHT, ""),
    ],
)
def test_what_is_left_of_a_style(style: str, background: Color, drawn: str) -> None:
    found = _drawn(style, background)
    assert found.color is None
    assert found.bgcolor is None
    on = {name for name in ("bold", "dim", "underline", "strike", "reverse", "italic") if getattr(found, name)}
    assert on == set(drawn.split())


def test_a_segment_without_a_style_stays_as_it_is() -> None:
    assert Colourless().apply([Segment("Lima")], NIGHT) == [Segment("Lima")]


def test_only_the_filter_that_leaves_greys_is_replaced() -> None:
    kept: LineFilter = ANSIToTruecolor(MONOKAI)
    first, last = without_colours([kept, Monochrome()])
    assert first is kept
    assert isinstance(last, Colourless)
