"""One annotator at work: what they decide is on disk before it is shown, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from annotate.decisions import Decision, Group, Settle
from annotate.errors import DecisionError
from annotate.ids import new_id
from annotate.layers import Layer, Part
from annotate.lineage import Past
from annotate.pace import Meter
from store.annotator import agrees_to_share_pace
from store.claims import Claims, Owner
from store.errors import StoreError, reason
from store.history import History
from store.journal import Journal
from store.journal_lines import Entry
from store.pace import PaceLog
from store.project import Project
from store.records import RecordError
from store.replay import apply_checked
from store.shelf import Shelf
from store.turns import Turns

OnArticle = Callable[[int, int], None]
"""Called with (done, total) for each article."""


def _tell_nobody(done: int, total: int) -> None:
    pass


class ChangedElsewhereError(DecisionError):
    """Another session has decided on the article since it was read here; it is read anew, and nothing was decided."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"{article_id}: another session of yours has changed it since")


class Session:
    """One annotator's work on a project, from when they open it until they leave it.

    Attributes:
        project: the project.
        annotator: their name.
        unsaved: why the last decisions are not on disk, in plain words; "" when they are.
        on_decided: told of each key press that has decided something.
    """

    def __init__(self, project: Project, annotator: str, meter: Meter | None = None) -> None:
        """Nothing is written before the first decision.

        Args:
            project: the project.
            annotator: their name.
            meter: counts what each decision takes; without it that is not kept.
        """
        self.project = project
        self.annotator = annotator
        self.unsaved = ""
        self.on_decided: Callable[[Entry], object] = bool
        folder = project.locations.journal(annotator)
        self._journal = Journal(folder, project.check_there)
        self._history = History(folder, lambda: self._journal.session)
        self._claims = Claims(project.locations, annotator)
        self._shelf = Shelf(project, annotator, self._claims.alone)
        self._open: set[str] = set()
        self._queue: list[Entry] = []
        self._turns = Turns()
        self._left_meanwhile: list[str] = []
        self._meter = meter
        self._pace = PaceLog(project.locations, annotator)
        self._shares_pace = meter is not None and project.config.share_pace and agrees_to_share_pace()

    @property
    def problems(self) -> tuple[str, ...]:
        """One line about each line of the annotator's journal that cannot be used."""
        return tuple(self._shelf.reader.index.problems)

    @property
    def journal_file(self) -> str:
        """The stem of the journal file that this session writes; "" before the first decision."""
        return self._journal.session

    # Layers -------------------------------------------------------------------------------------------

    def layer(self, article_id: str) -> Layer:
        """The annotator's layer of an article, kept in memory until the article is left.

        Raises:
            BrokenFileError: its file, or the article's, cannot be read.
            StoreError: there is no such article.
        """
        return self._shelf.hold(article_id).stored.layer

    def peek(self, article_id: str) -> Layer:
        """The annotator's layer of an article as it is now, without keeping it; any thread may ask.

        Raises:
            BrokenFileError: its file, or the article's, cannot be read.
            StoreError: there is no such article.
        """
        return self._shelf.peek(article_id)

    def prepare(self, article_id: str) -> Layer:
        """Read a layer that is likely to be asked for next; any thread may, and one at a time is kept ready.

        Returns:
            The layer. `layer` gives this very value as long as nothing has been decided on the article since.

        Raises:
            BrokenFileError: its file, or the article's, cannot be read.
            StoreError: there is no such article.
        """
        return self._shelf.prepare(article_id)

    def holds(self, article_id: str) -> bool:
        """Whether an article's layer is in memory, where it may be ahead of what is on disk; any thread may ask."""
        return article_id in self._shelf.held

    def past(self, article_id: str) -> list[Past]:
        """What the annotator has decided on an article and what they took back, as far as it is on disk, in order.

        Raises:
            BrokenFileError: a journal file cannot be read.
        """
        self._shelf.reader.index.refresh()
        found = []
        for line in self._shelf.reader.index.beyond(article_id, {}):
            with suppress(RecordError):
                found.append(Past(line.time, line.decision(), bool(line.undoes)))
        return found

    def leave(self, article_id: str) -> None:
        """Bring the layer's file up to date with what was decided, and let go of the layer.

        A very large layer, which would take a second to write, and one whose file cannot be written stay in memory
        until the session is closed; the journal has it all. During a long act of another thread it waits for its end.
        """
        if not self._turns.is_mine():
            self._left_meanwhile.append(article_id)
            return
        held = self._shelf.held.get(article_id)
        if held is not None and held.leaves_at_once and not self._queue:
            self._shelf.let_go(article_id)
        self._release(article_id)

    @contextmanager
    def at_length(self) -> Iterator[None]:
        """Have the session for an act of this thread that takes long; nothing else can be decided meanwhile."""
        with self._turns.wait():
            try:
                yield
            finally:
                while self._left_meanwhile:
                    self.leave(self._left_meanwhile.pop())

    def close(self) -> None:
        """Save what is not saved yet, and leave all articles, once nothing is decided at length any more."""
        with self._turns.wait():
            self._close()

    def _close(self) -> None:
        self.save_pending()
        for article_id in list(self._shelf.held) if not self._queue else ():
            self._shelf.let_go(article_id)
        for article_id in list(self._open):
            self._release(article_id)
        self._claims.close()
        if self._journal.session:
            self._shelf.reader.index.refresh()
            self._shelf.reader.index.save()

    # Other sessions of the annotator ------------------------------------------------------------------

    def claim(self, article_id: str, *, over: bool = False) -> bool:
        """Have an article for oneself until it is left; other sessions of the annotator are told so.

        Args:
            article_id: the article.
            over: whether to take it from a session that has it, which can decide nothing there any more.

        Returns:
            Whether the annotator's layer still is what this session read last; if not it has been read anew.

        Raises:
            TakenError: another session has it.
            BusyError: another thread decides at length.
            StoreError: its layer cannot be read.
        """
        with self._turns.take():
            return self._claim(article_id, over)

    def _claim(self, article_id: str, over: bool) -> bool:
        self._open.add(article_id)
        with self._claims.alone():
            if not over and self._claims.holds(article_id):
                return True
            self._claims.take(article_id, over=over)
            return bool(self._queue) or self._shelf.catch_up(article_id)

    def was_merged(self, article_id: str) -> bool:
        """Whether an article's layer comes from several sittings, which may have been those of two clones."""
        return len(self._shelf.hold(article_id).stored.applied) > 1

    def clashes(self, article_id: str) -> int:
        """How many groups of decisions on an article do not count because they did not fit."""
        return len(self._shelf.hold(article_id).stored.clashes)

    def owner(self, article_id: str) -> Owner | None:
        """The other session of the annotator that has the article, if there is one; any thread may ask."""
        return self._claims.owner(article_id)

    def _release(self, article_id: str) -> None:
        if article_id in self._open:
            self._open.discard(article_id)
            with suppress(StoreError), self._claims.alone():
                self._claims.release(article_id)

    def _ensure(self, article_id: str) -> None:
        """Refuse to decide where another session decides, or has decided meanwhile."""
        if article_id not in self._open:
            self._claims.check(article_id)
        elif not self.claim(article_id):
            raise ChangedElsewhereError(article_id)

    # Deciding -----------------------------------------------------------------------------------------

    def commit(self, decisions: Sequence[Decision], *, extend: str = "") -> Group:
        """Take in the decisions of one key press: on disk when this returns, unless `unsaved` says why not.

        Args:
            decisions: they may touch several articles; with none of them nothing happens.
            extend: id of a group to which they are joined if it is the last one still, so that they are undone as one.

        Returns:
            The group that they make, with what it had before when it was extended; its id is "" for no decisions.

        Raises:
            DecisionError: one does not fit; nothing has changed.
            StoreError: an article's layer cannot be read, or is read only; nothing has changed.
        """
        if not decisions:
            return Group("", ())
        extended = self._history.extensible(extend)
        if extended:
            group = replace(extended, decisions=(*extended.decisions, *decisions))
        else:
            group = Group(new_id(), tuple(decisions))
        self._take(group, tuple(decisions))
        return group

    def undoable(self) -> Group | None:
        """The group that `undo` takes back; None when nothing is left.

        Raises:
            DecisionError: this version does not understand what it did.
            StoreError: a layer cannot be read, or another thread decides at length.
        """
        with self._turns.take():
            return self._history.to_undo(self._took_effect)

    def undo(self, on_article: OnArticle = _tell_nobody) -> Group | None:
        """Take back the newest group that stands, wherever it was; None when nothing is left.

        Args:
            on_article: called with (done, total) for each article before anything has changed; what it raises ends it.

        Raises:
            DecisionError: what it did has been changed since by another clone; nothing has changed.
            StoreError: a layer cannot be read, or is read only; nothing has changed.
        """
        undone = self.undoable()
        if undone is None:
            return None
        group = Group(new_id(), undone.inverse(), undoes=undone.id)
        self._take(group, group.decisions, on_article)
        return group

    def redoable(self) -> Group | None:
        """The undoing group that `redo` takes back; None when there is none.

        Raises:
            DecisionError: this version does not understand what it did.
            StoreError: another thread decides at length.
        """
        with self._turns.take():
            return self._history.to_redo()

    def redo(self, on_article: OnArticle = _tell_nobody) -> Group | None:
        """Take back the newest undo, if nothing was decided after it; None when there is none; see `undo`."""
        redone = self.redoable()
        if redone is None:
            return None
        group = Group(new_id(), redone.inverse(), redoes=redone.id)
        self._take(group, group.decisions, on_article)
        return group

    def take_back(self, group_id: str) -> Group | None:
        """Take back one group, whatever was decided after it; None where there is no such group.

        Raises:
            DecisionError: it was taken back already, or what it did has been changed since; nothing has changed.
            StoreError: a layer cannot be read, is read only, or is open in another session.
        """
        found = self._history.find(group_id)
        if found is None:
            return None
        back = {"redoes": found.id} if found.undoes else {"undoes": found.id}
        group = Group(new_id(), found.inverse(), **back)
        self._take(group, group.decisions)
        return group

    def settle(self, article_id: str, group_id: str) -> None:
        """Let go of a group of decisions that did not fit because another copy had decided otherwise.

        Raises:
            DecisionError: there is no such group.
            StoreError: the layer cannot be read, or is open in another session.
        """
        stored = self._shelf.hold(article_id).stored
        if group_id not in stored.clashes:
            raise DecisionError(f"{group_id}: no such clash in {article_id}")
        decision = Settle(article_id, stored.layer.text_hash, Part(), Part())
        self._take(Group(new_id(), (decision,), undoes=group_id), (decision,))

    def save_pending(self) -> None:
        """Try again to write what could not be written; `unsaved` says whether it was."""
        if not self._queue or not self._turns.is_mine():
            return
        try:
            session, first = self._journal.append(self._queue)
        except OSError as error:
            self.unsaved = reason(error)
            return
        self.unsaved = ""
        self.project.journal_grew(self.annotator)
        written = [(decision, entry.time) for entry in self._queue for decision in entry.decisions]
        self._queue.clear()
        self._shelf.note_written(written, session, first)

    def _take(self, group: Group, decisions: tuple[Decision, ...], on_article: OnArticle = _tell_nobody) -> None:
        with self._turns.take(), self._claims.alone():
            self._take_in(group, decisions, on_article)
            effort = self._meter.take() if self._meter else None
            shared = effort if self._shares_pace else None
            newest = max(self._shelf.held[one.article_id].stored.until for one in decisions)
            entry = Entry(group.id, decisions, self._journal.now(newest), group.undoes, group.redoes, shared)
            self._queue.append(entry)
            self.save_pending()
        self.on_decided(entry)
        if effort and not shared:
            self._pace.note(entry, effort)

    def _take_in(self, group: Group, decisions: tuple[Decision, ...], on_article: OnArticle) -> None:
        by_article: dict[str, list[Decision]] = {}
        for one in decisions:
            by_article.setdefault(one.article_id, []).append(one)
        changed = {}
        for done, (name, mine) in enumerate(by_article.items()):
            on_article(done, len(by_article))
            self._ensure(name)
            changed[name] = self._changed(name, mine)
        for name, layer in changed.items():
            self._shelf.held[name].take(layer, group.undoes)
        self._history.add(group)

    def _changed(self, article_id: str, decisions: Sequence[Decision]) -> Layer:
        stored = self._shelf.hold(article_id).stored
        if stored.newer:
            raise StoreError(f"{article_id}: your layer was made by a newer Manicule: it can be read only")
        return apply_checked(stored.layer, decisions)

    def _took_effect(self, group_id: str, article_ids: Iterable[str]) -> bool:
        return not all(group_id in self._shelf.hold(name).stored.clashes for name in article_ids)
