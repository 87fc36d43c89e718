"""One article being read: what each key that decides comes to. Knows no terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from annotate import acts, mentions
from annotate.acts import Decisions
from annotate.decisions import Group
from annotate.layers import Status
from annotate.sieve import ALL, shown_score
from annotate.view import Entry, View
from annotate.words import Range, trim
from tui.actions import key_of
from tui.placing import Placing
from tui.question import Question as Question
from tui.wrapping import Wrapped


class Reading(Placing):
    """What a person is doing in one article.

    Where methods take `drawn` it says whether the focus has been on screen: on a suggestion that has not, they do
    nothing.

    Attributes:
        last: makes the last decision again, on what a reading focuses, which may be of another article.
        wrapped: the text's lines, where they were made ahead.
    """

    last: Callable[[Reading, bool], None] | None = None
    wrapped: Wrapped | None = None

    # The focused entity ------------------------------------------------------------------------------------

    def confirm(self, *, drawn: bool) -> None:
        """Confirm the focused suggestion and go to the next; elsewhere only go there."""
        entry = self.focus
        if entry is None or not entry.suggestions:
            self.move_by_undecided(1)
        elif drawn and self._commit(lambda view: acts.confirm(view, entry)):
            self.last = lambda reading, drawn: reading.confirm(drawn=drawn)
            self._move_on(entry)

    def reject(self, *, drawn: bool) -> None:
        """Reject the focused entity; after a suggestion go to the next undecided one, else stay."""
        entry = self.focus
        if entry is None:
            self._say_where(f"no entity here: {key_of('reader.reject')} rejects one")
        elif (drawn or not entry.suggestions) and self._commit(lambda view: acts.reject(view, entry)):
            self.last = lambda reading, drawn: reading.reject(drawn=drawn)
            if entry.suggestions:
                self._move_on(entry)
            else:
                self.go_to(entry.start, entry.end)

    def label(self, name: str, *, drawn: bool) -> None:
        """Give the label to the selection, the focused entity or the bare word under the cursor."""
        entry = self.focus
        if entry is None:
            labelled = self._add(*(self.selection or self.cursor), name)
        elif drawn or not entry.suggestions:
            labelled = self._relabel(entry, name)
        else:
            return
        if labelled:
            self.last = lambda reading, drawn: reading.label(name, drawn=drawn)

    def start_boundary(self) -> None:
        """Let the next arrows move the boundaries of the focused entity."""
        self.boundary = self.focus is not None
        if not self.boundary:
            self._say_where("no entity here to grow or shrink")

    def move_boundary(self, left: int, right: int, *, drawn: bool) -> None:
        """Move the start of the focused entity by `left` stops and its end by `right`: -1 or 1, else 0."""
        entry = self.focus
        if entry is None:
            self._say_where("no entity here to grow or shrink")
        elif drawn or not entry.suggestions:
            if self._move(entry, *self._boundaries(entry, left, right)):
                self.last = lambda reading, drawn: reading.move_boundary(left, right, drawn=drawn)

    def flag(self) -> None:
        """Flag the focused entity as unsure, else the article; or take that back."""
        entry = self.focus
        if self.selection:
            self._say_where("")
        elif self._commit(lambda view: acts.flag(view, entry)):
            self.last = lambda reading, _: reading.flag()
            self._stay(entry)

    def note(self, text: str) -> None:
        """Note `text` on the focused entity, else on the article; an empty one takes the note away."""
        entry = self.focus
        if self._commit(lambda view: acts.note(view, entry, text)):
            self.last = lambda reading, _: reading.note(text)
            self._stay(entry)

    def noted(self) -> str:
        """The note on the focused entity, else on the article."""
        entry = self.focus
        if entry is None:
            return self.view.layer.marks.note
        return entry.remark.note if entry.remark else ""

    def same_everywhere(self, *, drawn: bool) -> None:
        """Decide on every mention of the focused entity's text as on it; a suggestion is confirmed first."""
        entry = self.focus
        if entry is None:
            self._say_where(f"no entity here: {key_of('reader.same')} does the same for every mention of one")
        elif drawn or not entry.suggestions:
            same = mentions.Same((), "")

            def decide(view: View) -> Decisions:
                nonlocal same
                same = mentions.same_in_article(view, entry, self.words)
                return same.decisions

            if self._commit(decide):
                self.last = lambda reading, drawn: reading.same_everywhere(drawn=drawn)
                self.notice = f"{same.told} · {key_of('reader.undo')} undoes them as one"
            else:
                self.notice = self.notice or same.told
            if entry.suggestions:
                self._move_on(entry)
            else:
                self.go_to(entry.start, entry.end)

    def repeat(self, *, drawn: bool) -> None:
        """Repeat the last decision on the focused entity."""
        if self.last is None:
            self.notice = "nothing to repeat yet"
        else:
            self.last(self, drawn)

    # The article -------------------------------------------------------------------------------------------

    def confirm_rest(self) -> None:
        """Confirm all that is left; ask when part of it has not been on screen."""
        self.take_offer()
        if self.view.undecided_count:
            self._confirm_once_seen(None)
        else:
            self.notice = self.nothing_left()

    def confirm_from(self, score: float) -> None:
        """Confirm all that is left with at least that score; ask when part of it has not been on screen."""
        self.take_offer()
        if acts.scored(self.view, score):
            self._confirm_once_seen(score)
        else:
            told = f"nothing undecided has a score from {shown_score(score)} on"
            self.notice = f"{told} · {self.hidden}" if self.hidden else told

    def done(self) -> None:
        """Finish the article; ask when something is left, or when it is done already."""
        self.take_offer()
        left, unseen = self._left()
        if self.view.layer.status is Status.DONE:
            self.question = Question("done already:", {"d": self._reopen}, "d reopen · Esc")
        elif left:
            self.question = Question(
                ", ".join(part for part in (f"{len(left)} undecided", _unseen(unseen), self._left_alone()) if part)
                + ":",
                {
                    "space": lambda: self._finish(acts.confirm_rest),
                    "x": lambda: self._finish(acts.reject_rest),
                    "n": lambda: self._go_to_entry(left[0]),
                },
                "Space confirm · x reject · n show · Esc",
            )
        elif self.hidden:
            self.question = Question(
                f"{self.hidden}, which stay undecided:",
                {"d": lambda: self._finish(None), "n": self._show_hidden},
                "d done all the same · n show · Esc",
            )
        elif self.waiting:
            self.question = Question(
                "suggestions are still to come:", {"d": lambda: self._finish(None)}, "d done all the same · Esc"
            )
        else:
            self._finish(None)

    def skip(self) -> None:
        """Leave the article out; ask when it is done, since it is no gold then."""
        if self.view.layer.status is Status.DONE:
            self.question = Question("done already:", {"s": self._skip}, "s leave it out of the gold · Esc")
        else:
            self._skip()

    # What comes from elsewhere -----------------------------------------------------------------------------

    def take_in(self, group: Group) -> None:
        """Show a group that the session has undone or redone."""
        self._changes.update(self.view.apply(group.decisions))

    def go_to_group(self, group: Group) -> None:
        """Go to the first place in this article that a group touches."""
        mine = [decision for decision in group.decisions if decision.article_id == self.article.id]
        places = [place for decision in mine for place in decision.touched()]
        if places:
            self.go_to(*min(places))

    # How it is done ----------------------------------------------------------------------------------------

    def _add(self, start: int, end: int, name: str) -> bool:
        replaced = acts.replaced_by(self.view, start, end)
        if not self._commit(lambda view: acts.add(view, start, end, name)):
            return False
        if replaced:
            self.notice = "replaced " + ", ".join(f"“{one.quote}” {one.span.label}" for one in replaced)
        self.go_to(*trim(self.article.text, start, end))
        return True

    def _relabel(self, entry: Entry, name: str) -> bool:
        if not self._commit(lambda view: acts.relabel(view, entry, name)):
            self.notice = self.notice or f"it is {name} already"
            return False
        if entry.suggestions:
            self._move_on(entry)
        return True

    def _boundaries(self, entry: Entry, left: int, right: int) -> Range:
        start, end, words = entry.start, entry.end, self.stops
        if left:
            start = words.previous_edge(start) if left < 0 else words.next_start(start)
        if right:
            end = words.next_edge(end) if right > 0 else words.previous_end(end)
        return start, end

    def _move(self, entry: Entry, start: int, end: int) -> bool:
        if start >= end:
            self.notice = "nothing would be left of it"
            return False
        if not self._commit(lambda view: acts.move(view, entry, start, end), run=True):
            self.notice = self.notice or f"there is no further {self.unit}"
            return False
        self.go_to(start, end)
        return True

    def _left(self, at_least: float | None = None) -> tuple[list[Entry], list[Entry]]:
        """What is undecided, of at least that score, and what of it has not been on screen."""
        left = acts.scored(self.view, at_least)
        return left, self.unseen(left)

    def _left_alone(self) -> str:
        return f"{self.hidden} left alone" if self.hidden else ""

    def _show_hidden(self) -> None:
        """Show all suggestions, and go to the first one that was hidden."""
        self.sift(ALL)
        self._go_to_first()

    def _confirm_once_seen(self, at_least: float | None) -> None:
        left, unseen = self._left(at_least)

        def confirm() -> None:
            self._confirm_all(at_least)

        if unseen:
            self.question = Question(
                f"{len(unseen)} of {len(left)} not seen yet:",
                {"space": confirm, "a": confirm, "n": lambda: self._go_to_entry(unseen[0])},
                "Space confirm all · n show · Esc",
            )
        else:
            confirm()

    def _confirm_all(self, at_least: float | None) -> None:
        confirmed = acts.confirm_rest(self.view, at_least=at_least)
        if self._commit(lambda view: confirmed):
            told = [f"{len(confirmed)} confirmed", self._left_alone(), f"{key_of('reader.undo')} undoes them as one"]
            self.notice = " · ".join(part for part in told if part)
            self.go_to(*self.cursor)

    def _finish(self, rest: Callable[[View], Decisions] | None) -> None:
        self.left = self._commit(lambda view: acts.finish(view, rest))

    def _reopen(self) -> None:
        if self._commit(acts.reopen):
            self.notice = "open again"

    def _skip(self) -> None:
        self.left = self._commit(acts.skip) or self.view.layer.status is Status.SKIPPED


def _unseen(entries: Sequence[Entry]) -> str:
    return f"{len(entries)} not seen yet" if entries else ""
