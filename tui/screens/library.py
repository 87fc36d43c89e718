"""The Library: every article with where the annotator stands, and the way into each of them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from textual.app import ComposeResult
from textual.timer import Timer
from textual.widgets import Rule
from textual.worker import Worker, WorkerState

from store.library import Row
from tui.arrangement import Arrangement, Shown, following, title_or_id
from tui.desk import Desk
from tui.listing import Listing
from tui.row_reader import RowReader, RowsRead
from tui.screens.library_keys import LibraryKeys
from tui.shell import Shell
from tui.widgets.article_list import ArticleList
from tui.widgets.article_row import without_root
from tui.widgets.bar import Bar, Piece
from tui.widgets.library_frame import empty_lines, filter_hints, hints, note_hints, saved, totals_line
from tui.widgets.prompt import Prompt

_FIRST_READ_AFTER = 0.05
"""Seconds after which the article under the cursor is read ahead, so that the list is painted first."""

_ROWS_AFTER = 0.08
"""Seconds after which the rows are read: later, since that article may be opened at once."""

_RESTED_AFTER = 0.15
"""Seconds on a row after which its article is read ahead."""

_PATIENCE = 10
"""While rows still come in, sorting them takes at most one part in this of the time."""


class Library(LibraryKeys):
    """Lists the articles of the desk; what its keys do to them goes through the desk."""

    VERTICAL_BREAKPOINTS = [(0, "-low"), (10, "-high")]
    DEFAULT_CSS = """
    Library { layout: vertical; background: $background; }
    Library Rule.-horizontal { margin: 0; height: 1; color: $foreground 15%; }
    Library.-low Rule.-horizontal { display: none; }
    Library #title { color: $foreground; }
    Library ArticleList { height: 1fr; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._listing = Listing()
        self._arranged = (0.0, 0.0)
        self._reader = RowReader(desk, self.post_message)
        self._extraction = ""
        self._place: str | None = None
        self._gone = ""
        self._resting: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, list, what is to be said or asked, what the keys do."""
        yield Bar(id="title")
        yield Rule(line_style="solid")
        yield ArticleList(self._desk.rows, self._desk.project.root)
        yield Bar(id="notice")
        yield Prompt()
        yield Bar(id="hints")

    # Rows --------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Show the articles, on the one that was open last; read what they are once that is on screen."""
        self._desk.order = lambda: list(self.query_one(ArticleList).ids)
        self._arrange()
        self._go_to_place()
        self.set_timer(_FIRST_READ_AFTER, self._prepare)
        self.set_timer(_ROWS_AFTER, self.read_rows)
        self.watch(self.query_one(ArticleList), "cursor", self._rest, init=False)

    def on_unmount(self) -> None:
        """Nobody wants the rest of the rows."""
        self._reader.stop()

    def on_screen_resume(self) -> None:
        """Show what was decided meanwhile, on the article read last."""
        self._go_to_place()
        self.query_one(ArticleList).refresh()
        self.show_frame()

    def on_resize(self) -> None:
        """As many hints as the new width holds."""
        self.call_after_refresh(self.show_frame)

    def read_rows(self) -> None:
        """Read every article's row in the background."""
        read = self._reader.begin()
        self.run_worker(read, thread=True, exclusive=True, exit_on_error=False, group="rows")

    def _rest(self) -> None:
        """Count anew how long the cursor has been on its row."""
        if self._resting:
            self._resting.stop()
        self._resting = self.set_timer(_RESTED_AFTER, self._prepare)

    def _prepare(self) -> None:
        article_id = self.query_one(ArticleList).current
        if article_id and self.is_current:
            cast(Shell, self.app).prepare_article(article_id)

    def on_rows_read(self, event: RowsRead) -> None:
        """Show the rows that have come."""
        self.query_one(ArticleList).take_rows(self._reader.take(event))
        if self._arrangement != Arrangement() and (event.finished or self._may_arrange()):
            self._arrange()
        self.show_frame()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when the rows could not be read."""
        if event.worker.group == "rows" and event.state is WorkerState.ERROR:
            self._say(f"the articles could not be read: {event.worker.error}")

    def take_from_others(self, rows: Sequence[Row], *, listed: bool) -> None:
        """Show rows that something outside this program changed, and the articles that there are now.

        Args:
            rows: as they are now.
            listed: whether the desk has other articles than it had.
        """
        self._desk.take_rows(rows)
        if listed:
            self._desk.forget_rows()
        if listed or self._arrangement.narrowed:
            self._arrange()
        self.query_one(ArticleList).take_rows(rows)
        self.show_frame()

    def tell_gone(self, why: str) -> None:
        """Say why the project's folder is not there, until it is back."""
        if why != self._gone:
            self._gone = why
            self.show_frame()

    def refresh_article(self, article_id: str) -> None:
        """Read one article's row again: something outside this screen changed it."""
        self._desk.refresh_row(article_id)
        self.show_article(article_id)

    def show_extraction(self, text: str) -> None:
        """Show how far the extraction in the background is, or why it failed; "" when there is nothing to say."""
        self._extraction = text
        self.show_frame()

    def show_article(self, article_id: str) -> None:
        """Show an article's row as it is now."""
        row = self._desk.rows.get(article_id)
        if row:
            self.query_one(ArticleList).take_rows([row])
        self.show_frame()

    def _go_to_place(self) -> None:
        place = self._desk.last_place()
        if place and place != self._place:
            self.query_one(ArticleList).move_to(place)
        self._place = place

    # Order and filter --------------------------------------------------------------------------------------

    def _may_arrange(self) -> bool:
        at, took = self._arranged
        return time.monotonic() - at > took * _PATIENCE

    def _arrange(self) -> None:
        began = time.monotonic()
        self._listing.sort(self._arrangement, self._desk.ids, self._desk.rows)
        self._narrow()
        self._arranged = time.monotonic(), time.monotonic() - began

    def _narrow(self) -> None:
        desk = self._desk
        ids = self._listing.find(self._arrangement, desk.rows, desk.titles, desk.changes)
        empty = empty_lines(desk.project.root, desk.ids, self._arrangement)
        self.query_one(ArticleList).show(ids, empty)

    def arrange_as(self, arrangement: Arrangement) -> None:
        """Sorting takes longer than a key of a filter may: it is done anew where the order is another one."""
        same_order = arrangement.order is self._arrangement.order
        self._arrangement = arrangement
        if same_order:
            self._narrow()
        else:
            self._arrange()
        self.show_frame()

    def action_order(self) -> None:
        """The next order."""
        self.arrange_as(replace(self._arrangement, order=following(self._arrangement.order)))

    def action_status(self) -> None:
        """The next status to list."""
        self.arrange_as(replace(self._arrangement, shown=following(self._arrangement.shown)))

    def action_filter(self) -> None:
        """List only the titles with the words that are typed now."""
        # To gather all titles takes as long as a few keys may: it is done before the first of them.
        self._narrow()
        self._before_filter = self.query_one(ArticleList).current
        self._ask_line("filter", self._arrangement.words, "words of the title")

    def show_all(self) -> None:
        """List all articles."""
        self.arrange_as(replace(self._arrangement, words="", shown=Shown.ALL))

    # Showing -----------------------------------------------------------------------------------------------

    def show_frame(self) -> None:
        """Bring everything but the list up to date."""
        prompt, notice = self.query_one(Prompt), self.query_one("#notice", Bar)
        listed = len(self.query_one(ArticleList).ids)
        self.query_one("#title", Bar).show(*totals_line(self._desk, self._arrangement, listed))
        notice.display = not prompt.asking
        notice.show(*self._said())
        right = saved(self._desk.session.unsaved, self._desk.annotator)
        bar = self.query_one("#hints", Bar)
        if prompt.purpose == "filter":
            bar.show(filter_hints(listed), right)
        elif prompt.purpose == "note":
            bar.show(note_hints(title_or_id(self._noted, self._desk.rows.get(self._noted))), right)
        else:
            bar.show(hints(self._arrangement, bar.content_size.width, right), right)

    def _said(self) -> tuple[list[Piece], list[Piece]]:
        question = self._articles.question
        if question:
            return [(question.text, "bold $accent")], [(question.keys, "bold $accent")]
        notice = without_root(self._articles.notice, self._desk.project.root)
        if notice:
            return [(notice, "bold $foreground")], []
        damage = self._gone or self._desk.damage
        return ([(damage, "bold $error")], [self._extraction]) if damage else ([self._extraction], [])
