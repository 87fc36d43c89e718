from __future__ import annotations

import sys
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotate.words import grapheme_edges
from tui.safe_text import drawable, drawable_line, shorten

HOSTILE = list(
    "a é\n\t\r\x00\x07\x08\x1b\x7f\x80\x85\x9b\x9f\xad"
    "\u061c\u200b\u200e\u2028\u2029\u202e\u2066\u2069\ufeff\ud800\udfff"
)
AWKWARD = list("中한क्\u0301\u200d\ufe0f\u20e3👩👧🏽❤🇵1\u0903\u1160\U000e0041")
ANY_TEXT = st.text(st.one_of(st.sampled_from(HOSTILE), st.sampled_from(AWKWARD), st.characters()), max_size=60)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("\x00\x08\x0b\x0c\r\x0e\x1f\x7f", "␀␈␋␌␍␎␟␡"),
        ("a\tb", "a b"),
        ("\x80\x85\x9b2J", "���2J"),
        ("\u061c\u200e\u200f\u202a\u202e\u2066\u2069", "�" * 7),
        ("a\u200bb\ufeffc\u00add\u2028e\u2029f", "a␣b␣c‧d␤e¶f"),
        ("\ud800\udfff", "��"),
        ("one\ntwo", "one\ntwo"),
        ("Zażółć “gęślą” — 中国 שלום می\u200cخواهم", "Zażółć “gęślą” — 中国 שלום می\u200cخواهم"),
    ],
)
def test_what_a_terminal_might_obey_is_drawn_as_a_stand_in(text: str, shown: str) -> None:
    assert drawable(text) == shown


def test_a_single_line_shows_its_line_feeds() -> None:
    assert drawable_line("one\ntwo\r\n") == "one␊two␍␊"


def test_no_code_point_comes_through_that_unicode_calls_a_control_or_a_break() -> None:
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    drawn = drawable_line(everything)
    assert len(drawn) == len(everything)
    assert not {unicodedata.category(c) for c in set(drawn)} & {"Cc", "Cs", "Zl", "Zp"}
    assert not regex.search(r"[\p{GCB=Control}\p{Bidi_Control}]", drawn)


@given(ANY_TEXT)
def test_drawing_keeps_the_length_and_changes_nothing_twice(text: str) -> None:
    for draw in (drawable, drawable_line):
        assert len(draw(text)) == len(text)
        assert draw(draw(text)) == draw(text)
    assert [c == "\n" for c in drawable(text)] == [c == "\n" for c in text]
    assert drawable(text).replace("\n", "␊") == drawable_line(text)


@given(ANY_TEXT)
def test_the_cells_of_a_drawn_text_do_not_depend_on_how_it_is_cut(text: str) -> None:
    drawn = drawable_line(text)
    assert cell_len(drawn) == sum(map(cell_len, drawn))


@pytest.mark.parametrize(("text", "cells"), [("❤️", 1), ("1️⃣", 1), ("👍🏽", 2), ("🇵🇰", 2), ("👩‍👧", 4)])
def test_what_terminals_disagree_about_is_drawn_so_that_they_agree(text: str, cells: int) -> None:
    assert cell_len(drawable(text)) == cells


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("COAS welcomes US pullout", 24, "COAS welcomes US pullout"),
        ("COAS welcomes US pullout", 23, "COAS welcomes US pullo…"),
        ("中国人民", 7, "中国人…"),
        ("中国人民", 6, "中国…"),
        ("cafe\u0301s", 4, "caf…"),
        ("cafe\u0301s", 5, "cafe\u0301s"),
        ("a🇵🇰🇱🇰", 4, "a🇵🇰…"),
        ("one\ntwo", 5, "one␊…"),
        ("x\x1b[2J", 3, "x␛…"),
        ("中", 1, "…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("", 0, ""),
    ],
)
def test_a_long_text_is_cut_to_its_cells_with_an_ellipsis(text: str, cells: int, shown: str) -> None:
    assert shorten(text, cells) == shown


@given(ANY_TEXT, st.integers(-1, 60))
def test_shortening_fits_cuts_no_cluster_and_wastes_no_room(text: str, cells: int) -> None:
    shown, whole = shorten(text, cells), drawable_line(text)
    assert cell_len(shown) <= max(cells, 0)
    if shown != whole and cells > 0:
        kept = len(shown) - 1
        edges = grapheme_edges(text, 0, len(text))
        assert shown == whole[:kept] + "…"
        assert kept in edges
        assert cell_len(whole[: edges[edges.index(kept) + 1]]) > cells - 1
