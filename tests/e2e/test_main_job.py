"""A person does the main job with keys alone, quits, comes back, and exports what they decided."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin
from terminal import Terminal, manicule

WATER = "General Ada Khan spoke in Lima on Friday.\n\nThe Bank of Lima was silent about Project Blue Heron.\n"
FIRE = "Fire crews left Quito on Monday.\n"
PATTERNS = [
    {"label": "PERSON", "pattern": "General Ada Khan"},
    {"label": "GPE", "pattern": "Lima"},
    {"label": "ORG", "pattern": "Friday"},
    {"label": "PERSON", "pattern": "silent"},
    {"label": "GPE", "pattern": "Quito"},
    {"label": "DATE", "pattern": "Monday"},
]
DECIDED = {
    "1-water": {
        ("Ada Khan", "PERSON"),
        ("Lima", "GPE"),
        ("Friday", "DATE"),
        ("Bank of Lima", "ORG"),
        ("Project Blue Heron", "PRODUCT"),
    },
    "2-fire": {("Quito", "GPE"), ("Monday", "DATE")},
}


@pytest.fixture
def pipeline(tmp_path: Path) -> Path:
    """A small spaCy pipeline whose suggestions need every kind of decision."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(PATTERNS)
    nlp.meta["name"] = "tiny"
    nlp.to_disk(tmp_path / "tiny")
    return tmp_path / "tiny"


@pytest.fixture
def project(tmp_path: Path, pipeline: Path) -> Path:
    """A new project of two articles that the test writes, extracted with that pipeline."""
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "1-water.txt").write_text(WATER, encoding="utf-8")
    (texts / "2-fire.txt").write_text(FIRE, encoding="utf-8")
    root = tmp_path / "wire"
    manicule(tmp_path, "new", root, "--annotator", "ada")
    settings = root / "manicule.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('"manicule_news"', f'"{pipeline}"'), encoding="utf-8")
    manicule(tmp_path, "add", root, texts)
    manicule(tmp_path, "extract", root)
    return root


def exported(home: Path, project: Path) -> dict[str, set[tuple[str, str]]]:
    """What the exported DocBin holds, read by spaCy."""
    out = home / "gold.spacy"
    manicule(home, "export", project, "--format", "spacy", "--out", out)
    docs = DocBin().from_disk(out).get_docs(spacy.blank("en").vocab)
    return {doc.user_data["id"]: {(ent.text, ent.label_) for ent in doc.ents} for doc in docs}


def decide_on_the_first(person: Terminal) -> None:
    """Correct, confirm, relabel, replace, reject and add, then finish."""
    person.wait_for("General Ada Khan", "the library")
    person.press("Enter")
    person.wait_for("0/5", "the first article with its suggestions")
    person.press("{")
    person.wait_for("PERSON corrected", "the start moved by a word")
    person.press("Space", "Space")
    person.wait_for("2/5", "Lima confirmed")
    person.press("Y")
    person.wait_for("3/5", "Friday made a date, and the focus on the next")
    person.press("[", "[", "O")
    person.wait_for("ORG corrected", "the bank made whole and an organisation")
    person.press("Space", "x")
    person.wait_for("nothing undecided left", "the spurious one rejected")
    person.press("/")
    person.type("project")
    person.press("Esc")
    person.wait_for("“Project”", "the word found and selected")
    person.press("Shift+Right", "Shift+Right", "R")
    person.wait_for("PRODUCT added", "the missed one added")
    person.press("d")


def test_a_person_does_the_main_job_with_keys_alone(project: Path, tmp_path: Path) -> None:
    with Terminal(project, home=tmp_path) as person:
        decide_on_the_first(person)
        person.wait_for("Fire crews", "the next article at once")
        person.press("a", "d")
        person.wait_for("2 of 2 done", "the library after the last article")
        person.press("Ctrl+Q")
        assert person.wait_end() == 0
    assert exported(tmp_path, project) == DECIDED

    with Terminal(project, home=tmp_path) as person:
        person.wait_for("done", "the article where they left")
        person.press("u")
        person.wait_for("undone: finish", "yesterday's last decision taken back")
        person.press("u")
        person.wait_for("undone: 2 decisions", "and what `a` confirmed, as one")
        person.press("r")
        person.wait_for("done again: 2 decisions")
        person.press("r")
        person.wait_for("done again: finish")
        person.press("Ctrl+Q")
        assert person.wait_end() == 0
    assert exported(tmp_path, project) == DECIDED


def test_what_is_undone_is_not_exported(project: Path, tmp_path: Path) -> None:
    with Terminal(project, home=tmp_path) as person:
        decide_on_the_first(person)
        person.wait_for("Fire crews", "the next article at once")
        person.press("u", "u", "d")
        person.wait_for("Fire crews", "the article finished without the addition")
        person.press("Ctrl+Q")
        assert person.wait_end() == 0
    assert exported(tmp_path, project) == {"1-water": DECIDED["1-water"] - {("Project Blue Heron", "PRODUCT")}}
