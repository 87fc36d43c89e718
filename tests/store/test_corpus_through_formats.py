"""A whole corpus leaves one project in each format and enters others: as gold onto its articles, and with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_projects import annotate, small_project

from store.export import ExportRequest, export
from store.formats import find_format, format_names
from store.import_request import ImportRequest
from store.importing import import_files
from store.project import Project

TEXTS = {
    "one": "👩🏽‍💻 Ada Lovelace met Zoe\u0308 S\u030ckoda in London.\n\nThen in  Lima.",
    "two": "“東京 Times” named 𝒳 Corp.\tNobody else.",
}
QUOTES = {
    "one": [("Ada Lovelace", "PERSON"), ("Zoe\u0308 S\u030ckoda", "PERSON"), ("London", "GPE"), ("Lima", "GPE")],
    "two": [("𝒳 Corp.", "ORG")],
}
READ = [name for name in format_names() if find_format(name).read]
WITH_TEXTS = [name for name in READ if find_format(name).can.texts and find_format(name).can.spacing]


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    project = small_project(tmp_path / "wire", TEXTS, overlap=False)
    for name, quotes in QUOTES.items():
        annotate(project, "ada", name, quotes)
    return tmp_path


def written(folder: Path, name: str) -> Path:
    out = folder / f"out{find_format(name).suffix}"
    done = export(Project.open(folder / "wire"), ExportRequest(name, align="expand"), out)
    assert (done.articles, done.spans, done.losses) == (2, 5, [])
    return out


def spans(project: Project) -> list[tuple[str, str]]:
    return sorted(
        (one.quote, one.span.label) for name in project.article_ids() for one in project.layer("zoe", name).confirmed()
    )


@pytest.mark.parametrize("name", READ)
def test_gold_of_one_project_is_gold_of_another_with_the_same_articles(exported: Path, name: str) -> None:
    other = small_project(exported / "other", TEXTS)
    done = import_files(other, ImportRequest(name, (written(exported, name),), "gold", "zoe"))
    assert (done.spans, done.added, done.losses) == (5, 0, [])
    assert spans(Project.open(other.root)) == sorted(quote for quotes in QUOTES.values() for quote in quotes)


@pytest.mark.parametrize("name", WITH_TEXTS)
def test_articles_come_along_with_their_text_as_it_was(exported: Path, name: str) -> None:
    other = small_project(exported / "other", {})
    request = ImportRequest(name, (written(exported, name),), "gold", "zoe", with_articles=True)
    done = import_files(other, request)
    assert (done.spans, done.added) == (5, 2)
    again = Project.open(other.root)
    assert {again.article(one).text for one in again.article_ids()} == set(TEXTS.values())
    assert spans(again) == sorted(quote for quotes in QUOTES.values() for quote in quotes)
