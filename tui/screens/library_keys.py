"""From keys to what the library does: moving, opening, deciding on articles, and the line to type in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from textual import events
from textual.binding import Binding
from textual.screen import Screen

from annotate.errors import ManiculeError
from annotate.project_wide import MentionKey
from tui.actions import actions_of
from tui.arrangement import Arrangement
from tui.closed_articles import ClosedArticles
from tui.desk import Desk
from tui.question import Question
from tui.shell import Shell
from tui.travel import REDO, UNDO, Arrival, Way, in_order
from tui.widgets.article_list import ArticleList
from tui.widgets.bar import Bar
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.screens.line_screen import LineScreen


def _acts(act: Callable[[ClosedArticles, str], None]) -> Callable[[LibraryKeys], None]:
    def action(self: LibraryKeys) -> None:
        article_id = self.query_one(ArticleList).current
        if article_id is not None:
            self.act(article_id, lambda: act(self._articles, article_id))

    return action


def _moves(step: Callable[[ArticleList], int]) -> Callable[[LibraryKeys], None]:
    def action(self: LibraryKeys) -> None:
        rows = self.query_one(ArticleList)
        rows.move_by(step(rows))

    return action


class LibraryKeys(Screen[None]):
    """The part of the library that turns keys into acts; the rest lists the articles and shows what came of them."""

    AUTO_FOCUS = "ArticleList"
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("library")
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._articles = ClosedArticles(desk)
        self._arrangement = Arrangement()
        self._noted = ""
        self._before_filter: str | None = None

    if TYPE_CHECKING:

        def show_frame(self) -> None:
            """Show what was said or asked; the screen that shows it knows how."""
            ...

        def show_article(self, article_id: str) -> None:
            """Show an article's row as it is now."""
            ...

        def arrange_as(self, arrangement: Arrangement) -> None:
            """List the articles as a person has asked for."""
            ...

        def show_all(self) -> None:
            """List all articles."""
            ...

    def _say(self, notice: str) -> None:
        self._articles.notice = notice
        self.show_frame()

    def _ask_line(self, purpose: str, text: str, hint: str) -> None:
        self.query_one(Prompt).ask(purpose, text, hint)
        self.show_frame()

    # Keys --------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Answers come before the bindings; what the last key said is over."""
        if self.query_one(Prompt).takes(event):
            return
        question = self._articles.question
        if question is None and event.key == "escape" and cast(Shell, self.app).stop_travel():
            pass
        elif question is None and event.key == "escape" and self._arrangement.narrowed:
            self.show_all()
        elif question and (event.key in question.answers or event.key == "escape"):
            if self.query_one("#notice", Bar).drawn:
                self._answer(question, event.key)
        else:
            self._articles.begin()
            self.show_frame()
            return
        event.stop()
        event.prevent_default()

    def _answer(self, question: Question, key: str) -> None:
        article_id = self.query_one(ArticleList).current
        if article_id is not None:
            self.act(article_id, question.answers.get(key, lambda: None))

    def act(self, article_id: str, act: Callable[[], None]) -> None:
        """Do what a key asks of an article, and show what came of it."""
        self._articles.begin()
        act()
        self.show_article(article_id)

    action_row_up = _moves(lambda rows: -1)
    action_row_down = _moves(lambda rows: 1)
    action_page_up = _moves(lambda rows: -rows.page)
    action_page_down = _moves(lambda rows: rows.page)
    action_first = _moves(lambda rows: -len(rows.ids))
    action_last = _moves(lambda rows: len(rows.ids))

    def action_open(self) -> None:
        """Read the article, or say why it cannot be read."""
        article_id = self.query_one(ArticleList).current
        if article_id is None:
            return
        row = self._desk.rows.get(article_id)
        if row and row.problem:
            self._say(row.problem)
        else:
            cast(Shell, self.app).open_article(article_id)

    def on_cursor_list_chosen(self, event: ArticleList.Chosen) -> None:
        """Read the article that was clicked."""
        self.action_open()

    def action_concordance(self) -> None:
        """Any text in all articles."""
        from tui.screens.concordance import Concordance

        self._go_over(Concordance(self._desk, self._desk.corpus))

    def action_checks(self) -> None:
        """Where the annotator's decisions contradict each other."""
        from tui.screens.checks import Checks

        self._go_over(Checks(self._desk, self._desk.corpus))

    def _go_over(self, screen: LineScreen) -> None:
        """Show lines of all articles, and then the place that was chosen there, or what was decided."""
        shell = cast(Shell, self.app)
        shell.read_corpus()

        def come_back(key: MentionKey | None) -> None:
            for article_id in screen.touched:
                self.show_article(article_id)
            if key:
                shell.open_article(key[0], key[1])

        self.app.push_screen(screen, come_back)

    def action_export(self) -> None:
        """Export the gold annotations."""
        from tui.screens.export import Export

        self.app.push_screen(Export(self._desk))

    def action_statistics(self) -> None:
        """Show the project's statistics."""
        from tui.screens.statistics import Statistics

        self.app.push_screen(Statistics(self._desk))

    def action_clashes(self) -> None:
        """Show what two copies of the annotator's work say differently."""
        from tui.screens.clashes import Clashes

        self.app.push_screen(Clashes(self._desk))

    async def action_quit_library(self) -> None:
        """Quit."""
        await self.app.action_quit()

    # Deciding ----------------------------------------------------------------------------------------------

    action_done = _acts(ClosedArticles.done)
    action_skip = _acts(ClosedArticles.skip)
    action_flag = _acts(ClosedArticles.flag)

    def action_note(self) -> None:
        """Note on the article."""
        article_id = self.query_one(ArticleList).current
        note = self._articles.noted(article_id) if article_id else None
        if article_id and note is not None:
            self._noted = article_id
            self._ask_line("note", note, "note on the article")
        self.show_frame()

    def action_undo(self) -> None:
        """Undo the last group, wherever it was, and go there."""
        self._travel(UNDO)

    def action_redo(self) -> None:
        """Redo what was undone, and go there."""
        self._travel(REDO)

    def _travel(self, way: Way) -> None:
        self._articles.begin()
        try:
            far = cast(Shell, self.app).travel(way)
        except ManiculeError as error:
            self._say(error.message)
            return
        if not far:
            self._go_to(self._articles.travel(way))

    def show_way(self, far: str) -> None:
        """Show how far an undo is."""
        self._say(f"{far} · Esc stops it" if far.endswith("%") else far)

    def arrive(self, arrival: Arrival) -> None:
        """Show what an undo has come to, and go there."""
        articles = in_order(self._desk, arrival.group) if arrival.group else []
        self._articles.tell_travel(arrival.way, arrival.group, articles, arrival.problems)
        self._go_to(articles)

    def _go_to(self, articles: list[str]) -> None:
        """Show articles as they are now, and go to the first of them."""
        rows = self.query_one(ArticleList)
        rows.take_rows([self._desk.rows[article_id] for article_id in articles if article_id in self._desk.rows])
        if articles and not rows.move_to(articles[0]):
            self._articles.notice += " (not in this list)"
        self.show_frame()

    # The line to type in -----------------------------------------------------------------------------------

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Filter as it is typed."""
        if event.purpose == "filter" and event.text != self._arrangement.words:
            self.arrange_as(replace(self._arrangement, words=event.text))

    def on_prompt_stepped(self, event: Prompt.Stepped) -> None:
        """Move through what is left while typing."""
        self.query_one(ArticleList).move_by(event.step)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Keep the filter, or the note."""
        self._close_prompt()
        if event.purpose == "note":
            self.act(self._noted, lambda: self._articles.note(self._noted, event.text.strip()))

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Back to the list, to all of it after a filter."""
        self._close_prompt()
        if event.purpose == "filter":
            self.show_all()
            if self._before_filter:
                self.query_one(ArticleList).move_to(self._before_filter)

    def _close_prompt(self) -> None:
        self.query_one(Prompt).leave()
        self.query_one(ArticleList).focus()
        self.show_frame()
