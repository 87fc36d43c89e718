"""What two copies of the annotator's work say differently: listed, opened where it stands, or let go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from textual.worker import Worker, WorkerState

from annotate.errors import ManiculeError
from tui.actions import actions_of, key_of
from tui.desk import Desk
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.safe_text import drawable_line
from tui.widgets.bar import Bar

if TYPE_CHECKING:
    from store.clashes import Contradiction

_NOTHING = "Nothing: no two copies of your work say different things."


class Shell(Protocol):
    """What the app offers this screen."""

    def open_article(self, article_id: str, offset: int | None = None) -> None:
        """Read an article, at a place in its text where one is given."""


class Clashes(Screen[None]):
    """Looks through the articles in the background, then lists what is to be settled."""

    AUTO_FOCUS = "OptionList"
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("clashes")
    ]
    DEFAULT_CSS = """
    Clashes { layout: vertical; background: $background; }
    Clashes OptionList, Clashes OptionList:focus { height: 1fr; border: none; padding: 0; background: $background; }
    Clashes #title { color: $foreground; margin-bottom: 1; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._looking = LongTask(self._look, self.post_message)
        self._found: list[Contradiction] = []

    def compose(self) -> ComposeResult:
        """Title, list, what was said, how to leave."""
        yield Bar(id="title")
        yield OptionList()
        yield Bar(id="notice")
        yield Bar(id="hints")

    def on_mount(self) -> None:
        """Begin to look."""
        self.query_one("#title", Bar).show([("☞ ", "bold $accent"), ("Clashes", "bold")], [self._desk.annotator])
        self.query_one("#hints", Bar).show([_hints()])
        self._say("looking …")
        self.run_worker(self._looking.run, thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        """Nobody waits for the list."""
        self._looking.cancel()

    def _look(self, on_article: OnArticle) -> tuple[list[Contradiction], list[str]]:
        from store.clashes import find_contradictions

        problems: list[str] = []
        found = list(find_contradictions(self._desk.project, self._desk.annotator, problems, on_article))
        return found, problems

    def on_task_moved(self, event: TaskMoved) -> None:
        """Show how far it is."""
        self._say(f"looking: {event.done:,} of {event.total:,} …")

    def on_task_ended(self, event: TaskEnded) -> None:
        """Show the list, or what went wrong."""
        if event.error:
            self._say(event.error.message)
            return
        self._found, problems = cast("tuple[list[Contradiction], list[str]]", event.result)
        self._show(0)
        if problems:
            self._say(problems[0] if len(problems) == 1 else f"{problems[0]}, and {len(problems) - 1} more")

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when the looking failed."""
        if event.state is WorkerState.ERROR:
            self._say(f"this could not be looked through: {event.worker.error}")

    def _show(self, index: int) -> None:
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options([Option(_lines(one)) for one in self._found])
        if self._found:
            rows.highlighted = min(index, len(self._found) - 1)
        self._say("" if self._found else _NOTHING)

    def _say(self, text: str) -> None:
        self.query_one("#notice", Bar).show([text])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Read the article there."""
        self._read(event.option_index)

    def action_read(self) -> None:
        """Read the article there."""
        index = self.query_one(OptionList).highlighted
        if index is not None:
            self._read(index)

    def _read(self, index: int) -> None:
        one = self._found[index]
        self.dismiss()
        cast(Shell, self.app).open_article(one.article_id, one.start)

    def action_settle(self) -> None:
        """Let go of the group that does not count; what counts is decided on in its article."""
        index = self.query_one(OptionList).highlighted
        if index is None:
            return
        one = self._found[index]
        if not one.group:
            self._say(f"both count: {key_of('clashes.read')} reads the article, where you decide on them")
            return
        try:
            self._desk.session.settle(one.article_id, one.group)
        except ManiculeError as error:
            self._say(error.message)
            return
        self._desk.session.leave(one.article_id)
        del self._found[index]
        self._show(index)

    def action_leave_clashes(self) -> None:
        """Back to the library."""
        self.dismiss()


def _hints() -> str:
    read, settle, leave = (key_of(f"clashes.{name}") for name in ("read", "settle", "leave_clashes"))
    return f"{read} read it there   {settle} let go of what does not count   {leave} close"


def _lines(one: Contradiction) -> Content:
    """A contradiction as lines that are safe to draw."""
    head = f"{one.article_id}  {one.why}{'; does not count' if one.group else ''}"
    sides = [f"   {side.time[:16].replace('T', ' ')}  {side.told}" for side in one.sides]
    return Content("\n").join(
        [Content.styled(drawable_line(head), "bold"), *(Content(drawable_line(x)) for x in sides)]
    )
