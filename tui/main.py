"""The console command: opens the app without importing what only the other commands need."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from annotate.errors import ManiculeError

COMMANDS = (
    "open",
    "new",
    "add",
    "extract",
    "review",
    "export",
    "import",
    "formats",
    "stats",
    "check",
    "log",
    "clashes",
    "doctor",
    "remove",
    "restore",
    "keys",
    "theme",
)
"""Words that are commands; any other first word is a project."""

_NO_SCREEN = frozenset({"dumb", "unknown"})
"""Values of TERM for which neither the place nor the look of text can be chosen."""

_HELP = frozenset({"-h", "--help", "--version"})


class UsageError(ManiculeError):
    """Words on the command line that mean nothing."""

    title = "Usage"


@dataclass(frozen=True, slots=True)
class Opening:
    """What to open the app with.

    Attributes:
        root: the project's folder; None for the one in this folder, else the sample project.
        annotator: who annotates, if it was said.
    """

    root: Path | None
    annotator: str | None


def main() -> NoReturn:
    """Run the command line of this process."""
    raise SystemExit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Open the app or run a command; the exit code."""
    command = _command_in(arguments)
    if command:
        from tui.cli import run_command

        return run_command(command)
    try:
        opening = opening_of(arguments)
        return open_app(opening.root, opening.annotator)
    except ManiculeError as error:
        from tui.command_line.telling import tell_error

        tell_error(error)
        return 2


def _command_in(arguments: Sequence[str]) -> Sequence[str]:
    """What is left to the command line proper: a command, or a question about one or all; else nothing."""
    first = arguments[0] if arguments else ""
    asked = [word for word in arguments if word in _HELP]
    if first in COMMANDS and (asked or first != "open"):
        return arguments
    return asked[:1]


def opening_of(arguments: Sequence[str]) -> Opening:
    """Read `[open] [PROJECT] [--annotator NAME]`.

    Raises:
        UsageError: it is something else.
    """
    words: list[str] = []
    annotator = None
    rest = iter(arguments)
    for word in rest:
        if word == "--annotator":
            annotator = next(rest, None)
            if annotator is None:
                raise UsageError("--annotator needs a name (manicule --help)")
        elif word.startswith("--annotator="):
            annotator = word.partition("=")[2]
        elif word == "--":
            words.extend(rest)
        elif word.startswith("-"):
            raise UsageError(_unknown(word, words))
        else:
            words.append(word)
    return Opening(_project_of(words), annotator)


def _unknown(option: str, words: list[str]) -> str:
    """Which word means nothing: the option, or the command that it was meant for."""
    if words and words[0] != "open" and not Path(words[0]).exists():
        return f"{words[0]}: no such command, and no project (manicule --help)"
    return f"no such option: {option} (manicule --help)"


def _project_of(words: list[str]) -> Path | None:
    if words[:1] == ["open"]:
        if len(words) != 2:
            raise UsageError("open needs one PATH (manicule open --help)")
        return Path(words[1])
    if len(words) > 1:
        raise UsageError(f"{words[0]}: no such command (manicule --help)")
    return Path(words[0]) if words else None


def open_app(root: Path | None, annotator: str | None) -> int:
    """Open the app; the exit code.

    Raises:
        ManiculeError: there is no project, or no terminal to read in.
    """
    from store.locations import CONFIG_NAME
    from store.project import Project

    here = Path()
    if root is None and (here / CONFIG_NAME).is_file():
        root = here
    if root is not None:
        Project.open(root)
    if not _has_terminal():
        raise UsageError("reading needs a terminal, and standard input or output is none")
    if os.environ.get("TERM") in _NO_SCREEN:
        raise UsageError("this terminal can show no screen; manicule review DIR --plain needs none")
    from tui.app import run_app

    return run_app(root, annotator)


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
