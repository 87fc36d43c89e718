from __future__ import annotations

import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.offsets import UNITS, OffsetError, Offsets, Unit, fitting_unit, from_codepoints, to_codepoints

T = "Ada Lovelace 👩🏽‍💻 met Charles Babbage in London\r\non 5 June 1833."
ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(list("aZ é\n\t\r中カहि\u0301\u200d\ufe0f👩🏽💻🇵🇰\ufeff\x00")), st.characters(codec="utf-8")
    ),
    max_size=60,
)


def measured(text: str, unit: Unit) -> int:
    """How long a text is, by other means than those under test."""
    match unit:
        case "codepoint":
            return len(text)
        case "utf16":
            return len(text.encode("utf-16-le")) // 2
        case "utf8":
            return len(text.encode())
        case "grapheme":
            return len(regex.findall(r"\X", text))


@pytest.mark.parametrize(("unit", "start"), [("codepoint", 22), ("utf16", 25), ("grapheme", 19), ("utf8", 33)])
def test_charles_starts_where_each_unit_says(unit: Unit, start: int) -> None:
    assert from_codepoints(T, [22], unit) == [start]
    assert to_codepoints(T, [start], unit) == [22]


@pytest.mark.parametrize(("unit", "london"), [("utf16", (44, 50)), ("grapheme", (38, 44)), ("utf8", (52, 58))])
def test_a_span_after_an_emoji_is_carried_both_ways(unit: Unit, london: tuple[int, int]) -> None:
    assert tuple(from_codepoints(T, (41, 47), unit)) == london
    start, end = to_codepoints(T, london, unit)
    assert T[start:end] == "London"


@settings(max_examples=60)
@given(ANY_TEXT, st.sampled_from(UNITS))
def test_a_prefix_has_as_many_units_as_its_end_is_carried_to(text: str, unit: Unit) -> None:
    table = Offsets(text, unit)
    assert table.units == measured(text, unit)
    for offset in range(len(text) + 1):
        try:
            carried = table.from_codepoint(offset)
        except OffsetError:
            assert unit == "grapheme"
            continue
        assert carried == measured(text[:offset], unit)
        assert table.to_codepoint(carried) == offset


@settings(max_examples=60)
@given(ANY_TEXT, st.sampled_from(UNITS))
def test_each_unit_offset_is_carried_or_lies_inside_a_character(text: str, unit: Unit) -> None:
    table = Offsets(text, unit)
    for offset in range(table.units + 1):
        try:
            assert table.from_codepoint(table.to_codepoint(offset)) == offset
        except OffsetError:
            assert unit in ("utf16", "utf8")


def test_graphemes_are_the_only_unit_coarser_than_code_points() -> None:
    with pytest.raises(OffsetError, match="^offset 14 is inside a character$"):
        Offsets(T, "grapheme").from_codepoint(14)
    with pytest.raises(OffsetError, match="^offset 14 is inside a character$"):
        Offsets(T, "utf16").to_codepoint(14)


@pytest.mark.parametrize("offset", [-1, 7])
def test_an_offset_beyond_the_text_is_refused(offset: int) -> None:
    table = Offsets("Zoë 中", "utf8")
    with pytest.raises(OffsetError, match="is not within 0 and"):
        table.from_codepoint(offset)


def test_the_unit_is_told_by_what_the_spans_say() -> None:
    assert fitting_unit(T, [(22, 29, "Charles")]) == "codepoint"
    assert fitting_unit(T, [(25, 32, "Charles"), (0, 3, "Ada")]) == "utf16"
    assert fitting_unit(T, [(19, 26, "Charles")]) == "grapheme"
    assert fitting_unit(T, [(33, 40, "Charles")]) == "utf8"
    assert fitting_unit(T, [(33, 40, "Charles"), (25, 32, "Charles")]) is None
    assert fitting_unit("plain", [(0, 5, "plain")]) == "codepoint"


def test_many_offsets_in_a_long_text_cost_little() -> None:
    text = "Ada 👩 Zoë " * 10_000
    began = time.perf_counter()
    carried = from_codepoints(text, range(0, len(text), 5), "utf16")
    assert to_codepoints(text, carried, "utf16") == list(range(0, len(text), 5))
    assert time.perf_counter() - began < 5
