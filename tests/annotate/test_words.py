from __future__ import annotations

from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

import annotate.words
from annotate.words import Characters, Words, grapheme_edges, segment_edges, trim

ANY_TEXT = st.text(
    st.one_of(
        st.sampled_from(list("aZé09 \n\t.,-_'’s()%$—")),
        st.sampled_from(
            list("中ひカไ한אبक्\u0301\u200d\u200c\ufe0f\u00ad\u0600\u0903👩🏽🇵🇰\r\x00\x1b\x85\u2028\u202e\ud800")
        ),
        st.characters(),
    ),
    max_size=60,
)
OFFSETS = st.integers(-3, 70)


def words_in(text: str) -> list[str]:
    return [text[start:end] for start, end in all_words(text)]


def all_words(text: str) -> list[tuple[int, int]]:
    """Every word, found by walking with `next_word`."""
    words, found = Words(text), []
    word: tuple[int, int] | None = words.word_at(0)
    while word and word != (0, 0):
        found.append(word)
        word = words.next_word(word[0])
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pakistan's army", ["Pakistan", "'s", "army"]),
        ("Pakistan’s army", ["Pakistan", "’s", "army"]),
        ("ISPR'S U.S.'s F-16's", ["ISPR", "'S", "U.S", "'s", "F", "16", "'s"]),
        ("(GHQ)'s", ["GHQ", "'s"]),
        ("O'Brien isn't", ["O'Brien", "isn't"]),
        ("he said 'so' and 's", ["he", "said", "so", "and", "s"]),
        ("Pak-US ties", ["Pak", "US", "ties"]),
        ("5% of Rs3.14 and $7", ["5", "%", "of", "Rs3.14", "and", "$", "7"]),
        ("“Bank” (of Ceylon) … —", ["Bank", "of", "Ceylon"]),
        ("中国 カタカナ שלום العربية", ["中", "国", "カタカナ", "שלום", "العربية"]),
        ("👩‍👩‍👧 🇵🇰🇱🇰 e\u0301te\u0301", ["👩‍👩‍👧", "🇵🇰", "🇱🇰", "e\u0301te\u0301"]),
        ("one\n\n ... \n\ntwo\n", ["one", "two"]),
    ],
)
def test_words_are_those_of_uax_29_with_possessives_and_hyphens_apart(text: str, expected: list[str]) -> None:
    assert words_in(text) == expected


@pytest.mark.parametrize("text", ["", "\n", " \t\n", "... — ()\n\n!"])
def test_a_text_without_words_has_none_anywhere(text: str) -> None:
    words = Words(text)
    for offset in range(-1, len(text) + 2):
        assert words.word_at(offset) == (0, 0)
        assert words.next_word(offset) is None
        assert words.previous_word(offset) is None
        assert words.next_edge(offset) == words.previous_edge(offset) == min(max(offset, 0), len(text))


def test_a_word_is_found_from_within_from_before_and_from_the_end() -> None:
    words = Words(" (Gen Qamar)\n\n...\n")
    assert words.word_at(3) == (2, 5)
    assert words.word_at(5) == (6, 11)
    assert words.word_at(0) == (2, 5)
    assert words.word_at(14) == (6, 11)


def test_a_span_grows_and_shrinks_word_by_word_over_punctuation() -> None:
    text = "the Bank (of Ceylon) fell"
    words = Words(text)
    assert text[4 : words.next_edge(8)] == "Bank (of"
    assert text[4 : words.next_edge(12)] == "Bank (of Ceylon"
    assert text[words.previous_edge(10) : 12] == "Bank (of"
    assert text[words.next_start(4) : 19] == "of Ceylon"
    assert text[4 : words.previous_end(19)] == "Bank (of"


def test_edges_stay_where_they_are_beyond_the_outermost_words() -> None:
    words = Words("«Ada»…")
    assert words.next_edge(4) == 4
    assert words.next_edge(99) == 6
    assert words.previous_edge(1) == 1
    assert words.previous_edge(-5) == 0
    assert words.next_start(1) == 1
    assert words.previous_end(4) == 4


