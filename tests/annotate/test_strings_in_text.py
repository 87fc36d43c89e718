"""Many strings are found at once exactly where each stands from word's edge to word's edge."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from annotate.strings_in_text import Found, Strings
from annotate.words import Words

TEXTS = st.text(st.sampled_from("ab1.,:;'’s_- \n$%é\u0301“北ก"), max_size=30)
STRINGS = st.lists(st.text(st.sampled_from("ab1.,'s_- $é北ก"), min_size=1, max_size=6), max_size=12)


def known(*strings: str) -> Strings:
    found = Strings()
    for string in strings:
        found.add(string)
    return found


def places(found: Found) -> list[tuple[int, str]]:
    return sorted((start, string) for (start, _), string in found.places)


def one_by_one(text: str, strings: list[str]) -> list[tuple[int, str]]:
    """Where a search for each string, and a look at the words, finds it."""
    words = Words(text)
    return sorted(
        (found.start(), string)
        for string in {one for one in strings if any(char.isalnum() or char == "_" for char in one)}
        for found in re.finditer(f"(?={re.escape(string)})", text)
        if words.parts_at(found.start()) and words.parts_at(found.start() + len(string))
    )


@given(TEXTS, STRINGS)
def test_all_at_once_finds_what_one_by_one_does(text: str, strings: list[str]) -> None:
    assert places(known(*strings).find(text)) == one_by_one(text, strings)


@given(TEXTS, STRINGS, STRINGS)
def test_what_was_found_before_is_gone_on_from(text: str, first: list[str], then: list[str]) -> None:
    strings = known(*first)
    before = strings.find(text)
    for string in then:
        strings.add(string)
    assert places(strings.find(text, before)) == one_by_one(text, first + then)


def test_a_string_is_found_beside_punctuation_and_possessives_but_not_inside_of_words() -> None:
    text = "Ali Khan's aide met “Ali Khan”, Ali Khanum and Mali Khan (Ali Khan)."
    assert [start for start, _ in places(known("Ali Khan").find(text))] == [0, 21, 58]


def test_names_in_scripts_without_spaces_are_found() -> None:
    assert places(known("北京", "大学").find("他在北京大学。")) == [(2, "北京"), (4, "大学")]


def test_many_strings_that_begin_alike_are_told_apart_by_their_next_word() -> None:
    strings = known(*(f"the {number} Board" for number in range(500)), "the Board")
    assert places(strings.find("To the 17 Board, the Board.")) == [(3, "the 17 Board"), (17, "the Board")]
