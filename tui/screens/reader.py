"""The Reader: one article, its entities, and every key of the main job."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Rule

from annotate.decisions import Group
from annotate.errors import ManiculeError
from annotate.layers import Status
from annotate.schemes import RESERVED_KEYS
from tui.actions import actions_of
from tui.desk import Desk, articles_of, describe
from tui.pace import Pace
from tui.reading import Range, Reading
from tui.safe_text import drawable_line
from tui.widgets.article_view import ArticleView
from tui.widgets.bar import Bar, Piece
from tui.widgets.entity_panel import EntityPanel
from tui.widgets.focus_line import FocusLine
from tui.widgets.label_bar import LabelBar
from tui.widgets.prompt import Prompt

WIDE = 124
"""Columns from which the entities stand beside the text."""

_BOUNDARY_KEYS: dict[str, Range] = {"left": (0, -1), "right": (0, 1), "h": (-1, 0), "l": (1, 0)}


def _acts(act: Callable[[Reading], None], *, boundary: bool = False) -> Callable[[Reader], None]:
    def action(self: Reader) -> None:
        self.act(lambda: act(self.reading), boundary=boundary)

    return action


def _moves_lines(step: Callable[[ArticleView], int]) -> Callable[[Reader], None]:
    def action(self: Reader) -> None:
        view = self.query_one(ArticleView)
        offset = view.offset_by_lines(step(view))
        self.act(lambda: self.reading.move_to(offset), vertical=True)

    return action


class Reader(Screen[None]):
    """Turns keys into what `Reading` does, and shows what came of it."""

    AUTO_FOCUS = "ArticleView"
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("reader")
    ]
    DEFAULT_CSS = """
    Reader { layout: vertical; background: $background; }
    Reader Rule.-horizontal { margin: 0; height: 1; color: $foreground 15%; }
    Reader Horizontal { height: 1fr; }
    Reader #title { color: $foreground; }
    """

    def __init__(self, desk: Desk, reading: Reading, pace: Pace) -> None:
        super().__init__()
        self._desk = desk
        self._pace = pace
        self.reading = reading
        self._found: list[Range] = []
        self._searched_from = 0
        self._hit = 0

    def compose(self) -> ComposeResult:
        """Title, text, focus, labels."""
        yield Bar(id="title")
        yield Rule(line_style="solid")
        with Horizontal():
            yield ArticleView(self.reading)
            yield EntityPanel()
        yield Rule(line_style="solid")
        yield FocusLine()
        yield Prompt()
        yield LabelBar()

    def on_mount(self) -> None:
        """Show the article."""
        self._show_frame()

    def on_resize(self, event: events.Resize) -> None:
        """The entities stand beside the text where there is room."""
        self.query_one(EntityPanel).display = event.size.width >= WIDE
        self.call_after_refresh(self._show_frame)

    # Showing -----------------------------------------------------------------------------------------------

    def refresh_view(self) -> None:
        """Show what the last act changed; leave the article when that is what it came to."""
        if self.reading.left:
            self._leave_for_next()
            return
        self.query_one(ArticleView).show_changes()
        self._show_frame()

    def _show_frame(self) -> None:
        reading, desk = self.reading, self._desk
        self.query_one("#title", Bar).show(*self._title())
        self.query_one(FocusLine).show_reading(reading)
        focus = reading.focus
        labels = self.query_one(LabelBar)
        labels.show_labels(reading.view.scheme, desk.annotator, reading.unsaved, focus.label if focus else "")
        self.call_after_refresh(self._show_panel)

    def _show_panel(self) -> None:
        panel = self.query_one(EntityPanel)
        if panel.display:
            reading = self.reading
            visible = self.query_one(ArticleView).visible_range()
            panel.show_entries(reading.article.text, reading.view.overlapping(*visible), reading.focus)

    def _title(self) -> tuple[list[Piece], list[Piece]]:
        reading = self.reading
        view, marks = reading.view, reading.view.layer.marks
        left: list[Piece] = [("☞ ", "bold $accent"), (reading.article.title, "bold")]
        if marks.flagged:
            left.append((" ⚑", "bold $accent"))
        if marks.note:
            left.append(f" ✎ {marks.note}")
        settled = view.confirmed_count
        right = f"{settled}/{settled + view.undecided_count}"
        late = len(view.new_since_done()) if view.layer.status is Status.DONE else 0
        if view.layer.status is Status.DONE:
            right = f"done · {late} new since" if late else f"done · {settled} ✓"
        elif view.layer.status is Status.SKIPPED:
            right = f"skipped · {right}"
        order = self._desk.order() or self._desk.ids
        if reading.article.id in order:
            right += f" · {order.index(reading.article.id) + 1} of {len(order)}"
        return left, [right]

    # Keys --------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Answers, boundary moves and labels come before the bindings."""
        if self.query_one(Prompt).asking:
            return
        if self.reading.question:
            self._answer(event)
        elif self.reading.boundary and event.key in _BOUNDARY_KEYS:
            self.act(lambda: self.reading.move_boundary(*_BOUNDARY_KEYS[event.key]), boundary=True)
        elif event.character and (event.character.isupper() or event.character.isdigit()):
            self._press_label(event.key, event.character)
        else:
            return
        event.stop()
        event.prevent_default()

    def _answer(self, event: events.Key) -> None:
        question = self.reading.question
        if question is None or not self.query_one(FocusLine).drawn:
            return
        answer = question.answers.get(event.key, lambda: None)
        self.act(answer)

    def _press_label(self, key: str, character: str) -> None:
        label = self.reading.view.scheme.label_for_key(character)
        if label:
            self.give_label(label.name, key)
        elif character in RESERVED_KEYS:
            self._say(f"no label on {character}. Caps Lock?")
        else:
            self._say(f"no label on {character}")

    def give_label(self, name: str, key: str = "") -> None:
        """Give a label to the selection, the focused entity or the word under the cursor."""
        drawn = self._is_drawn(key)
        self.act(lambda: self.reading.label(name, drawn=drawn))

    def _is_drawn(self, key: str) -> bool:
        """Whether the focus has been on screen for the person who pressed `key` just now."""
        held = bool(key) and self._pace.is_held(key)
        return not held and self.query_one(ArticleView).focus_is_drawn()

    def act(self, act: Callable[[], None], *, boundary: bool = False, vertical: bool = False) -> None:
        """Do what a key asks of the reading, and show what came of it."""
        self.reading.begin(boundary=boundary)
        if not vertical:
            self.query_one(ArticleView).forget_column()
        act()
        self.refresh_view()

    def _say(self, notice: str) -> None:
        def say() -> None:
            self.reading.notice = notice

        self.act(say)

    # Moving ------------------------------------------------------------------------------------------------

    action_word_left = _acts(lambda reading: reading.move_by_word(-1))
    action_word_right = _acts(lambda reading: reading.move_by_word(1))
    action_select_left = _acts(lambda reading: reading.move_by_word(-1, select=True))
    action_select_right = _acts(lambda reading: reading.move_by_word(1, select=True))
    action_top = _acts(lambda reading: reading.move_to(0))
    action_bottom = _acts(lambda reading: reading.move_to(len(reading.article.text)))
    action_next_entity = _acts(lambda reading: reading.move_by_entity(1))
    action_previous_entity = _acts(lambda reading: reading.move_by_entity(-1))
    action_next_undecided = _acts(lambda reading: reading.move_by_undecided(1))
    action_previous_undecided = _acts(lambda reading: reading.move_by_undecided(-1))
    action_line_up = _moves_lines(lambda view: -1)
    action_line_down = _moves_lines(lambda view: 1)
    action_page_up = _moves_lines(lambda view: -view.page)
    action_page_down = _moves_lines(lambda view: view.page)

    # Deciding ----------------------------------------------------------------------------------------------

    action_repeat = _acts(Reading.repeat)
    action_confirm_rest = _acts(Reading.confirm_rest)
    action_select = _acts(Reading.toggle_selection)
    action_boundary = _acts(Reading.start_boundary)
    action_grow_left = _acts(lambda reading: reading.move_boundary(-1, 0), boundary=True)
    action_grow_right = _acts(lambda reading: reading.move_boundary(0, 1), boundary=True)
    action_shrink_left = _acts(lambda reading: reading.move_boundary(1, 0), boundary=True)
    action_shrink_right = _acts(lambda reading: reading.move_boundary(0, -1), boundary=True)
    action_flag = _acts(Reading.flag)
    action_done = _acts(Reading.done)
    action_skip = _acts(Reading.skip)

    def action_confirm(self) -> None:
        """Confirm the focused suggestion and go to the next; elsewhere only go."""
        drawn = self._is_drawn("space")
        self.act(lambda: self.reading.confirm(drawn=drawn))

    def action_reject(self) -> None:
        """No entity."""
        drawn = self._is_drawn("x")
        self.act(lambda: self.reading.reject(drawn=drawn))

    def action_drop(self) -> None:
        """Drop the selection, the boundary mode, the hits of a search."""
        self.query_one(ArticleView).show_hits([])
        self.act(self.reading.drop)

    def action_pick_label(self) -> None:
        """Label by typing part of its name."""
        from tui.screens.label_picker import LabelPicker

        def picked(name: str | None) -> None:
            if name:
                self.give_label(name)

        self.app.push_screen(LabelPicker(self.reading.view.scheme), picked)

    def action_undo(self) -> None:
        """Undo the last group, wherever it was, and go there."""
        self._travel(self._desk.undo, "undone", "nothing to undo")

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._travel(self._desk.redo, "done again", "nothing to redo")

    def _travel(self, step: Callable[[], Group | None], done: str, nothing: str) -> None:
        try:
            group = step()
        except ManiculeError as error:
            self._say(error.message)
            return
        if group is None:
            self._say(nothing)
            return
        articles = articles_of(group)
        self.reading.begin()
        if self.reading.article.id in articles:
            self.reading.take_in(group)
        else:
            self.show_article(articles[0])
        self.reading.go_to_group(group)
        self.reading.notice = f"{done}: {describe(group)}"
        self.refresh_view()

    # Notes and search --------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Note on the focused entity, else on the article."""
        focus = self.reading.focus
        what = f"“{self.reading.article.text[focus.start : focus.end]}”" if focus else "the article"
        self.query_one(Prompt).ask("note", self.reading.noted(), f"note on {drawable_line(what)}")

    def action_search(self) -> None:
        """Search in the article."""
        self._searched_from = self.reading.cursor[0]
        self.query_one(Prompt).ask("search", "", "search in the article: Enter next, ↑ previous, Esc selects")

    def on_prompt_typed(self, event: Prompt.Typed) -> None:
        """Highlight the hits, and go to the first one from where the search began."""
        if event.purpose == "search":
            self._found = self.reading.hits(event.text)
            self._hit = bisect_left(self._found, (self._searched_from, 0))
            self._show_hit(0)

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Next hit, or keep the note."""
        if event.purpose == "search":
            self._show_hit(1)
            return
        self._close_prompt()
        self.act(lambda: self.reading.note(event.text.strip()))

    def on_prompt_stepped(self, event: Prompt.Stepped) -> None:
        """Previous or next hit."""
        if event.purpose == "search":
            self._show_hit(event.step)

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Back to the text; the hit stays selected."""
        self._close_prompt()
        self.query_one(ArticleView).show_hits([])
        if event.purpose == "search" and self._found:
            self.act(lambda: self.reading.select(*self._found[self._hit]))

    def _show_hit(self, step: int) -> None:
        found = self._found
        self.query_one(ArticleView).show_hits(found)
        if found:
            self._hit = (self._hit + step) % len(found)
            self.act(lambda: self.reading.move_to(found[self._hit][0]))
        text = f"{self._hit + 1} of {len(found)}" if found else "not in this article"
        self.query_one(FocusLine).show([(text, "bold")], ["Enter next  ↑ previous  Esc select"])

    def _close_prompt(self) -> None:
        self.query_one(Prompt).leave()
        self.query_one(ArticleView).focus()

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
            self._say("this is the last article" if step > 0 else "this is the first article")
        else:
            self.show_article(target)

    def _leave_for_next(self) -> None:
        following = self._desk.next_open(self.reading.article.id)
        if following is None:
            self.action_library()
        else:
            self.show_article(following)

    def show_article(self, article_id: str) -> None:
        """Put another article in place of this one; say what is wrong where it cannot be read."""
        try:
            reading = self._desk.open(article_id)
        except ManiculeError as error:
            self._say(error.message)
            return
        self._desk.leave(self.reading)
        self.reading = reading
        self._found = []
        self.query_one(ArticleView).show(reading)
        self._show_frame()

    def offer(self) -> None:
        """Hold new suggestions for the open article ready, without changing what is on screen."""
        sources = self._desk.sources()
        self.reading.offer(self._desk.project.suggestions(self.reading.article, sources), sources)
        self._show_frame()

    def action_library(self) -> None:
        """Back to the library."""
        self.put_away()
        self.dismiss()

    def put_away(self) -> None:
        """Fold what was decided here; the screen is about to go."""
        self._desk.leave(self.reading)
