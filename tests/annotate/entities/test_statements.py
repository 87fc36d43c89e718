"""What is said of entities comes out of the next grouping, and nothing else changes."""

from __future__ import annotations

import pytest

from annotate.decisions import Decision
from annotate.entities import statements
from annotate.entities.grouping import Entity, Mention, group
from annotate.errors import DecisionError
from annotate.layers import Layer
from annotate.project_wide import PROJECT


class Book:
    """Mentions, and what has been said of them."""

    def __init__(self, *texts: tuple[str, str, str]) -> None:
        self.mentions = [
            Mention(where, 10 * at, 10 * at + 5, label, text) for at, (where, text, label) in enumerate(texts)
        ]
        self.layer = Layer(PROJECT, "")

    def entity(self, at: int) -> Entity:
        found = group(self.mentions, self.layer.entities.values())
        return next(one for one in found if self.mentions[at] in one.mentions)

    def say(self, decisions: tuple[Decision, ...]) -> None:
        for decision in decisions:
            before, self.layer = self.layer, decision.apply(self.layer)
            assert decision.inverse().apply(self.layer) == before

    def parts(self) -> list[list[int]]:
        found = group(self.mentions, self.layer.entities.values())
        return sorted(sorted(self.mentions.index(one) for one in entity.mentions) for entity in found)


KHANS = (
    ("a", "Imran Khan", "PERSON"),
    ("a", "Khan", "PERSON"),
    ("b", "Khan", "PERSON"),
    ("c", "Salman Khan", "PERSON"),
)


def test_a_name_and_a_link_stay_with_the_entity_and_are_taken_back() -> None:
    book = Book(*KHANS)
    book.say(statements.name(book.layer, book.entity(0), " The captain "))
    book.say(statements.link(book.layer, book.entity(0), "Q155164"))
    assert (book.entity(0).name, book.entity(0).identifier) == ("The captain", "Q155164")
    assert book.parts() == [[0, 1], [2], [3]]
    assert statements.link(book.layer, book.entity(0), "Q155164") == ()
    book.say(statements.link(book.layer, book.entity(0), ""))
    assert book.entity(0).identifier == ""


@pytest.mark.parametrize("identifier", ["Q0", "30", "file:///etc/passwd", "https://", "Q30 Q31"])
def test_what_is_neither_an_id_nor_an_address_is_refused(identifier: str) -> None:
    book = Book(*KHANS)
    with pytest.raises(DecisionError, match="neither a Wikidata id"):
        statements.link(book.layer, book.entity(0), identifier)


def test_two_entities_made_one_stay_one() -> None:
    book = Book(("a", "America", "GPE"), ("b", "United States", "GPE"), ("b", "US", "GPE"), ("c", "US", "GPE"))
    assert book.parts() == [[0], [1, 2, 3]]
    book.say(statements.merge(book.layer, book.entity(1), book.entity(0)))
    assert book.parts() == [[0, 1, 2, 3]]
    assert book.entity(3).name == "United States"
    with pytest.raises(DecisionError, match="one already"):
        statements.merge(book.layer, book.entity(0), book.entity(3))


def test_different_kinds_of_things_are_never_one() -> None:
    book = Book(("a", "Washington", "PERSON"), ("a", "Washington", "GPE"))
    with pytest.raises(DecisionError, match="different kinds"):
        statements.merge(book.layer, book.entity(0), book.entity(1))


def test_a_single_mention_goes_its_own_way_and_comes_back() -> None:
    book = Book(*KHANS)
    book.say(statements.split_mention(book.layer, book.entity(1), book.mentions[1]))
    assert book.parts() == [[0], [1], [2], [3]]
    book.say(statements.merge(book.layer, book.entity(0), book.entity(1)))
    assert book.parts() == [[0, 1], [2], [3]]


def test_all_mentions_of_a_name_go_their_own_way() -> None:
    book = Book(("a", "Sergey Lavrov", "PERSON"), ("b", "Sergei Lavrov", "PERSON"), ("b", "Lavrov", "PERSON"))
    assert book.parts() == [[0, 1, 2]]
    book.say(statements.split_name(book.layer, book.entity(0), book.mentions[1]))
    assert book.parts() == [[0], [1, 2]]
    with pytest.raises(DecisionError, match="all its mentions are"):
        statements.split_name(book.layer, book.entity(0), book.mentions[0])


def test_an_empty_name_is_refused() -> None:
    book = Book(*KHANS)
    with pytest.raises(DecisionError, match="cannot be empty"):
        statements.name(book.layer, book.entity(0), " ")
