"""Texts that change: a newer text beside the old one, and an annotator's layer taken on to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from annotate.articles import Article, hash_text
from annotate.errors import ManiculeError
from annotate.layers import Layer
from store.article_files import write_article
from store.errors import AddError, BrokenFileError, naming
from store.ids import folded, plain_id
from store.locking import locked
from store.project import Addition, Draft, Project
from store.session import Session

_Origin = tuple[str, str]
"""The file or address that a document came from, and what its id was made from, regardless of case."""


@dataclass(frozen=True, slots=True)
class Update:
    """What became, or would become, of a document that is there already.

    Attributes:
        stem: the draft's.
        article_id: the article that came from the same file.
        changed: whether its text is another one.
    """

    stem: str
    article_id: str
    changed: bool


class Updates:
    """Finds for each document the article that came from the same file, and gives that the newer text."""

    def __init__(self, project: Project) -> None:
        """Read where the articles came from."""
        self._project = project
        self._articles: dict[_Origin, list[tuple[str, str]]] = {}
        for article_id in project.article_ids():
            try:
                article = project.article(article_id)
            except BrokenFileError:
                continue
            for origin in _origins(article):
                self._articles.setdefault(origin, []).append((article_id, article.text_hash))

    def find(self, draft: Draft) -> Update | None:
        """The article that came from the same file as a draft; None where there is none.

        Raises:
            AddError: there are several, and it is none of their texts.
        """
        origin = _file_of(draft.metadata)
        found = self._articles.get((origin, folded(plain_id(draft.stem))), []) if origin else []
        text_hash = hash_text(draft.text)
        same = [one for one in found if one[1] == text_hash]
        if len(found) > 1 and not same:
            names = ", ".join(name for name, _ in found)
            raise AddError([f"{origin}: several articles came from it ({names}), so none can be updated"])
        if not found:
            return None
        name, held = (same or found)[0]
        return Update(draft.stem, name, held != text_hash)

    def check(self, drafts: Iterable[Draft]) -> None:
        """Refuse drafts of which it cannot be said what they update.

        Raises:
            AddError: there are such; it has a line for each.
        """
        problems: list[str] = []
        for draft in drafts:
            try:
                self.find(draft)
            except AddError as error:
                problems += error.message.split("\n")
        if problems:
            raise AddError(problems)

    def make(self, drafts: Iterable[Draft]) -> Iterator[Update]:
        """Give the articles that came from the same files the texts of the drafts; others are passed over.

        The earlier texts stay: layers that belong to them lose nothing.

        Raises:
            AddError: see `find`.
            StoreError: a file cannot be written; those before it are.
        """
        with locked(self._project.locations):
            for draft in drafts:
                update = self.find(draft)
                if update and update.changed:
                    self._revise(update.article_id, draft)
                if update:
                    yield update

    def unknown(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        """The drafts that no article came from."""
        return (draft for draft in drafts if self.find(draft) is None)

    def _revise(self, article_id: str, draft: Draft) -> None:
        path = self._project.locations.article(article_id)
        with naming(path):
            write_article(path, Article(article_id, draft.title, draft.text, hash_text(draft.text), draft.metadata))


def update_articles(project: Project, drafts: Iterable[Draft]) -> Iterator[Update | Addition]:
    """Update what is there, then add what is not; `drafts` are gone through several times.

    Raises:
        AddError: of some it cannot be said what they update; nothing has changed.
        StoreError: a file cannot be written; those before it are.
    """
    updates = Updates(project)
    updates.check(drafts)
    yield from updates.make(drafts)
    yield from project.adding(updates.unknown(drafts))


def _origins(article: Article) -> Iterator[_Origin]:
    """What a document would have to come from to be this article: its id may have been given a number."""
    origin = _file_of(article.metadata)
    name = folded(article.id)
    base, dash, number = name.rpartition("-")
    if origin:
        yield origin, name
        if dash and number.isdigit():
            yield origin, base


def _file_of(metadata: Mapping[str, str]) -> str:
    return metadata.get("fetched") or metadata.get("file") or ""


@dataclass(frozen=True, slots=True)
class Standing:
    """The text in which an annotator reads an article.

    Attributes:
        article: in the revision that their layer belongs to.
        told: what to tell them about it, or "".
        earlier: whether there is a newer text.
    """

    article: Article
    told: str = ""
    earlier: bool = False


def stand(session: Session, article: Article, *, stay: bool = False) -> Standing:
    """Take an annotator's layer on to the newest text of an article, where it belongs to an earlier one.

    It is one decision, which can be undone. Where that cannot be made, or with `stay`, the annotator reads the
    earlier text.

    Args:
        session: theirs.
        article: in its newest revision.
        stay: whether to leave the layer where it is: it was just taken back to that text.

    Raises:
        BrokenFileError: the article has lost the revision, or the layer does not fit it.
        StoreError: the layer cannot be read.
    """
    layer = session.layer(article.id)
    if layer.text_hash == article.text_hash:
        return Standing(article)
    old = session.project.article(article.id, layer.text_hash)
    session.project.check_quotes(session.annotator, old, layer)
    if stay:
        return Standing(old, earlier=True)
    return _go_on(session, layer, old, article)


def _go_on(session: Session, layer: Layer, old: Article, new: Article) -> Standing:
    from annotate.reanchoring import reanchor, told

    decision = reanchor(layer, old, new, session.project.config.scheme)
    try:
        session.commit([decision])
    except ManiculeError as error:
        return Standing(old, f"the text has changed, but {error.message}", earlier=True)
    return Standing(new, f"the text has changed: {told(decision, layer)}")
