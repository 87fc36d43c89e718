"""What stands behind the focused entity: its label's guideline, who suggested it, what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from annotate.decisions import How
from annotate.lineage import Past, describe_change
from annotate.schemes import Label
from annotate.suggestions import MEMORY, Suggestion
from annotate.view import Entry
from annotate.voices import Voices
from tui.safe_text import drawable_line
from tui.widgets.bar import Bar

LAST_DECISIONS = 8
"""How many decisions are shown, the newest."""


class About(ModalScreen[None]):
    """Stands at the bottom, so that the text stays in sight; any key closes it."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    About { background: transparent; align: left bottom; }
    About Static { height: auto; max-height: 80%; padding: 0 1; background: $panel; color: $foreground; }
    About:nocolor Static { border-top: solid $foreground 15%; }
    About Bar { background: $panel; }
    """

    def __init__(self, lines: Sequence[Content]) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        """The lines, and how to leave."""
        yield Static(Content("\n").join(self._lines))
        yield Bar()

    def on_mount(self) -> None:
        """Say how to leave."""
        self.query_one(Bar).show([], ["any key closes this"])

    def on_key(self, event: events.Key) -> None:
        """Back to the text; the key does nothing else."""
        event.stop()
        event.prevent_default()
        self.dismiss()

    def on_click(self) -> None:
        """Back to the text."""
        self.dismiss()


def about_lines(
    entry: Entry, label: Label | None, text: str, past: Sequence[Past], said: Voices | None = None
) -> list[Content]:
    """All that is known about an entry of `text`, with the decisions on it, as lines that are safe to draw.

    Args:
        entry: the entry.
        label: its label, if the scheme has it.
        text: the article's.
        past: the decisions on it.
        said: what other sources say there, if it is a suggestion.
    """
    return [
        *_guideline(entry.label, label),
        Content(""),
        _line(f"“{text[entry.start : entry.end]}” ", f"is {entry.state.value}", "bold"),
        *_origins(entry, text),
        *(_others(said, entry, text) if said else ()),
        *_past(past),
    ]


def _guideline(name: str, label: Label | None) -> list[Content]:
    guideline = label.guideline if label else ""
    lines = [_line(f"{name}  ", guideline or "no guideline is written for this label", "bold $accent")]
    if label and label.examples:
        lines.append(_line("", f"e.g. {', '.join(label.examples)}"))
    return lines


def _origins(entry: Entry, text: str) -> list[Content]:
    suggestions = entry.suggestions or (entry.annotation.origin if entry.annotation else ())
    if not suggestions:
        return [_line("", "nobody had suggested it")]
    here = (entry.start, entry.end)
    return [_line("suggested by ", _suggestion(one, here, text)) for one in suggestions]


def _others(said: Voices, entry: Entry, text: str) -> Iterable[Content]:
    """The sources that do not suggest this range."""
    for one in said.otherwise:
        yield _line("otherwise ", _suggestion(one, (entry.start, entry.end), text))
    if said.silent:
        yield _line("not suggested by ", ", ".join(said.silent))


def _suggestion(one: Suggestion, here: tuple[int, int], text: str) -> str:
    if one.source == MEMORY:
        told = f"memory: {one.version}"
    else:
        told = f"{one.source} {one.version}".rstrip() + f" as {one.span.label}"
    if one.score is not None:
        told += f", score {one.score:.2f}"
    if one.lowered is not None and one.doubt:
        told += f", lowered to {one.lowered:.2f}: {one.doubt}"
    if (one.span.start, one.span.end) != here:
        told += f", as “{text[one.span.start : one.span.end]}”"
    return told


def _past(past: Sequence[Past]) -> Iterable[Content]:
    """The newest decision first, so that a low terminal cuts off the oldest."""
    for one in past[: -LAST_DECISIONS - 1 : -1]:
        how = "" if one.decision.how is How.SINGLE else f", {one.decision.how.value}"
        taken_back = ", taken back" if one.undone else ""
        when = one.time[:16].replace("T", " ")
        yield _line(f"{when} UTC  {one.decision.verb} ", f"{describe_change(one.decision)}{how}{taken_back}")
    if len(past) > LAST_DECISIONS:
        yield _line("", f"… and {len(past) - LAST_DECISIONS} earlier")


def _line(head: str, rest: str, style: str = "$foreground 70%") -> Content:
    return Content.assemble((drawable_line(head), style), drawable_line(rest))
