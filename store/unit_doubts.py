"""Say where a file leaves open what its offsets count, and whether another unit would suit its text better.

A file without the text of its spans cannot contradict the unit that was taken. Words can: who marks entities seldom
begins inside one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from annotate.offsets import OffsetError, Unit, to_codepoints
from store.formats.model import GoldSpan

UNIT_WORDS: dict[Unit, str] = {
    "codepoint": "code points",
    "utf16": "UTF-16 units",
    "utf8": "bytes",
    "grapheme": "grapheme clusters",
}
"""What each unit is called."""

_TRIED: tuple[Unit, ...] = ("codepoint", "utf16", "grapheme")


@dataclass(frozen=True, slots=True)
class Doubt:
    """An article whose spans lie elsewhere in another unit.

    Attributes:
        better: the unit in which no span begins or ends inside a word, where in the one taken some do; else None.
    """

    better: Unit | None


def doubt_about(text: str, spans: Sequence[GoldSpan], taken: Unit) -> Doubt | None:
    """What is to be said about the unit that was taken; None where others mean the same, or a span's text shows it.

    Args:
        text: the text that the file's offsets count in.
        spans: as the file has them; every one is a range of the text in that unit.
        taken: the unit.
    """
    if text.isascii() and "\r\n" not in text or not spans or any(one.quote for one in spans):
        return None
    own = _places(text, spans, taken)
    others = {unit: _places(text, spans, unit) for unit in _TRIED if unit != taken}
    if all(places == own for places in others.values()):
        return None
    if _tidy(text, own):
        return Doubt(None)
    return Doubt(next((unit for unit, places in others.items() if places != own and _tidy(text, places)), None))


def _places(text: str, spans: Sequence[GoldSpan], unit: Unit) -> list[int] | None:
    try:
        return to_codepoints(text, (edge for one in spans for edge in (one.start, one.end)), unit)
    except OffsetError:
        return None


def _tidy(text: str, places: list[int] | None) -> bool:
    """Whether no span begins or ends inside a word or with white space."""
    if places is None:
        return False
    quotes = (text[start:end] for start, end in zip(places[::2], places[1::2], strict=True))
    return not any(_is_inside(text, edge) for edge in places) and all(one == one.strip() != "" for one in quotes)


def _is_inside(text: str, edge: int) -> bool:
    return text[edge - 1 : edge].isalnum() and text[edge : edge + 1].isalnum()
