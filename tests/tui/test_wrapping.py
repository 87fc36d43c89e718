from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotate.words import grapheme_edges
from tui import wrapping
from tui.safe_text import drawable, drawable_line
from tui.wrapping import NARROW_RANGES, Lines, cell_x, column_of, drawn_at, offset_at, wrap, wrap_again

SPACES = " \t\u2003\u3000"
AWKWARD = list(
    "中한कி्\u0301\u200d\u200b\ufe0f\u20e3👩👧🏽❤🇵1\u0903\u1160\u0600\u3000\u2003\xa0\t\r\x00\x1b\u2028\ud800"
)
ANY_TEXT = st.text(st.one_of(st.sampled_from("ab-é’  \n"), st.sampled_from(AWKWARD), st.characters()), max_size=80)
WIDTHS = st.integers(1, 120) | st.integers(1, 12)


def drawn_lines(text: str, width: int) -> list[str]:
    lines = wrap(text, width)
    return [drawable(text[start:end]) for start, end in zip(lines.starts, lines.ends, strict=True)]


def clusters_of(text: str, lines: Lines, line: int) -> list[int]:
    return grapheme_edges(text, lines.starts[line], lines.ends[line])


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one two three", 8, ["one two", "three"]),
        ("one two three", 6, ["one", "two", "three"]),
        ("a\n\nb\n", 10, ["a", "", "b", ""]),
        ("abcdefghij kl", 4, ["abcd", "efgh", "ij", "kl"]),
        ("one    two", 5, ["one", "two"]),
        ("one     ", 5, ["one"]),
        ("one  ", 5, ["one  "]),
        ("          ", 4, [""]),
        ("one\ttwo", 4, ["one", "two"]),
        ("中国人民", 5, ["中国", "人民"]),
        ("中国 人民", 5, ["中国", "人民"]),
        ("in 中国 now", 6, ["in 中", "国 now"]),
        ("中", 1, ["中"]),
        ("中国", 1, ["中", "国"]),
        ("cafe\u0301s e\u0301", 4, ["cafe\u0301", "s e\u0301"]),
        ("🇵🇰🇱🇰🇫🇷", 5, ["🇵🇰🇱🇰", "🇫🇷"]),
        ("a\x0bb\u2028c\rd", 4, ["a␋b␤", "c␍d"]),
        ("10\xa0km now", 6, ["10\xa0km", "now"]),
    ],
)
def test_lines_break_at_spaces_beside_wide_characters_and_in_long_words(
    text: str, width: int, expected: list[str]
) -> None:
    assert drawn_lines(text, width) == expected


def test_a_width_below_one_counts_as_one() -> None:
    assert wrap("ab", 0) == wrap("ab", -4) == wrap("ab", 1)


def test_the_undrawn_between_two_lines_belongs_to_the_former() -> None:
    lines = wrap("one  two\n\nthree", 5)
    assert [lines.line_of(offset) for offset in (0, 3, 4, 5, 8, 9, 10, 15)] == [0, 0, 0, 1, 1, 2, 3, 3]


def test_a_cell_right_or_left_of_the_text_answers_its_last_or_first_cluster() -> None:
    text = "中国e\u0301\n\nx"
    lines = wrap(text, 20)
    assert offset_at(text, lines, 0, 99) == 2
    assert offset_at(text, lines, 0, -3) == 0
    assert offset_at(text, lines, 0, 3) == 1
    assert offset_at(text, lines, 1, 7) == 5


