"""Remove articles without destroying anything: an article's file is what moves to the trash and back.

What sources proposed for it, and what annotators decided on it, stays where it is, since nobody writes another
annotator's files; without the article nothing of it counts, and with the article all of it does again. So one rename is
the whole of it, and is done or not done.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.article_files import read_article
from store.atomic import make_folder, sync_folder
from store.errors import BrokenFileError, StoreError, naming
from store.ids import natural_key
from store.locations import ADJUDICATED
from store.locking import locked
from store.project import Project


@dataclass(frozen=True, slots=True)
class Removed:
    """An article in the trash.

    Attributes:
        article_id: its id, which no other article is given.
        title: as it was; its id where its file cannot be read.
        annotators: who has decided something on it, as far as their layers' files say.
        sources: who has proposed something for it.
        problem: one line when its file cannot be read, else "".
    """

    article_id: str
    title: str
    annotators: tuple[str, ...]
    sources: tuple[str, ...]
    problem: str = ""


def removed_articles(project: Project) -> Iterator[Removed]:
    """The articles in the trash, sorted as a person sorts names."""
    for article_id in sorted(project.locations.trashed_ids(), key=natural_key):
        yield _removed(project, article_id)


def remove_article(project: Project, article_id: str) -> Removed:
    """Move an article to the trash.

    Raises:
        StoreError: there is no such article, or it cannot be moved; it is where it was.
    """
    places = project.locations
    with locked(places):
        _move(places.article(article_id), places.trashed(article_id), f"there is no article {article_id}")
    return _removed(project, article_id)


def restore_article(project: Project, article_id: str) -> None:
    """Move an article back from the trash.

    Raises:
        StoreError: it is not in the trash, or is among the articles, too, or cannot be moved; it is where it was.
    """
    places = project.locations
    with locked(places):
        _move(places.trashed(article_id), places.article(article_id), f"there is no article {article_id} in the trash")


def is_removed(project: Project, article_id: str) -> bool:
    """Whether an article is in the trash."""
    return project.locations.trashed(article_id).is_file()


def _move(here: Path, there: Path, nothing: str) -> None:
    if not here.is_file():
        raise StoreError(nothing)
    with naming(here):
        if there.exists() and there.read_bytes() != here.read_bytes():
            raise StoreError(f"{there}: another file is there already, so nothing was moved")
        make_folder(there.parent)
        os.rename(here, there)
        sync_folder(there.parent)
        sync_folder(here.parent)


def _removed(project: Project, article_id: str) -> Removed:
    places = project.locations
    annotators = [name for name in places.annotators() if places.layer(name, article_id).exists()]
    sources = [name for name in places.sources() if places.suggestions(name, article_id).exists()]
    title, problem = article_id, ""
    try:
        title = read_article(places.trashed(article_id), article_id).title or article_id
    except BrokenFileError as error:
        problem = error.message
    people = tuple(sorted(annotators, key=lambda name: (name == ADJUDICATED, name)))
    return Removed(article_id, title, people, tuple(sources), problem)