def test_moving_and_growing_cross_paragraphs() -> None:
    words = Words("one\n\n\ntwo")
    assert words.next_word(0) == (6, 9)
    assert words.previous_word(7) == (0, 3)
    assert words.next_edge(3) == 9
    assert words.previous_edge(6) == 0


@given(ANY_TEXT)
def test_segments_partition_any_text(text: str) -> None:
    edges = segment_edges(text)
    assert edges[0] == 0
    assert edges[-1] == len(text)
    assert all(left < right for left, right in pairwise(edges))


@given(ANY_TEXT)
def test_words_are_ascending_disjoint_and_hold_every_letter(text: str) -> None:
    ranges = all_words(text)
    assert all(left[1] <= right[0] for left, right in pairwise(ranges))
    assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in ranges)
    covered = {offset for start, end in ranges for offset in range(start, end)}
    assert {offset for offset, character in enumerate(text) if character.isalnum()} <= covered


@given(ANY_TEXT)
def test_next_and_previous_word_are_inverse(text: str) -> None:
    words, ranges = Words(text), all_words(text)
    for left, right in pairwise(ranges):
        assert words.next_word(left[0]) == right
        assert words.previous_word(right[0]) == left
    if ranges:
        assert words.previous_word(ranges[0][0]) is None
        assert words.next_word(ranges[-1][0]) is None


@given(ANY_TEXT, OFFSETS)
def test_every_answer_lies_in_the_text_and_agrees_with_the_list_of_words(text: str, offset: int) -> None:
    words, ranges = Words(text), all_words(text)
    inside = min(max(offset, 0), len(text))
    assert words.next_edge(offset) == min((end for _, end in ranges if end > inside), default=inside)
    assert words.previous_edge(offset) == max((start for start, _ in ranges if start < inside), default=inside)
    assert words.next_start(offset) == min((start for start, _ in ranges if start > inside), default=inside)
    assert words.previous_end(offset) == max((end for _, end in ranges if end < inside), default=inside)
    following = [word for word in ranges if word[1] > inside]
    assert words.word_at(offset) == (following[0] if following else ranges[-1] if ranges else (0, 0))


@given(ANY_TEXT, OFFSETS)
def test_the_order_of_questions_does_not_change_the_answers(text: str, offset: int) -> None:
    asked_backwards = Words(text)
    for earlier in range(len(text), -1, -1):
        asked_backwards.word_at(earlier)
    assert asked_backwards.word_at(offset) == Words(text).word_at(offset)


@given(ANY_TEXT)
def test_grapheme_edges_are_those_of_the_library(text: str) -> None:
    expected = [0, *(match.end() for match in regex.finditer(r"\X", text))]
    assert grapheme_edges(text, 0, len(text)) == expected
    assert Words(text).grapheme_edges(0, len(text)) == expected


def test_grapheme_edges_are_offsets_into_the_whole_text() -> None:
    assert grapheme_edges("xxe\u0301🇵🇰👩‍👧y", 2, 9) == [2, 4, 6, 9]
    assert grapheme_edges("abc", 1, 1) == [1]


@pytest.mark.parametrize("flags", [127, 128, 129, 300, 301])
@pytest.mark.parametrize("before", ["", "a", "\u200d"])
@pytest.mark.parametrize("after", ["", "b", "\u0301", "\u0903"])
def test_long_runs_of_flags_are_cut_where_the_library_cuts_them(flags: int, before: str, after: str) -> None:
    text = before + "🇵" * flags + after
    assert grapheme_edges(text, 0, len(text)) == [0, *(m.end() for m in regex.finditer(r"\X", text))]
    expected = sorted({0, len(text), *(m.start() for m in regex.finditer(r"(?w)\b", text))})
    assert segment_edges(text) == expected


