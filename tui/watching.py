"""Shows what others change in the project while the app is open, without anything on screen moving by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.message import Message

from store.library import Row, row
from store.project import Project
from store.watching import Changes, Watcher
from tui.screens.library import Library
from tui.screens.reader import Reader

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

    from store.mention_index import ArticleMentions
    from tui.desk import Desk

EVERY = 1.0
"""Seconds between two looks."""

_FIRST_AFTER = 0.1
"""Seconds after which the project is looked at first, so that this does not delay the first paint."""


class Looked(Message):
    """A look at the project is over.

    Attributes:
        changes: what has changed.
        ids: all articles, where there are others than there were.
        rows: of the articles that changed and are there.
        mentions: their entities, where those of all articles are at hand.
        gone: why the project's folder is not there, so that there was nothing to look at; else "".
    """

    def __init__(
        self,
        changes: Changes,
        ids: list[str] | None = None,
        rows: Sequence[Row] = (),
        mentions: Sequence[ArticleMentions] = (),
        gone: str = "",
    ) -> None:
        super().__init__()
        self.gone = gone
        self.mentions = mentions
        self.changes = changes
        self.ids = ids
        self.rows = rows


class Watch:
    """Looks at the project again and again in a thread of the app's.

    It reads with a project of its own: the app's is not made to be read by two threads at once.
    """

    def __init__(self, app: App[None], desk: Desk) -> None:
        """Nothing happens before `begin`."""
        self._app = app
        self._desk = desk
        self._project = Project(desk.project.root, desk.project.config)
        self._watcher = Watcher(self._project, desk.annotator, lambda: desk.ids, lambda: desk.session.journal_file)

    def begin(self) -> None:
        """Begin to look."""
        self._app.set_timer(_FIRST_AFTER, self._look_soon)

    def _look_soon(self) -> None:
        self._app.run_worker(self._look, thread=True, exit_on_error=False, group="watch")

    def _look(self) -> None:
        """A folder that goes away while it is looked at has not changed either: it is looked at when it is back."""
        found = None if self._project.gone() else self._found()
        gone = self._project.gone()
        self._app.post_message(Looked(Changes(), gone=gone) if found is None or gone else found)

    def _found(self) -> Looked:
        changes = self._watcher.look()
        ids = self._project.article_ids() if changes.listed else None
        there = set(ids) if ids is not None else None
        wanted = [one for one in sorted(changes.articles) if there is None or one in there]
        rows = [row(self._project, self._desk.annotator, one) for one in wanted]
        return Looked(changes, ids, rows, self._mentions(wanted))

    def _mentions(self, wanted: list[str]) -> list[ArticleMentions]:
        if not self._desk.has_corpus:
            return []
        from store.mention_index import mentions_or_none

        return [mentions_or_none(self._project, self._desk.annotator, one) for one in wanted]

    def take(self, event: Looked) -> None:
        """Bring the list up to date, offer new suggestions for the open article, and go on looking."""
        if event.ids is not None:
            self._desk.ids = event.ids
        if event.mentions:
            held = self._desk.session.holds
            self._desk.corpus.replace([one for one in event.mentions if not held(one.article_id)])
        rows = [one for one in event.rows if not self._desk.session.holds(one.article_id)]
        for screen in filter(_is_whole, self._app.screen_stack):
            if isinstance(screen, Library | Reader):
                screen.tell_gone(event.gone)
            if isinstance(screen, Library) and (rows or event.ids is not None):
                screen.take_from_others(rows, listed=event.ids is not None)
            elif isinstance(screen, Reader):
                screen.take_from_others(event.changes.articles)
        self._app.set_timer(EVERY, self._look_soon)


def _is_whole(screen: Screen[object]) -> bool:
    """Whether a screen has its parts: while the app comes and goes it may have none."""
    return screen.is_mounted and bool(screen.query("ArticleList, LabelBar"))
