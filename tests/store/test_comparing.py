"""Two pipelines on a project's articles, against each other and against gold; nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from small_projects import annotate, propose, shared, small_project

from annotate import extraction
from annotate.articles import Article, hash_text
from annotate.extractor import Engine
from annotate.layers import Status
from annotate.pipeline_agreement import Agreed
from store import comparing
from store.article_files import write_article
from store.comparing import Comparison, compare, stored_agreement
from store.extracting import extract_missing
from store.project import Project

TEXTS = {"a": "Ada met Bob in Lima.", "b": "Acme sold it to Lima.", "c": "Nobody is here."}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", TEXTS)


def _pipeline(path: Path, *patterns: tuple[str, str]) -> str:
    nlp = spacy.blank("en", meta={"name": path.name, "version": "1"})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": text} for text, label in patterns])
    nlp.to_disk(path)
    return str(path)


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    first = _pipeline(tmp_path / "one", ("Lima", "GPE"), ("Ada", "PERSON"), ("Acme", "ORG"))
    return first, _pipeline(tmp_path / "other", ("Lima", "GPE"), ("Ada", "ORG"), ("Bob", "PER"))


def _counts(found: Comparison) -> dict[str, Agreed]:
    return {label: found.agreement.of(label) for label in sorted(found.agreement.labels())}


@pytest.mark.parametrize("engine", [Engine(), Engine(apart=True)])
def test_the_second_is_held_against_the_first_and_nothing_is_written(project, two, engine):
    before = shared(project.root)
    found = compare(project, *two, engine=engine)
    assert (found.first.name, found.second.name) == ("en_one", "en_other")
    assert _counts(found) == {"GPE": Agreed(2, 2, 2), "ORG": Agreed(1, 1, 0), "PERSON": Agreed(1, 0, 0)}
    assert found.left_out == {"PER": 1}
    assert (found.agreement.articles, found.to_gold[0].articles, found.problems) == (3, 0, [])
    assert shared(project.root) == before


def test_labels_are_compared_as_the_project_means_them(project, two):
    config = project.root / "manicule.toml"
    config.write_text(config.read_text() + '\n[label_map]\nPER = "PERSON"\n')
    found = compare(Project.open(project.root), *two)
    assert _counts(found)["PERSON"] == Agreed(1, 1, 0)
    assert not found.left_out


def test_gold_is_what_was_adjudicated_or_else_the_annotator_s_own_and_nobody_else_s(project, two):
    annotate(project, "ann", "a", [("Ada", "PERSON"), ("Lima", "GPE")], status=Status.DONE)
    annotate(project, "bob", "b", [("Lima", "ORG")], status=Status.DONE)
    annotate(project, "ann", "c", [("Nobody", "PERSON")], status=Status.IN_PROGRESS)
    first, second = compare(project, *two, annotator="ann").to_gold
    assert (first.articles, first.total, second.total) == (1, Agreed(2, 2, 2), Agreed(2, 2, 1))
    assert compare(project, *two).to_gold[0].articles == 0
    annotate(project, "_adjudicated", "b", [("Acme", "ORG")], status=Status.DONE)
    first, second = compare(project, *two).to_gold
    assert (first.articles, first.total, second.total) == (1, Agreed(1, 2, 1), Agreed(1, 1, 0))


def test_gold_of_an_earlier_text_is_named_and_not_counted(project, two):
    annotate(project, "ann", "a", [("Ada", "PERSON")], status=Status.DONE)
    text = "In Lima Ada met Bob."
    write_article(project.locations.article("a"), Article("a", "A", text, hash_text(text)))
    found = compare(Project.open(project.root), *two, annotator="ann")
    assert (found.earlier, found.to_gold[0].articles, found.agreement.articles) == (["a"], 0, 3)


def test_what_is_stored_of_the_same_version_is_not_extracted_again(project, two, monkeypatch):
    list(extract_missing(project, [two[0]]))
    read: list[str] = []
    real = extraction.SpacyPipeline.read

    def reading(pipeline: extraction.SpacyPipeline, texts: list[str]) -> object:
        read.append(pipeline.source.name)
        return real(pipeline, texts)

    monkeypatch.setattr(extraction.SpacyPipeline, "read", reading)
    before = compare(project, *two)
    assert read == ["en_other"]
    _pipeline(Path(two[0]), ("Lima", "ORG"))
    assert compare(project, *two).agreement.total != before.agreement.total


def test_articles_that_cannot_be_read_or_fail_are_named_and_the_others_are_compared(project, two, monkeypatch):
    monkeypatch.setattr(comparing, "_TOGETHER", 2)
    project.locations.article("b").write_text("{")
    read = extraction.SpacyPipeline.read

    def failing(pipeline: extraction.SpacyPipeline, texts: list[str]) -> object:
        found = read(pipeline, texts)
        return [([], "no") if "Nobody" in text else one for one, text in zip(found, texts, strict=True)]

    monkeypatch.setattr(extraction.SpacyPipeline, "read", failing)
    found = compare(project, *two)
    assert found.agreement.articles == 1
    assert found.problems[1:] == ["c: en_one: no", "c: en_other: no"]
    assert found.problems[0].startswith(f"{project.locations.article('b')}: ")


def test_sources_are_compared_on_what_both_have_read(project):
    propose(project, "a", [("Ada", "PERSON"), ("Lima", "GPE")], source="one")
    propose(project, "b", [("Acme", "ORG")], source="one")
    propose(project, "a", [("Ada", "PERSON"), ("Lima", "ORG"), ("Bob", "PLANET")], source="two")
    propose(project, "c", [("Nobody", "PERSON")], source="three")
    found = stored_agreement(project)
    assert found.sources == ["one", "three", "two"]
    assert found.suggested == {
        ("one", "PERSON"): 1,
        ("one", "GPE"): 1,
        ("one", "ORG"): 1,
        ("two", "PERSON"): 1,
        ("two", "ORG"): 1,
        ("three", "PERSON"): 1,
    }
    assert {pair: (one.articles, one.total) for pair, one in found.pairs.items()} == {
        (0, 1): (0, Agreed(0, 0, 0)),
        (0, 2): (1, Agreed(2, 2, 1)),
        (1, 2): (0, Agreed(0, 0, 0)),
    }
