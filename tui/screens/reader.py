"""The Reader: one article, its entities, and every key of the main job."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Rule

from annotate.decisions import Group
from annotate.errors import DecisionError, ManiculeError
from annotate.project_wide import PROJECT
from tui.actions import key_of
from tui.reading import Reading
from tui.screens.reading_unplaced import ReadingUnplaced
from tui.shell import Shell
from tui.travel import REDO, UNDO, Arrival, Way, bring_up_to_date, in_order, told, where_told
from tui.widgets.article_row import without_root
from tui.widgets.article_view import ArticleView, columns_of_text
from tui.widgets.entity_panel import PANEL, EntityPanel
from tui.widgets.focus_line import FocusLine
from tui.widgets.label_bar import LabelBar
from tui.widgets.prompt import Prompt
from tui.widgets.title_bar import TitleBar

WIDE = 124
"""Columns from which the entities stand beside the text."""

_AHEAD_AFTER = 0.3
"""Seconds in an article after which the next one is read."""


def text_width(columns: int) -> int:
    """How many cells a line of text has on a terminal of that many columns."""
    return columns_of_text(columns - (PANEL if columns >= WIDE else 0) - 1)


class Reader(ReadingUnplaced):
    """Shows an article and what the keys did to it; goes from article to article."""

    DEFAULT_CSS = """
    Reader { layout: vertical; background: $background; }
    Reader Rule.-horizontal { margin: 0; height: 1; color: $foreground 15%; }
    Reader #page { height: 1fr; }
    Reader #line { height: 1; }
    Reader Prompt { width: 1fr; }
    Reader.asking FocusLine { width: 50; max-width: 65%; }
    """

    _gone = ""

    def compose(self) -> ComposeResult:
        """Title, text, focus, labels."""
        yield TitleBar()
        yield Rule(line_style="solid")
        with Horizontal(id="page"):
            yield ArticleView(self.reading)
            yield EntityPanel()
        yield Rule(line_style="solid")
        with Horizontal(id="line"):
            yield Prompt()
            yield FocusLine()
        yield LabelBar()

    def on_mount(self) -> None:
        """Show the article."""
        view = self.query_one(ArticleView)
        view.show_badges(self._desk.badges)
        self.watch(view, "scroll_y", self._show_panel_soon, init=False)
        self.show_frame()
        self.set_timer(_AHEAD_AFTER, self._prepare_next)
        self.call_after_refresh(self._claim)
        self.call_after_refresh(self._recall_soon)

    def on_screen_resume(self) -> None:
        """Entities may have been named, merged or split meanwhile."""
        self.query_one(EntityPanel).forget_groups()
        self._show_panel_soon()

    def on_resize(self, event: events.Resize) -> None:
        """The entities stand beside the text where there is room."""
        self.query_one(EntityPanel).display = event.size.width >= WIDE
        self.call_after_refresh(self.show_frame)

    # Showing -----------------------------------------------------------------------------------------------

    def refresh_view(self) -> None:
        """Show what the last act changed; leave the article when that is what it came to."""
        self._desk.look_as(self.reading)
        if self.reading.left:
            self._leave_for_next()
            return
        if self.reading.outdated:
            self._read_again()
            return
        self.query_one(EntityPanel).take_changes(self.query_one(ArticleView).show_changes())
        self.show_frame()

    def show_frame(self) -> None:
        """Bring everything but the text up to date."""
        reading, desk = self.reading, self._desk
        self.query_one(TitleBar).show_reading(reading, desk.order() or desk.ids)
        if not self.query_one(Prompt).asking:
            self.query_one(FocusLine).show_reading(reading)
        focus = reading.focus
        labels = self.query_one(LabelBar)
        labels.show_labels(reading.view.scheme, desk.annotator, reading.unsaved, focus.label if focus else "")
        self._show_panel_soon()

    def _show_panel_soon(self) -> None:
        self.call_after_refresh(self._show_panel)

    def _show_panel(self) -> None:
        in_project = self._desk.corpus.count if self._desk.has_corpus else None
        visible = self.query_one(ArticleView).visible_range()
        records = self._desk.session.peek(PROJECT).entities.values
        self.query_one(EntityPanel).show_reading(self.reading, visible, in_project, records)

    def action_badges(self) -> None:
        """Labels as badges in the text, or off again, here and in the articles to come."""
        self._desk.badges = not self._desk.badges
        self.query_one(ArticleView).show_badges(self._desk.badges)
        self.act(lambda: None)

    # Deciding ----------------------------------------------------------------------------------------------

    def action_pick_label(self) -> None:
        """Label by typing part of its name."""
        from tui.screens.label_picker import LabelPicker

        def picked(name: str | None) -> None:
            if name:
                self.give_label(name)

        self.app.push_screen(LabelPicker(self.reading.view.scheme), picked)

    def action_about(self) -> None:
        """What stands behind the focused entity."""
        reading, entry = self.reading, self.reading.focus
        if entry is None:
            self.say(f"no entity here: {key_of('reader.about')} tells about one")
            return
        try:
            past = reading.past()
        except ManiculeError as error:
            self._tell(error)
            return
        from annotate.voices import voices
        from tui.screens.about import About, about_lines

        label = reading.view.scheme.label(entry.label)
        said = voices(reading.view, entry, reading.sources)
        self.app.push_screen(About(about_lines(entry, label, reading.article.text, past, said)))

    def action_undo(self) -> None:
        """Undo the last group, wherever it was, and go there."""
        self._travel(UNDO)

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._travel(REDO)

    def action_drop(self) -> None:
        """Stop an undo that is under way; else drop the selection."""
        if not cast(Shell, self.app).stop_travel():
            super().action_drop()

    def _travel(self, way: Way) -> None:
        try:
            if cast(Shell, self.app).travel(way):
                return
            group = way.step(self._desk.session, lambda done, total: None)
        except ManiculeError as error:
            self._tell(error)
            return
        if group is None:
            self.say(way.nothing)
        else:
            self._go_to_group(group, told(way, group))

    def show_way(self, far: str) -> None:
        """Show how far an undo is."""
        self.reading.notice = f"{far} · Esc stops it" if far.endswith("%") else far
        self.show_frame()

    def arrive(self, arrival: Arrival) -> None:
        """Show what an undo over many articles has come to, and go there, unless something is being typed here."""
        articles = in_order(self._desk, arrival.group) if arrival.group else []
        if self.reading.article.id in articles:
            self._read_again()
            self.call_after_refresh(self._claim)
        elif not self.query_one(Prompt).asking:
            any(self.show_article(one, stay=True) for one in articles)
        if not self.query_one(Prompt).asking:
            self._go_within(arrival.group)
        self._say_travelled(told(arrival.way, arrival.group) + where_told(self._desk, articles), arrival.problems)

    def _tell(self, error: ManiculeError) -> None:
        self.say(without_root(error.message, self._desk.project.root))

    def _go_to_group(self, group: Group, told: str) -> None:
        """Show what a group has changed, here or in the first of its articles, and bring the others up to date."""
        articles = in_order(self._desk, group)
        self._show_group(group, articles)
        problems = bring_up_to_date(self._desk, [one for one in articles if one != self.reading.article.id])
        self._go_within(group)
        self._say_travelled(told, problems)

    def _go_within(self, group: Group | None) -> None:
        self.reading.begin()
        if group:
            self.reading.go_to_group(group)

    def _say_travelled(self, told: str, problems: Sequence[str]) -> None:
        self.reading.notice = without_root(" · ".join([told, *problems[:1]]), self._desk.project.root)
        self.refresh_view()

    def _show_group(self, group: Group, articles: Sequence[str]) -> None:
        if self.reading.article.id not in articles:
            any(self.show_article(one, stay=True) for one in articles)
            return
        try:
            self.reading.take_in(group)
        except DecisionError:
            self.show_article(self.reading.article.id, stay=True)

    # Articles ----------------------------------------------------------------------------------------------

    def action_next_article(self) -> None:
        """Next article, changing no status."""
        self._step_article(1)

    def action_previous_article(self) -> None:
        """Previous article, changing no status."""
        self._step_article(-1)

    def _step_article(self, step: int) -> None:
        target = self._desk.neighbour(self.reading.article.id, step)
        if target is None:
            self.say("this is the last article" if step > 0 else "this is the first article")
        else:
            self.show_article(target)

    def _leave_for_next(self) -> None:
        self.reading.left = False
        following = self._desk.next_open(self.reading.article.id)
        if following is None:
            self.action_library()
        else:
            self.show_article(following)

    def show_article(self, article_id: str, *, stay: bool = False) -> bool:
        """Put another article in place of this one; where it cannot be read, say why and stay.

        With `stay` it is shown in the text that the annotator's layer belongs to.
        """
        self.put_away()
        try:
            reading = self._desk.open(article_id, stay=stay)
        except ManiculeError as error:
            self._tell(error)
            return False
        self._show(reading)
        self.call_after_refresh(self._claim)
        self.set_timer(_AHEAD_AFTER, self._prepare_next)
        return True

    def _show(self, reading: Reading) -> None:
        self.reading = reading
        self.query_one(ArticleView).show(reading)
        self.show_frame()
        self.call_after_refresh(self._recall_soon)

    # Other sessions of the annotator -----------------------------------------------------------------------

    def _claim(self) -> None:
        """Have the article for this session, once it is on screen."""
        if not self.reading.question:
            self.reading.claim()
            self.refresh_view()

    def read_anew(self) -> None:
        """Show the article as it has become elsewhere."""
        self._read_again()
        self.reading.notice = ""
        self.call_after_refresh(self._claim)

    def _read_again(self) -> None:
        """Show the article as another session of the annotator has left it."""
        notice = self.reading.notice
        try:
            self._show(self._desk.read_again(self.reading))
        except ManiculeError as error:
            self._tell(error)
            return
        self.reading.notice = notice or "as your other session left it"
        self.show_frame()

    def _prepare_next(self) -> None:
        following = self._desk.expected(self.reading.article.id)
        if following:
            cast(Shell, self.app).prepare_article(following)

    def take_from_others(self, articles: Collection[str]) -> None:
        """Say what others have done to the open article; nothing of it is changed on screen.

        Args:
            articles: those that something outside this program has changed.
        """
        reading, desk = self.reading, self._desk
        before = reading.owner, reading.notice
        reading.look_for_owner()
        if reading.article.id in articles:
            if reading.article.id not in desk.ids:
                reading.notice = "this article was removed; what you decide on it is kept"
            self.offer()
        if (reading.owner, reading.notice) != before:
            self.show_frame()

    def tell_gone(self, why: str) -> None:
        """Say why the project's folder is not there, once, and no more when it is back."""
        if why == self._gone:
            return
        if why or self.reading.notice == self._gone:
            self.reading.notice = why
        self._gone = why
        self.show_frame()

    def offer(self) -> None:
        """Hold new suggestions for the open article ready, without changing what is on screen."""
        reading = self.reading
        try:
            found = self._desk.suggested(reading)
            reading.recall_due = found.due
            if not found.due and not reading.is_offered(found.suggestions):
                reading.offer(found.suggestions, found.sources, found.moment)
        except ManiculeError as error:
            self.reading.notice = without_root(error.message, self._desk.project.root)
        self.show_frame()
        self._recall_soon()

    def _recall_soon(self) -> None:
        """Have memory looked through for a long article once that is on screen."""
        if self.reading.recall_due:
            self.reading.recall_due = False
            cast(Shell, self.app).recall_article(self.reading)

    def _point(self, act: Callable[[], None]) -> None:
        if not self.query_one(Prompt).asking:
            self.act(act)

    def on_pointing_pointed(self, event: ArticleView.Pointed) -> None:
        """Put the cursor where the text was clicked."""
        self._point(lambda: self.reading.move_to(event.offset))

    def on_pointing_dragged(self, event: ArticleView.Dragged) -> None:
        """Select what the mouse was drawn over."""
        self._point(lambda: self.reading.select_words(event.start, event.end))

    def on_label_bar_pressed(self, event: LabelBar.Pressed) -> None:
        """A clicked label does what its key does."""
        drawn = self.is_drawn()
        self._point(lambda: self.reading.label(event.name, drawn=drawn))

    def on_entity_panel_chosen(self, event: EntityPanel.Chosen) -> None:
        """Go to the clicked entity's first mention on screen."""
        self._point(lambda: self.reading.go_to(event.start, event.end))

    def on_entity_panel_listed(self, event: EntityPanel.Listed) -> None:
        """List what has no place."""
        self.action_unplaced()

    def action_copy(self) -> None:
        """Copy the selection, else the focused entity, to the clipboard."""
        text = self.reading.copied()
        self.app.copy_to_clipboard(text)
        self.say(f"copied “{text}”")

    def action_library(self) -> None:
        """Back to the library."""
        self.put_away()
        self.dismiss()

    def put_away(self) -> None:
        """Fold what was decided here; the screen is about to go."""
        self._desk.leave(self.reading)
