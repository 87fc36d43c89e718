"""What one annotator did goes out in every format, and comes in again as another's, onto old articles and new ones."""

from pathlib import Path

import pytest
from small_projects import annotate, small_project

from store.export import ExportRequest, export
from store.formats import find_format, format_names
from store.import_request import ImportRequest
from store.importing import import_files
from store.project import Project

TEXTS = {
    "a": "Ada Lovelace 👩🏽‍💻 met Charles Babbage in London\non 5 June 1833.",
    "b": "Zoe\u0308 S\u030ckoda\twent to\n\n東京 and  Lima.",
    "c": "Nobody is here.",
    "d": "The Bank of\nPeru is in Lima. (It was.)",
}
GOLD = {
    "a": [("Ada Lovelace", "PERSON"), ("Charles Babbage", "PERSON"), ("London", "GPE")],
    "b": [("Zoe\u0308 S\u030ckoda", "PERSON"), ("Lima", "GPE")],
    "c": [],
    "d": [("Bank of\nPeru", "ORG"), ("Lima", "GPE")],
}
BOTH_WAYS = [name for name in format_names() if find_format(name).read and find_format(name).write]

WITH_TEXTS = [name for name in BOTH_WAYS if find_format(name).can.spacing and name not in ("csv", "tsv")]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = small_project(tmp_path / "wire", TEXTS)
    for name, quotes in GOLD.items():
        annotate(made, "ada", name, quotes)
    return made


def _exported(project: Project, name: str, folder: Path) -> Path:
    form = find_format(name)
    out = folder / f"out{form.suffix}"
    export(project, ExportRequest(name, allow_loss=True), out)
    return out


def _confirmed(project: Project, annotator: str, article_id: str) -> set[tuple[int, int, str, str]]:
    layer = Project.open(project.root).layer(annotator, article_id)
    return {(one.span.start, one.span.end, one.span.label, one.quote) for one in layer.confirmed()}


@pytest.mark.parametrize("name", BOTH_WAYS)
def test_every_span_comes_in_again_onto_the_same_articles(project, tmp_path, name):
    out = _exported(project, name, tmp_path)
    import_files(project, ImportRequest(name, (out,), "gold", "bob"))
    for article_id in TEXTS:
        assert _confirmed(project, "bob", article_id) == _confirmed(project, "ada", article_id), article_id
    assert Project.open(project.root).article_ids() == list(TEXTS)


@pytest.mark.parametrize("name", WITH_TEXTS)
def test_every_span_comes_in_with_its_article_into_an_empty_project(project, tmp_path, name):
    out = _exported(project, name, tmp_path)
    empty = small_project(tmp_path / "other", {"x": "Something else."})
    done = import_files(empty, ImportRequest(name, (out,), "gold", "bob", with_articles=True))
    by_text = {empty.article(one).text: one for one in Project.open(empty.root).article_ids()}
    for article_id, text in TEXTS.items():
        assert _confirmed(empty, "bob", by_text[text]) == _confirmed(project, "ada", article_id), article_id
    assert done.added == len(TEXTS)
