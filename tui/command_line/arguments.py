"""Arguments that several commands take, so that each is described once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.", show_default=False)]
"""A project's folder."""


def in_list(given: Sequence[str] | None) -> tuple[str, ...]:
    """The words of an option that may be given several times, each time with several words between commas."""
    return tuple(word.strip() for one in given or () for word in one.split(",") if word.strip())
