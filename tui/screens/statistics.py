"""What the annotator has done so far, how fast, and how far the sources agree with them."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from tui.actions import actions_of, key_of
from tui.desk import Desk
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.plots import Piece, statistics_plots
from tui.safe_text import drawable_line
from tui.statistics_rows import sheets
from tui.tables import Table
from tui.widgets.bar import Bar
from tui.widgets.page import Page

if TYPE_CHECKING:
    from store.statistics import ProjectStatistics

_FAINT = "$foreground 60%"
_LINES = ("$accent", "$error")
"""What the lines of a plot look like."""

_FIRST = 5
"""Problems that are told before all figures."""

LISTED = 10
"""Periods, articles, names and pairs that are listed."""


class Statistics(Screen[None]):
    """Counts in the background, then shows tables."""

    AUTO_FOCUS = "Page"
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("statistics")
    ]
    DEFAULT_CSS = """
    Statistics { layout: vertical; background: $background; }
    Statistics #title { color: $foreground; margin-bottom: 1; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._counting = LongTask(self._count, self.post_message)

    def compose(self) -> ComposeResult:
        """Title, tables, how to leave."""
        yield Bar(id="title")
        yield Page()
        yield Bar(id="hints")

    def on_mount(self) -> None:
        """Begin to count."""
        left = [("☞ ", "bold $accent"), ("Statistics", "bold")]
        self.query_one("#title", Bar).show(list(left), [self._desk.annotator])
        self.query_one("#hints", Bar).show([f"↑ ↓ PgUp PgDn scroll   {key_of('statistics.leave_statistics')} close"])
        self._say("counting …")
        self.run_worker(self._counting.run, thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        """Nobody waits for the figures."""
        self._counting.cancel()

    def _count(self, on_article: OnArticle) -> ProjectStatistics:
        from store.statistics import gather

        return gather(self._desk.project, self._desk.annotator, on_article)

    def on_task_moved(self, event: TaskMoved) -> None:
        """Show how far the counting is."""
        self._say(f"counting {event.done:,} of {event.total:,} …")

    def on_task_ended(self, event: TaskEnded) -> None:
        """Show the tables, or what went wrong."""
        if event.error:
            self._say(event.error.message)
            return
        found = cast("ProjectStatistics", event.result)
        project = self._desk.project
        order, sources = [label.name for label in project.config.scheme.labels], project.sources()
        self.query_one(Page).show(lambda width: statistics_lines(found, order, sources, width))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when the counting failed."""
        if event.state is WorkerState.ERROR:
            self._say(f"this could not be counted: {event.worker.error}")

    def _say(self, text: str) -> None:
        self.query_one(Page).show(lambda width: [Content(drawable_line(text))])

    def action_leave_statistics(self) -> None:
        """Back to the library."""
        self.dismiss()


def statistics_lines(found: ProjectStatistics, labels: list[str], sources: list[str], width: int) -> list[Content]:
    """Tables and plots in lines of at most `width` cells; `labels` in the order in which they are listed."""
    plots = statistics_plots(found, labels, width)
    problems = [Content.styled(drawable_line(f"! {problem}"), "$error") for problem in found.problems]
    lines = [*problems[:_FIRST], *([Content.styled("! and more, at the end", "$error")] if problems[_FIRST:] else [])]
    for sheet in sheets(found, labels, sources, LISTED):
        lines += [Content(""), *Table(sheet.heads, sheet.rows, sheet.total).lines(width)]
        lines += [Content.styled(one, _FAINT) for one in wrap(sheet.note, max(width, 1))]
        for plot in plots.get(sheet.id, ()):
            lines += [Content(""), *map(_drawn, plot)]
    rest = [Content(""), *problems[_FIRST:]] if problems[_FIRST:] else []
    return [*(lines if problems else lines[1:]), *rest]


def _drawn(line: list[Piece]) -> Content:
    return Content("").join(Content.styled(text, _FAINT if number < 0 else _LINES[number]) for text, number in line)
