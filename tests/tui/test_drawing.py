"""A line is drawn whole, once and in whole characters, whatever is marked on it and however wide it is."""

from __future__ import annotations

from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from annotate.layers import Remark
from annotate.view import Entry, EntryState
from annotate.words import grapheme_edges
from tui.drawing import BEGINS, BOTH, ENDS, Mark, inner_edges, line_segments, line_strip, margin_sign
from tui.safe_text import drawable_line
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


# Entities in and over others -----------------------------------------------------------------------------------

_NESTED = "the Ministry of Water and Power of Sindh said"


def _entities(text: str, *quotes: str) -> list[Entry]:
    found = [(text.index(quote), text.index(quote) + len(quote)) for quote in quotes]
    return [Entry(*place, "ORG", EntryState.SUGGESTED) for place in sorted(found, key=lambda one: (one[0], -one[1]))]


def _with_signs(text: str, *quotes: str) -> str:
    signs = inner_edges(text, 0, len(text), _entities(text, *quotes)).signs
    return "".join(one.text for one in line_segments(text, 0, len(text), [], BASE, signs))


def test_three_levels_show_where_each_begins_and_ends() -> None:
    drawn = _with_signs(_NESTED, "Ministry of Water and Power of Sindh", "Water and Power", "Power")
    assert drawn == "the Ministry of‹Water and‹Power›of Sindh said"


def test_entities_that_overlap_show_where_each_begins_and_ends() -> None:
    assert (
        _with_signs(_NESTED, "Ministry of Water", "Water and Power") == "the Ministry of‹Water›and Power of Sindh said"
    )


def test_one_that_ends_where_another_begins_inside_a_third_has_one_sign() -> None:
    assert _with_signs(_NESTED, "Water and Power", "Water", "and").count(BOTH) == 1


def test_entities_that_stand_apart_have_no_signs() -> None:
    assert _with_signs(_NESTED, "Ministry", "of Water", "Sindh") == _NESTED


@given(TEXTS, st.integers(1, 20), st.data())
def test_signs_stand_on_spaces_only_and_nothing_shifts(text: str, width: int, data: st.DataObject) -> None:
    places = sorted({(one.start, -one.end) for one in data.draw(_marks(len(text))) if one.start < one.end})
    entries = [Entry(start, -back, "ORG", EntryState.SUGGESTED) for start, back in places]
    lines = wrap(text, width)
    for start, end in zip(lines.starts, lines.ends, strict=True):
        signs = inner_edges(text, start, end, entries).signs
        plain = line_segments(text, start, end, [], BASE)
        signed = line_segments(text, start, end, [], BASE, signs)
        assert [len(one.text) for one in signed] == [len(one.text) for one in plain]
        pairs = zip("".join(one.text for one in plain), "".join(one.text for one in signed), strict=True)
        assert all(old == new or (old == " " and new in (BEGINS, ENDS, BOTH)) for old, new in pairs)


def _overlined(text: str, *quotes: str, start: int = 0, end: int | None = None) -> list[str]:
    end = len(text) if end is None else end
    marks = inner_edges(text, start, end, _entities(text, *quotes)).marks
    segments = line_segments(text, start, end, marks, BASE)
    return [one.text for one in segments if one.style and one.style.overline]


def test_where_there_is_no_space_for_a_sign_the_character_at_the_edge_has_a_line_over_it() -> None:
    assert _overlined("中华人民共和国外交部说", "中华人民共和国外交部", "共和国") == ["共", "国"]
    assert _overlined("the (ISPR) wing", "(ISPR)", "ISPR") == ["I", "R"]
    assert _overlined(f"a{FAMILY}b", f"a{FAMILY}b", FAMILY) == [drawable_line(FAMILY)]


def test_an_inner_entity_that_begins_a_line_has_a_line_over_its_first_character() -> None:
    at = _NESTED.index("Water")
    assert _overlined(_NESTED, "Ministry of Water and Power", "Water and", start=at) == ["W"]


def test_the_margin_counts_what_the_line_cannot_show() -> None:
    three = ["Ministry of Water and Power of Sindh", "Water and Power", "Power"]
    assert margin_sign(_entities(_NESTED, *three), 0, 45) == ""
    four = _entities(_NESTED, *three, "Power of")
    assert margin_sign(four, 0, 45) == " 4"
    twice = [*_entities(_NESTED, "Sindh"), *_entities(_NESTED, "Sindh")]
    assert margin_sign(twice, 0, 45) == " 2"
    assert margin_sign(twice, 0, 10) == ""
    assert margin_sign(_entities(_NESTED, *[_NESTED[:end] for end in range(1, 14)]), 0, 45) == " +"


def test_a_remark_and_a_count_stand_beside_each_other() -> None:
    noted = Entry(0, 3, "ORG", EntryState.SUGGESTED, remark=Remark(0, 3, note="why"))
    assert margin_sign([noted, Entry(0, 3, "GPE", EntryState.CONFIRMED)], 0, 10) == "✎2"
