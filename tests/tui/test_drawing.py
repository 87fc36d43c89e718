"""A line is drawn whole, once and in whole characters, whatever is marked on it and however wide it is."""

from __future__ import annotations

from itertools import accumulate

from domain import FLAT
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from annotate.layers import Remark
from annotate.view import Entry, EntryState
from annotate.words import grapheme_edges
from tui.drawing import Mark, line_segments, line_strip, margin_sign
from tui.palette import Palette
from tui.safe_text import drawable_line
from tui.themes import LOOKS
from tui.wrapping import wrap

BASE = Style(color="white")
BOLD, UNDERLINE = Style(bold=True), Style(underline=True)
FAMILY = "👩\u200d👩\u200d👧"
_PIECES = [*"ab \n日한", "é", FAMILY, "❤\ufe0f", "🇵🇰", "👍🏽", "\x1b", "\t", "\u202e", "कि", "\u2028"]
TEXTS = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_PIECES), max_size=30).map("".join))


@st.composite
def _marks(draw: st.DrawFn, length: int) -> list[Mark]:
    offsets = st.integers(0, length)
    pairs = draw(st.lists(st.tuples(offsets, offsets), max_size=8))
    return [Mark(min(pair), max(pair), draw(st.sampled_from([BOLD, UNDERLINE]))) for pair in pairs]


@given(TEXTS, st.integers(1, 20), st.data())
def test_every_code_point_is_drawn_once_in_whole_characters(text: str, width: int, data: st.DataObject) -> None:
    marks = data.draw(_marks(len(text)))
    lines = wrap(text, width)
    for start, end in zip(lines.starts, lines.ends, strict=True):
        segments = line_segments(text, start, end, marks, BASE)
        assert "".join(segment.text for segment in segments) == drawable_line(text[start:end])
        offsets = {start, *(start + drawn for drawn in accumulate(len(segment.text) for segment in segments))}
        assert offsets <= set(grapheme_edges(text, start, end))


@given(TEXTS, st.integers(1, 20), st.data())
def test_every_code_point_has_the_style_of_what_marks_it(text: str, width: int, data: st.DataObject) -> None:
    marks = data.draw(_marks(len(text)))
    lines = wrap(text, width)
    for start, end in zip(lines.starts, lines.ends, strict=True):
        offset = start
        for segment in line_segments(text, start, end, marks, BASE):
            for at in range(offset, offset + len(segment.text)):
                marked = [mark for mark in marks if mark.start <= at < mark.end]
                assert segment.style
                assert all(segment.style + mark.style == segment.style for mark in marked)
            offset += len(segment.text)


@given(TEXTS, st.integers(0, 30), st.integers(0, 4), st.data())
def test_a_strip_is_as_wide_as_the_widget(text: str, width: int, margin: int, data: st.DataObject) -> None:
    marks = data.draw(_marks(len(text)))
    lines = wrap(text, max(width - 2 * margin, 1))
    for start, end in zip(lines.starts, lines.ends, strict=True):
        segments = line_segments(text, start, end, marks, BASE)
        strip = line_strip("⚑", margin, segments, width, BASE, BASE)
        assert strip.cell_length == width == cell_len(strip.text)


def test_a_mark_that_ends_inside_a_character_covers_it_and_no_more() -> None:
    text = f"ab{FAMILY}cd"
    segments = line_segments(text, 0, len(text), [Mark(0, 3, BOLD)], BASE)
    assert [(one.text, bool(one.style and one.style.bold)) for one in segments] == [
        (drawable_line(f"ab{FAMILY}"), True),
        ("cd", False),
    ]


def test_later_marks_are_on_top() -> None:
    marks = [Mark(0, 4, Style(color="red")), Mark(1, 3, Style(color="blue", bold=True))]
    segments = line_segments("abcd", 0, 4, marks, BASE)
    assert [(one.text, one.style) for one in segments] == [
        ("a", Style(color="red")),
        ("bc", Style(color="blue", bold=True)),
        ("d", Style(color="red")),
    ]


def test_the_margin_tells_notes_and_flags_where_the_entity_begins() -> None:
    def entry(start: int, remark: Remark | None) -> Entry:
        return Entry(start, start + 20, "ORG", EntryState.SUGGESTED, remark=remark)

    noted = entry(12, Remark(12, 32, note="why"))
    unsure = entry(15, Remark(15, 35, unsure=True))
    assert margin_sign([entry(10, None)], 10, 20) == ""
    assert margin_sign([noted], 10, 20) == "✎"
    assert margin_sign([noted, unsure], 10, 20) == "⚑"
    assert margin_sign([noted, unsure], 20, 40) == ""


def test_states_differ_by_more_than_colour() -> None:
    for look in LOOKS.values():
        palette = Palette(FLAT, look)
        looks = {state: _shape(palette.style_of(Entry(0, 1, "ORG", state))) for state in EntryState}
        assert len(set(looks.values())) == len(EntryState)
        assert _shape(Style()) not in looks.values()


def _shape(style: Style) -> tuple[bool, ...]:
    """What of a style is left where there are no hues: fill or none, and the shape of the letters."""
    flags = (style.underline, style.underline2, style.bold, style.italic, style.strike, style.bgcolor)
    return tuple(bool(flag) for flag in flags)
