from __future__ import annotations

from collections.abc import Callable

import pytest

Finder = Callable[[str], list[tuple[str, str]]]

FOUND = [
    # gazetteer
    ("He flew to Kenya.", ("Kenya", "GPE")),
    ("He flew to Côte d’Ivoire.", ("Côte d’Ivoire", "GPE")),
    ("The Kenyan team won.", ("Kenyan", "NORP")),
    ("Two Pakistanis came.", ("Pakistanis", "NORP")),
    ("He speaks Swahili.", ("Swahili", "LANGUAGE")),
    ("It was translated into French.", ("French", "LANGUAGE")),
    ("The French minister left.", ("French", "NORP")),
    ("Ships crossed the Red Sea.", ("Red Sea", "LOC")),
    ("He works for UNICEF.", ("UNICEF", "ORG")),
    ("It was lost in World War II.", ("World War II", "EVENT")),
    # patterns
    (
        "He joined the Ministry of Water, Irrigation and Sanitation yesterday.",
        ("Ministry of Water, Irrigation and Sanitation", "ORG"),
    ),
    ("He studied at the University of Velmora.", ("University of Velmora", "ORG")),
    ("Shares of Velmora Cement Ltd rose.", ("Velmora Cement Ltd", "ORG")),
    ("The Ethics and Anti-Corruption Commission met.", ("Ethics and Anti-Corruption Commission", "ORG")),
    ("They met at the Velmora International Airport.", ("Velmora International Airport", "FAC")),
    ("They closed the Port of Velmora.", ("Port of Velmora", "FAC")),
    ("They crossed the Velmora River.", ("Velmora River", "LOC")),
    ("They climbed Mount Velmora.", ("Mount Velmora", "LOC")),
    ("They sailed the Gulf of Velmora.", ("Gulf of Velmora", "LOC")),
    ("He was born in Velmora Province.", ("Velmora Province", "GPE")),
    ("It is in Velmora county.", ("Velmora", "GPE")),
    ("They opened the Velmora Film Festival.", ("Velmora Film Festival", "EVENT")),
    ("Then Cyclone Velmora struck.", ("Cyclone Velmora", "EVENT")),
    ("It breaks the Finance Act 2019.", ("Finance Act 2019", "LAW")),
    ("It breaks Article 370.", ("Article 370", "LAW")),
    ("Then the MV Velmora sank.", ("MV Velmora", "PRODUCT")),
    ('She wrote "The Salt Road" there.', ("The Salt Road", "WORK_OF_ART")),
    # people
    ("Then General Ossip Velmor left.", ("Ossip Velmor", "PERSON")),
    ("Then Lt Gen Ossip Velmor left.", ("Ossip Velmor", "PERSON")),
    ("Kenyan Foreign Minister Ossip Velmor left.", ("Ossip Velmor", "PERSON")),
    ("Its spokesman Ossip Velmor left.", ("Ossip Velmor", "PERSON")),
    ("Then Mary Velmor left.", ("Mary Velmor", "PERSON")),
    ("Then J. K. Velmor left.", ("J. K. Velmor", "PERSON")),
    ("Yesterday Ossip Velmor said no.", ("Ossip Velmor", "PERSON")),
    ('"No," said Ossip Velmor.', ("Ossip Velmor", "PERSON")),
    ("By Ossip Velmor\n\nIt rained.", ("Ossip Velmor", "PERSON")),
    ("Then Sheikh Hilal bin Nasser al-Velmori left.", ("Hilal bin Nasser al-Velmori", "PERSON")),
    # context
    ("He lives in Velmora.", ("Velmora", "GPE")),
    ("He lives between Velmora and Ossipe.", ("Ossipe", "GPE")),
    ("VELMORA (Ossip Wire) - It rained.", ("VELMORA", "GPE")),
    ("VELMORA (Ossip Wire) - It rained.", ("Ossip Wire", "ORG")),
    ("Then its owner, Ossip Velmor, left.", ("Ossip Velmor", "PERSON")),
    ("Velmor said he would stay.", ("Velmor", "PERSON")),
]

NOT_FOUND = [
    ("The ministry and the court met.", "ministry"),
    ("The Ministry met.", "Ministry"),
    ("He saw the CEO of it.", "CEO"),
    ("Reading is fun.", "Reading"),
    ("Nice work was done.", "Nice"),
    ("They asked Parliament's Speaker.", "Speaker"),
    ("General matters were discussed.", "General"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_a_rule_finds_its_name(find: Finder, text: str, expected: tuple[str, str]) -> None:
    assert expected in find(text)


@pytest.mark.parametrize(("text", "surface"), NOT_FOUND)
def test_a_common_word_is_no_entity(find: Finder, text: str, surface: str) -> None:
    assert surface not in [found for found, _ in find(text)]


def test_a_surname_is_found_after_the_full_name(find: Finder) -> None:
    assert find("General Ossip Velmor came. Nobody saw how Velmor left.")[-1] == ("Velmor", "PERSON")


def test_an_acronym_in_brackets_names_its_body_and_is_found_later(find: Finder) -> None:
    found = find("The Kisumu Water Board (KWB) met. It is the KWB that pays.")
    assert found == [("Kisumu Water Board", "ORG"), ("KWB", "ORG"), ("KWB", "ORG")]


def test_an_acronym_makes_the_words_that_it_abbreviates_a_body(find: Finder) -> None:
    assert ("Velmora Tidal Works", "ORG") in find("They run Velmora Tidal Works (VTW) there.")


def test_an_acronym_of_a_role_is_none(find: Finder) -> None:
    assert "COAS" not in [text for text, _ in find("The Pakistan Army (COAS) met. The COAS left.")]


def test_a_firm_is_found_by_its_short_form(find: Finder) -> None:
    assert find("Velmora Cement Plc fell. Nobody buys Velmora now.")[-1] == ("Velmora", "ORG")


def test_equal_strings_get_equal_labels(find: Finder) -> None:
    found = find("General Ossip Velmor came.\n\nThey voted for Ossip Velmor twice.")
    assert found.count(("Ossip Velmor", "PERSON")) == 2


def test_a_repeat_in_capitals_is_found(find: Finder) -> None:
    text = "VELMOR WINS VOTE AGAIN TODAY\n\nGeneral Ossip Velmor won."
    assert find(text)[0] == ("VELMOR", "PERSON")


def test_hyphenated_pairs_are_two(find: Finder) -> None:
    assert find("The Pakistan-Russia talks began.") == [("Pakistan", "GPE"), ("Russia", "GPE")]


def test_articles_and_possessives_stay_outside(find: Finder) -> None:
    assert find("The United Nations' men saw Kenya's team.") == [("United Nations", "ORG"), ("Kenya", "GPE")]
