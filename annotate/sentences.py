"""Say where the sentence around a range begins and ends, so that it can be read or selected as a whole."""

from __future__ import annotations

import regex

from annotate.words import Range, trim

REACH = 600
"""Code points on either side of the range after which a sentence that goes on is cut at white space."""

_END = regex.compile(
    r"""(?: (?<![.!?…؟۔।]) [.!?…؟۔।]++ ["'”’»)\]]*+
          (?=\s+["'“‘«(\[¿¡]*[\p{Lu}\p{Lt}\p{Lo}\p{N}])  # the next begins as sentences do
        | [。！？｡]+ [”’」』）]* )""",
    regex.VERBOSE,
)
_ABBREVIATION = regex.compile(
    r"""(?<![\p{L}\p{N}]) (?: \p{L} | (?:\p{L}\.)+\p{L}
        | Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Sen|Rep|Gov|Pres|Amb|St|Mt|Jr|Sr
        | Gen|Maj|Col|Lt|Capt|Cmdr|Adm|Sgt|Brig|Cpl|Pvt
        | No|Nos|Art|Fig|Vol|vs|cf|approx|Rs|Inc|Ltd|Co|Corp
        | Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec ) \Z""",
    regex.VERBOSE,
)
_LONGEST_ABBREVIATION = 12


def sentence_around(text: str, start: int, end: int) -> Range:
    """Return the sentence that holds [start, end), white space at its edges left out.

    A line feed ends a sentence, except within the range. Of a sentence that reaches further than `REACH` from the
    range only that much is returned. A range of nothing but white space in an empty line answers an empty range.
    """
    first = max(text.rfind("\n", 0, start) + 1, start - REACH)
    line_end = text.find("\n", end)
    last = min(len(text) if line_end < 0 else line_end, end + REACH)
    left, right = _at_space(text, first, start), _at_space_before(text, end, last)
    for edge in _ends(text, first, last):
        if edge <= start:
            left = edge
        elif edge >= end:
            right = edge
            break
    return trim(text, left, right)


def sentence_breaks(text: str) -> list[int]:
    """Return where the text's sentences end, in order: after closing punctuation and at line feeds."""
    lines = [offset for offset, char in enumerate(text) if char == "\n"]
    return sorted({*_ends(text, 0, len(text)), *lines})


def _ends(text: str, first: int, last: int) -> list[int]:
    found = _END.finditer(text, first, last)
    return [match.end() for match in found if not _is_abbreviation(text, match)]


def _is_abbreviation(text: str, stop: regex.Match[str]) -> bool:
    before = text[max(stop.start() - _LONGEST_ABBREVIATION, 0) : stop.start()]
    return stop[0] == "." and _ABBREVIATION.search(before) is not None


def _at_space(text: str, first: int, start: int) -> int:
    """Where what is shown begins: after the first white space from `first` on, unless a line begins there."""
    if first == 0 or text[first - 1] == "\n":
        return first
    return next((at for at in range(first, start) if text[at].isspace()), first)


def _at_space_before(text: str, end: int, last: int) -> int:
    if last == len(text) or text[last] == "\n":
        return last
    return next((at for at in range(last, end, -1) if text[at - 1].isspace()), last)
