"""The entities of all articles as the annotator sees them, read behind the screens and kept up to date."""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from textual.message import Message

from annotate.entities.grouping import Entity, Mention
from annotate.entities.index import NameIndex, key_of
from annotate.memory_shown import without_memory
from annotate.position_index import LONG
from annotate.project_wide import EntityRecord
from annotate.view import EntryState, View
from store.mention_index import ArticleMentions, MentionIndex, mentions_of_view
from store.project import Project

if TYPE_CHECKING:
    from annotate.checks.findings import Finding

if TYPE_CHECKING:
    from tui.desk import Desk

_BATCH_SECONDS = 0.1
_BATCH_MENTIONS = 1500
"""Most mentions handed over at once: to take them in keeps the keys waiting."""

_LOOK_SECONDS = 0.1
"""How soon a reading ends that waits for a batch to be taken in, when nobody wants it any more."""


class CorpusGrew(Message, bubble=False):
    """More is known of the entities of the project than when the screen was drawn."""


DECIDED = frozenset((EntryState.CONFIRMED, EntryState.CORRECTED, EntryState.ADDED))
"""How an entity stands that the annotator has confirmed."""


class MentionsRead(Message):
    """Entities of articles that a reading of the project has come to.

    Attributes:
        articles: their entities.
        finished: whether that was all.
        taken: to be set once they have been taken in; the reading waits for it, so that no key has to wait for more
            than one batch.
    """

    def __init__(self, articles: list[ArticleMentions], *, finished: bool) -> None:
        super().__init__()
        self.articles = articles
        self.finished = finished
        self.taken = threading.Event()


@dataclass(frozen=True, slots=True)
class Known:
    """An entity of the corpus.

    Attributes:
        mention: where, and its label.
        state: how it stands.
        score: of what is suggested, where it has one.
    """

    mention: Mention
    state: EntryState
    score: float | None


class Corpus:
    """What is known of the entities of a project.

    Attributes:
        index: their names.
        complete: whether the project has been read.
    """

    def __init__(self) -> None:
        self.index = NameIndex()
        self.complete = False
        self.findings: list[Finding] | None = None
        self._articles: dict[str, ArticleMentions] = {}
        self._newer: set[str] = set()

    def take(self, articles: Iterable[ArticleMentions]) -> None:
        """Take in what was read, but for articles of which something newer is known."""
        for one in articles:
            if one.article_id not in self._newer:
                self._put(one)

    def take_read(self, read: MentionsRead) -> CorpusGrew:
        """Take in what a reading has come to, and let it go on; what the screen is to be told."""
        self.take(read.articles)
        self.complete |= read.finished
        read.taken.set()
        return CorpusGrew()

    def replace(self, articles: Iterable[ArticleMentions]) -> None:
        """Take in articles as they are after a decision."""
        for one in articles:
            self._newer.add(one.article_id)
            self._put(one)

    def note(self, view: View) -> None:
        """Take in an article as it is at hand, without what only memory suggests there."""
        self._newer.add(view.article.id)
        self._put(mentions_of_view(without_memory(view)))

    def _put(self, one: ArticleMentions) -> None:
        self._articles[one.article_id] = one
        self.index.put(one.article_id, one.mentions)

    def title(self, article_id: str) -> str:
        """An article's title, its id where it has none."""
        found = self._articles.get(article_id)
        return (found.title if found else "") or article_id

    def date(self, article_id: str) -> str:
        """An article's date as its metadata has it, or ""."""
        found = self._articles.get(article_id)
        return found.date if found else ""

    def at(self, article_id: str, start: int, end: int) -> Known | None:
        """The entity of exactly that range, else the first one that overlaps it."""
        found = self._articles.get(article_id)
        if found is None:
            return None
        first = bisect_left(found.mentions, start - LONG, key=attrgetter("start"))
        last = bisect_left(found.mentions, end, key=attrgetter("start"))
        near = [at for at in range(first, last) if found.mentions[at].end > start]
        exact = [at for at in near if (found.mentions[at].start, found.mentions[at].end) == (start, end)]
        at = next(iter(exact or near), None)
        return None if at is None else Known(found.mentions[at], found.states[at], found.scores[at])

    def confirmed(self, article_id: str, start: int, end: int) -> list[Mention] | None:
        """The decided entities that share a code point with a range; None where the article has not been read."""
        found = self._articles.get(article_id)
        if found is None:
            return None
        first = bisect_left(found.mentions, start - LONG, key=attrgetter("start"))
        last = bisect_left(found.mentions, end, key=attrgetter("start"))
        near = [at for at in range(first, last) if found.mentions[at].end > start]
        return [found.mentions[at] for at in near if found.states[at] in DECIDED]

    def is_rejected(self, article_id: str, start: int, end: int) -> bool:
        """Whether exactly that range was rejected."""
        found = self._articles.get(article_id)
        return found is not None and (start, end) in found.rejected

    def count(self, name: str, label: str) -> int | None:
        """How many mentions the project has of that name; None before it was read, and for labels that name nothing."""
        key = key_of(Mention("", 0, len(name), label, name)) if self.complete else None
        return self.index.count_of(key) if key else None

    def entity_of(self, mention: Mention, records: Iterable[EntityRecord]) -> Entity | None:
        """The entity that a mention belongs to; None where its label names nothing."""
        return self.index.entity_of(mention, records)


class CorpusReader:
    """Reads the entities of a project in a thread.

    Args:
        desk: whose view of what.
        post: takes the batches; called in the reading thread.
    """

    def __init__(self, desk: Desk, post: Callable[[MentionsRead], object]) -> None:
        self._desk = desk
        self._post = post

    def read(self, stop: threading.Event) -> None:
        """First what was kept of them, then what is otherwise on disk."""
        project = Project(self._desk.project.root, self._desk.project.config)
        index = MentionIndex(project, self._desk.annotator, self._desk.hold_back)
        for batch in _batches(chain(chain.from_iterable(index.kept()), index.check())):
            for mention in chain.from_iterable(one.mentions for one in batch):
                key_of(mention)  # names are taken apart here, so that taking them in does not keep the keys waiting
            read = MentionsRead(batch, finished=False)
            self._post(read)
            while not read.taken.wait(_LOOK_SECONDS):
                if stop.is_set():
                    return
            if stop.is_set():
                return
        self._post(MentionsRead([], finished=True))


def _batches(articles: Iterator[ArticleMentions]) -> Iterator[list[ArticleMentions]]:
    batch: list[ArticleMentions] = []
    size, due = 0, time.monotonic() + _BATCH_SECONDS
    for one in articles:
        batch.append(one)
        size += len(one.mentions)
        if size >= _BATCH_MENTIONS or time.monotonic() >= due:
            yield batch
            batch, size, due = [], 0, time.monotonic() + _BATCH_SECONDS
    if batch:
        yield batch


def in_order(mentions: Iterable[Mention], corpus: Corpus, order: Sequence[str]) -> list[Mention]:
    """Mentions by the date of their articles, those without one after all others, then in the project's order."""
    places = {article_id: place for place, article_id in enumerate(order)}

    def key(one: Mention) -> tuple[bool, str, int, int]:
        date = corpus.date(one.article_id)
        return not date, date, places.get(one.article_id, len(places)), one.start

    return sorted(mentions, key=key)
