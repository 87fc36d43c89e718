"""Export from the keyboard: what, how and where to, then the outcome."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from store.errors import StoreError
from store.export import Exported, ExportRequest, export
from store.gold import check_choice
from tui.actions import actions_of, key_of
from tui.desk import Desk
from tui.exporting import Choices, Option, outcome, refusal
from tui.long_task import LongTask, OnArticle, TaskEnded, TaskMoved
from tui.safe_text import drawable_line, shorten
from tui.widgets.bar import Bar
from tui.widgets.page import Page
from tui.widgets.prompt import Prompt
from tui.wrapping import wrap

_DEFAULT_NAME = "gold.jsonl"
_NAME_CELLS = 11
_TYPED = {
    "labels": "labels, with commas between them",
    "articles": "ids of articles, with commas between them",
    "since": "a day, such as 2026-01-31",
    "shard": "articles of a file, such as 2000",
    "choose_path": "file to write",
}
"""What is typed for an action."""


class Export(Screen[None]):
    """Each key takes the next choice; Enter writes the file, whole or not at all."""

    AUTO_FOCUS = "Page"
    BINDINGS = [
        Binding(",".join(action.keys), action.name, action.help, id=action.id, show=False)
        for action in actions_of("export")
    ]
    DEFAULT_CSS = """
    Export { layout: vertical; background: $background; }
    Export #title { color: $foreground; margin-bottom: 1; }
    Export #options { padding: 0 1; height: auto; margin-bottom: 1; }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        project = desk.project
        self._desk = desk
        self._choices = Choices(ExportRequest("jsonl"), project.root / _DEFAULT_NAME, tuple(project.annotators()))
        self._running_export: LongTask | None = None

    def compose(self) -> ComposeResult:
        """Title, choices, outcome, a line to type in, keys."""
        yield Bar(id="title")
        yield Static(id="options")
        yield Page()
        yield Prompt()
        yield Bar(id="hints")

    def on_mount(self) -> None:
        """Begin with the gold corpus in the project's folder."""
        self.query_one("#title", Bar).show([("☞ ", "bold $accent"), ("Export", "bold")])
        self._show()

    def on_resize(self) -> None:
        """Set the choices for the new width."""
        self.call_after_refresh(self._show)

    def on_unmount(self) -> None:
        """Nothing is written for a screen that is gone."""
        self._cancel_export()

    def _cancel_export(self) -> None:
        if self._running_export:
            self._running_export.cancel()
        self._running_export = None

    # Showing -----------------------------------------------------------------------------------------------

    def _show(self) -> None:
        options = self.query_one("#options", Static)
        width = options.content_size.width
        options.update(Content("\n").join(_option_line(option, width) for option in self._choices.options()))
        write, leave = key_of("export.write"), key_of("export.leave_export")
        keys = "Enter keep   Esc leave" if self.query_one(Prompt).asking else f"{write} export   {leave} close"
        self.query_one("#hints", Bar).show([f"{leave} cancel" if self._running_export else keys])

    def _say(self, lines: list[str]) -> None:
        self.query_one(Page).show(lambda width: [piece for line in lines for piece in _wrapped(line, width)])
        self._show()

    # Keys --------------------------------------------------------------------------------------------------

    def action_next_format(self) -> None:
        """The next format."""
        self._turn("next_format")

    def action_previous_format(self) -> None:
        """The format before."""
        self._turn("previous_format")

    def action_content(self) -> None:
        """Gold, or everything."""
        self._turn("content")

    def action_whose(self) -> None:
        """Whose work counts."""
        self._turn("whose")

    def action_edges(self) -> None:
        """What becomes of entities that are not on tokens."""
        self._turn("edges")

    def action_overlap(self) -> None:
        """What becomes of entities that overlap."""
        self._turn("overlap")

    def action_tokens(self) -> None:
        """Tokens, too, or not."""
        self._turn("tokens")

    def action_parts(self) -> None:
        """Parts, or one corpus."""
        self._turn("parts")

    def action_losses(self) -> None:
        """Whether what the format cannot hold is left out."""
        self._turn("losses")

    def action_broken(self) -> None:
        """Whether what cannot be read is left out."""
        self._turn("broken")

    def action_labels(self) -> None:
        """Type the labels wanted."""
        self._type("labels")

    def action_articles(self) -> None:
        """Type the articles wanted."""
        self._type("articles")

    def action_since(self) -> None:
        """Type since when."""
        self._type("since")

    def action_shard(self) -> None:
        """Type how many articles a file has."""
        self._type("shard")

    def action_choose_path(self) -> None:
        """Type where to."""
        self._type("choose_path")

    def _turn(self, action: str) -> None:
        if self._running_export or self.query_one(Prompt).asking:
            return
        choices = self._choices.turned(action)
        if choices != self._choices:
            self._choices = choices
            self._say([])

    def _type(self, action: str) -> None:
        if self._running_export is None and self._choices.can_type(action):
            self.query_one(Prompt).ask(action, self._choices.as_typed(action), _TYPED[action])
            self._show()

    def on_prompt_entered(self, event: Prompt.Entered) -> None:
        """Take what was typed, or say why it cannot be; a relative path counts from the project's folder."""
        try:
            choices = self._choices.typed(event.purpose, event.text.strip())
            check_choice(self._desk.project, choices.request.choice)
        except (ValueError, StoreError) as error:
            self._close_prompt([str(error)])
            return
        self._choices = replace(choices, path=self._desk.project.root / choices.path)
        self._close_prompt([])

    def on_prompt_dropped(self, event: Prompt.Dropped) -> None:
        """Leave the path as it is."""
        self._close_prompt([])

    def _close_prompt(self, lines: list[str]) -> None:
        self.query_one(Prompt).leave()
        self.query_one(Page).focus()
        self._say(lines)

    def action_leave_export(self) -> None:
        """Cancel what is running; else back to the library."""
        if self._running_export:
            self._cancel_export()
            self._say(["Cancelled. Nothing was written."])
        else:
            self.dismiss()

    # Exporting ---------------------------------------------------------------------------------------------

    def action_write(self) -> None:
        """Write the file in the background."""
        if self._running_export:
            return
        self._running_export = LongTask(self._export, self.post_message)
        self._say(["exporting …"])
        self.run_worker(self._running_export.run, thread=True, exit_on_error=False)

    def _export(self, on_article: OnArticle) -> Exported:
        return export(self._desk.project, self._choices.request, self._choices.path, on_article)

    def on_task_moved(self, event: TaskMoved) -> None:
        """Show how far it is."""
        if event.task is self._running_export:
            self._say([f"exporting {event.done:,} of {event.total:,} …"])

    def on_task_ended(self, event: TaskEnded) -> None:
        """Show what was written, or why nothing was."""
        if event.task is not self._running_export:
            return
        self._running_export = None
        if event.error:
            self._say(refusal(event.error))
        else:
            self._say(outcome(cast(Exported, event.result), self._choices.path))

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say so when it failed."""
        if event.state is WorkerState.ERROR:
            self._running_export = None
            self._say(["Nothing was written.", "", str(event.worker.error)])


def _option_line(option: Option, width: int) -> Content:
    choice = shorten(option.choice, max(width - _NAME_CELLS - 3, 0))
    return Content.assemble(
        (f"{option.key}  ", "bold $accent"),
        (option.name.ljust(_NAME_CELLS), "$foreground 60%"),
        (choice, "$foreground"),
    )


def _wrapped(line: str, width: int) -> list[Content]:
    text = drawable_line(line)
    lines = wrap(text, width)
    return [Content(text[start:end]) for start, end in zip(lines.starts, lines.ends, strict=True)]
