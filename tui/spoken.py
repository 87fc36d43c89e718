"""An article and its entities in plain lines, for a person who hears them and for a program that reads them."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.schemes import LabelScheme
from annotate.sentences import sentence_around
from annotate.suggestions import MEMORY, Suggestion
from annotate.view import Entry, EntryState, View

HELP = (
    "Enter or y: right. n: no entity. A label's key or name: that is its label.",
    "=: right, and the same for every mention of it in this article.",
    "] and [ take in a word at the right and left, } and { drop one; ]2 takes in two; ]2 ORG also gives the label.",
    "a TEXT = LABEL: TEXT is an entity too, where it first stands unmarked in the sentence, else in what follows.",
    "s: next suggestion, leaving this one. u: undo. r: redo. t: read the article.",
    "f: flag, or take the flag away. m TEXT: note; m alone takes it away. Both on the article where nothing is asked.",
    "threshold 0.5: ask only what has a score from 0.5 on. threshold <0.5: up to it. threshold all: everything.",
    "least certain first: ask by score, the lowest first. in order of the text: as it is read.",
    "confirm from 0.9: all that is left in this article with a score from 0.9 on is right.",
    "d: the article is done. > and <: next and previous article. q: quit; everything is saved.",
)
"""What can be answered; `label_help` says the labels."""


def label_help(scheme: LabelScheme) -> str:
    """The labels with their keys, in a line."""
    return "Labels: " + ", ".join(f"{one.key} {one.name}".strip() for one in scheme.labels) + "."


def heading(view: View, place: str) -> str:
    """The line that begins an article; `place` says which it is of how many."""
    article = view.article
    left = view.undecided_count
    told = f"{left} undecided" if left else f"{view.layer.status.value}, nothing undecided"
    hidden = view.sieve.hidden(view.hidden_count)
    told = f"{told}, {hidden}" if hidden else told
    flagged = ", flagged" if view.layer.marks.flagged else ""
    note = f", note: {view.layer.marks.note}" if view.layer.marks.note else ""
    return f"Article {place}: {article.title or article.id}: {told}{flagged}{note}."


def sentence(view: View, entry: Entry) -> str:
    """The sentence that an entry stands in, with the entry between double brackets."""
    text = view.article.text
    left, right = sentence_around(text, entry.start, entry.end)
    return f"{text[left : entry.start]}[[{text[entry.start : entry.end]}]]{text[entry.end : right]}"


def standing(view: View, entry: Entry) -> str:
    """What an entry is: what was suggested and by whom, or what it was decided to be; and how much is left."""
    if entry.suggestions:
        said = ", ".join(map(_spoken, entry.suggestions))
    else:
        said = f"{entry.label}, {entry.state.value}"
    remark = entry.remark
    unsure = ". Flagged" if remark and remark.unsure else ""
    note = f". Note: {remark.note}" if remark and remark.note else ""
    return f"{said}{unsure}{note}. {view.undecided_count} undecided."


def _spoken(one: Suggestion) -> str:
    score = "" if one.standing is None else f" {one.standing:.2f}"
    who = f"from memory: {one.version}" if one.source == MEMORY else f"by {one.source}"
    doubt = f", but {one.doubt}" if one.doubt else ""
    return f"{one.span.label}{score} {who}{doubt}"


def reading_aloud(view: View) -> list[str]:
    """The article, a line for each paragraph, every entity in it as [[text|LABEL]]; a suggestion's label with a ?."""
    text = _marked(view.article.text, view.entries())
    return [line for line in text.split("\n") if line.strip()]


def _marked(text: str, entries: Iterable[Entry]) -> str:
    parts, last = [], 0
    for entry in entries:
        if entry.start < last or entry.state is EntryState.REJECTED:
            continue
        asked = "?" if entry.suggestions else ""
        parts += [text[last : entry.start], f"[[{text[entry.start : entry.end]}|{entry.label}{asked}]]"]
        last = entry.end
    return "".join([*parts, text[last:]])
