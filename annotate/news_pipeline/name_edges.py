"""Where a name begins and ends around its head word: the run of capitals, with its joints, lists and "of" phrases."""

from __future__ import annotations

from dataclasses import dataclass

from annotate.news_pipeline.tables import heads
from annotate.news_pipeline.tables.people import ROLE_HEADS, TITLES
from annotate.news_pipeline.words import Words

LONGEST = 12
"""Tokens that a name may grow to each side, so that a page of capitals stays cheap."""

_JOINTS = frozenset(["-", "–", "&", "'s", "’s", "'", "’", "/"])


@dataclass(frozen=True, slots=True)
class Scan:
    """What the rules look at: the words, tokens that are dates or sums already, and ends of other entities by start."""

    words: Words
    closed: frozenset[int]
    known: dict[int, int]

    def name_part(self, i: int) -> bool:
        """Whether token i can be part of a name."""
        return self.words.is_capital(i) and i not in self.closed


def left_edge(scan: Scan, head: int) -> int:
    """Where the run of capitals that ends in token `head` starts."""
    words, start = scan.words, head
    while head - start < LONGEST:
        before = start - 1
        text = words.text(before)
        if scan.name_part(before):
            if text in heads.NEVER_IN_NAMES or text in TITLES or (text in ROLE_HEADS and before != head - 1):
                break
            start = before
        elif text in _JOINTS and _joins(scan, before):
            start = before - 1
        else:
            break
    return _list_start(scan, start) if start < head else start


def _joins(scan: Scan, joint: int) -> bool:
    """Whether a hyphen, ampersand or possessive binds the capitals on its two sides into one name."""
    words = scan.words
    before = words.text(joint - 1)
    if not scan.name_part(joint - 1) or before in heads.NEVER_IN_NAMES:
        return False
    if words.text(joint) in ("-", "–", "/"):
        return words.glued[joint] and words.glued[joint + 1]
    return words.text(joint) == "&" or scan.known.get(joint - 1) != joint


def _list_start(scan: Scan, start: int) -> int:
    """The start of "the X, Y and Z Head", seen from Z: such lists are read from their article on."""
    words, here = scan.words, start
    if words.text(start - 1) not in ("and", "&"):
        return start
    here = start - 1
    while start - here < LONGEST:
        stop = here
        while scan.name_part(here - 1) and words.text(here - 1) not in heads.NEVER_IN_NAMES:
            here -= 1
        if here == stop or scan.known.get(here) == stop:
            return start
        if words.text(here - 1) in ("the", "The", "of", "'s", "’s") or words.opens[here]:
            return here if words.text(here - 1) != "of" else start
        if words.text(here - 1) != ",":
            return start
        here -= 1
    return start


def right_edge(scan: Scan, end: int, phrases: frozenset[str] = heads.OF_WORDS, lists: bool = False) -> int:
    """Where a name whose head ends at `end` stops, when "of X" (with lists: "of X, Y and Z") follows it."""
    words = scan.words
    limit = min(end + LONGEST, len(words))
    while end < limit and words.text(end) in phrases:
        after = end + 1
        if words.text(after) in ("the", "The"):
            after += 1
        stop = capitals(scan, after, limit)
        if stop == after or (after > end + 1 and is_body(words, after, stop)):
            break
        end = _list_to_right(scan, stop, limit) if lists and scan.known.get(after) != stop else stop
    return end


_OWN_BODY = frozenset(
    "School University Party Union Company Ltd Limited Bank Corporation Hospital Church College Inc".split()
)


def is_body(words: Words, start: int, end: int) -> bool:
    """Whether the capitals are an organisation or person of their own."""
    if words.text(start) in ("Republic", "Kingdom", "State"):
        return False
    own = words.text(end - 1) in _OWN_BODY or words.text(start) in heads.ORG_FIRST
    return own or words.text(end) == "of"


def capitals(scan: Scan, start: int, limit: int) -> int:
    """The end of the capitals, with hyphens and possessives inside, that start at `start`."""
    words, end = scan.words, start
    while end < limit:
        if scan.name_part(end) and words.text(end) not in heads.NEVER_IN_NAMES:
            end += 1
        elif end > start and words.text(end) in _JOINTS and words.glued[end] and scan.name_part(end + 1):
            end += 2
        elif end > start and words.text(end) in ("'", "’") and scan.name_part(end + 1):
            end += 2
        else:
            break
    return min(end, limit)


def _list_to_right(scan: Scan, end: int, limit: int) -> int:
    """Beyond ", Y and Z" or "and Z", if a list of capitals goes on up to its "and"."""
    words, here = scan.words, end
    while words.text(here) == "," and here < limit:
        stop = capitals(scan, here + 1, limit)
        if stop == here + 1:
            return end
        here = stop
    joint = here + 1 if words.text(here) == "," else here
    if words.text(joint) in ("and", "&"):
        stop = capitals(scan, joint + 1, limit)
        if stop > joint + 1 and not is_body(words, joint + 1, stop) and scan.known.get(joint + 1) != stop:
            return stop
    return end