@given(ANY_TEXT, st.integers(0, 60), st.integers(0, 60))
def test_trim_drops_white_space_at_the_edges_and_nothing_else(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    left, right = trim(text, start, end)
    assert start <= left <= right <= end
    assert text[left:right] == text[start:end].strip()
    if not text[start:end].strip():
        assert (left, right) == (start, start)


@pytest.mark.parametrize(
    "unit",
    [
        "Pakistan was keen ",
        "中国人民",
        "a\u0301",
        "🇵🇰",
        "🇵\u00ad",
        "👩‍",
        "\u0301",
        "a.",
        "'s",
        "x's",
        " ",
        "क्",
        "\u00ad",
    ],
)
def test_a_long_text_of_any_kind_is_walked_in_bounds(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    words = Words(text)
    for offset in range(0, len(text), 97):
        following, preceding = words.next_word(offset), words.previous_word(offset)
        assert following is None or offset < following[0] < following[1] <= len(text)
        assert preceding is None or 0 <= preceding[0] < preceding[1] <= offset + 1
    edges = grapheme_edges(text, 0, len(text))
    assert (edges[0], edges[-1]) == (0, len(text))


@pytest.mark.parametrize("unit", ["\n", ".\n", " ", "..."])
def test_a_long_stretch_without_words_is_crossed(unit: str) -> None:
    text = "one" + (unit * 100_000)[:100_000] + "\ntwo"
    words = Words(text)
    assert words.next_word(0) == (len(text) - 3, len(text))
    assert words.previous_word(len(text)) == (0, 3)
    assert words.word_at(50_000) == (len(text) - 3, len(text))


def test_opening_and_one_question_segment_one_paragraph_only(monkeypatch: pytest.MonkeyPatch) -> None:
    segmented: list[str] = []
    inner = annotate.words.segment_edges
    monkeypatch.setattr(annotate.words, "segment_edges", lambda text: segmented.append(text) or inner(text))
    words = Words("The army chief met the envoy.\n" * 20_000)
    assert words.word_at(300_000) == (300_000, 300_003)
    assert len(segmented) == 1


@given(st.text("ab ,é中\n", max_size=40), st.data())
def test_words_starting_in_a_range_are_those_of_the_whole_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    every = Words(text).starting_in(0, len(text))
    assert all(text[slice(*word)].strip() for word in every)
    assert Words(text).starting_in(start, end) == [word for word in every if start <= word[0] < end]


@given(st.text("ab ,é中\n'", max_size=40))
def test_words_part_everywhere_but_inside_of_words(text: str) -> None:
    words = Words(text)
    inside = {offset for start, end in words.starting_in(0, len(text)) for offset in range(start + 1, end)}
    assert [offset for offset in range(len(text) + 1) if not words.parts_at(offset)] == sorted(inside)


@given(st.text(st.sampled_from("ab é中\n\t🇵👩\u200d\u0301'"), max_size=40))
def test_characters_are_the_clusters_that_can_be_seen(text: str) -> None:
    expected, base = [], 0
    for paragraph in text.split("\n"):
        edges = grapheme_edges(text, base, base + len(paragraph))
        expected += [pair for pair in pairwise(edges) if text[slice(*pair)].strip()]
        base += len(paragraph) + 1
    characters = Characters(text)
    assert characters.starting_in(0, len(text)) == expected
    for before, after in pairwise(expected):
        assert characters.next_word(before[0]) == after
        assert characters.previous_word(after[0]) == before
        assert characters.next_edge(before[1]) == after[1]
        assert characters.previous_edge(after[0]) == before[0]
        assert characters.next_start(before[0]) == after[0]
        assert characters.previous_end(after[1]) == before[1]


def test_a_text_of_white_space_has_no_character_to_stop_at() -> None:
    assert Characters(" \n\t").word_at(1) == (0, 0)
    assert Characters("").next_word(0) is None
