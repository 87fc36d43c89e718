"""What the doctor finds: one value for each thing that is wrong, with what to do about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from store.errors import BrokenFileError

_LINE = re.compile(r"line (\d+): ")

Mend = Callable[[], str]
"""Mends what was found and says in a few words what it did; raises OSError or StoreError where it cannot."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a project.

    Attributes:
        path: the file or folder.
        line: the line in it, from 1; 0 where it is the whole of it.
        what: what is wrong, in a few words.
        do: what a person can do about it.
        mend: what `--repair` does about it; None where only a person can.
    """

    path: Path
    line: int
    what: str
    do: str
    mend: Mend | None = field(default=None, compare=False, repr=False)


def found_in(error: BrokenFileError, do: str, mend: Mend | None = None) -> Finding:
    """A file that cannot be read, as a finding."""
    why = error.message.removeprefix(f"{error.path}: ")
    line = _LINE.match(why)
    return Finding(error.path, int(line[1]) if line else 0, why[line.end() :] if line else why, do, mend)
