"""Every stem gives an id that can be a file's name, and no two ids differ in case only."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import StoreError
from store.ids import MAX_LENGTH, IdGiver, check_name, folded, is_name, natural_key, shard

STEMS = st.one_of(st.text(max_size=120), st.text("aA.-_é\u0301ßİ/\\ con日\0", max_size=100))


@given(STEMS, st.sets(STEMS.map(folded), max_size=4))
def test_a_safe_id_is_a_name_and_differs_from_those_taken(stem: str, taken: set[str]) -> None:
    name = IdGiver(taken).give(stem)
    assert check_name(name, "article") == name
    assert folded(name) not in taken
    assert len(name) <= MAX_LENGTH
    assert len(f"{name}.json".encode()) <= 255
    assert not set(name) & set("/\\:\0")
    assert unicodedata.is_normalized("NFC", name)


@given(st.lists(STEMS, max_size=8))
def test_ids_of_one_project_are_unique_regardless_of_case(stems: list[str]) -> None:
    giver = IdGiver(["taken"])
    names = [giver.give(stem) for stem in stems]
    assert len({folded(name) for name in [*names, "taken"]}) == len(stems) + 1


@given(STEMS)
def test_a_name_is_its_own_safe_id(stem: str) -> None:
    name = IdGiver([]).give(stem)
    assert IdGiver([]).give(name) == name


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("bajwa-ageler", "bajwa-ageler"),
        ("../../etc/passwd", "etc-passwd"),
        ("  A title: with  spaces?", "A-title-with-spaces"),
        ("", "article"),
        ("...", "article"),
        (".hidden", "hidden"),
        ("CON", "CON_"),
        ("nul.2024", "nul_.2024"),
        ("cafe\u0301", "café"),
        ("हिन्दी", "हिन्दी"),
        ("x" * 100, "x" * 80),
        ("日" * 100, "日" * 66),
    ],
)
def test_what_stems_become(stem: str, name: str) -> None:
    assert IdGiver([]).give(stem) == name


def test_a_second_one_is_numbered_and_still_short_enough() -> None:
    giver = IdGiver([])
    assert [giver.give("Report") for _ in range(3)] == ["Report", "Report-2", "Report-3"]
    assert giver.give("report") == "report-4"
    assert [len(giver.give("y" * 90)) for _ in range(11)] == [80] * 11


def test_many_equal_stems_are_numbered_quickly() -> None:
    giver = IdGiver([])
    assert [giver.give("index") for _ in range(20_000)][-1] == "index-20000"


@pytest.mark.parametrize(
    "name",
    ["", "a/b", "..", "a b", ".a", "a.", "-a", "con", "LPT1.x", "a\u202eb", "x" * 81, "\u0301a", "a\0", "a\ud800"],
)
def test_what_cannot_be_a_name(name: str) -> None:
    assert not is_name(name)
    with pytest.raises(StoreError, match="annotator"):
        check_name(name, "annotator")


def test_names_are_composed() -> None:
    assert check_name("Zoe\u0308", "annotator") == "Zoë"
    assert not is_name("Zoe\u0308")


def test_the_folder_of_an_id_does_not_depend_on_case() -> None:
    assert shard("Bajwa") == shard("bajwa") == "b1"


def test_names_sort_as_a_person_sorts_them() -> None:
    names = ["page10", "Page9", "page1", "10", "9", "a"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "page1", "Page9", "page10"]
