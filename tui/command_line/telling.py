"""Say things on standard error; what a program reads goes to standard output and nowhere near this module."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from annotate.errors import ManiculeError
from tui.safe_text import drawable_line

OnArticle = Callable[[int, int | None], None]
"""Called with (done, total) after each article; the total is None where nobody knows it."""


def tell(line: str) -> None:
    """Say one line."""
    print(drawable_line(line), file=sys.stderr)


def tell_problem(line: str) -> None:
    """Say one line about what is wrong."""
    tell(f"manicule: {line}")


def tell_error(error: ManiculeError) -> None:
    """Say what went wrong, a line for each problem."""
    for line in error.message.split("\n"):
        tell_problem(line)


def number_of(count: int, noun: str, nouns: str = "") -> str:
    """The number with its noun: “1 article”, “1,200 articles”; `nouns` where the plural is no mere s."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {nouns or noun + 's'}"


@contextmanager
def progress_bar(what: str) -> Iterator[OnArticle]:
    """A bar on standard error while something long goes on; nothing where that is no terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what, markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
