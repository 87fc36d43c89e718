"""With NO_COLOR set no colour reaches the terminal, on any screen."""

from __future__ import annotations

import re
from pathlib import Path

from terminal import Terminal

_SGR = re.compile(rb"\x1b\[([\d;:]*)m")
_ATTRIBUTES = {b"", *(b"%d" % number for number in (*range(10), *range(21, 30), 53, 55))}
"""All that may be set: shapes of letters, and nothing of the 30s, 40s, 90s and 100s, not even the default colours."""


def _set(raw: bytes) -> set[bytes]:
    return {one for found in _SGR.findall(raw) for one in re.split(b"[;:]", found)}


def test_only_shapes_of_letters_reach_the_terminal(tmp_path: Path) -> None:
    with Terminal(home=tmp_path, more={"NO_COLOR": "1"}) as person:
        person.wait_for("Space ✓", "the sample")
        person.press("Space", "x", "R", "[", "v", "Right", "Esc", "b", "g", "Esc", "i", "Esc", ";", "Esc", "m", "Esc")
        person.press(
            "/", "U", "S", "Enter", "Esc", "?", "Esc", "c", "Esc", "e", "Esc", "Ctrl+P", "Down", "Esc", "d", "Esc", "q"
        )
        person.wait_for("/ filter", "the library")
        person.press("Down", "#", "Esc", "s", "Ctrl+Q")
        assert person.wait_end() == 0
    assert _set(person.raw) <= _ATTRIBUTES
    assert {b"1", b"3", b"4", b"7", b"9"} <= _set(person.raw), "bold, slanted, underlined, reversed, struck"


def test_without_it_colours_reach_the_terminal(tmp_path: Path) -> None:
    with Terminal(home=tmp_path) as person:
        person.wait_for("Space ✓", "the sample")
    assert {b"38", b"48"} <= _set(person.raw)
