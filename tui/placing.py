"""What a changed text left without a place: put it on other words, or give it up. Knows no terminal."""

from __future__ import annotations

from annotate.layers import Unplaced
from annotate.words import Range
from tui.actions import key_of
from tui.deciding import Deciding


class Placing(Deciding):
    """A place in an article, and what is to be put there next, if anything."""

    placing: Unplaced | None = None
    """What `place` puts on the selection, the focus or the word under the cursor."""

    @property
    def unplaced(self) -> list[Unplaced]:
        """What has no place in this text, in the order in which it stood."""
        return sorted(self.view.layer.unplaced.values(), key=lambda one: (one.start, one.end, one.id))

    @property
    def unplaced_told(self) -> str:
        """How much has no place, and the key that lists it; "" for nothing."""
        count = len(self.view.layer.unplaced)
        return f"{count} unplaced · {key_of('reader.unplaced')} lists them" if count else ""

    def begin_placing(self, one: Unplaced, guess: Range | None) -> None:
        """Have `place` put it somewhere; its guessed place is selected."""
        self.placing = one
        if guess:
            self.select(*guess)

    def place(self) -> None:
        """Put what is being placed on the selection, the focus or the word under the cursor."""
        one, focus = self.placing, self.focus
        if one is None:
            return
        from annotate import reanchoring

        start, end = self.selection or ((focus.start, focus.end) if focus else self.cursor)
        if self._commit(lambda view: reanchoring.place(view, one, start, end)):
            self.placing = None
            self.go_to(start, end)
            self.notice = " · ".join(part for part in ("placed", self.unplaced_told) if part)

    def give_up(self, one: Unplaced) -> None:
        """Keep it no longer."""
        from annotate import reanchoring

        if self._commit(lambda view: reanchoring.discard(view, one)):
            self.placing = None
            self.notice = f"given up: “{one.quote}” · {key_of('reader.undo')} brings it back"

    def drop(self) -> None:
        """Drop the selection; without one, place nothing any more."""
        if self.selection is None:
            self.placing = None
        super().drop()
