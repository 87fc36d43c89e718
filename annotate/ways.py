"""Tell how each annotation came to be what it is, one by one or in bulk, from the decisions that made it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from annotate.decisions import Decision, How
from annotate.pace import SETTLING


class Way(Enum):
    """How an annotator decided on a suggestion: precision is told apart by it."""

    SINGLE = "single"
    BULK = "bulk"
    OTHER = "other"
    """Imported, or by a decision that the journal does not have."""


_WAYS = {How.SINGLE: Way.SINGLE, How.IMPORT: Way.OTHER}
_LETTERS = {Way.SINGLE: "s", Way.BULK: "b", Way.OTHER: "o"}
_BY_LETTER = {letter: way for way, letter in _LETTERS.items()}
_BACK = "-"


def way_of(how: How) -> Way:
    """How a decision counts."""
    return _WAYS.get(how, Way.BULK)


def noted(decision: Decision, *, back: bool = False) -> str:
    """What has to be kept of a decision to tell later how its annotations came to be: words, each after a space.

    Args:
        decision: as the journal has it, which for an undo is the inverse of what it takes back.
        back: whether it takes an earlier one back.
    """
    way = way_of(decision.how)
    if decision.verb not in SETTLING and way is not Way.OTHER:
        return ""
    before, after = ([one.id for one in part.annotations] for part in (decision.before, decision.after))
    made, other = (before, after) if back else (after, before)
    if way is Way.OTHER:
        made = [one for one in made if one in other]  # what nothing is kept of counts as this anyway
    mark = _BACK if back else _LETTERS[way]
    return "".join(f" {one}{mark}" for one in made)


def ways_in(log: str) -> dict[str, Way]:
    """How annotations came to be, by their ids, from what was `noted` of the decisions, in order."""
    held: dict[str, list[Way]] = {}
    for name, mark in _words(log):
        ways = held.setdefault(name, [])
        if mark != _BACK:
            ways.append(_BY_LETTER[mark])
        elif ways:
            ways.pop()
    return {name: ways[-1] for name, ways in held.items() if ways}


def _words(log: str) -> Iterator[tuple[str, str]]:
    for word in log.split(" "):
        if word and (word[-1] == _BACK or word[-1] in _BY_LETTER):
            yield word[:-1], word[-1]
