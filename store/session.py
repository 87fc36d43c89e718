"""One annotator at work: what they decide is on disk before it is shown, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from annotate.decisions import Decision, Group, Settle
from annotate.errors import DecisionError
from annotate.ids import new_id
from annotate.layers import Layer, Part
from annotate.lineage import Past
from annotate.pace import Meter
from store.annotator import agrees_to_share_pace
from store.claims import Claims, Owner
from store.errors import BrokenFileError, StoreError, reason
from store.history import History
from store.journal import Journal
from store.journal_lines import Entry
from store.layer_files import StoredLayer, write_layer
from store.pace import PaceLog
from store.project import Project
from store.records import RecordError
from store.replay import LayerReader, apply_checked

LARGE = 2000
"""Annotations from which a layer's file is not written between one article and the next."""

FOLD_AFTER = 200
"""Decisions in an article after which its layer's file is brought up to date; more where the layer is very large."""


class ChangedElsewhereError(DecisionError):
    """Another session has decided on the article since it was read here; it is read anew, and nothing was decided."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"{article_id}: another session of yours has changed it since")


@dataclass(slots=True)
class _Held:
    """A layer in memory.

    Attributes:
        stored: as it is now, with the journal lines that it holds.
        decided: whether this session has decided something that the layer's file does not hold.
        since_tried: journal lines written since the file was last written, or tried.
        on_disk: the file's state when it was last read or written; None for no file.
    """

    stored: StoredLayer
    on_disk: tuple[int, int, int] | None
    decided: bool = False
    since_tried: int = 0


class Session:
    """One annotator's work on a project, from when they open it until they leave it.

    Attributes:
        project: the project.
        annotator: their name.
        unsaved: why the last decisions are not on disk, in plain words; "" when they are.
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
        folder = project.locations.journal(annotator)
        self._reader = LayerReader(project.locations, annotator)
        self._journal = Journal(folder, project.check_there)
        self._history = History(folder, lambda: self._journal.session)
        self._held: dict[str, _Held] = {}
        self._prepared: tuple[str, _Held | None] = "", None
        self._claims = Claims(project.locations, annotator)
        self._open: set[str] = set()
        self._queue: list[Entry] = []
        self._meter = meter
        self._pace = PaceLog(project.locations, annotator)
        self._shares_pace = meter is not None and project.config.share_pace and agrees_to_share_pace()

    @property
    def problems(self) -> tuple[str, ...]:
        """One line about each line of the annotator's journal that cannot be used."""
        return tuple(self._reader.index.problems)

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
        return self._hold(article_id).stored.layer

    def peek(self, article_id: str) -> Layer:
        """The annotator's layer of an article as it is now, without keeping it; any thread may ask.

        Raises:
            BrokenFileError: its file, or the article's, cannot be read.
            StoreError: there is no such article.
        """
        held = self._held.get(article_id)
        return held.stored.layer if held else self._read(article_id).layer

    def prepare(self, article_id: str) -> None:
        """Read a layer that is likely to be asked for next; any thread may, and one at a time is kept ready.

        Raises:
            BrokenFileError: its file, or the article's, cannot be read.
            StoreError: there is no such article.
        """
        if article_id not in self._held:
            on_disk = self._state_on_disk(article_id)
            self._prepared = article_id, _Held(self._read(article_id), on_disk)

    def holds(self, article_id: str) -> bool:
        """Whether an article's layer is in memory, where it may be ahead of what is on disk; any thread may ask."""
        return article_id in self._held

    def past(self, article_id: str) -> list[Past]:
        """What the annotator has decided on an article and what they took back, as far as it is on disk, in order.

        Raises:
            BrokenFileError: a journal file cannot be read.
        """
        self._reader.index.refresh()
        found = []
        for line in self._reader.index.beyond(article_id, {}):
            with suppress(RecordError):
                found.append(Past(line.time, line.decision(), bool(line.undoes)))
        return found

    def leave(self, article_id: str) -> None:
        """Bring the layer's file up to date with what was decided, and let go of the layer.

        A very large layer, which would take a second to write, and one whose file cannot be written stay in memory
        until the session is closed; the journal has it all.
        """
        held = self._held.get(article_id)
        if held is not None and (not held.decided or len(held.stored.layer.annotations) <= LARGE):
            self._let_go(article_id, held)
        self._release(article_id)

    def _let_go(self, article_id: str, held: _Held) -> None:
        if self._queue:
            return
        if not held.decided or self._fold(article_id, held):
            del self._held[article_id]

    def close(self) -> None:
        """Save what is not saved yet, and leave all articles."""
        self.save_pending()
        for article_id, held in list(self._held.items()):
            self._let_go(article_id, held)
        for article_id in list(self._open):
            self._release(article_id)
        self._claims.close()
        if self._journal.session:
            self._reader.index.refresh()
            self._reader.index.save()

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
            StoreError: its layer cannot be read.
        """
        self._open.add(article_id)
        with self._claims.alone():
            if not over and self._claims.holds(article_id):
                return True
            self._claims.take(article_id, over=over)
            return self._catch_up(article_id)

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

    def _catch_up(self, article_id: str) -> bool:
        """Take in what other sessions made of a layer in memory; whether it is still the same."""
        held = self._held.get(article_id)
        if held is None or self._queue:
            return True
        self._reader.index.refresh()
        state = self._state_on_disk(article_id)
        if state == held.on_disk and not self._reader.index.beyond(article_id, held.stored.applied):
            return True
        before, held.stored = held.stored.layer, self._read(article_id)
        held.on_disk = state
        return before == held.stored.layer

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

    def undo(self) -> Group | None:
        """Take back the newest group that stands, wherever it was; None when nothing is left.

        Raises:
            DecisionError: what it did has been changed since by another clone; nothing has changed.
            StoreError: a layer cannot be read, or is read only.
        """
        undone = self._history.to_undo(self._took_effect)
        if undone is None:
            return None
        group = Group(new_id(), undone.inverse(), undoes=undone.id)
        self._take(group, group.decisions)
        return group

    def redo(self) -> Group | None:
        """Take back the newest undo, if nothing was decided after it; None when there is none.

        Raises:
            DecisionError: the layer has been changed since by another clone; nothing has changed.
            StoreError: a layer cannot be read, or is read only.
        """
        redone = self._history.to_redo()
        if redone is None:
            return None
        group = Group(new_id(), redone.inverse(), redoes=redone.id)
        self._take(group, group.decisions)
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
        stored = self._hold(article_id).stored
        if group_id not in stored.clashes:
            raise DecisionError(f"{group_id}: no such clash in {article_id}")
        decision = Settle(article_id, stored.layer.text_hash, Part(), Part())
        self._take(Group(new_id(), (decision,), undoes=group_id), (decision,))

    def save_pending(self) -> None:
        """Try again to write what could not be written; `unsaved` says whether it was."""
        if not self._queue:
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
        self._note_written(written, session, first)

    def _take(self, group: Group, decisions: tuple[Decision, ...]) -> None:
        with self._claims.alone():
            self._take_in(group, decisions)
            effort = self._meter.take() if self._meter else None
            shared = effort if self._shares_pace else None
            newest = max(self._held[one.article_id].stored.until for one in decisions)
            entry = Entry(group.id, decisions, self._journal.now(newest), group.undoes, group.redoes, shared)
            self._queue.append(entry)
            self.save_pending()
        if effort and not shared:
            self._pace.note(entry, effort)

    def _take_in(self, group: Group, decisions: tuple[Decision, ...]) -> None:
        names = {one.article_id for one in decisions}
        for name in names:
            self._ensure(name)
        changed = {name: self._changed(name, decisions) for name in names}
        for name, layer in changed.items():
            held = self._held[name]
            clashes = {name: one for name, one in held.stored.clashes.items() if name != group.undoes}
            held.stored = replace(held.stored, layer=layer, clashes=clashes)
            held.decided = True
        self._history.add(group)

    def _changed(self, article_id: str, decisions: tuple[Decision, ...]) -> Layer:
        stored = self._hold(article_id).stored
        if stored.newer:
            raise StoreError(f"{article_id}: your layer was made by a newer Manicule: it can be read only")
        return apply_checked(stored.layer, decisions)

    def _took_effect(self, group_id: str, article_ids: Iterable[str]) -> bool:
        return not all(group_id in self._hold(name).stored.clashes for name in article_ids)

    # Files --------------------------------------------------------------------------------------------

    def _hold(self, article_id: str) -> _Held:
        held = self._held.get(article_id)
        if held is None:
            self._reader.index.refresh()
            on_disk = self._state_on_disk(article_id)
            held = self._still_good(article_id, on_disk) or _Held(self._read(article_id), on_disk)
            self._held[article_id] = held
        return held

    def _still_good(self, article_id: str, on_disk: tuple[int, int, int] | None) -> _Held | None:
        """The layer that was prepared, unless it is another's, or has changed in its file or in the journal since."""
        (prepared_id, held), self._prepared = self._prepared, ("", None)
        if held is None or prepared_id != article_id or held.on_disk != on_disk:
            return None
        return None if self._reader.index.beyond(article_id, held.stored.applied) else held

    def _read(self, article_id: str) -> StoredLayer:
        return self._reader.read(article_id, lambda: self.project.article(article_id).text_hash)

    def _note_written(self, decisions: Sequence[tuple[Decision, str]], session: str, first: int) -> None:
        touched = {}
        for seq, (decision, time) in enumerate(decisions, start=first):
            touched[decision.article_id] = seq, time
            self._held[decision.article_id].since_tried += 1
        for article_id, (seq, time) in touched.items():
            held = self._held[article_id]
            until = max(held.stored.until, time)
            held.stored = replace(held.stored, applied={**held.stored.applied, session: seq}, until=until)
            # Writing a layer takes time with its size: what is decided between two writes has to make up for it.
            if held.since_tried >= max(FOLD_AFTER, len(held.stored.layer.annotations) // 4):
                self._fold(article_id, held)

    def _fold(self, article_id: str, held: _Held) -> bool:
        """Write the layer's file; whether it worked."""
        held.since_tried = 0
        path = self.project.locations.layer(self.annotator, article_id)
        try:
            self.project.check_there()
            with self._claims.alone():
                if self._state_on_disk(article_id) != held.on_disk:
                    self._merge(article_id, held, path)
                write_layer(path, held.stored)
        except (OSError, StoreError):
            return False
        held.on_disk = self._state_on_disk(article_id)
        held.decided = False
        return True

    def _merge(self, article_id: str, held: _Held, path: Path) -> None:
        """Take in what another program made of the layer's file; one that it left unreadable is set aside."""
        self._reader.index.refresh()
        try:
            held.stored = self._read(article_id)
        except BrokenFileError as error:
            if error.path != path:
                raise
            self.project.locations.set_aside(path)

    def _state_on_disk(self, article_id: str) -> tuple[int, int, int] | None:
        with suppress(OSError):
            state = self.project.locations.layer(self.annotator, article_id).stat()
            return state.st_ino, state.st_size, state.st_mtime_ns
        return None
