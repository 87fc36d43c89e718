from __future__ import annotations

import pytest

from annotate.news_pipeline.number_rules import find_numbers

CASES = [
    ("It opens on Monday.", [("Monday", "DATE")]),
    ("It opened on November 24.", [("November 24", "DATE")]),
    ("It opened on 24 November 2023.", [("24 November 2023", "DATE")]),
    ("Prices rose last year.", [("last year", "DATE")]),
    ("Prices fell a year earlier.", [("year earlier", "DATE")]),
    ("In the 1990s it closed.", [("1990s", "DATE")]),
    ("A 45-year-old farmer came.", [("45-year-old", "DATE")]),
    ("In fiscal year 2024 it grew.", [("fiscal year 2024", "DATE")]),
    ("He was 81.", [("81", "DATE")]),
    ("It rose in May.", [("May", "DATE")]),
    ("They may march on.", []),
    ("At 8 a.m. it began.", [("8 a.m.", "TIME")]),
    ("It fell at 1540 GMT.", [("1540 GMT", "TIME")]),
    ("It began on Tuesday night.", [("Tuesday night", "TIME")]),
    ("It took two hours.", [("two hours", "TIME")]),
    ("It cost $3 million.", [("$3 million", "MONEY")]),
    ("It cost Rs 200.", [("Rs 200", "MONEY")]),
    ("It cost KSh1.2 billion.", [("KSh1.2 billion", "MONEY")]),
    ("It cost 50 euros.", [("50 euros", "MONEY")]),
    ("It rose 4.5 per cent.", [("4.5 per cent", "PERCENT")]),
    ("It rose 25 basis points.", [("25 basis points", "PERCENT")]),
    ("It is 120 km away.", [("120 km", "QUANTITY")]),
    ("It was 38 degrees Celsius.", [("38 degrees Celsius", "QUANTITY")]),
    ("A 1,900-tonne ship left.", [("1,900-tonne", "QUANTITY")]),
    ("Keep it at 2 to 8 degrees Celsius.", [("2 to 8 degrees Celsius", "QUANTITY")]),
    ("The third bid won.", [("third", "ORDINAL")]),
    ("The Second Secretary came.", []),
    ("About 1,200 people came.", [("1,200", "CARDINAL")]),
    ("They won 2-0.", [("2-0", "CARDINAL")]),
    ("One of them left.", []),
    ("Dozens left.", []),
    ("\n1. A first point", [("first", "ORDINAL")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_numbers_are_found_with_their_words(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], label) for start, end, label in find_numbers(text)] == expected


def test_only_the_labels_asked_for_are_given() -> None:
    found = find_numbers("On Monday it cost $3.", frozenset(["MONEY"]))
    assert [label for _, _, label in found] == ["MONEY"]


def test_no_number_crosses_a_line() -> None:
    text = "two\nhours"
    assert all("\n" not in text[start:end] for start, end, _ in find_numbers(text))
