from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from round_trips import TEST_STRING, articles, facts, fitted, read_back, read_facts, scheme, written

from store.formats import find_format
from store.formats.fitting import Policy, fit
from store.formats.model import GoldArticle, GoldSpan, ReadArticle, WriteOptions
from store.formats.xml_text import for_xml

OPTIONS = WriteOptions(scheme())
WITH_TEXTS = ["brat", "bdoc", "w3c", "webanno-tsv", "cas-json", "cas-xmi", "conllu"]
TABLES = ["csv", "tsv"]
ARTICLE = GoldArticle(
    "one",
    "Ada & Charles",
    TEST_STRING,
    (GoldSpan(0, 12, "PERSON", note="the first"), GoldSpan(22, 37, "PERSON"), GoldSpan(30, 47, "GPE")),
)


def back_and_forth(name: str, corpus: list[GoldArticle]) -> list[ReadArticle]:
    with tempfile.TemporaryDirectory() as folder:
        return read_back(name, written(name, corpus, Path(folder) / "out"))


@pytest.mark.parametrize("name", WITH_TEXTS)
@settings(max_examples=25, deadline=None)
@given(given_articles=articles())
def test_every_span_comes_back_with_its_text(name: str, given_articles: tuple[GoldArticle, ...]) -> None:
    form = find_format(name)
    held = fitted(form, given_articles, OPTIONS)
    if not form.can.controls:
        held = [replace(one, text=for_xml(one.text)) for one in held]
    read = back_and_forth(name, held)
    assert read_facts(read) == facts(held)
    assert {one.article.id for one in read} == {one.id for one in held}


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=25, deadline=None)
@given(given_articles=articles())
def test_every_span_comes_back_from_a_table_with_its_text(name: str, given_articles: tuple[GoldArticle, ...]) -> None:
    held = [one for one in fitted(find_format(name), given_articles, OPTIONS) if one.spans]
    read = back_and_forth(name, held)
    quoted = {(a.id, s.start, s.end, s.label, s.quote) for a in (one.article for one in read) for s in a.spans}
    assert quoted == facts(held)


@pytest.mark.parametrize("name", ["brat", "bdoc", "w3c", "cas-json", "conllu"])
@settings(max_examples=15, deadline=None)
@given(given_articles=articles())
def test_the_text_comes_back_as_it_was(name: str, given_articles: tuple[GoldArticle, ...]) -> None:
    held = fitted(find_format(name), given_articles, OPTIONS)
    assert {one.article.id: one.article.text for one in back_and_forth(name, held)} == {a.id: a.text for a in held}


@pytest.mark.parametrize("name", [*WITH_TEXTS, *TABLES, "tei", "html"])
def test_equal_articles_give_equal_bytes(name: str, tmp_path: Path) -> None:
    corpus = fitted(find_format(name), [ARTICLE], OPTIONS)
    one, two = (written(name, corpus, tmp_path / which) for which in ("one", "two"))
    files = [one] if one.is_file() else sorted(one.iterdir())
    for file in files:
        assert file.read_bytes() == (two if two.is_file() else two / file.name).read_bytes()


@pytest.mark.parametrize("name", ["cas-xmi", "tei", "html"])
def test_characters_that_xml_cannot_hold_are_named_as_a_loss(name: str) -> None:
    article = GoldArticle("a", "", "Ada\x0bmet\x01\ufffe.")
    losses = fit(article, find_format(name).can, Policy(), None).losses
    assert [one.line for one in losses] == ["a: 3 of its characters, which XML cannot hold"]


@pytest.mark.parametrize("name", ["brat", "webanno-tsv"])
def test_white_space_at_the_edge_of_a_span_is_named_as_a_loss(name: str) -> None:
    article = GoldArticle("a", "", "Ada met", (GoldSpan(0, 4, "PERSON"), GoldSpan(0, 3, "GPE")))
    fitted_one = fit(article, find_format(name).can, Policy(), None)
    assert [one.line for one in fitted_one.losses] == ["a: 0-4 PERSON “Ada ”: it begins or ends with white space"]
    assert fitted_one.article.spans == (GoldSpan(0, 3, "GPE"),)
