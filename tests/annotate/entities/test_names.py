"""Names are taken apart as readers take them, and only real variants are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.entities.names import is_part_of, is_variant, name_of, skeleton, stands_for


def person(text: str) -> str:
    return name_of(text, person=True).text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("General Qamar Javed Bajwa", "Qamar Javed Bajwa"),
        ("Gen. Qamar", "Qamar"),
        ("Lavrov’s", "Lavrov"),
        ("Sergei\n Lavrov's", "Sergei Lavrov"),
        ("Prime Minister Imran Khan", "Imran Khan"),
        ("Gen", "Gen"),
    ],
)
def test_titles_and_possessives_are_no_part_of_a_persons_name(text: str, name: str) -> None:
    assert person(text) == name


@pytest.mark.parametrize(("text", "name"), [("the United Nations’", "United Nations"), ("the", "the"), ("’s", "’s")])
def test_articles_are_no_part_of_a_name(text: str, name: str) -> None:
    assert name_of(text).text == name


def test_titles_belong_to_what_is_no_person() -> None:
    assert name_of("General Headquarters").text == "General Headquarters"


@pytest.mark.parametrize(
    ("one", "other"), [("U.N.", "UN"), ("Kabul", "KABUL"), ("Kaʻauwai", "Kaʻauwai"), ("São", "Sao")]
)
def test_case_marks_and_full_stops_make_no_other_name(one: str, other: str) -> None:
    assert name_of(one).key == name_of(other).key


@pytest.mark.parametrize(
    ("acronym", "name", "fits"),
    [
        ("ISPR", "Inter-Services Public Relations", True),
        ("GHQ", "General Headquarters", True),
        ("RSM", "Resolute Support Mission", True),
        ("US", "United States", True),
        ("UNHCR", "United Nations", False),
        ("FO", "Foreign Office", True),
        ("MOFA", "Ministry of Foreign Affairs", True),
        ("ISPR", "Islamabad", False),
        ("Isa", "International Space Agency", False),
        ("HQ", "General Headquarters", False),
    ],
)
def test_acronyms_are_made_of_initials(acronym: str, name: str, fits: bool) -> None:
    assert stands_for(name_of(acronym), name_of(name)) is fits


@pytest.mark.parametrize(
    ("short", "long", "fits"),
    [
        ("Bajwa", "Qamar Javed Bajwa", True),
        ("Qamar Bajwa", "Qamar Javed Bajwa", True),
        ("Q. Bajwa", "Qamar Javed Bajwa", True),
        ("Bajwa Qamar", "Qamar Javed Bajwa", False),
        ("Bajwa", "Bajwa", False),
        ("Ali", "Alice Khan", False),
    ],
)
def test_short_names_are_words_of_the_long_one_in_order(short: str, long: str, fits: bool) -> None:
    assert is_part_of(name_of(short, person=True), name_of(long, person=True)) is fits


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Sergey Lavrov", "Sergei Lavrov", True),
        ("Muhammad Khan", "Mohammed Khan", True),
        ("Qasim Malik", "Kasim Malik", True),
        ("Maria Lopez", "Mario Lopez", False),
        ("Ali Khan", "Alia Khan", False),
        ("Jean Smith", "John Smith", False),
        ("Sergey Lavrov", "Sergey Lavrov", False),
        ("Sergey Lavrov", "Sergei Lavrev", False),
        ("Imran Khan", "Salman Khan", False),
    ],
)
def test_spellings_of_one_name_are_told_from_two_names(one: str, other: str, same: bool) -> None:
    assert is_variant(name_of(one), name_of(other)) is same


@given(st.text(min_size=1), st.booleans())
def test_any_text_has_a_name_and_a_key(text: str, is_person: bool) -> None:
    name = name_of(text, person=is_person)
    assert name.words and all(name.key)
    assert name_of(name.text, person=is_person).key == name.key or not text.strip()


_WORD = st.text("aeiouklmnrsty", min_size=5, max_size=9)


@given(_WORD, _WORD, _WORD)
def test_variants_share_what_they_are_looked_up_by(first: str, second: str, last: str) -> None:
    one, other = name_of(f"{first} {last}"), name_of(f"{second} {last}")
    assert is_variant(one, other) == is_variant(other, one)
    if is_variant(one, other):
        assert skeleton(one) == skeleton(other)
