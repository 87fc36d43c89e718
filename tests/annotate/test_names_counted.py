"""Names are counted by article with short names under long ones; memory stays bounded and says what that costs."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotate.layers import Annotation, State
from annotate.names_counted import ArticleNames, Called, NameCounter, Named, PairCounter, names_in
from annotate.project_wide import EntityRecord
from annotate.spans import Span

TEXT = "Gen Omar Ali met Bo in Lima. The Ali talks in LIMA began Friday.\nBo left."


def confirmed(text: str, *quotes: tuple[str, str]) -> list[Annotation]:
    found, at = [], 0
    for quote, label in quotes:
        at = text.index(quote, at)
        found.append(Annotation(str(at), Span(at, at + len(quote), label), quote, State.CONFIRMED))
        at += len(quote)
    return found


QUOTES = [
    ("Gen Omar Ali", "PERSON"), ("Bo", "PERSON"), ("Lima", "GPE"), ("Ali", "PERSON"), ("LIMA", "GPE"),
    ("Friday", "DATE"), ("Bo", "PERSON"),
]  # fmt: skip


def names(*named: str, sentences: tuple[tuple[int, ...], ...] = ()) -> ArticleNames:
    return ArticleNames(tuple(Named("person", one, one.title(), 1) for one in named), sentences)


def test_short_names_count_for_the_long_ones_of_their_article_and_dates_for_nothing() -> None:
    found = names_in("a", TEXT, confirmed(TEXT, *QUOTES))
    assert {(one.key, one.mentions) for one in found.named} == {("omar ali", 2), ("bo", 2), ("lima", 2)}


def test_sentences_tell_which_names_stand_in_one() -> None:
    found = names_in("a", TEXT, confirmed(TEXT, *QUOTES))
    told = [{found.named[number].key for number in one} for one in found.sentences]
    assert told == [{"omar ali", "bo", "lima"}, {"omar ali", "lima"}]


def test_an_article_without_names_has_none() -> None:
    assert names_in("a", TEXT, confirmed(TEXT, ("Friday", "DATE"))) == ArticleNames()


def test_what_the_annotator_said_of_names_counts() -> None:
    called = Called([EntityRecord("1", "Omar Ali, general", names=(("person", "omar ali"), ("person", "bo")))])
    counter = NameCounter(called)
    counter.take(names_in("a", TEXT, confirmed(TEXT, *QUOTES)))
    first, second = counter.most_frequent(5)
    assert (first.name, first.mentions, first.articles) == ("Omar Ali, general", 4, 1)
    assert second.name == "Lima"


def test_pairs_are_counted_by_article_and_by_sentence() -> None:
    called = Called()
    counter = NameCounter(called)
    articles = [names("ada", "bo", "cy", sentences=((0, 1), (0, 1, 2))), names("bo", "ada")]
    for one in articles:
        counter.take(one)
    pairs = PairCounter(called, counter.widespread(2))
    for one in articles:
        pairs.take(one)
    (pair,) = pairs.most_frequent(10)
    assert (pair.names, pair.articles, pair.sentences) == (("Ada", "Bo"), 2, 2)


@given(st.lists(st.lists(st.integers(0, 30), max_size=6, unique=True), max_size=60), st.integers(2, 12))
def test_forgetting_rare_names_costs_no_more_than_is_said(articles: list[list[int]], most: int) -> None:
    counter = NameCounter(Called(), most)
    true: Counter[str] = Counter()
    for one in articles:
        counter.take(names(*(f"n{number}" for number in one)))
        true.update(f"N{number}" for number in one)
    found = {one.name: one.mentions for one in counter.most_frequent(100)}
    assert len(found) <= most
    assert all(found.get(name, 0) <= count <= found.get(name, 0) + counter.missed for name, count in true.items())
    if len(true) <= most:
        assert counter.missed == 0


@given(st.lists(st.lists(st.integers(0, 8), max_size=5, unique=True), max_size=30))
def test_pairs_of_the_names_looked_for_are_counted_exactly(articles: list[list[int]]) -> None:
    looked_for = {("person", f"n{number}"): f"N{number}" for number in range(5)}
    counter = PairCounter(Called(), looked_for)
    true: Counter[tuple[str, str]] = Counter()
    for one in articles:
        counter.take(names(*(f"n{number}" for number in one)))
        held = sorted(number for number in one if number < 5)
        true.update((f"N{a}", f"N{b}") for i, a in enumerate(held) for b in held[i + 1 :])
    assert {one.names: one.articles for one in counter.most_frequent(1000)} == dict(true)
