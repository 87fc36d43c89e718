"""Small projects with annotators' layers and sources' suggestions, for tests of what reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from annotate import acts
from annotate.acts import Decisions
from annotate.layers import Status
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from annotate.view import View
from store.project import Draft, Project
from store.session import Session

Quotes = Iterable[tuple[str, str]]

LABELS = """
[[labels]]
name = "PERSON"
key = "P"
[[labels]]
name = "ORG"
key = "O"
[[labels]]
name = "GPE"
key = "G"
"""


def small_project(root: Path, texts: dict[str, str], *, overlap: bool = False, language: str = "en") -> Project:
    """A project of those articles, by id, with the labels PERSON, ORG and GPE."""
    labels = root.with_name(f"{root.name}-labels.toml")
    labels.write_text(LABELS)
    Project.create(root, labels=labels)
    config = root / "manicule.toml"
    text = config.read_text("utf-8")
    assert "overlap = false" in text and 'language = "en"' in text
    text = text.replace("overlap = false", f"overlap = {str(overlap).lower()}")
    config.write_text(text.replace('language = "en"', f'language = "{language}"'), "utf-8")
    project = Project.open(root)
    assert project.add_articles(Draft(name, name.title(), text) for name, text in texts.items()) == list(texts)
    return project


def propose(project: Project, article_id: str, quotes: Quotes, source: str = "news") -> None:
    """Have a source suggest those (quote, label)."""
    article = project.article(article_id)
    suggestions = tuple(Suggestion(_span(article.text, quote, label), source, "1") for quote, label in quotes)
    project.write_suggestions(SuggestionLayer(article_id, article.text_hash, Source(source, "1"), suggestions))


def annotate(
    project: Project,
    annotator: str,
    article_id: str,
    quotes: Quotes = (),
    *,
    rejected: Quotes = (),
    status: Status = Status.DONE,
) -> None:
    """Have an annotator confirm those (quote, label), reject others, and leave the article with that status."""
    session = Session(project, annotator)
    article = project.article(article_id)
    view = View(article, project.config.scheme, project.suggestions(article), session.layer(article_id))

    def decide(decisions: Decisions) -> None:
        session.commit(decisions)
        view.apply(decisions)

    for quote, label in quotes:
        span = _span(article.text, quote, label)
        decide(acts.add(view, span.start, span.end, label))
    for quote, label in rejected:
        span = _span(article.text, quote, label)
        entry = next(one for one in view.entries() if (one.start, one.end) == (span.start, span.end))
        decide(acts.reject(view, entry))
    endings: dict[Status, Callable[[], Decisions]] = {
        Status.DONE: lambda: acts.finish(view, acts.reject_rest),
        Status.SKIPPED: lambda: acts.skip(view),
    }
    if status in endings:
        decide(endings[status]())
    session.leave(article_id)
    session.close()


def tree(root: Path) -> dict[str, str]:
    """What a folder holds: a hash of each file by its path."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def shared(root: Path) -> dict[str, str]:
    """The same of what does not belong to this machine only."""
    return {name: held for name, held in tree(root).items() if not name.startswith(".manicule/")}


def _span(text: str, quote: str, label: str) -> Span:
    start = text.index(quote)
    return Span(start, start + len(quote), label)
