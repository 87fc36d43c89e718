"""Where a person stands in an article: cursor, focus and selection, and how these move. Knows no terminal."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.articles import Article
from annotate.mentions import next_mention
from annotate.sentences import sentence_around
from annotate.suggestions import Suggestion
from annotate.view import Entry, EntryKey, View
from annotate.words import Characters, Range, Words
from tui.actions import key_of

_BEFORE_ALL: EntryKey = (-1, 0, "")


class Standing:
    """A place in an article.

    Whatever moves leaves behind the ranges to draw anew (`take_changes`) and, where it could not, a `notice`.

    Attributes:
        article: the text.
        view: its entities as the annotator sees them.
        sources: names of those whose suggestions are among them.
        words: those of the text.
        characters: those of the text.
        by_character: whether the cursor stops at characters instead of words.
        by_certainty: whether the undecided are gone through from the least certain on, instead of as they are read.
        cursor: the word or character it is on; an empty range in a text that has none.
        notice: what to tell the person, or "".
        waiting: whether nothing has been suggested yet, but a pipeline is at work.
        remembered: up to when the annotator's memory was looked at for what is shown; "" where it was not.
        recall_due: whether that takes time, and is still to be done.
    """

    remembered = ""
    recall_due = False

    def __init__(self, article: Article, view: View, sources: Sequence[str], *, by_certainty: bool = False) -> None:
        self.article = article
        self.view = view
        self.sources = tuple(sources)
        self.words = Words(article.text)
        self.by_character = False
        self.by_certainty = by_certainty
        self.characters = Characters(article.text)
        self._mention: tuple[Range, Range] | None = None
        self.cursor: Range = self.words.word_at(0)
        self.notice = ""
        self.waiting = False
        self._focus: EntryKey | None = None
        self._anchor: Range | None = None
        self._offer: tuple[list[Suggestion], tuple[str, ...], str] | None = None
        self._changes: set[Range] = set()
        self._leapt = False
        self._go_to_first()
        self._changes.clear()

    # What is shown -----------------------------------------------------------------------------------------

    @property
    def focus(self) -> Entry | None:
        """The entry that keys act on; none while there is a selection, which they act on then."""
        return None if self._anchor is not None else self.view.entry(self._focus)

    @property
    def selection(self) -> Range | None:
        """The selected range."""
        if self._anchor is None:
            return None
        return min(self._anchor[0], self.cursor[0]), max(self._anchor[1], self.cursor[1])

    @property
    def stops(self) -> Words:
        """What the cursor stops at, and boundaries move by."""
        return self.characters if self.by_character else self.words

    @property
    def unit(self) -> str:
        """What it stops at, in a word."""
        return "character" if self.by_character else "word"

    @property
    def offered(self) -> bool:
        """Whether new suggestions wait to be shown."""
        return self._offer is not None

    def take_changes(self) -> list[Range]:
        """The ranges that look different since this was last asked."""
        changes = sorted(self._changes)
        self._changes.clear()
        return changes

    def take_leap(self) -> bool:
        """Whether the cursor last leapt to an entity, and has not walked; asked once for each move."""
        leapt, self._leapt = self._leapt, False
        return leapt

    # Moving ------------------------------------------------------------------------------------------------

    def move_to(self, offset: int) -> None:
        """Put the cursor on the stop at `offset`, the focus on the innermost entity there."""
        self._leapt = False
        self._put_cursor(self.stops.word_at(offset))
        self._set_focus(self.view.innermost(*self.cursor) if self.cursor[0] < self.cursor[1] else None)

    def resume(self, offset: int) -> None:
        """Go to `offset`, and on to what is undecided from there, if anything is."""
        self.move_to(offset)
        if self.view.undecided_count and not (self.focus and self.focus.undecided):
            self.move_by_undecided(1)

    def move_by_word(self, step: int, *, select: bool = False) -> None:
        """Put the cursor on the next stop (`step` 1) or the previous one (-1)."""
        if select and self._anchor is None:
            self._start_selection()
        target = self._following() if step > 0 else self.stops.previous_word(self.cursor[0])
        if target:
            self.move_to(target[0])

    def _following(self) -> Range | None:
        """The first stop after the cursor, which may end at no stop's end."""
        end = self.cursor[1]
        following = self.stops.word_at(end)
        return following if following[0] >= end else self.stops.next_word(end)

    def move_by_entity(self, step: int) -> None:
        """Focus the next entity (`step` 1) or the previous one (-1), nested ones too."""
        self.take_offer()
        here = self._here()
        entry = self.view.after(here) if step > 0 else self.view.before(here)
        self._go_to_or_say(entry, "no more entities")

    def move_by_undecided(self, step: int) -> None:
        """Focus the next undecided suggestion (`step` 1) or the previous one (-1), round the ends."""
        self.take_offer()
        self._go_to_or_say(self._undecided_from(self.focus, step), self.nothing_left())

    def move_by_mention(self) -> None:
        """Go to the next mention of the selected, focused or pointed-at text, round the end.

        What is no entity and no single word is selected.
        """
        here = self.chosen
        sought = self._mention[1] if self._mention and self._mention[0] == here else here
        found = next_mention(self.article.text, self.words, *sought) if sought[0] < sought[1] else None
        if found is None:
            self.notice = f"no other mention of “{self.article.text[slice(*sought)]}”"
            return
        entries = [one for one in self.view.overlapping(*found) if (one.start, one.end) == found]
        if self._anchor is None and (entries or self.stops.word_at(found[0]) == found):
            self.go_to(*found)
        else:
            self.select(*found)
        self._mention = (self.chosen, found)

    @property
    def chosen(self) -> Range:
        """What is selected, focused or under the cursor."""
        focus = self.focus
        return self.selection or ((focus.start, focus.end) if focus else self.cursor)

    def go_to(self, start: int, end: int) -> None:
        """Drop the selection, and put the cursor and the focus on what is at [start, end)."""
        self._lift_anchor()
        found = [entry for entry in self.view.overlapping(start, end) if (entry.start, entry.end) == (start, end)]
        if found:
            self._go_to_entry(found[-1])
        else:
            self.move_to(start)

    def lose_focus(self) -> None:
        """Have no focus until something is gone to: what is said then is said of the article."""
        self._lift_anchor()
        self._set_focus(None)

    # Selecting ---------------------------------------------------------------------------------------------

    def toggle_unit(self) -> None:
        """Go by characters instead of words, or by words again; focus and selection stay."""
        self.by_character = not self.by_character
        start, end = self.cursor
        forward = self._anchor is not None and start >= self._anchor[0]
        self._put_cursor(self.stops.word_at(max(end - 1, start) if forward else start))

    def toggle_selection(self) -> None:
        """Start a selection at the cursor; grow the one there is to its whole sentence, or else drop it."""
        selection = self.selection
        if selection is None:
            self._start_selection()
            return
        sentence = sentence_around(self.article.text, *selection)
        if sentence == selection or sentence[0] == sentence[1]:
            self.drop()
        else:
            self.select(*sentence)

    def _start_selection(self) -> None:
        self._set_focus(self.focus)
        self._anchor = self.cursor
        self._changes.add(self.cursor)

    def select(self, start: int, end: int) -> None:
        """Select [start, end)."""
        self._lift_anchor()
        self._put_cursor((start, end))
        self._set_focus(None)
        self._anchor = (start, end)

    def select_words(self, one: int, other: int) -> None:
        """Select from the word at one offset to the word at the other, whichever comes first."""
        first, last = self.stops.word_at(min(one, other)), self.stops.word_at(max(one, other))
        self.select(first[0], max(last[1], first[1]))

    def copied(self) -> str:
        """The text of the selection, else of the focused entity, else of the word under the cursor."""
        focus = self.focus
        start, end = self.selection or ((focus.start, focus.end) if focus else self.cursor)
        return self.article.text[start:end]

    def drop(self) -> None:
        """Drop the selection, if there is one."""
        if self._anchor is not None:
            self._lift_anchor()
            self.move_to(self.cursor[0])

    # New suggestions ---------------------------------------------------------------------------------------

    def offer(self, suggestions: Sequence[Suggestion], sources: Sequence[str], remembered: str = "") -> None:
        """Hold new suggestions ready; they are shown when the annotator asks for what is next."""
        self._offer = list(suggestions), tuple(sources), remembered
        self.waiting = False
        self.notice = f"new suggestions: {key_of('reader.next_undecided')} shows them"

    def take_offer(self) -> None:
        """Show the new suggestions that wait, if there are any."""
        if self._offer is None:
            return
        suggestions, self.sources, remembered = self._offer
        self.remembered = remembered or self.remembered
        self.view = self.view.offer(suggestions)
        self._offer = None
        self._changes.add((0, len(self.article.text)))

    # What of them is shown, and in which order -------------------------------------------------------------

    @property
    def hidden(self) -> str:
        """How many suggestions are hidden by their score, in words; "" for none."""
        return self.view.sieve.hidden(self.view.hidden_count)

    def nothing_left(self) -> str:
        """What to say where nothing that is shown is left to settle."""
        return " · ".join(
            part for part in ("nothing undecided left", self.hidden, f"{key_of('reader.done')} done") if part
        )

    # How it is done ----------------------------------------------------------------------------------------

    def _here(self) -> EntryKey:
        """A key that sorts where the cursor is."""
        if self._focus is not None:
            return self._focus
        return self.cursor[0], -len(self.article.text) - 1, ""

    def _undecided_from(self, entry: Entry | None, step: int) -> Entry | None:
        """The undecided entry that follows `entry` (`step` 1) or comes before it (-1), round the ends.

        Without one it is counted from the cursor on, or from the least certain.
        """
        if self.by_certainty:
            return self.view.by_certainty(entry, step)
        key = entry.key if entry else self._here()
        if step > 0:
            return self.view.after(key, undecided=True) or self.view.after(_BEFORE_ALL, undecided=True)
        after_all = (len(self.article.text) + 1, 0, "")
        return self.view.before(key, undecided=True) or self.view.before(after_all, undecided=True)

    def _go_to_or_say(self, entry: Entry | None, otherwise: str) -> None:
        if entry:
            self._go_to_entry(entry)
        else:
            self.notice = otherwise

    def _go_to_entry(self, entry: Entry) -> None:
        self._leapt = True
        self._lift_anchor()
        self._put_cursor(self.stops.word_at(entry.start))
        self._set_focus(entry)

    def _go_to_first(self) -> None:
        first = self.view.by_certainty(None, 1) if self.by_certainty else self.view.after(_BEFORE_ALL, undecided=True)
        if first:
            self._go_to_entry(first)
        else:
            self.move_to(0)

    def _lift_anchor(self) -> None:
        if self.selection:
            self._changes.add(self.selection)
        self._anchor = None

    def _put_cursor(self, word: Range) -> None:
        self._changes.add(self.selection or self.cursor)
        self.cursor = word
        self._changes.add(self.selection or word)

    def _set_focus(self, entry: Entry | None) -> None:
        for one in (self.view.entry(self._focus), entry):
            if one:
                self._changes.add((one.start, one.end))
        self._focus = entry.key if entry else None
