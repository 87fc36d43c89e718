"""The line under the text: what the focus is, how sure and who says so, and the keys that matter now."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.layers import Annotation
from annotate.suggestions import MEMORY, Suggestion
from annotate.view import Entry, EntryState
from annotate.voices import Voices, voices
from tui.actions import shown_keys
from tui.reading import Reading
from tui.widgets.bar import Bar, Piece

_SAYS = {
    EntryState.SUGGESTED: "",
    EntryState.CONFIRMED: "confirmed",
    EntryState.CORRECTED: "corrected",
    EntryState.ADDED: "added",
    EntryState.REJECTED: "rejected",
    EntryState.NEW_SINCE_DONE: "new since done",
}
_KEYS_UNDECIDED = "{confirm} ✓  {reject} ✗  A-Z label  {boundary} edges  {same} all"
_KEYS_DECIDED = "{confirm} next  {reject} ✗  A-Z relabel  {boundary} edges  {same} all"
_KEYS_REJECTED = "{confirm} next  A-Z brings it back"
_KEYS_TEXT = "{confirm} next  A-Z adds this word  {select} select"
_KEYS_CHARACTER = "{confirm} next  A-Z adds this character  {select} select"
_KEYS_SELECTION = "A-Z adds  {word_left} {word_right} extend  {select} sentence  {drop} drop"
_KEYS_BOUNDARY = "← → move the end  h l the start  any other key leaves"
_KEYS_PLACING = "select its words, Enter puts it there  {drop} not now"
_NARROW = 56
"""Cells below which hints would leave no room."""


class FocusLine(Bar):
    """Shows a question or a notice when there is one, else the focused entity."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._hints = False

    def show_reading(self, reading: Reading) -> None:
        """Bring the line up to date."""
        self._hints = not reading.question
        if reading.question:
            question = reading.question
            self.show([(question.text, "bold $accent")], [(question.keys, "bold $accent")])
        elif reading.notice:
            self.show([(reading.notice, "bold")])
        else:
            self.show(*_state(reading))

    def show_typing(self, told: str, keys: str) -> None:
        """Beside what is being typed: what came of it so far, and the keys."""
        self._hints = False
        self.show([(told, "bold")] if told else [], [keys])

    def fit_right(self, cells: int) -> list[Piece]:
        """Answers always, hints only where they leave room for what the focus is."""
        return [] if self._hints and self._left and cells < _NARROW else super().fit_right(cells)


def _state(reading: Reading) -> tuple[list[Piece], list[Piece]]:
    left, right = _by_word(reading)
    return ([("by character ", "$accent"), *left], right) if reading.by_character else (left, right)


def _by_word(reading: Reading) -> tuple[list[Piece], list[Piece]]:
    entry = reading.focus
    if reading.placing:
        what = reading.placing.label or "the note on"
        return [(what, "bold $foreground"), f" “{reading.placing.quote}”"], [_hint(_KEYS_PLACING)]
    if reading.selection:
        start, end = reading.selection
        return [f"“{reading.article.text[start:end]}”"], [_hint(_KEYS_SELECTION)]
    if entry is None:
        keys = _KEYS_CHARACTER if reading.by_character else _KEYS_TEXT
        return ["suggestions are still to come …"] if reading.waiting else [], [_hint(keys)]
    here = len(reading.view.overlapping(entry.start, entry.end)) - 1
    return _about(reading, entry, here), [_KEYS_BOUNDARY if reading.boundary else _keys_on(entry)]


def _hint(pattern: str) -> str:
    """`pattern` with the keys that do the reader's actions now in place of their names."""
    return pattern.format_map(shown_keys("reader"))


def _keys_on(entry: Entry) -> str:
    if entry.state is EntryState.REJECTED:
        return _hint(_KEYS_REJECTED)
    return _hint(_KEYS_UNDECIDED if entry.suggestions else _KEYS_DECIDED)


def _about(reading: Reading, entry: Entry, others_here: int) -> list[Piece]:
    pieces: list[Piece] = [(entry.label, "bold $foreground")]
    if entry.score is not None:
        pieces.append(f" {entry.score:.2f}")
    if _SAYS[entry.state]:
        pieces.append(f" {_SAYS[entry.state]}")
    if entry.annotation:
        pieces.append(_came_from(entry, entry.annotation, reading.article.text))
    if entry.remark and entry.remark.unsure:
        pieces.append((" ⚑ unsure", "bold"))
    pieces += _suggested_by(voices(reading.view, entry, reading.sources), reading.article.text)
    if others_here:
        pieces.append(f" · {others_here} more here")
    if entry.remark and entry.remark.note:
        pieces.append(f" · ✎ {entry.remark.note}")
    return pieces


def _suggested_by(said: Voices, text: str) -> Iterator[str]:
    """Who suggests the label, who another one, who other edges, and who nothing."""
    for number, (label, held) in enumerate(said.by_label.items()):
        score = "" if held[0].standing is None else f" {held[0].standing:.2f}"
        yield f" · {label}{score} " if number else " "
        yield ", ".join(dict.fromkeys(map(_who, held)))
        if held[0].doubt:
            yield f" ({held[0].doubt})"
    for one in said.otherwise:
        yield f" · {one.span.label} “{text[one.span.start : one.span.end]}” {_who(one)}"
    if said.silent:
        yield f" · not {', '.join(said.silent)}"


def _came_from(entry: Entry, annotation: Annotation, text: str) -> str:
    """What a decided entity was before, and who had said so; "" where nobody had."""
    if not annotation.origin:
        return ""
    said = annotation.origin[0]
    was = [said.span.label] if said.span.label != entry.label else []
    if (said.span.start, said.span.end) != (entry.start, entry.end):
        was.append(f"“{text[said.span.start : said.span.end]}”")
    score = "" if said.score is None else f" {said.score:.2f}"
    others = dict.fromkeys(
        _who(one) for one in annotation.origin if one.span == said.span and one.source != said.source
    )
    return f"{', was ' if was else ''}{' '.join(was)} · {', '.join([f'{_who(said)}{score}', *others])}"


def _who(one: Suggestion) -> str:
    """The source of a suggestion; of memory, why it suggests it."""
    return one.version if one.source == MEMORY else one.source
