"""An annotator's layers in memory: read when they are asked for, written when they are left, and on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from annotate.decisions import Decision
from annotate.layers import Layer
from store.errors import BrokenFileError, StoreError
from store.layer_files import StoredLayer, write_layer
from store.project import Project
from store.replay import LayerReader

LARGE = 2000
"""Annotations from which a layer's file is not written between one article and the next."""

FOLD_AFTER = 200
"""Decisions in an article after which its layer's file is brought up to date; more where the layer is very large."""

_State = tuple[int, int, int]


@dataclass(slots=True)
class Held:
    """A layer in memory.

    Attributes:
        stored: as it is now, with the journal lines that it holds.
        on_disk: the file's state when it was last read or written; None for no file.
        decided: whether this session has decided something that the layer's file does not hold.
        since_tried: journal lines written since the file was last written, or tried.
    """

    stored: StoredLayer
    on_disk: _State | None
    decided: bool = False
    since_tried: int = 0

    @property
    def leaves_at_once(self) -> bool:
        """Whether to write it takes no longer than a person should wait between two articles."""
        return not self.decided or len(self.stored.layer.annotations) <= LARGE

    def take(self, layer: Layer, without_clash: str) -> None:
        """Hold what a decision made of the layer; the clash of that group, if there is one, is settled."""
        clashes = {group: one for group, one in self.stored.clashes.items() if group != without_clash}
        self.stored = replace(self.stored, layer=layer, clashes=clashes)
        self.decided = True


class Shelf:
    """The layers that one session has in memory.

    Attributes:
        reader: reads layers from their files and the journal.
        held: those in memory, by article.
    """

    def __init__(self, project: Project, annotator: str, alone: Callable[[], AbstractContextManager[None]]) -> None:
        """Look at the journal files; no layer is read yet.

        Args:
            project: the project.
            annotator: whose layers.
            alone: keeps other sessions of the annotator from writing meanwhile.
        """
        self.reader = LayerReader(project.locations, annotator)
        self.held: dict[str, Held] = {}
        self._project = project
        self._annotator = annotator
        self._alone = alone
        self._prepared: tuple[str, Held | None] = "", None

    def hold(self, article_id: str) -> Held:
        """The layer of an article, kept in memory from now on.

        Raises:
            BrokenFileError: its file, or the article's, cannot be read.
            StoreError: there is no such article.
        """
        held = self.held.get(article_id)
        if held is None:
            self.reader.index.refresh()
            on_disk = self._state_on_disk(article_id)
            fresh = self._still_good(article_id, on_disk) or Held(self._read(article_id), on_disk)
            held = self.held.setdefault(article_id, fresh)
        return held

    def peek(self, article_id: str) -> Layer:
        """The layer of an article as it is now, without keeping it; any thread may ask; see `hold`."""
        held = self.held.get(article_id)
        return held.stored.layer if held else self._read(article_id).layer

    def prepare(self, article_id: str) -> Layer:
        """Read a layer that is likely to be asked for next; any thread may, and one is kept ready; see `hold`."""
        held = self.held.get(article_id)
        if held is None:
            on_disk = self._state_on_disk(article_id)
            held = Held(self._read(article_id), on_disk)
            self._prepared = article_id, held
        return held.stored.layer

    def let_go(self, article_id: str) -> None:
        """Write the layer's file where it lacks something, and keep the layer only where that fails."""
        held = self.held[article_id]
        if not held.decided or self._fold(article_id, held):
            del self.held[article_id]

    def catch_up(self, article_id: str) -> bool:
        """Take in what other sessions made of a layer in memory; whether it is still the same.

        In a folder that is gone nothing was made of it: what is decided there waits until it is back.

        Raises:
            BrokenFileError: it cannot be read.
        """
        held = self.held.get(article_id)
        if held is None or self._project.gone():
            return True
        self.reader.index.refresh()
        state = self._state_on_disk(article_id)
        if state == held.on_disk and not self.reader.index.beyond(article_id, held.stored.applied):
            return True
        before, held.stored = held.stored.layer, self._read(article_id)
        held.on_disk = state
        return before == held.stored.layer

    def note_written(self, decisions: Sequence[tuple[Decision, str]], session: str, first: int) -> None:
        """Note that decisions, each with its time, are in the journal, and write layers that lack many of them.

        Args:
            decisions: in order.
            session: the journal file's stem.
            first: the number of the first line there.
        """
        touched = {}
        for seq, (decision, time) in enumerate(decisions, start=first):
            touched[decision.article_id] = seq, time
            self.held[decision.article_id].since_tried += 1
        for article_id, (seq, time) in touched.items():
            held = self.held[article_id]
            until = max(held.stored.until, time)
            held.stored = replace(held.stored, applied={**held.stored.applied, session: seq}, until=until)
            # Writing a layer takes time with its size: what is decided between two writes has to make up for it.
            if held.since_tried >= max(FOLD_AFTER, len(held.stored.layer.annotations) // 4):
                self._fold(article_id, held)

    # Files --------------------------------------------------------------------------------------------

    def _still_good(self, article_id: str, on_disk: _State | None) -> Held | None:
        """The layer that was prepared, unless it is another's, or has changed in its file or in the journal since."""
        (prepared_id, held), self._prepared = self._prepared, ("", None)
        if held is None or prepared_id != article_id or held.on_disk != on_disk:
            return None
        return None if self.reader.index.beyond(article_id, held.stored.applied) else held

    def _read(self, article_id: str) -> StoredLayer:
        return self.reader.read(article_id, lambda: self._project.revision(article_id))

    def _fold(self, article_id: str, held: Held) -> bool:
        """Write the layer's file; whether it worked."""
        held.since_tried = 0
        path = self._project.locations.layer(self._annotator, article_id)
        try:
            self._project.check_there()
            with self._alone():
                if self._state_on_disk(article_id) != held.on_disk:
                    self._merge(article_id, held, path)
                write_layer(path, held.stored)
        except (OSError, StoreError):
            return False
        held.on_disk = self._state_on_disk(article_id)
        held.decided = False
        return True

    def _merge(self, article_id: str, held: Held, path: Path) -> None:
        """Take in what another program made of the layer's file; one that it left unreadable is set aside."""
        self.reader.index.refresh()
        try:
            held.stored = self._read(article_id)
        except BrokenFileError as error:
            if error.path != path:
                raise
            self._project.locations.set_aside(path)

    def _state_on_disk(self, article_id: str) -> _State | None:
        with suppress(OSError):
            state = self._project.locations.layer(self._annotator, article_id).stat()
            return state.st_ino, state.st_size, state.st_mtime_ns
        return None
