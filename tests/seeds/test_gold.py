from __future__ import annotations

import json
import re
from collections import defaultdict
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest

import seeds

ONTONOTES_5 = frozenset(
    "PERSON NORP FAC ORG GPE LOC PRODUCT EVENT WORK_OF_ART LAW LANGUAGE "
    "DATE TIME PERCENT MONEY QUANTITY ORDINAL CARDINAL".split()
)
GOLD = seeds.gold()
each_article = pytest.mark.parametrize("article", GOLD, ids=lambda article: article.id)


def gold_lines() -> list[str]:
    content = (files("seeds") / "gold.jsonl").read_text(encoding="utf-8")
    assert content.endswith("\n")
    return content[:-1].split("\n")


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in gold_lines()]


def test_there_are_five_articles_each_with_gold() -> None:
    names = sorted(entry.name for entry in (files("seeds") / "articles").iterdir())
    assert len(GOLD) == 5
    assert names == sorted(f"{article.id}.txt" for article in GOLD)


def test_the_article_files_come_in_the_order_of_the_gold() -> None:
    assert [path.name for path in seeds.articles()] == [f"{article.id}.txt" for article in GOLD]


def test_gold_lines_have_sorted_keys_and_unescaped_text() -> None:
    for line in gold_lines():
        assert line == json.dumps(json.loads(line), ensure_ascii=False, sort_keys=True)


def test_gold_rows_hold_the_agreed_fields_and_are_done() -> None:
    for row in rows():
        assert set(row) == {"id", "spans", "status", "text", "title"}
        assert row["status"] == "done"
        assert all(set(span) == {"end", "label", "start", "text"} for span in row["spans"])


@each_article
def test_gold_text_is_the_article_file_without_its_last_newline(article: seeds.GoldArticle) -> None:
    raw = (files("seeds") / "articles" / f"{article.id}.txt").read_bytes()
    assert raw == (article.text + "\n").encode("utf-8")
    assert article.text == article.text.strip()
    assert "\r" not in article.text


@each_article
def test_the_headline_is_the_title_and_stands_alone(article: seeds.GoldArticle) -> None:
    assert article.text.split("\n")[:2] == [article.title, ""]


@each_article
def test_an_article_has_150_to_450_words(article: seeds.GoldArticle) -> None:
    assert 150 <= len(article.text.split()) <= 450


@each_article
def test_spans_lie_inside_the_text_in_order_without_overlap(article: seeds.GoldArticle) -> None:
    assert article.spans
    assert all(0 <= start < end <= len(article.text) for start, end, _ in article.spans)
    assert all(before[1] <= after[0] for before, after in pairwise(article.spans))


def test_each_stored_surface_is_the_text_of_its_span() -> None:
    for row in rows():
        for span in row["spans"]:
            assert span["text"] == row["text"][span["start"] : span["end"]]


@each_article
def test_spans_keep_the_boundary_rules(article: seeds.GoldArticle) -> None:
    for start, end, _ in article.spans:
        surface = article.text[start:end]
        assert surface == surface.strip()
        assert "\n" not in surface
        assert not re.match(r"(?i)(the|an?) ", surface), surface
        assert not re.search(r"['’]s?$", surface), surface


@each_article
def test_spans_begin_and_end_at_word_edges(article: seeds.GoldArticle) -> None:
    for start, end, _ in article.spans:
        outside = article.text[:start][-1:] + article.text[end : end + 1]
        assert not any(character.isalnum() for character in outside), article.text[start:end]


def test_every_label_is_of_ontonotes_5() -> None:
    assert {label for article in GOLD for _, _, label in article.spans} <= ONTONOTES_5


def test_a_surface_has_the_same_label_wherever_it_is_marked() -> None:
    labels: defaultdict[str, set[str]] = defaultdict(set)
    for article in GOLD:
        for start, end, label in article.spans:
            labels[article.text[start:end].casefold()].add(label)
    assert {surface: found for surface, found in labels.items() if len(found) > 1} == {}


@each_article
def test_a_surface_marked_once_is_marked_wherever_it_stands(article: seeds.GoldArticle) -> None:
    surfaces = {one.text[start:end] for one in GOLD for start, end, _ in one.spans}
    for surface in surfaces:
        for found in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", article.text):
            covered = any(start <= found.start() and found.end() <= end for start, end, _ in article.spans)
            assert covered, f"{surface!r} at {found.start()} is not marked"
