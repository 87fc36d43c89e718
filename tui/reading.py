"""One article being read: cursor, focus and selection, and what each key comes to. Knows no terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING


from annotate import acts
from annotate.acts import Decisions
from annotate.articles import Article
from annotate.decisions import Group
from annotate.errors import DecisionError
from annotate.layers import Status
from annotate.schemes import LabelScheme
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryKey, View
from annotate.words import Words

if TYPE_CHECKING:
    from store.session import Session

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered with one key; any key that is no answer leaves things as they are.

    Attributes:
        text: the question with its answers, as shown.
        answers: what to do, by Textual's name of the key.
    """

    text: str
    answers: dict[str, Callable[[], None]]


class Reading:
    """What a person is doing in one article.

    Methods that act leave behind the ranges to draw anew (`take_changes`), a `notice`, a `question`, and
    `left` when the article is to be left.
    """

    def __init__(
        self,
        session: Session,
        article: Article,
        scheme: LabelScheme,
        suggestions: Sequence[Suggestion],
        sources: Sequence[str],
    ) -> None:
        self._session = session
        self._sources = tuple(sources)
        self.article = article
        self.view = View(article, scheme, suggestions, session.layer(article.id))
        self.words = Words(article.text)
        self.cursor: Range = self.words.word_at(0)
        self.title_end = len(article.title) if article.text.startswith(article.title + "\n") else 0
        self.notice = ""
        self.question: Question | None = None
        self.left = False
        self.boundary = False
        self.seen: set[EntryKey] = set()
        self._focus: EntryKey | None = None
        self._anchor: Range | None = None
        self._offered: list[Suggestion] | None = None
        self._repeatable: Callable[[], None] | None = None
        self._run = ""
        self._changes: set[Range] = set()
        self._go_to_first()

    def begin(self, *, boundary: bool = False) -> None:
        """Start on another key: what the last one said is over, and so is its run, unless both move boundaries."""
        self.notice = ""
        self.question = None
        if not boundary:
            self._run = ""
            self.boundary = False

    # What is shown -----------------------------------------------------------------------------------------

    @property
    def focus(self) -> Entry | None:
        """The entry that keys act on."""
        return self.view.entry(self._focus)

    @property
    def selection(self) -> Range | None:
        """The selected range."""
        if self._anchor is None:
            return None
        return min(self._anchor[0], self.cursor[0]), max(self._anchor[1], self.cursor[1])

    def take_changes(self) -> list[Range]:
        """The ranges that look different since this was last asked."""
        changes = sorted(self._changes)
        self._changes.clear()
        return changes

    @property
    def unsaved(self) -> str:
        """Why the last decisions are not on disk, or ""."""
        return self._session.unsaved

    # Moving ------------------------------------------------------------------------------------------------

    def move_to(self, offset: int) -> None:
        """Put the cursor on the word at `offset`, the focus on the innermost entity there."""
        self._put_cursor(self.words.word_at(offset))
        inner = self.view.innermost(*self.cursor) if self.cursor[0] < self.cursor[1] else None
        self._set_focus(inner)

    def resume(self, offset: int) -> None:
        """Go to `offset`, and on to what is undecided from there, if anything is."""
        self.move_to(offset)
        if self.view.undecided_count and not (self.focus and self.focus.undecided):
            self.move_by_undecided(1)

    def move_by_word(self, step: int, *, select: bool = False) -> None:
        """Put the cursor on the next word (`step` 1) or the previous one (-1)."""
        if select and self._anchor is None:
            self._anchor = self.cursor
        word = self.words.next_word if step > 0 else self.words.previous_word
        target = word(self.cursor[1] - 1 if step > 0 else self.cursor[0])
        if target:
            self.move_to(target[0])

    def move_by_entity(self, step: int) -> None:
        """Focus the next entity (`step` 1) or the previous one (-1), nested ones too."""
        self._take_offer()
        here = self._here()
        entry = self.view.after(here) if step > 0 else self.view.before(here)
        self._go_to_or_say(entry, "no more entities")

    def move_by_undecided(self, step: int) -> None:
        """Focus the next undecided suggestion (`step` 1) or the previous one (-1), round the ends."""
        self._take_offer()
        here = self._here()
        left = self.view.undecided()
        if step > 0:
            entry = self.view.after(here, undecided=True) or (left[0] if left else None)
        else:
            entry = self.view.before(here, undecided=True) or (left[-1] if left else None)
        self._go_to_or_say(entry, self._all_decided())

    def go_to(self, start: int, end: int) -> None:
        """Put the cursor and the focus on what is at [start, end)."""
        found = [entry for entry in self.view.overlapping(start, end) if (entry.start, entry.end) == (start, end)]
        if found:
            self._go_to_entry(found[-1])
        else:
            self.move_to(start)

    def toggle_selection(self) -> None:
        """Start a selection at the cursor, or drop the one there is."""
        if self._anchor is None:
            self._anchor = self.cursor
            self._changes.add(self.cursor)
        else:
            self.drop()

    def select(self, start: int, end: int) -> None:
        """Select [start, end)."""
        self._put_cursor((start, end))
        self._anchor = (start, end)
        self._set_focus(None)

    def drop(self) -> None:
        """Drop the selection."""
        if self.selection:
            self._changes.add(self.selection)
        self._anchor = None
        self.move_to(self.cursor[0])

    def hits(self, query: str) -> list[Range]:
        """Where `query` stands in the article, whatever the case, in order."""
        if not query:
            return []
        return [found.span() for found in re.finditer(re.escape(query), self.article.text, re.IGNORECASE)]

    # Deciding ----------------------------------------------------------------------------------------------

    def confirm(self, *, drawn: bool) -> None:
        """Confirm the focused suggestion and go to the next; elsewhere, or where it was not drawn, only go."""
        entry = self.focus
        if entry is None or not entry.suggestions:
            self.move_by_undecided(1)
        elif drawn and self._commit(lambda view: acts.confirm(view, entry)):
            self._repeatable = lambda: self.confirm(drawn=True)
            self._move_on(entry)

    def reject(self, *, drawn: bool) -> None:
        """Reject the focused entity; after a suggestion go to the next undecided one."""
        entry = self.focus
        if entry is None:
            self.notice = "no entity here: x rejects one"
        elif (drawn or not entry.suggestions) and self._commit(lambda view: acts.reject(view, entry)):
            self._repeatable = lambda: self.reject(drawn=True)
            if entry.suggestions:
                self._move_on(entry)

    def label(self, name: str, *, drawn: bool) -> None:
        """Give the label to the selection, the focused entity or the bare word under the cursor."""
        entry = self.focus
        if self.selection:
            self._add(*self.selection, name)
        elif entry is None:
            self._add(*self.cursor, name)
        elif drawn or not entry.suggestions:
            if not self._commit(lambda view: acts.relabel(view, entry, name)):
                self.notice = self.notice or f"it is {name} already"
            elif entry.suggestions:
                self._move_on(entry)
        self._repeatable = lambda: self.label(name, drawn=True)

    def start_boundary(self) -> None:
        """Let the next arrows move the boundaries of the focused entity."""
        self.boundary = self.focus is not None
        if not self.boundary:
            self.notice = "no entity here to grow or shrink"

    def move_boundary(self, left: int, right: int) -> None:
        """Move the start of the focused entity by `left` words and its end by `right`: -1 or 1, else 0."""
        entry = self.focus
        if entry is None:
            self.notice = "no entity here to grow or shrink"
            return
        start, end = entry.start, entry.end
        if left:
            start = self.words.previous_edge(start) if left < 0 else self.words.next_start(start)
        if right:
            end = self.words.next_edge(end) if right > 0 else self.words.previous_end(end)
        if start >= end:
            self.notice = "nothing would be left of it"
        elif self._commit(lambda view: acts.move(view, entry, start, end), run=True):
            self.go_to(start, end)

    def confirm_rest(self) -> None:
        """Confirm all that is left; ask when part of it has not been on screen."""
        left = self.view.undecided()
        unseen = sum(entry.key not in self.seen for entry in left)
        if not left:
            self.notice = self._all_decided()
        elif unseen:
            self.question = Question(
                f"{unseen} of {len(left)} have not been on screen: Space confirm all · n show · Esc",
                {"space": self._confirm_all, "a": self._confirm_all, "n": self._show_first},
            )
        else:
            self._confirm_all()

    def done(self) -> None:
        """Finish the article; ask when something is left, or when it is done already."""
        left = self.view.undecided()
        unseen = sum(entry.key not in self.seen for entry in left)
        if self.view.layer.status is Status.DONE:
            self.question = Question("done already: d reopen · Esc", {"d": self._reopen})
        elif left:
            hint = f" ({unseen} not yet on screen)" if unseen else ""
            self.question = Question(
                f"{len(left)} undecided{hint}: Space confirm · x reject · n show · Esc",
                {
                    "space": lambda: self._finish(acts.confirm_rest),
                    "x": lambda: self._finish(acts.reject_rest),
                    "n": self._show_first,
                },
            )
        else:
            self._finish(None)

    def skip(self) -> None:
        """Leave the article out."""
        self._commit(acts.skip)
        self.left = True

    def flag(self) -> None:
        """Flag the focused entity as unsure, else the article; or take that back."""
        entry = self.focus
        self._commit(lambda view: acts.flag(view, entry))
        self._keep_focus(entry)

    def note(self, text: str) -> None:
        """Note `text` on the focused entity, else on the article."""
        entry = self.focus
        self._commit(lambda view: acts.note(view, entry, text))
        self._keep_focus(entry)

    def noted(self) -> str:
        """The note on the focused entity, else on the article."""
        entry = self.focus
        if entry is None:
            return self.view.layer.marks.note
        return entry.remark.note if entry.remark else ""

    def repeat(self) -> None:
        """Repeat the last decision on the focused entity."""
        if self._repeatable is None:
            self.notice = "nothing to repeat yet"
        else:
            self._repeatable()

    def take_in(self, group: Group) -> None:
        """Show a group that the session has undone or redone."""
        self._changes.update(self.view.apply(group.decisions))

    def go_to_group(self, group: Group) -> None:
        """Go to the first place in this article that a group touches."""
        mine = [decision for decision in group.decisions if decision.article_id == self.article.id]
        places = [place for decision in mine for place in decision.touched()]
        if places:
            self.go_to(*min(places))

    def offer(self, suggestions: Sequence[Suggestion], sources: Sequence[str]) -> None:
        """Hold new suggestions ready; they are shown when the annotator asks for what is next."""
        self._offered = list(suggestions)
        self._sources = tuple(sources)
        self.notice = "new suggestions: n shows them"

    # How it is done ----------------------------------------------------------------------------------------

    def _commit(self, make: Callable[[View], Decisions], *, run: bool = False) -> bool:
        """Decide, save, show: in this order. False when there was nothing to decide or it was refused."""
        try:
            decisions = acts.with_shown(self.view, make(self.view), self._sources)
            if not decisions:
                return False
            group = self._session.commit(decisions, extend=self._run if run else "")
        except DecisionError as error:
            self.notice = error.message
            return False
        self._run = group.id if run else ""
        self._changes.update(self.view.apply(decisions))
        return True

    def _add(self, start: int, end: int, name: str) -> None:
        replaced = acts.replaced_by(self.view, start, end)
        if not self._commit(lambda view: acts.add(view, start, end, name)):
            return
        if replaced:
            self.notice = "replaced " + ", ".join(f"“{one.quote}” {one.span.label}" for one in replaced)
        self._changes.add((start, end))
        self._anchor = None
        self.go_to(start, end)

    def _finish(self, rest: Callable[[View], Decisions] | None) -> None:
        if self._commit(lambda view: acts.finish(view, rest)):
            self.left = True

    def _reopen(self) -> None:
        if self._commit(acts.reopen):
            self.notice = "open again"

    def _confirm_all(self) -> None:
        count = self.view.undecided_count
        if self._commit(acts.confirm_rest):
            self.notice = f"{count} confirmed · u undoes them as one"
            self.go_to(*self.cursor)

    def _show_first(self) -> None:
        left = self.view.undecided()
        unseen = [entry for entry in left if entry.key not in self.seen]
        self._go_to_entry((unseen or left)[0])

    def _move_on(self, entry: Entry) -> None:
        """Go to the next undecided one; stay where nothing is left."""
        left = self.view.undecided()
        following = self.view.after(entry.key, undecided=True) or (left[0] if left else None)
        if following:
            self._go_to_entry(following)
        else:
            self.go_to(entry.start, entry.end)
            self.notice = self.notice or self._all_decided()

    def _all_decided(self) -> str:
        return "nothing undecided left · d done"

    def _take_offer(self) -> None:
        if self._offered is None:
            return
        self.view = self.view.offer(self._offered)
        self._offered = None
        self._changes.add((0, len(self.article.text)))

    def _here(self) -> EntryKey:
        """A key that sorts where the cursor is."""
        if self._focus is not None:
            return self._focus
        return self.cursor[0], -len(self.article.text) - 1, ""

    def _go_to_or_say(self, entry: Entry | None, otherwise: str) -> None:
        if entry:
            self._go_to_entry(entry)
        else:
            self.notice = otherwise

    def _go_to_entry(self, entry: Entry) -> None:
        self._put_cursor(self.words.word_at(entry.start))
        self._set_focus(entry)

    def _go_to_first(self) -> None:
        left = self.view.undecided()
        if left:
            self._go_to_entry(left[0])
        else:
            self.move_to(0)

    def _keep_focus(self, entry: Entry | None) -> None:
        if entry:
            self.go_to(entry.start, entry.end)

    def _put_cursor(self, word: Range) -> None:
        if self.selection:
            self._changes.add(self.selection)
        self._changes.add(self.cursor)
        self.cursor = word
        self._changes.add(self.selection or word)

    def _set_focus(self, entry: Entry | None) -> None:
        for one in (self.focus, entry):
            if one:
                self._changes.add((one.start, one.end))
        self._focus = entry.key if entry else None
