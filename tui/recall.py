"""What the annotator's memory adds to an article, while a project is open. Knows no terminal."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotate.articles import Article
from annotate.layers import Layer, Status
from annotate.suggestions import MEMORY, Suggestion
from annotate.view import View
from store.library import Row, row_of
from store.project import Project
from store.session import Session

if TYPE_CHECKING:
    from annotate.memory import Memory
    from store.journal_lines import Entry

_PATIENCE = 0.02
"""Seconds to wait for another look at memory to end."""

LARGE = 100_000
"""Code points from which an article is too long for memory to be looked through while somebody waits for it."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """What is shown of an article.

    Attributes:
        suggestions: those of the sources, with the doubts about them, and those of memory.
        sources: whose they are.
        moment: up to when memory was looked at; "" where it was not.
        due: whether it is still to be looked at, because that takes time.
    """

    suggestions: Sequence[Suggestion]
    sources: tuple[str, ...]
    moment: str = ""
    due: bool = False


class Recall:
    """One annotator's memory. It is read once, and takes in what their session decides from then on."""

    def __init__(self, project: Project, session: Session) -> None:
        """Nothing is read yet; what is decided meanwhile is not missed."""
        self._project = project
        self._session = session
        self._blind = project.is_blind(session.annotator)
        self._decided: deque[Entry] = deque()
        self._memory: Memory | None = None
        self._lock = threading.RLock()
        self._ahead: tuple[Article, Sequence[Suggestion], Recalled] | None = None
        if not self._blind:
            session.on_decided = self._decided.append

    def load(self, stop: threading.Event) -> str:
        """Read what was decided before; for a worker thread. What the annotator should know of it, or ""."""
        if self._blind:
            return ""
        from store.memory_index import read_memory, sharing

        # A project is not made to be read by two threads at once.
        project = Project(self._project.root, self._project.config)
        whose, told = sharing(project, self._session.annotator)
        memory = read_memory(project, whose, stop)
        with self._lock:
            self._memory = memory
        return told

    def look(self, article: Article, layer: Layer, proposed: Sequence[Suggestion], shown: str = "") -> None:
        """Have a large article ready, as memory is now, or was at the moment of which it is `shown`; for a thread."""
        recalled = self._recalled(article, layer, proposed, shown)
        if recalled.moment:
            self._ahead = article, proposed, recalled

    def recalled(
        self,
        article: Article,
        layer: Layer,
        proposed: Sequence[Suggestion],
        sources: Sequence[str],
        shown: str = "",
    ) -> Recalled:
        """What is shown of an article.

        One that takes time to be looked at is due; of it only what the sources propose is shown.

        Args:
            article: the article.
            layer: the annotator's.
            proposed: what the sources propose.
            sources: their names.
            shown: the moment of memory that is on screen already, where the article is open.
        """
        if not is_large(article) and self._lock.acquire(timeout=_PATIENCE):
            try:
                return _with(self._recalled(article, layer, proposed, shown), sources)
            finally:
                self._lock.release()
        moment, ahead = self._moment_shown(layer, shown), self._ahead
        if ahead and moment and ahead[0] == article and ahead[1] == proposed:
            if ahead[2].moment == moment or not (shown or layer.marks.remembered):
                return _with(ahead[2], sources)
        return Recalled(proposed, tuple(sources), due=bool(moment))

    def moment(self, layer: Layer) -> str:
        """Up to when memory is to be looked at for an article with that layer; "" for not at all."""
        if self._memory is None:
            return ""
        from annotate.memory_shown import moment_for

        if self._lock.acquire(timeout=_PATIENCE):
            try:
                self._catch_up(self._memory)
            finally:
                self._lock.release()
        return moment_for(layer, self._memory)

    def _moment_shown(self, layer: Layer, shown: str) -> str:
        moment = self.moment(layer)
        return moment and (layer.marks.remembered or shown or moment)

    def _recalled(self, article: Article, layer: Layer, proposed: Sequence[Suggestion], shown: str) -> Recalled:
        with self._lock:
            moment = self._moment_shown(layer, shown)
            if self._memory is None or not moment:
                return Recalled(proposed, ())
            from annotate.memory_shown import free_of

            found = self._memory.recalled(article, moment, proposed)
            if self._project.config.scheme.overlap:
                found = free_of(layer, found)
            mine = (MEMORY,) if any(one.source == MEMORY for one in found) else ()
            return Recalled(found, mine, moment)

    def _catch_up(self, memory: Memory) -> None:
        """Take in what was decided since."""
        if not self._decided:
            return
        from store.memory_index import TextsOf

        texts: dict[str, TextsOf] = {}
        while self._decided:
            entry = self._decided.popleft()
            for one in entry.decisions:
                if one.before.annotations or one.after.annotations:
                    text_of = texts.setdefault(one.article_id, TextsOf(self._project, one.article_id))
                    memory.note(entry.time, one, text_of)


def row_at_hand(view: View, remembered: str) -> Row:
    """The row of an open article: it counts what the sources suggest, as it does wherever the article is not open.

    Args:
        view: of the article.
        remembered: up to when memory was looked at for it, or "".
    """
    found = row_of(view)
    if not remembered or view.layer.status is Status.DONE:
        return found
    from annotate.memory_shown import left_by_memory_alone

    return replace(found, undecided=found.undecided - left_by_memory_alone(view))


def is_large(article: Article) -> bool:
    """Whether memory takes a time to be looked through for an article that a person would notice."""
    return len(article.text) >= LARGE


def _with(recalled: Recalled, sources: Sequence[str]) -> Recalled:
    return Recalled(recalled.suggestions, (*sources, *recalled.sources), recalled.moment)
