"""Projects for the tests of the store: made in a moment, with articles, suggestions and views."""

from __future__ import annotations

from pathlib import Path

from domain import FLAT

from annotate.articles import title_of
from annotate.schemes import LabelScheme
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from annotate.view import View
from store.config import ProjectConfig
from store.project import Draft, Project
from store.session import Session

TEXT = "Gen Ali Khan of the Ministry of Water visited Lima and Water Hall."


def project_in(root: Path, *texts: str, scheme: LabelScheme = FLAT) -> Project:
    """A project with the articles a, b, c …; its manicule.toml is not written."""
    root.mkdir(parents=True, exist_ok=True)
    project = Project(root, ProjectConfig("Test", "en", scheme))
    drafts = (Draft(stem, title_of(text), text) for stem, text in zip("abcdefgh", texts, strict=False))
    project.add_articles(drafts)
    return project


def suggest(project: Project, article_id: str, *quotes: tuple[str, str], source: str = "one") -> None:
    """Have `source` propose (quote, label) pairs, each where it first stands."""
    article = project.article(article_id)
    found = tuple(
        Suggestion(Span(start, start + len(quote), label), source, "1", 0.5)
        for quote, label in quotes
        for start in [article.text.index(quote)]
    )
    project.write_suggestions(SuggestionLayer(article_id, article.text_hash, Source(source, "1", "ff"), found))


def view_of(session: Session, article_id: str) -> View:
    """What the annotator sees of an article."""
    project = session.project
    article = project.article(article_id)
    return View(article, project.config.scheme, project.suggestions(article), session.layer(article_id))


def tree(root: Path) -> dict[str, bytes]:
    """Every file under `root` with its bytes."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
