"""What screens have in common that list places of the corpus in context: moving, undo, what is said, the frame."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Rule

from annotate.errors import ManiculeError
from annotate.project_wide import MentionKey
from tui.actions import key_of
from tui.corpus import Corpus
from tui.desk import Desk
from tui.shell import Shell
from tui.told_groups import articles_of
from tui.travel import REDO, UNDO, Arrival, Way, told
from tui.widgets.article_row import without_root
from tui.widgets.bar import Bar, Piece, length
from tui.widgets.line_list import LineList, Row
from tui.widgets.prompt import Prompt


def _moves(step: Callable[[LineList], int]) -> Callable[[LineScreen], None]:
    def action(self: LineScreen) -> None:
        lines = self.query_one(LineList)
        lines.move_by(step(lines))

    return action


class LineScreen(Screen[MentionKey | None]):
    """A list of lines under a title; is left with the place to be read, if one was chosen.

    Args:
        desk: the project.
        corpus: its entities.

    Attributes:
        touched: the articles in which something was decided here.
    """

    AUTO_FOCUS = "LineList"
    DEFAULT_CSS = """
    LineScreen { layout: vertical; background: $background; }
    LineScreen Rule.-horizontal { margin: 0; height: 1; color: $foreground 15%; }
    LineScreen #title { color: $foreground; }
    LineScreen LineList { height: 1fr; }
    """

    def __init__(self, desk: Desk, corpus: Corpus) -> None:
        super().__init__()
        self._desk = desk
        self._corpus = corpus
        self._notice = ""
        self.touched: set[str] = set()

    def compose(self) -> ComposeResult:
        """What it is about, the lines, what is to be said, what the keys do."""
        yield Bar(id="title")
        yield Rule(line_style="solid")
        yield LineList(self._desk.project.config.scheme, self.row)
        yield Bar(id="notice")
        yield Prompt()
        yield Bar(id="hints")

    # What a screen says of itself --------------------------------------------------------------------------

    def row(self, index: int) -> Row:
        """The row of a number, as it is now."""
        raise IndexError(index)

    def key_at(self, index: int) -> MentionKey | None:
        """The place of a row, if it is one."""
        return None

    def heading(self) -> tuple[list[Piece], list[Piece]]:
        """What the first line says, left and right."""
        return [], []

    def standing(self) -> str:
        """What is to be said while the last key has said nothing."""
        return ""

    def hints(self) -> Sequence[str]:
        """What the keys do, the most wanted first; as many are shown as there is room for."""
        return ()

    def take_in(self, article_id: str) -> None:
        """Something was decided in the article.

        Raises:
            ManiculeError: it cannot be read.
        """
        self.forget(article_id)
        self._desk.session.leave(article_id)
        self._desk.refresh_row(article_id)
        self._corpus.note(self._desk.peek(article_id))

    def forget(self, article_id: str) -> None:
        """The article is not as it was."""
        self.touched.add(article_id)

    # Showing -----------------------------------------------------------------------------------------------

    def show_frame(self) -> None:
        """Bring everything but the lines up to date."""
        self.query_one("#title", Bar).show(*self.heading())
        prompt, notice = self.query_one(Prompt), self.query_one("#notice", Bar)
        notice.display = not prompt.asking
        notice.show([(self._notice, "bold $foreground")] if self._notice else [self.standing()])
        unsaved = self._desk.session.unsaved
        state: Piece = (f"NOT SAVED: {unsaved}", "bold $error") if unsaved else "saved"
        bar, right = self.query_one("#hints", Bar), [state, f" · {key_of('app.help')} help"]
        bar.show([_joined(self.hints(), bar.content_size.width - length(right) - 1)], right)

    def say(self, notice: str) -> None:
        """Say something until the next key."""
        self._notice = without_root(notice, self._desk.project.root)
        self.show_frame()

    def on_corpus_grew(self) -> None:
        """What stands on a line may be known only now."""
        self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        self.query_one(LineList).refresh()
        self.show_frame()

    def ask(self, purpose: str, text: str, hint: str) -> None:
        """Have a line typed."""
        self.query_one(Prompt).ask(purpose, text, hint)
        self.show_frame()

    def stop_asking(self) -> None:
        """Back to the lines."""
        self.query_one(Prompt).leave()
        self.query_one(LineList).focus()

    @property
    def current(self) -> MentionKey | None:
        """The place under the cursor."""
        return self.key_at(self.query_one(LineList).cursor)

    # Keys --------------------------------------------------------------------------------------------------

    action_row_up = _moves(lambda lines: -1)
    action_row_down = _moves(lambda lines: 1)
    action_page_up = _moves(lambda lines: -lines.page)
    action_page_down = _moves(lambda lines: lines.page)
    action_first = _moves(lambda lines: -lines.count)
    action_last = _moves(lambda lines: lines.count)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)

    def action_open(self) -> None:
        """Read the place under the cursor in its article."""
        key = self.current
        if key:
            self.dismiss(key)

    def on_cursor_list_chosen(self) -> None:
        """Read what was clicked."""
        key = self.current
        if key:
            self.dismiss(key)

    def action_undo(self) -> None:
        """Undo the last group, wherever it was."""
        self._travel(UNDO)

    def action_redo(self) -> None:
        """Redo what was undone."""
        self._travel(REDO)

    def _travel(self, way: Way) -> None:
        try:
            if cast(Shell, self.app).travel(way):
                return
            group = way.step(self._desk.session, lambda done, total: None)
        except ManiculeError as error:
            self.say(error.message)
            return
        self._notice = told(way, group)
        for article_id in articles_of(group) if group else []:
            try:
                self.take_in(article_id)
            except ManiculeError as error:
                self._notice += f" · {error.message}"
        self.changed()

    def show_way(self, far: str) -> None:
        """Show how far an undo is."""
        self.say(far)

    def arrive(self, arrival: Arrival) -> None:
        """Show what an undo over many articles has come to."""
        articles = articles_of(arrival.group) if arrival.group else []
        for article_id in articles:
            self.forget(article_id)
        self._notice = " · ".join([told(arrival.way, arrival.group), *arrival.problems[:1]])
        self.changed()

    def changed(self) -> None:
        """Show what was decided."""
        self.redraw()

    def on_resize(self) -> None:
        """As many hints as the new width holds."""
        self.call_after_refresh(self.show_frame)


def _joined(hints: Sequence[str], cells: int) -> str:
    """The first of the hints that fit."""
    joined = ""
    for hint in hints:
        longer = f"{joined}   {hint}" if joined else hint
        if len(longer) > cells:
            break
        joined = longer
    return joined