@given(ANY_TEXT, WIDTHS)
@example("👩‍👩‍👧‍👦", 3)
def test_every_drawn_code_point_is_on_one_line_and_only_breaks_are_dropped(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert lines.starts[0] == 0
    assert all(left < right for left, right in pairwise(lines.starts))
    assert all(start <= end for start, end in zip(lines.starts, lines.ends, strict=True))
    for end, following in zip(lines.ends, [*lines.starts[1:], len(text)], strict=True):
        assert end <= following
        assert set(text[end:following]) <= {"\n", *SPACES} | wrapping._BREAK_SPACES
        assert text[end:following].count("\n") <= 1
    assert all("\n" not in text[a:b] for a, b in zip(lines.starts, lines.ends, strict=True))


@given(ANY_TEXT)
def test_a_text_has_a_line_for_each_paragraph_when_there_is_room(text: str) -> None:
    assert drawn_lines(text, 1000) == drawable(text).split("\n")


@given(ANY_TEXT, WIDTHS)
@example("👩‍👩‍👧‍👦", 3)
def test_no_line_is_too_wide_unless_it_is_one_cluster(text: str, width: int) -> None:
    lines = wrap(text, width)
    for line in range(len(lines)):
        cells = cell_len(drawable(text[lines.starts[line] : lines.ends[line]]))
        assert cells <= width or len(clusters_of(text, lines, line)) == 2


@given(ANY_TEXT, WIDTHS)
def test_no_cluster_is_split_between_lines(text: str, width: int) -> None:
    lines, edges, base = wrap(text, width), set(), 0
    for paragraph in text.split("\n"):
        edges |= {base + edge for edge in grapheme_edges(paragraph, 0, len(paragraph))}
        base += len(paragraph) + 1
    assert edges.issuperset(lines.starts)
    assert edges.issuperset(lines.ends)


@given(ANY_TEXT, WIDTHS)
def test_an_offset_leads_to_its_cell_and_the_cell_back_to_its_cluster(text: str, width: int) -> None:
    lines = wrap(text, width)
    for line in range(len(lines)):
        for left, right in pairwise(clusters_of(text, lines, line)):
            assert {lines.line_of(offset) for offset in range(left, right)} == {line}
            x = cell_x(text, lines.starts[line], left)
            if cell_x(text, left, right):
                assert offset_at(text, lines, line, x) == left
                assert offset_at(text, lines, line, cell_x(text, lines.starts[line], right) - 1) == left


@given(ANY_TEXT, WIDTHS)
def test_every_offset_has_a_line(text: str, width: int) -> None:
    lines = wrap(text, width)
    found = [lines.line_of(offset) for offset in range(len(text) + 1)]
    assert found == sorted(found)
    assert found[0] == 0
    assert found[-1] == len(lines) - 1


@st.composite
def badges(draw: st.DrawFn, text: str) -> list[int]:
    """Offsets of clusters, some more than once, in order."""
    edges, base = [], 0
    for paragraph in text.split("\n"):
        edges += grapheme_edges(text, base, base + len(paragraph))[:-1]
        base += len(paragraph) + 1
    return sorted(draw(st.lists(st.sampled_from(edges), max_size=8))) if edges else []


@given(ANY_TEXT, WIDTHS, st.data())
def test_badges_take_cells_of_their_own_and_every_code_point_keeps_its(
    text: str, width: int, data: st.DataObject
) -> None:
    lines = wrap(text, width, data.draw(badges(text)))
    for line in range(len(lines)):
        clusters = clusters_of(text, lines, line)
        cells = 0
        for left, right in pairwise(clusters):
            count = lines.badges_in(left, right)
            for badge in range(cells, cells + count):
                assert drawn_at(text, lines, line, badge) is None
                assert offset_at(text, lines, line, badge) == left
            size = cell_x(text, left, right)
            assert column_of(text, lines, line, left) == cells + count
            for cell in range(cells + count, cells + count + size):
                assert drawn_at(text, lines, line, cell) == offset_at(text, lines, line, cell) == left
            cells += count + size
        assert cells <= width or len(clusters) == 2
        assert drawn_at(text, lines, line, cells) is None


@given(ANY_TEXT, WIDTHS, st.data())
def test_wrapping_again_around_new_badges_equals_wrapping_anew(text: str, width: int, data: st.DataObject) -> None:
    old, new = data.draw(badges(text)), data.draw(badges(text))
    both = sorted(old + new)
    again = wrap_again(text, wrap(text, width, old), width, both, new)
    assert again == wrap(text, width, both)


@given(ANY_TEXT, WIDTHS, st.data())
def test_with_badges_only_breaks_are_dropped_and_no_cluster_is_split(
    text: str, width: int, data: st.DataObject
) -> None:
    lines, edges, base = wrap(text, width, data.draw(badges(text))), set(), 0
    for end, following in zip(lines.ends, [*lines.starts[1:], len(text)], strict=True):
        assert set(text[end:following]) <= {"\n", *SPACES} | wrapping._BREAK_SPACES
    for paragraph in text.split("\n"):
        edges |= {base + edge for edge in grapheme_edges(paragraph, 0, len(paragraph))}
        base += len(paragraph) + 1
    assert edges.issuperset(lines.starts) and edges.issuperset(lines.ends)


@given(st.text(st.sampled_from("ab,-  \t\x07—é"), max_size=120), WIDTHS, st.data())
def test_counting_and_measuring_wrap_narrow_text_alike(text: str, width: int, data: st.DataObject) -> None:
    drawn, kept = drawable_line(text), data.draw(badges(text))
    width += len(kept)
    counting = wrapping._NarrowCutter(drawn, width, kept)
    measuring = wrapping._MeasuringCutter(text, drawn, width, kept)
    start = 0
    while start < len(text):
        assert counting(start) == measuring(start)
        start = counting(start)[1]


def test_each_narrow_character_is_one_cell_and_never_part_of_a_larger_cluster() -> None:
    for first, last in NARROW_RANGES:
        for character in map(chr, range(first, last + 1)):
            assert cell_len(character) == 1, hex(ord(character))
            assert regex.fullmatch(r"\p{GCB=Other}", character), hex(ord(character))
            assert character == " " or character not in wrapping._BREAK_SPACES, hex(ord(character))


@pytest.mark.parametrize(
    "unit",
    ["中国人民", "a", " ", "a\u0301", "\u0301", "🇵🇰", "👩‍", "x　", "العَرَبِيَّة ", "\u1160", "क्", "中 ", "\x1b"],
)
@pytest.mark.parametrize("width", [1, 80])
def test_a_paragraph_of_a_hundred_thousand_characters_is_drawn_whole(unit: str, width: int) -> None:
    text = (unit * 100_000)[:100_000]
    lines = wrap(text, width)
    gaps = [text[end:start] for end, start in zip(lines.ends, [*lines.starts[1:], len(text)], strict=True)]
    assert not "".join(gaps).strip()
    assert lines.starts[0] == 0
