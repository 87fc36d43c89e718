"""What the app works at: a project, its annotator at work, the rows of the library, the article that is open."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from annotate import acts
from annotate.acts import Decisions
from annotate.errors import ManiculeError
from annotate.layers import Status, Unplaced
from annotate.pace import Meter
from annotate.sieve import ALL
from annotate.view import View
from annotate.words import Range
from store.disk_state import state_of
from store.errors import StoreError
from store.library import Row, row, row_of, row_of_read
from store.place import Place, read_place, read_sieve, write_place, write_sieve
from store.project import Project
from store.revisions import stand
from store.session import ChangedElsewhereError, Session
from tui.actions import key_of
from tui.ahead import Ahead
from tui.arrangement import folded_title
from tui.quiet import Quiet
from tui.reading import Reading
from tui.recall import Recall, Recalled, row_at_hand

if TYPE_CHECKING:
    from store.mention_index import ArticleMentions
    from tui.corpus import Corpus

LARGE = 200_000
"""Bytes of an article with all that belongs to it that are read without a key being held up noticeably."""


@dataclass(frozen=True, slots=True)
class Totals:
    """The project's progress.

    Attributes:
        articles, done: how many there are, and how many the annotator has done.
        confirmed, undecided: entities over all articles read so far.
    """

    articles: int
    done: int
    confirmed: int
    undecided: int


class Desk:
    """One annotator at work on one project. The app's only way to the store.

    Attributes:
        project, annotator, session: who works on what.
        ids: the articles as the project orders them.
        rows: what the library shows of each, as far as it is read.
        titles: what each of these is found by.
        changes: how often rows were taken in or forgotten.
        order: gives the articles as the library lists them now.
        lines_lost: whether the annotator's layers hold decisions that their journal lacks, as far as is known.
        extracting: whether a pipeline is at work behind the screens.
        corpus_begun: whether the entities of all articles are being read, or have been.
        badges: whether labels are shown as badges in the text.
        by_certainty: whether the undecided are gone through from the least certain on.
        last: makes the last decision in a reading again, in another one.
        quiet: tells work behind the screens when nobody waits.
        sieve: which suggestions are shown; the annotator's last choice on this machine once it has been recalled.
        recall: the annotator's memory.
    """

    def __init__(self, project: Project, annotator: str, meter: Meter | None = None) -> None:
        self.project = project
        self.annotator = annotator
        self.session = Session(project, annotator, meter)
        self.ids: list[str] = project.article_ids()
        self.rows: dict[str, Row] = {}
        self.titles: dict[str, str] = {}
        self.changes = 0
        self._totals = Totals(len(self.ids), 0, 0, 0)
        self.lines_lost = False
        self.order: Callable[[], list[str]] = lambda: self.ids
        self.extracting = self.corpus_begun = False
        self.badges = self.by_certainty = False
        self.last: Callable[[Reading, bool], None] | None = None
        self.sieve = ALL
        self.quiet = Quiet()
        self.recall = Recall(project, self.session)
        self._ahead = Ahead(project, self.session, self.quiet, self.recall)

    @cached_property
    def corpus(self) -> Corpus:
        """The entities of all articles, as far as they have been read."""
        from tui.corpus import Corpus

        return Corpus()

    @property
    def has_corpus(self) -> bool:
        """Whether anybody has asked for the entities of all articles."""
        return "corpus" in vars(self)

    # How the annotator looks -------------------------------------------------------------------------------

    def recall_sieve(self) -> None:
        """Show the suggestions that the annotator last wanted to see on this machine."""
        self.sieve = read_sieve(self.project, self.annotator)

    def guess(self, reading: Reading, one: Unplaced) -> Range | None:
        """Where something that has no place may stand now; None also where its own text cannot be read."""
        from annotate.reanchoring import guessed

        with suppress(ManiculeError):
            old = self.project.article(reading.article.id, one.text_hash)
            return guessed(reading.view, one, old)
        return None

    def look_as(self, reading: Reading) -> None:
        """Open the articles to come as this one is looked at now, with its last decision; remember its sieve."""
        self.by_certainty = reading.by_certainty
        self.last = reading.last
        if self.sieve != reading.view.sieve:
            self.sieve = reading.view.sieve
            write_sieve(self.project, self.annotator, self.sieve)

    # The library -------------------------------------------------------------------------------------------

    def row_ahead(self, article_id: str) -> Row | None:
        """The row of an article that was read ahead and on which nothing was decided since; any thread may ask."""
        ready = self._ahead.peek(article_id, self.sources())
        if ready is None or self.session.holds(article_id):
            return None
        with suppress(StoreError):
            return row_of_read(self.project, self.session, ready.article, ready.suggestions)
        return None

    def read_row(self, article_id: str) -> Row:
        """Read one article's row from disk and from what the session has decided since."""
        return row(self.project, self.session, article_id)

    def hold_back(self, article_id: str) -> None:
        """Wait with a large article until nobody waits for the keys; for a worker thread about to read it."""
        locations = self.project.locations
        paths = [locations.article(article_id), locations.layer(self.annotator, article_id)]
        paths += [locations.suggestions(source, article_id) for source in self.sources()]
        if sum(state[1] for path in paths if (state := state_of(path))) > LARGE:
            self.quiet.wait()

    def take_row(self, new: Row) -> None:
        """Keep a row, and the totals in step with it."""
        self.take_rows([new])

    def take_rows(self, rows: Sequence[Row]) -> None:
        """Keep rows, and the totals in step with them."""
        gone = [old for new in rows if (old := self.rows.get(new.article_id))]
        self.rows.update((new.article_id, new) for new in rows)
        self.changes += 1
        self.titles.update((new.article_id, folded_title(new.article_id, new)) for new in rows)
        totals = self._totals
        self._totals = Totals(
            len(self.ids),
            totals.done + _done(rows) - _done(gone),
            totals.confirmed + sum(one.entities for one in rows) - sum(one.entities for one in gone),
            totals.undecided + sum(one.undecided for one in rows) - sum(one.undecided for one in gone),
        )

    @property
    def damage(self) -> str:
        """What of the annotator's journal cannot be used, in one line; "" where all of it can."""
        count = len(self.session.problems)
        told = [f"{count:,} line{'s' * (count != 1)} of your journal cannot be used"] if count else []
        told += ["your journal lacks lines"] if self.lines_lost else []
        return f"{' · '.join(told)}: manicule doctor" if told else ""

    def forget_rows(self) -> None:
        """Forget the rows of articles that are not there any more."""
        ids = set(self.ids)
        kept = [one for name, one in self.rows.items() if name in ids]
        self.rows.clear()
        self.titles.clear()
        self._totals = Totals(len(ids), 0, 0, 0)
        self.take_rows(kept)

    @property
    def totals(self) -> Totals:
        """The project's progress over the rows read so far."""
        return self._totals

    def refresh_row(self, article_id: str) -> Row:
        """Read one row again and keep it."""
        fresh = self.read_row(article_id)
        self.take_row(fresh)
        return fresh

    # Articles ----------------------------------------------------------------------------------------------

    def open(self, article_id: str, *, stay: bool = False) -> Reading:
        """Open an article at the first undecided suggestion, from where the annotator left it on.

        With `stay` it is opened in the text that their layer belongs to, even if there is a newer one.

        Raises:
            ManiculeError: the article or a layer of it cannot be read.
        """
        with _many_objects():
            reading = self._read(article_id, stay)
        place = read_place(self.project, self.annotator)
        told = reading.notice
        if place and place.article_id == article_id:
            reading.resume(place.offset)
        lists = f" · {key_of('reader.unplaced')} lists them" if told and reading.unplaced else ""
        reading.notice = told + lists or reading.unplaced_told or reading.notice
        self._remember(reading)
        if self.session.holds(article_id):
            self.take_row(row_at_hand(reading.view, reading.remembered))
        return reading

    def prepare(self, article_id: str, width: int = 75) -> None:
        """Read an article that is likely to be opened next; for a worker thread.

        Args:
            article_id: the article.
            width: the cells that its lines will probably have.
        """
        self._ahead.read(article_id, self.sources(), self.sieve, width)

    def suggested(self, reading: Reading) -> Recalled:
        """What is suggested now for an open article.

        Raises:
            ManiculeError: it cannot be read.
        """
        sources, article = self.sources(), reading.article
        found = self.project.suggestions(article, sources)
        return self.recall.recalled(article, reading.view.layer, found, sources, reading.remembered)

    def look_through_memory(self, reading: Reading) -> None:
        """Have what memory suggests for an open article ready; for a worker thread.

        Raises:
            ManiculeError: it cannot be read.
        """
        found = self.project.suggestions(reading.article, self.sources())
        self.recall.look(reading.article, reading.view.layer, found, reading.remembered)

    def read_again(self, reading: Reading) -> Reading:
        """The same article as it is now, at the same place.

        Raises:
            ManiculeError: it cannot be read.
        """
        self._remember(reading)
        return self.open(reading.article.id)

    def _read(self, article_id: str, stay: bool) -> Reading:
        sources = self.sources()
        ready = self._ahead.take(article_id, sources)
        newest = ready.article if ready else self.project.article(article_id)
        standing = stand(self.session, newest, stay=stay)
        article = standing.article
        known = ready is not None and article is newest
        suggestions = ready.suggestions if ready and known else self.project.suggestions(article, sources)
        layer = self.session.layer(article_id)
        self.project.check_quotes(self.annotator, article, layer)
        recalled = self.recall.recalled(article, layer, suggestions, sources)
        reading = Reading(
            self.session,
            article,
            self.project.config.scheme,
            recalled.suggestions,
            recalled.sources,
            sieve=self.sieve,
            by_certainty=self.by_certainty,
            ahead=ready.view if ready and known and list(recalled.suggestions) == suggestions else None,
        )
        reading.last, reading.remembered, reading.recall_due = self.last, recalled.moment, recalled.due
        reading.wrapped = ready.wrapped if ready and known else None
        reading.notice, reading.earlier = standing.told, standing.earlier
        reading.waiting = self.extracting and not suggestions
        return reading

    def leave(self, reading: Reading) -> None:
        """Fold what was decided into the article's layer, remember the place, bring the row up to date."""
        self._remember(reading)
        self.session.leave(reading.article.id)
        if reading.owner:
            self.project.journal_grew(self.annotator)
            self.take_row(row(self.project, self.annotator, reading.article.id))
        else:
            self.take_row(row_at_hand(reading.view, reading.remembered))
            if self.has_corpus:
                self.corpus.note(reading.view)

    def _remember(self, reading: Reading) -> None:
        write_place(self.project, Place(reading.article.id, reading.cursor[0]), self.annotator)

    def sources(self) -> list[str]:
        """Names of the sources whose suggestions this annotator is shown."""
        return self.project.sources_for(self.annotator)

    def neighbour(self, article_id: str, step: int) -> str | None:
        """The article before (`step` -1) or after (1) in the library's order."""
        order = self.order()
        index = order.index(article_id) + step if article_id in order else 0
        return order[index] if 0 <= index < len(order) else None

    def expected(self, article_id: str) -> str | None:
        """The article that is most likely read after that one, by the rows at hand; no file is read."""
        order = self.order() or self.ids
        at = order.index(article_id) if article_id in order else -1
        settled = (Status.DONE, Status.SKIPPED)
        later = (one for one in order[at + 1 :] if one not in self.rows or self.rows[one].status not in settled)
        return next(later, None)

    def next_open(self, article_id: str) -> str | None:
        """The next article that is neither done nor skipped, round the end."""
        order = self.order() or self.ids
        at = order.index(article_id) if article_id in order else -1
        for candidate in [*order[at + 1 :], *order[: at + 1]]:
            if candidate != article_id and self._is_open(candidate):
                return candidate
        return None

    def _is_open(self, article_id: str) -> bool:
        known = self.rows.get(article_id) or self.refresh_row(article_id)
        return not known.problem and known.status not in (Status.DONE, Status.SKIPPED)

    def last_place(self) -> str | None:
        """The article that was open last, if it is still there."""
        place = read_place(self.project, self.annotator)
        return place.article_id if place and place.article_id in self.ids else None

    # Acts on an article that is not open -------------------------------------------------------------------

    def view(self, article_id: str) -> View:
        """The annotator's view of an article, to act on from the library.

        Raises:
            ManiculeError: it cannot be read.
        """
        article = stand(self.session, self.project.article(article_id)).article
        suggestions = self.project.suggestions(article, self.sources())
        return View(article, self.project.config.scheme, suggestions, self.session.layer(article_id), sieve=self.sieve)

    def peek(self, article_id: str) -> View:
        """The annotator's view of an article, without keeping anything of it; any thread may ask.

        Raises:
            ManiculeError: it cannot be read.
        """
        article = self.project.article(article_id)
        suggestions = self.project.suggestions(article, self.sources())
        return View(article, self.project.config.scheme, suggestions, self.session.peek(article_id), sieve=self.sieve)

    def decide_at_once(self, decisions: Decisions, on_article: Callable[[int, int], None]) -> list[ArticleMentions]:
        """Commit decisions on many articles as one group, then bring their files up to date; for a worker thread.

        Nothing else can be decided meanwhile. Once this tells of the first article everything is on disk.

        Returns:
            What there is in the articles then.

        Raises:
            ManiculeError: one cannot be taken; nothing has changed.
        """
        from store.mention_index import mentions_of_view

        ids = list(dict.fromkeys(one.article_id for one in decisions))
        found = []
        with self.session.at_length():
            self.session.commit(decisions)
            for done, article_id in enumerate(ids, start=1):
                found.append(mentions_of_view(self.peek(article_id)))
                self.session.leave(article_id)
                on_article(done, len(ids))
        return found

    def decide_and_stay(self, view: View, decisions: Decisions) -> None:
        """Commit decisions on an article that is not open, and keep it for more; `Session.leave` lets go of it.

        Raises:
            DecisionError: they do not fit.
            TakenError: another session of the annotator has the article open.
        """
        decisions = self._with_shown(view, decisions)
        if not self.session.claim(view.article.id):
            raise ChangedElsewhereError(view.article.id)
        self.session.commit(decisions)
        view.apply(decisions)
        self.take_row(row_of(view))

    def decide(self, view: View, decisions: Decisions) -> None:
        """Commit decisions on an article that is not open, and bring its row up to date.

        Raises:
            DecisionError: they do not fit.
            TakenError: another session of the annotator has the article open.
        """
        decisions = self._with_shown(view, decisions)
        if not decisions:
            return
        article_id = view.article.id
        try:
            if not self.session.claim(article_id):
                raise ChangedElsewhereError(article_id)
            self.session.commit(decisions)
        finally:
            self.session.leave(article_id)
        self.refresh_row(article_id)

    def _with_shown(self, view: View, decisions: Decisions) -> Decisions:
        """Decisions made elsewhere than in the text, from the first of which on memory stays as it is now, too."""
        entities = any(one.after.annotations for one in decisions)
        return acts.with_shown(view, decisions, self.sources(), self.recall.moment(view.layer) if entities else "")

    def retry(self) -> str:
        """Try again to save what is not on disk; why it still is not, or ""."""
        self.session.save_pending()
        return self.session.unsaved

    def close(self) -> str:
        """Fold everything; the reason why something is not on disk, or ""."""
        try:
            self.session.close()
        except ManiculeError as error:
            return error.message
        return self.session.unsaved


def _done(rows: Sequence[Row]) -> int:
    return sum(one.status is Status.DONE for one in rows)


@contextmanager
def _many_objects() -> Iterator[None]:
    """Make many objects that will stay, without the collector going through them again and again, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()
