"""The reader's ways into the corpus: the concordance, one decision for the whole project, the page of an entity."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from annotate.concordance import Query
from annotate.layers import State
from annotate.project_wide import MentionKey
from annotate.view import Entry
from tui.actions import key_of
from tui.desk import Desk
from tui.pace import Pace
from tui.reading import Reading
from tui.screens.reading_prompts import ReadingPrompts
from tui.shell import Shell

if TYPE_CHECKING:
    from tui.screens.line_screen import LineScreen


class CorpusKeys(ReadingPrompts):
    """The part of the reader that opens what goes beyond its article, and comes back from it."""

    def __init__(self, desk: Desk, reading: Reading, pace: Pace) -> None:
        super().__init__(reading, pace)
        self._desk = desk

    def show_article(self, article_id: str) -> bool:
        """Put another article in place of this one; the screen that shows it knows how."""
        raise LookupError(article_id)

    def read_anew(self) -> None:
        """Show the article as it has become elsewhere; the screen that shows it knows how."""

    def action_concordance(self) -> None:
        """The focused text in all articles."""
        reading = self.reading
        start, end = reading.chosen
        if start == end:
            self.say("nothing here to look for")
            return
        self._open_concordance(Query(reading.article.text[start:end]), (reading.article.id, start, end))

    def action_everywhere(self) -> None:
        """The same for every mention of the focused text in the project, after a list of them."""
        entry = self.reading.focus
        if entry is None:
            self.say(f"no entity here: {key_of('reader.everywhere')} does the same for every mention of one")
        elif self.is_drawn() or not entry.suggestions:
            reading = self.reading
            query = Query(reading.article.text[entry.start : entry.end])
            self._open_concordance(query, (reading.article.id, entry.start, entry.end), _decided(entry))

    def _open_concordance(self, query: Query, here: MentionKey, spread: str | None = None) -> None:
        from tui.screens.concordance import Concordance

        self._go(Concordance(self._desk, self._desk.corpus, query, here, spread, self._pace))

    def action_entity(self) -> None:
        """The focused entity with all its mentions."""
        entry, reading = self.reading.focus, self.reading
        if entry is None:
            self.say(f"no entity here: {key_of('reader.entity')} shows the mentions of one")
            return
        self._desk.corpus.note(reading.view)
        found = self._desk.corpus.at(reading.article.id, entry.start, entry.end)
        from tui.screens.entity import EntityPage, has_page

        if found is None or not has_page(found.mention):
            self.say(f"{entry.label} names no one thing")
        else:
            self._go(EntityPage(self._desk, self._desk.corpus, found.mention))

    def action_checks(self) -> None:
        """Where the annotator's decisions contradict each other, from this article on."""
        from tui.screens.checks import Checks

        self._go(Checks(self._desk, self._desk.corpus, self.reading.article.id, self._pace))

    def _go(self, screen: LineScreen) -> None:
        cast(Shell, self.app).read_corpus()
        self._desk.corpus.note(self.reading.view)

        def come_back(key: MentionKey | None) -> None:
            if self.reading.article.id in screen.touched:
                self.read_anew()
            if key:
                self.go_to_place(key)

        self.app.push_screen(screen, come_back)

    def go_to_place(self, key: MentionKey) -> None:
        """Go to a place of the project."""
        article_id, start, end = key
        if article_id == self.reading.article.id or self.show_article(article_id):
            self.act(lambda: self.reading.go_to(start, end))


def _decided(entry: Entry) -> str:
    """The label of an entry, or "" where it was rejected."""
    annotation = entry.annotation
    return "" if annotation and annotation.state is State.REJECTED else entry.label
