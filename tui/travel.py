"""Undo and redo: over few articles at once, over many in a thread, whole or not at all; what is left to do then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from annotate.decisions import Group
from annotate.errors import ManiculeError
from store.library import Row, row_of
from store.session import Session
from tui.arrangement import title_or_id
from tui.desk import Desk
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.told_groups import articles_of, describe

if TYPE_CHECKING:
    from textual.app import App

    from store.mention_index import ArticleMentions

FAR = 20
"""Articles from which on an undo would keep the keys waiting."""


@dataclass(frozen=True, slots=True)
class Way:
    """Undo or redo.

    Attributes:
        step: goes it.
        ahead: what it would come to; None for nothing.
        done, doing, nothing: how each is told.
    """

    step: Callable[[Session, OnArticle], Group | None]
    ahead: Callable[[Session], Group | None]
    done: str
    doing: str
    nothing: str


UNDO = Way(Session.undo, Session.undoable, "undone", "undoing", "nothing to undo")
REDO = Way(Session.redo, Session.redoable, "done again", "doing again", "nothing to redo")


class StoppedError(ManiculeError):
    """An undo was stopped before anything had changed."""

    title = "Stopped"


@dataclass(frozen=True, slots=True)
class Arrival:
    """What an undo or a redo over many articles has come to.

    Attributes:
        way: which of them it was.
        group: what it did; None where there was nothing to do.
        rows, mentions: of its articles as they are now, the latter where they are at hand.
        problems: what went wrong with those that are gone or cannot be read, a line for each.
    """

    way: Way
    group: Group | None
    rows: list[Row] = field(default_factory=list)
    mentions: list[ArticleMentions] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@runtime_checkable
class Travelling(Protocol):
    """A screen from which one can undo and redo."""

    @property
    def is_mounted(self) -> bool:
        """Whether it has its parts."""

    def show_way(self, far: str) -> None:
        """Show how far an undo is, without a change to anything else on screen."""

    def arrive(self, arrival: Arrival) -> None:
        """Show what an undo has come to, and go there."""


class Traveller:
    """Goes the long ways in a thread; screens show how far it is and what it came to.

    Args:
        app: in whose threads, and whose topmost screen that has to do with decisions is told.
        desk: whose decisions.
    """

    def __init__(self, app: App[None], desk: Desk) -> None:
        self._app = app
        self._desk = desk
        self._task: LongTask | None = None
        self._doing = ""
        self._stop = threading.Event()

    def begin(self, way: Way) -> bool:
        """Whether this is a long way, which is gone now, or another one is.

        Raises:
            ManiculeError: what is to be taken back cannot be read.
        """
        if self._task is None:
            group = way.ahead(self._desk.session)
            if group is None or len(articles_of(group)) < FAR:
                return False
            self._stop.clear()
            self._doing = way.doing
            self._task = LongTask(partial(go_far, self._desk, way, self._stop), self._app.post_message)
            self._app.run_worker(self._task.run, thread=True, exit_on_error=False, group="travel")
        self._tell(0, 1)
        return True

    def stop(self) -> bool:
        """Leave everything as it was, unless it is on disk already; whether anything was under way."""
        self._stop.set()
        return self._task is not None

    def take_moved(self, event: TaskMoved) -> None:
        """Show how far it is."""
        if event.task is self._task:
            self._tell(event.done, event.total)

    def take_ended(self, event: TaskEnded) -> None:
        """Show what it came to."""
        if event.task is not self._task:
            return
        self._task = None
        arrival = event.result
        if not isinstance(arrival, Arrival):
            self._show(event.error.message if event.error else "")
            return
        self._desk.take_rows(arrival.rows)
        if arrival.mentions:
            self._desk.corpus.replace(arrival.mentions)
        for screen in self._screens():
            screen.arrive(arrival)

    def _tell(self, done: int, total: int) -> None:
        self._show(f"{self._doing} … {done * 100 // total} %")

    def _show(self, text: str) -> None:
        for screen in self._screens():
            screen.show_way(text)

    def _screens(self) -> list[Travelling]:
        """The topmost of them."""
        stack = reversed(self._app.screen_stack)
        return [one for one in stack if isinstance(one, Travelling) and one.is_mounted][:1]


def go_far(desk: Desk, way: Way, stop: threading.Event, on_article: OnArticle) -> Arrival:
    """Undo or redo over many articles and bring all of them up to date; for a worker thread.

    Raises:
        ManiculeError: it cannot be done, or was stopped; nothing has changed.
    """
    with desk.session.at_length():

        def tell(done: int, total: int) -> None:
            if stop.is_set():
                raise StoppedError(f"stopped: nothing was {way.done}")
            on_article(done, total * 2)

        arrival = Arrival(way, way.step(desk.session, tell))
        articles = articles_of(arrival.group) if arrival.group else []
        there = set(desk.ids)
        for done, article_id in enumerate(articles, start=len(articles)):
            _look_again(desk, article_id, arrival, gone=article_id not in there)
            on_article(done, len(articles) * 2)
    return arrival


def _look_again(desk: Desk, article_id: str, arrival: Arrival, *, gone: bool) -> None:
    try:
        if gone:
            arrival.problems.append(f"{article_id} was removed")
            return
        view = desk.peek(article_id)
        arrival.rows.append(row_of(view))
        if desk.has_corpus:
            from store.mention_index import mentions_of_view

            arrival.mentions.append(mentions_of_view(view))
    except ManiculeError as error:
        arrival.rows.append(desk.read_row(article_id))
        arrival.problems.append(f"{article_id}: {error.message}")
    finally:
        desk.session.leave(article_id)


def where_told(desk: Desk, articles: Sequence[str]) -> str:
    """In which article something was undone, and in how many more."""
    more = f" and {len(articles) - 1:,} more" if len(articles) > 1 else ""
    return f" in {title_or_id(articles[0], desk.rows.get(articles[0]))}{more}" if articles else ""


def told(way: Way, group: Group | None) -> str:
    """What an undo or a redo did, in a few words."""
    return f"{way.done}: {describe(group)}" if group else way.nothing


def in_order(desk: Desk, group: Group) -> list[str]:
    """The articles that a group touches, as the library lists them now; those that it does not list come last."""
    touched = articles_of(group)
    listed = desk.order() or desk.ids
    places = {article_id: at for at, article_id in enumerate(listed)} if len(touched) > 1 else {}
    return sorted(touched, key=lambda article_id: places.get(article_id, len(places)))


def bring_up_to_date(desk: Desk, articles: Iterable[str]) -> list[str]:
    """Fold what was decided in articles that are not open, and show it in the library and in what is known of entities.

    Returns:
        What went wrong with those that are gone or cannot be read, a line for each.
    """
    there = set(desk.ids)
    told = [_bring_up_to_date(desk, one) if one in there else _forget(desk, one) for one in articles]
    return [problem for problem in told if problem]


def _forget(desk: Desk, article_id: str) -> str:
    desk.session.leave(article_id)
    return f"{article_id} was removed"


def _bring_up_to_date(desk: Desk, article_id: str) -> str:
    try:
        if desk.has_corpus:
            desk.corpus.note(desk.peek(article_id))
        desk.session.leave(article_id)
    except ManiculeError as error:
        desk.refresh_row(article_id)
        return f"{article_id}: {error.message}"
    return desk.refresh_row(article_id).problem
