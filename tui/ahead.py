"""The article that is likely to be opened next, read from disk while nobody waits for it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from annotate.articles import Article
from annotate.errors import ManiculeError
from annotate.sieve import Sieve
from annotate.suggestions import Suggestion
from annotate.view import View
from store.project import Project
from store.session import Session
from tui.quiet import Quiet
from tui.recall import Recall, is_large
from tui.wrapping import Wrapped, wrap

FileState = tuple[int, int, int]
"""Inode, size and time of the last change in nanoseconds."""


_PATIENCE = 5.0
"""Seconds to wait for what is being read already: to read it twice at once takes longer."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with what was proposed for it, as they were on disk.

    Attributes:
        article: the article.
        suggestions: those of `sources`.
        sources: whose suggestions were read.
        files: what tells whether the files are still the same.
        view: what these come to with the annotator's layer.
        wrapped: the text's lines for the width that was expected.
    """

    article: Article
    suggestions: list[Suggestion]
    sources: tuple[str, ...]
    files: tuple[FileState | None, ...]
    view: View
    wrapped: Wrapped


class Ahead:
    """Holds one article ready. Nothing that it holds is used once its files have changed."""

    def __init__(self, project: Project, session: Session, quiet: Quiet, recall: Recall) -> None:
        self._project = project
        self._quiet = quiet
        self._recall = recall
        self._session = session
        self._wanted = ""
        self._held: Prepared | None = None
        self._finished = threading.Event()

    def read(self, article_id: str, sources: Sequence[str], sieve: Sieve, width: int) -> None:
        """Read an article; for a worker thread. One that cannot be read is left for whoever opens it to tell."""
        self._wanted = article_id
        self._finished.clear()
        try:
            with self._quiet.urgent():
                self._read(article_id, sources, sieve, width)
        finally:
            self._finished.set()
        self._look_through_memory(self._held)

    def _look_through_memory(self, held: Prepared | None) -> None:
        if held and is_large(held.article):
            self._quiet.wait()
            with suppress(ManiculeError):
                self._recall.look(held.article, self._session.peek(held.article.id), held.suggestions)

    def _read(self, article_id: str, sources: Sequence[str], sieve: Sieve, width: int) -> None:
        files = self._files(article_id, sources)
        try:
            article = self._project.article(article_id)
            suggestions = self._project.suggestions(article, sources)
            layer = self._session.prepare(article_id)
            view = View(article, self._project.config.scheme, suggestions, layer, sieve=sieve)
            wrapped = Wrapped(width, wrap(article.text, width))
            prepared = Prepared(article, suggestions, tuple(sources), files, view, wrapped)
        except ManiculeError:
            return
        if self._wanted == article_id:
            self._held = prepared

    def take(self, article_id: str, sources: Sequence[str]) -> Prepared | None:
        """What was read of the article, if nothing of it has changed since; what is being read is waited for."""
        if self._wanted == article_id:
            self._finished.wait(_PATIENCE)
        held = self.peek(article_id, sources)
        self._held, self._wanted = None, ""
        return held

    def peek(self, article_id: str, sources: Sequence[str]) -> Prepared | None:
        """What was read of the article, if nothing of it has changed since; it stays for whoever opens it."""
        held = self._held
        if held is None or held.article.id != article_id or held.sources != tuple(sources):
            return None
        return held if held.files == self._files(article_id, sources) else None

    def _files(self, article_id: str, sources: Sequence[str]) -> tuple[FileState | None, ...]:
        locations = self._project.locations
        paths = [locations.article(article_id), *(locations.suggestions(source, article_id) for source in sources)]
        return tuple(map(_state, paths))


def _state(path: Path) -> FileState | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_ino, state.st_size, state.st_mtime_ns
