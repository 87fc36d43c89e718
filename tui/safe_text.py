"""Make any text safe to draw: the one way by which an article's text, a title or a name reaches the terminal.

Widgets of Textual and Rich pass control characters on, so an article could drive the terminal that shows it.
Each code point becomes exactly one code point, so offsets into the source hold in what is drawn. What
terminals disagree about (joiners, emoji presentation, skin tones) is drawn as nothing: the cells of a drawn
text are then the sum of the cells of its code points, however it is cut into pieces.
"""

from __future__ import annotations

import re
from itertools import pairwise

from rich.cells import cell_len

from annotate.words import grapheme_edges

ELLIPSIS = "…"

_OPEN_BOX = 0x2423  # ␣, a space that is not there
_REPLACEMENT = 0xFFFD
_NOTHING = 0x034F  # combining grapheme joiner: no cell, no glyph, and part of the cluster before it

# First and last code point, and what each in between is drawn as. Every code point that counts as a control
# for grapheme clusters is here, but for the line feed.
_STAND_INS: tuple[tuple[int, int, int], ...] = (
    *((code, code, 0x2400 + code) for code in (*range(0x09), *range(0x0B, 0x20))),
    (0x09, 0x09, 0x20),
    (0x7F, 0x7F, 0x2421),
    (0x80, 0x9F, _REPLACEMENT),
    (0xAD, 0xAD, 0x2027),  # soft hyphen: a hyphenation point
    (0x061C, 0x061C, _REPLACEMENT),
    (0x180E, 0x180E, _REPLACEMENT),
    (0x200B, 0x200B, _OPEN_BOX),
    (0x200D, 0x200D, _NOTHING),
    (0x200E, 0x200F, _REPLACEMENT),
    (0x2028, 0x2028, 0x2424),  # line separator: the symbol for newline
    (0x2029, 0x2029, 0x00B6),  # paragraph separator: a pilcrow
    (0x202A, 0x202E, _REPLACEMENT),
    (0x2060, 0x2060, _OPEN_BOX),
    (0x2061, 0x206F, _REPLACEMENT),
    (0xD800, 0xDFFF, _REPLACEMENT),
    (0xFE0E, 0xFE0F, _NOTHING),
    (0xFEFF, 0xFEFF, _OPEN_BOX),
    (0xFFF0, 0xFFFB, _REPLACEMENT),
    (0x13430, 0x1343F, _REPLACEMENT),
    (0x1BCA0, 0x1BCA3, _REPLACEMENT),
    (0x1D173, 0x1D17A, _REPLACEMENT),
    (0x1F3FB, 0x1F3FF, _NOTHING),
    (0xE0000, 0xE001F, _REPLACEMENT),
    (0xE0080, 0xE00FF, _REPLACEMENT),
    (0xE01F0, 0xE0FFF, _REPLACEMENT),
)
_TABLE = {code: stand_in for first, last, stand_in in _STAND_INS for code in range(first, last + 1)}
_BASIC_PLANE = "".join(rf"\u{first:04x}-\u{last:04x}" for first, last, _ in _STAND_INS if last <= 0xFFFF)
# Single ranges beyond the basic plane would make the search three times slower, so all of it is translated.
_MAY_CHANGE = re.compile(rf"[{_BASIC_PLANE}\U00010000-\U0010ffff]")


def drawable(text: str) -> str:
    """Return the text with a stand-in for each code point that a terminal might obey; line feeds stay.

    The result has the length of `text`, and `drawable` of it changes nothing.
    """
    return text.translate(_TABLE) if _MAY_CHANGE.search(text) else text


def drawable_line(text: str) -> str:
    """Return `drawable` of a text that has one line to be drawn on: a line feed is shown as a symbol."""
    return drawable(text).replace("\n", "␊")


def shorten(text: str, cells: int) -> str:
    """Return the text as one drawable line of at most `cells` cells, an ellipsis for what is left out.

    The cut is between grapheme clusters. Where there is no cell, the result is empty.
    """
    line = drawable_line(text)
    if cell_len(line) <= cells:
        return line
    if cells < 1:
        return ""
    return line[: _fitting(text, line, cells - 1)] + ELLIPSIS


def _fitting(text: str, line: str, cells: int) -> int:
    """Return the length of the longest run of whole clusters of `text` that is drawn in `cells`."""
    used = 0
    for start, end in pairwise(grapheme_edges(text, 0, len(text))):
        used += cell_len(line[start:end])
        if used > cells:
            return start
    return len(text)
