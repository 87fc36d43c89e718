"""The entities of all articles as one annotator sees them, kept from one opening of a project to the next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from annotate.entities.grouping import Mention
from annotate.layers import Annotation, State
from annotate.view import EntryState, View
from annotate.words import Range
from store.errors import StoreError
from store.ids import check_name
from store.library_index import folders_seen
from store.project import Project
from store.shard_cache import Marks, Recipe, ShardCache

_RULES = 2
"""Changes with what is kept of the same files."""

_STATES = tuple(EntryState)


@dataclass(frozen=True, slots=True)
class ArticleMentions:
    """The entities of an article.

    Attributes:
        article_id: the article.
        title: its title.
        date: as its metadata has it, or "".
        mentions: in the order of the text, but for rejected ones.
        states: how each of them stands.
        scores: of what is suggested; None for what is decided, or proposed without one.
        rejected: the ranges that were rejected.
    """

    article_id: str
    title: str
    date: str
    mentions: tuple[Mention, ...] = ()
    states: tuple[EntryState, ...] = ()
    scores: tuple[float | None, ...] = ()
    rejected: frozenset[Range] = frozenset()


def mentions_of_view(view: View) -> ArticleMentions:
    """The entities of an article that is at hand."""
    article = view.article
    entries = [one for one in view.entries() if one.state is not EntryState.REJECTED]
    return ArticleMentions(
        article.id,
        article.title,
        article.metadata.get("date", ""),
        tuple(Mention(article.id, one.start, one.end, one.label, article.text[one.start : one.end]) for one in entries),
        tuple(one.state for one in entries),
        tuple(one.score for one in entries),
        frozenset((one.span.start, one.span.end) for one in view.layer.annotations.values() if _is_rejected(one)),
    )


def _is_rejected(one: Annotation) -> bool:
    return one.state is State.REJECTED


def read_mentions(project: Project, annotator: str, article_id: str) -> ArticleMentions:
    """The entities of an article as they are on disk.

    Raises:
        StoreError: it cannot be read.
    """
    article = project.article(article_id)
    suggestions = project.suggestions(article, project.sources_for(annotator))
    layer = project.layer(annotator, article_id)
    if layer.text_hash != article.text_hash:
        article, suggestions = project.article(article_id, layer.text_hash), []
    return mentions_of_view(View(article, project.config.scheme, suggestions, layer))


def mentions_or_none(project: Project, annotator: str, article_id: str) -> ArticleMentions:
    """The entities of an article; none where it cannot be read."""
    try:
        return read_mentions(project, annotator, article_id)
    except StoreError:
        return ArticleMentions(article_id, article_id, "")


class MentionIndex:
    """What one annotator sees in all articles. For one thread at a time."""

    def __init__(self, project: Project, annotator: str, before: Callable[[str], object] = bool) -> None:
        """Nothing is read yet.

        Args:
            project: the project.
            annotator: who sees them.
            before: called with an article's id before it is read.

        Raises:
            StoreError: that is no annotator's name.
        """
        self._project = project
        self._annotator = check_name(annotator, "annotator")
        self._before = before
        stamp = (_RULES, project.config.scheme, project.is_blind(annotator))
        recipe = Recipe(
            f"mentions/{annotator}",
            hashlib.blake2b(repr(stamp).encode("utf-8", "replace"), digest_size=9).hexdigest(),
            partial(folders_seen, project, annotator),
            self._make,
            _encoded,
            _decoded,
            self._marks,
        )
        self._cache = ShardCache(project.locations, recipe)

    def kept(self) -> Iterator[list[ArticleMentions]]:
        """What was kept, shard by shard; nothing is checked."""
        for shard in self._cache.kept():
            yield list(shard.values())

    def check(self) -> Iterator[ArticleMentions]:
        """What is other than was kept; no mentions for an article that is gone or cannot be read."""
        for article_id, found in self._cache.check():
            yield found or ArticleMentions(article_id, article_id, "")

    def _make(self, article_id: str) -> tuple[ArticleMentions, bool]:
        self._before(article_id)
        try:
            return read_mentions(self._project, self._annotator, article_id), True
        except StoreError:
            return ArticleMentions(article_id, article_id, ""), False

    def _marks(self) -> Marks:
        return self._project.journal_marks(self._annotator)


def _encoded(one: ArticleMentions) -> list[Any]:
    held = zip(one.mentions, one.states, one.scores, strict=True)
    rows = [[it.start, it.end, it.label, it.text, _STATES.index(state), score] for it, state, score in held]
    return [one.title, one.date, rows, sorted(one.rejected)]


def _decoded(article_id: str, value: Any) -> ArticleMentions:
    title, date, rows, rejected = value
    return ArticleMentions(
        article_id,
        str(title),
        str(date),
        tuple([Mention(article_id, int(at), int(to), str(label), str(text)) for at, to, label, text, _, _ in rows]),
        tuple([_STATES[row[4]] for row in rows]),
        tuple([None if row[5] is None else float(row[5]) for row in rows]),
        frozenset((int(start), int(end)) for start, end in rejected),
    )
