"""Readings of small articles over a real session, for tests of what keys come to."""

from __future__ import annotations

from pathlib import Path

from domain import FLAT
from store_helpers import project_in, suggest

from annotate.schemes import LabelScheme
from annotate.view import Entry
from store.session import Session
from tui.reading import Reading

TEXT = "Talks in Lima\n\nGen Ali Khan of the Ministry of Water met Bo Lind.\n\nWater Hall in Lima is old."

SUGGESTED = (("Lima", "GPE"), ("Ali Khan", "PERSON"), ("Ministry of Water", "ORG"), ("Bo Lind", "PERSON"))


def session_in(
    root: Path, *texts: str, scheme: LabelScheme = FLAT, suggested: tuple[tuple[str, str], ...] = SUGGESTED
) -> Session:
    """ada's session on a project of the articles a, b, c …, each with the suggestions that are in its text."""
    project = project_in(root, *(texts or (TEXT,)), scheme=scheme)
    for article_id in project.article_ids():
        text = project.article(article_id).text
        suggest(project, article_id, *(pair for pair in suggested if pair[0] in text))
    return Session(project, "ada")


def reading_of(session: Session, article_id: str = "a") -> Reading:
    """A reading of an article as the app opens it."""
    project, sources = session.project, session.project.sources()
    article = project.article(article_id)
    return Reading(session, article, project.config.scheme, project.suggestions(article, sources), sources)


def reading_in(root: Path, *texts: str, scheme: LabelScheme = FLAT) -> Reading:
    """A reading of the first article of a new project."""
    return reading_of(session_in(root, *texts, scheme=scheme))


def see_all(reading: Reading) -> None:
    """All entries have been on screen."""
    reading.see(reading.view.entries())


def quote(reading: Reading, entry: Entry | None = None) -> str:
    """The text of an entry, of the focus when none is given; "" when there is none."""
    entry = entry or reading.focus
    return reading.article.text[entry.start : entry.end] if entry else ""


def word(reading: Reading) -> str:
    """The text under the cursor."""
    return reading.article.text[slice(*reading.cursor)]


def states(reading: Reading) -> dict[str, tuple[str, str]]:
    """The label and the state of each entry by its text; of several with one text the last."""
    return {quote(reading, entry): (entry.label, entry.state.value) for entry in reading.view.entries()}


def find(reading: Reading, text: str) -> None:
    """Put the cursor where that text first stands."""
    reading.move_to(reading.article.text.index(text))


def press(reading: Reading, *labels: str) -> None:
    """Give labels one after the other, each as a key press of its own on something that is drawn."""
    for name in labels:
        reading.begin()
        reading.label(name, drawn=True)
