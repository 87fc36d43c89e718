"""A person at a terminal: starts the program in a pseudo-terminal, reads its screen, types, and waits to see things."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Self

import pexpect
import pyte

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
"""Seconds after which what was waited for is not going to come."""

QUIET = 0.12
"""Seconds without output after which the screen counts as settled."""

KEYS = {
    "Enter": "\r",
    "Esc": "\x1b",
    "Tab": "\t",
    "Shift+Tab": "\x1b[Z",
    "Space": " ",
    "Up": "\x1b[A",
    "Down": "\x1b[B",
    "Right": "\x1b[C",
    "Left": "\x1b[D",
    "Shift+Right": "\x1b[1;2C",
    "Shift+Left": "\x1b[1;2D",
    "PgDn": "\x1b[6~",
    "PgUp": "\x1b[5~",
    "Home": "\x1b[H",
    "End": "\x1b[F",
    "Ctrl+Q": "\x11",
    "Ctrl+P": "\x10",
}


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of a user with an empty home, and what else is set in it."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "TMPDIR")}
    return kept | {
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "ESCDELAY": "25",
        **more,
    }


def manicule(home: Path, *arguments: str | Path, code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run a command to its end and hold it to the exit code expected."""
    done = subprocess.run(
        [sys.executable, "-m", "tui", *map(str, arguments)],
        cwd=ROOT,
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


class Terminal:
    """One run of the program in a pseudo-terminal.

    Attributes:
        raw: every byte that the program wrote.
        keys_typed: how many keys were pressed.

    Args:
        more: what else is set in the environment.
    """

    def __init__(
        self,
        *arguments: str | Path,
        home: Path,
        columns: int = 80,
        rows: int = 24,
        more: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.raw = bytearray()
        self.keys_typed = 0
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._child = pexpect.spawn(
            sys.executable,
            ["-m", "tui", *map(str, arguments)],
            dimensions=(rows, columns),
            env=environment(home, **more),
            cwd=str(ROOT),
            timeout=PATIENCE,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._child.close(force=True)

    @property
    def text(self) -> str:
        """The screen as lines of text."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def pid(self) -> int:
        """The program's process."""
        return int(self._child.pid)

    def wait_for(self, wanted: str | Callable[[str], bool], what: str = "") -> str:
        """Read until the screen shows `wanted` and settles; the screen then."""
        shows = wanted if callable(wanted) else lambda text: wanted in text
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.settle()
            if shows(self.text):
                return self.text
            if not self._child.isalive():
                break
            self._read(1.0)
        raise AssertionError(f"never came: {what or wanted}\n--- the screen was ---\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys one after the other, looking at the screen after each as a person does."""
        for key in keys:
            self._child.send(KEYS.get(key, key))
            self.keys_typed += 1
            self.settle()

    def send(self, text: str) -> None:
        """Send a key without looking at what it does."""
        self._child.send(text)

    def type(self, text: str) -> None:
        """Type a text without looking."""
        self._child.send(text)
        self.keys_typed += len(text)
        self.settle()

    def settle(self) -> None:
        """Read until nothing more comes for a moment."""
        while self._read(QUIET):
            pass

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._child.kill(9)
        self._child.wait()

    def wait_end(self) -> int:
        """Read until the program ends; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self._read(0.5) and not self._child.isalive():
                break
        assert not self._child.isalive(), f"never ended\n{self.text}"
        self._child.close()
        return int(self._child.exitstatus if self._child.exitstatus is not None else -self._child.signalstatus)

    def _read(self, patience: float) -> bool:
        try:
            data = self._child.read_nonblocking(65536, timeout=patience)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return False
        self.raw += data
        self._stream.feed(data)
        return True
