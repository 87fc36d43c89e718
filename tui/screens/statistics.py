"""How far the annotator is, and how far the sources agree with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from annotate.layers import Status
from tui.actions import actions_of, key_of
from tui.desk import Desk
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.pace_rows import PACE_COLUMNS, pace_rows
from tui.safe_text import drawable_line
from tui.tables import Table
from tui.widgets.bar import Bar
from tui.widgets.page import Page

if TYPE_CHECKING:
    from annotate.statistics import Statistics as Counted
    from store.statistics import ProjectStatistics

_PRECISION = "precision: of a source's suggestions that you have settled, those you confirmed as they were"


class Statistics(Screen[None]):
    """Counts in the background, then shows tables of articles, entities and sources."""

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
        order = [label.name for label in self._desk.project.config.scheme.labels]
        self.query_one(Page).show(lambda width: statistics_lines(found, order, width))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when the counting failed."""
        if event.state is WorkerState.ERROR:
            self._say(f"this could not be counted: {event.worker.error}")

    def _say(self, text: str) -> None:
        self.query_one(Page).show(lambda width: [Content(drawable_line(text))])

    def action_leave_statistics(self) -> None:
        """Back to the library."""
        self.dismiss()


def statistics_lines(found: ProjectStatistics, labels: list[str], width: int) -> list[Content]:
    """The tables in lines of at most `width` cells; `labels` in the order in which they are listed."""
    counted = found.counted
    lines = articles_table(counted).lines(width)
    entities = entities_table(counted, labels)
    if entities.rows:
        lines += [Content(""), *entities.lines(width)]
    if counted.settled:
        note = Content.styled(_PRECISION, "$foreground 60%")
        lines += [Content(""), *sources_table(counted).lines(width), Content(""), note]
    for name, rows in pace_rows(found.pace):
        lines += [Content(""), *Table((name, *PACE_COLUMNS), rows).lines(width)]
    problems = [Content.styled(drawable_line(f"! {problem}"), "$error") for problem in found.problems]
    return [*lines, Content(""), *problems] if problems else lines


def articles_table(counted: Counted) -> Table:
    """Articles and words by status."""
    rows = [(status.value, f"{counted.articles[status]:,}", f"{counted.words[status]:,}") for status in Status]
    total = ("all", f"{sum(counted.articles.values()):,}", f"{sum(counted.words.values()):,}")
    return Table(("articles", "number", "words"), rows, total)


def entities_table(counted: Counted, labels: list[str]) -> Table:
    """Entities by label and kind: those of the scheme in its order, then any that it no longer has."""
    from annotate.statistics import KINDS

    listed = [*labels, *sorted({label for label, _ in counted.entities} - set(labels))]
    numbers = {label: [counted.entities[label, kind] for kind in KINDS] for label in listed}
    rows = [(label, *(f"{one:,}" if one else "–" for one in row)) for label, row in numbers.items() if any(row)]
    return Table(("entities", *KINDS), rows, ("all", *(f"{counted.count_of(kind):,}" for kind in KINDS)))


def sources_table(counted: Counted) -> Table:
    """How many suggestions of each source are settled, and how many of these were right."""
    rows = []
    for source in sorted(counted.settled):
        settled, agreed = counted.settled[source], counted.agreed[source]
        rows.append((source, f"{settled:,}", f"{agreed:,}", f"{agreed / settled:.1%}"))
    return Table(("sources", "settled", "agreed", "precision"), rows)
