"""Mentions of one thing come together, and those of two never do."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from annotate.entities.grouping import Entity, Mention, family_of, group
from annotate.entities.index import NameIndex
from annotate.project_wide import EntityRecord


def mentions(*articles: str) -> list[Mention]:
    """`Bajwa/PERSON, ISPR/ORG` for each of the articles a, b, c …"""
    return [
        Mention(chr(97 + number), 10 * at, 10 * at + 5, label, text)
        for number, article in enumerate(articles)
        for at, (text, _, label) in enumerate(one.strip().partition("/") for one in article.split(",") if one.strip())
    ]


def grouped(*articles: str, records: Sequence[EntityRecord] = ()) -> list[list[str]]:
    found = group(mentions(*articles), records)
    return sorted(sorted(f"{one.article_id}:{one.text}" for one in entity.mentions) for entity in found)


def test_a_surname_after_a_full_name_is_that_persons() -> None:
    (entity,) = group(mentions("General Qamar Javed Bajwa/PERSON, Gen Qamar/PERSON, Bajwa/PERSON, Bajwa’s/PERSON"))
    assert entity.name == "Qamar Javed Bajwa"
    assert len(entity.mentions) == 4


def test_two_people_who_share_a_surname_stay_two() -> None:
    assert grouped("Imran Khan/PERSON, Salman Khan/PERSON, Khan/PERSON") == [
        ["a:Imran Khan"],
        ["a:Khan"],
        ["a:Salman Khan"],
    ]


def test_a_surname_belongs_to_the_person_of_its_own_article() -> None:
    assert grouped("Imran Khan/PERSON, Khan/PERSON", "Salman Khan/PERSON, Khan/PERSON") == [
        ["a:Imran Khan", "a:Khan"],
        ["b:Khan", "b:Salman Khan"],
    ]


def test_a_surname_alone_in_its_article_belongs_to_the_one_person_who_has_it() -> None:
    assert grouped("Imran Khan/PERSON", "Khan/PERSON") == [["a:Imran Khan", "b:Khan"]]
    assert grouped("Imran Khan/PERSON", "Khan/PERSON", "Salman Khan/PERSON") == [
        ["a:Imran Khan"],
        ["b:Khan"],
        ["c:Salman Khan"],
    ]


def test_an_acronym_is_what_its_article_explains_and_elsewhere_what_is_explained_once() -> None:
    assert grouped(
        "Inter-Services Public Relations/ORG, ISPR/ORG", "ISPR/ORG", "RSM/ORG", "Resolute Support Mission/ORG, RSM/ORG"
    ) == [
        ["a:ISPR", "a:Inter-Services Public Relations", "b:ISPR"],
        ["c:RSM", "d:RSM", "d:Resolute Support Mission"],
    ]


def test_an_acronym_that_two_names_of_the_article_fit_stays_by_itself() -> None:
    assert ["a:EAC"] in grouped("East African Community/ORG, East African Court/ORG, EAC/ORG")


def test_spelling_variants_are_one_unless_they_stand_side_by_side() -> None:
    assert grouped("Sergey Lavrov/PERSON, Lavrov/PERSON", "Sergei Lavrov/PERSON") == [
        ["a:Lavrov", "a:Sergey Lavrov", "b:Sergei Lavrov"]
    ]
    assert len(grouped("Sergey Lavrov/PERSON, Sergei Lavrov/PERSON")) == 2


def test_a_person_and_a_place_of_one_name_are_two_and_numbers_are_none() -> None:
    assert grouped("Washington/PERSON, Washington/GPE, Washington/LOC, Monday/DATE") == [
        ["a:Washington"],
        ["a:Washington", "a:Washington"],
    ]


def test_an_entity_tells_names_and_labels_the_most_frequent_first() -> None:
    (entity,) = group(mentions("the UN/ORG, United Nations/ORG, UN/ORG, UN/ORG"))
    assert entity.name == "United Nations"
    assert entity.names == (("UN", 2), ("the UN", 1), ("United Nations", 1))
    assert entity.labels == (("ORG", 4),)


def test_what_the_annotator_puts_together_stays_together() -> None:
    record = EntityRecord(
        "1", "United States", "Q30", (("place", "america"), ("place", "united states"), ("place", "us"))
    )
    (entity,) = group(mentions("America/GPE, US/GPE", "United States/GPE, US/GPE"), [record])
    assert (entity.id, entity.name, entity.identifier) == ("1", "United States", "Q30")
    assert len(entity.mentions) == 4


def test_what_the_annotator_parts_stays_apart() -> None:
    records = [EntityRecord("1", names=(("person", "imran khan"),)), EntityRecord("2", names=(("person", "khan"),))]
    assert grouped("Imran Khan/PERSON, Khan/PERSON", records=records) == [["a:Imran Khan"], ["a:Khan"]]


def test_a_single_mention_can_be_another_entitys() -> None:
    records = [EntityRecord("1", mentions=(("b", 0, 5),))]
    assert grouped("Imran Khan/PERSON", "Khan/PERSON, Khan/PERSON", records=records) == [
        ["a:Imran Khan", "b:Khan"],
        ["b:Khan"],
    ]


_NAMES = st.sampled_from(
    "Imran Khan,Salman Khan,Khan,Imran,Sergey Lavrov,Sergei Lavrov,Lavrov,UN,United Nations,Union North,EAC,"
    "East African Court,East African Community,the UN,US,United States,America,Qamar Javed Bajwa,Qamar,Bajwa".split(",")
)
_LABELS = st.sampled_from(["PERSON", "ORG", "GPE", "DATE"])
_CORPORA = st.lists(st.lists(st.tuples(_NAMES, _LABELS), max_size=6), max_size=5)


def corpus(articles: list[list[tuple[str, str]]]) -> list[Mention]:
    return [
        Mention(f"{number}", 10 * at, 10 * at + 5, label, text)
        for number, article in enumerate(articles)
        for at, (text, label) in enumerate(article)
    ]


@given(_CORPORA)
def test_every_named_mention_belongs_to_one_entity(articles: list[list[tuple[str, str]]]) -> None:
    held = corpus(articles)
    entities = group(held)
    assert sorted(one.key for entity in entities for one in entity.mentions) == sorted(
        one.key for one in held if family_of(one.label)
    )
    assert len({one.id for one in entities}) == len(entities)
    assert all(len({family_of(one.label) for one in entity.mentions}) == 1 for entity in entities)


def _members(entity: Entity | None) -> set[tuple[str, int, int]]:
    return {one.key for one in entity.mentions} if entity else set()


@given(_CORPORA, st.data())
def test_the_index_finds_the_entity_that_grouping_everything_finds(
    articles: list[list[tuple[str, str]]], data: st.DataObject
) -> None:
    held = corpus(articles)
    index = NameIndex()
    for number in range(len(articles)):
        index.put(str(number), [Mention(str(number), 0, 5, "ORG", "Something Else")])
        index.put(str(number), [one for one in held if one.article_id == str(number)])
    assert len(index) == len(held)
    if held:
        mention = data.draw(st.sampled_from(held))
        expected = next((one for one in group(held) if mention in one.mentions), None)
        found = index.entity_of(mention)
        assert _members(found) == _members(expected)
        assert (found.id if found else "") == (expected.id if expected else "")
