"""One row for each article: where an annotator stands with it, and what there is to do."""

from __future__ import annotations

from dataclasses import dataclass

from annotate.articles import Article
from annotate.layers import Layer, Status
from annotate.suggestions import Suggestion
from annotate.view import View
from store.errors import StoreError
from store.project import Project
from store.session import Session


@dataclass(frozen=True, slots=True)
class Row:
    """An article as the library shows it.

    Attributes:
        article_id: the article.
        title: one line, as found; the id where it has none or cannot be read.
        words: how many runs of characters without white space the text has.
        status: where the annotator stands.
        flagged: whether they marked it to come back to.
        note: whether they noted something on the article as a whole.
        entities: confirmed annotations.
        undecided: entries still to settle; none in an article that is done.
        problem: one line when a file of it cannot be read, else "".
    """

    article_id: str
    title: str
    words: int = 0
    status: Status = Status.NEW
    flagged: bool = False
    note: bool = False
    entities: int = 0
    undecided: int = 0
    problem: str = ""


def row(project: Project, who: Session | str, article_id: str) -> Row:
    """The row of an article for an annotator, or for the session in which they are at work."""
    try:
        article = project.article(article_id)
    except StoreError as error:
        return Row(article_id, article_id, problem=error.message)
    title, words = article.title or article_id, len(article.text.split())
    annotator = who if isinstance(who, str) else who.annotator
    try:
        suggestions = project.suggestions(article, project.sources_for(annotator))
        return row_of_read(project, who, article, suggestions)
    except StoreError as error:
        return Row(article_id, title, words, problem=error.message)


def row_of_read(project: Project, who: Session | str, article: Article, suggestions: list[Suggestion]) -> Row:
    """The same for an article that was read with what is proposed for it.

    Raises:
        StoreError: the annotator's layer cannot be read.
    """
    layer = project.layer(who, article.id) if isinstance(who, str) else who.peek(article.id)
    return _row(article, layer, _undecided(project, article, suggestions, layer))


def row_of(view: View) -> Row:
    """The row of an article that is at hand, with nothing read from disk."""
    hidden = view.hidden_count if view.layer.status is not Status.DONE else 0
    return _row(view.article, view.layer, view.undecided_count + hidden)


def _row(article: Article, layer: Layer, undecided: int) -> Row:
    marks = layer.marks
    return Row(
        article.id,
        article.title or article.id,
        len(article.text.split()),
        layer.status,
        marks.flagged,
        bool(marks.note),
        len(layer.confirmed()),
        undecided,
    )


def _undecided(project: Project, article: Article, suggestions: list[Suggestion], layer: Layer) -> int:
    if layer.status is Status.DONE or layer.text_hash != article.text_hash:
        return 0
    if layer.annotations:
        return View(article, project.config.scheme, suggestions, layer).undecided_count
    length = len(article.text)
    shown = (one.span for one in suggestions if one.span.end <= length and one.span.label in project.config.scheme)
    return len({(span.start, span.end) for span in shown})
