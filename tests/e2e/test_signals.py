"""Told to end from outside, the program saves, and gives the terminal back."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from terminal import Terminal

LEAVE_ALTERNATE_SCREEN = b"\x1b[?1049l"
MOUSE_OFF = b"\x1b[?1000l"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_cleanly(number: signal.Signals, tmp_path: Path) -> None:
    with Terminal(home=tmp_path) as person:
        person.wait_for("Space ✓", "the sample")
        person.press("Space")
        person.wait_for("1/")
        os.kill(person.pid, number)
        assert person.wait_end() == 0
        ending = bytes(person.raw[-400:])
        assert LEAVE_ALTERNATE_SCREEN in ending
        assert MOUSE_OFF in ending
    layers = list(tmp_path.glob(".local/share/manicule/sample/layers/*/*/*.json"))
    assert len(layers) == 1, "the layer is folded into its file"
