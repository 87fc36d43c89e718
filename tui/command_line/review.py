"""`manicule review --plain`: decide line by line, with a screen reader or from a script."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated

import typer

from annotate.pace import Meter
from store.annotator import annotator_name, remember_annotator
from store.errors import StoreError
from store.lost_lines import lost_lines
from store.project import Project
from tui.command_line.arguments import Folder
from tui.command_line.telling import tell_problem
from tui.desk import Desk
from tui.line_review import LineReview, first_open
from tui.pace import HELD_SECONDS
from tui.safe_text import drawable_line
from tui.signals import held_back

EXAMPLE = "manicule review wire --plain --annotator ada"

_MOST_SECONDS = 3.0
"""How long to wait for the annotator's memory."""

_NO_SCREEN = "review needs --plain; to read and decide on a screen: manicule DIR"
_NOBODY = "say who annotates with --annotator"


def review(
    folder: Folder,
    plain: Annotated[bool, typer.Option("--plain", help="Plain lines in, plain lines out; no screen.")] = False,
    annotator: Annotated[str | None, typer.Option(metavar="NAME", help="Who annotates.", show_default=False)] = None,
    article: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The article to begin with; else the one you left last.", show_default=False),
    ] = None,
) -> int:
    """Show one undecided suggestion after the other and read an answer for each: ? lists the answers."""
    if not plain:
        raise typer.BadParameter(_NO_SCREEN)
    project = Project.open(folder)
    meter = Meter(time.monotonic) if sys.stdin.isatty() else None
    desk = Desk(project, _who(project, annotator), meter)
    if article is not None and article not in desk.ids:
        raise StoreError(f"{article}: there is no such article")
    desk.recall_sieve()
    desk.lines_lost = bool(lost_lines(project, desk.annotator))
    if desk.damage:
        tell_problem(desk.damage)
    _remember(desk)
    first = article or first_open(desk)
    if first is None:
        _say(["Nothing to review: no article is open."])
        return 0
    return _converse(desk, first, meter)


def _remember(desk: Desk) -> None:
    """Have the annotator's memory read; where there is much of it, the first articles are read without."""

    def load() -> None:
        if told := desk.recall.load(threading.Event()):
            tell_problem(told)

    reading = threading.Thread(target=load, daemon=True)
    reading.start()
    reading.join(_MOST_SECONDS)


def _who(project: Project, given: str | None) -> str:
    name = annotator_name(project.root, given)
    if name is None and sys.stdin.isatty():
        print("Who annotates? A name: ", end="", flush=True)
        name = sys.stdin.readline().strip()
        if name:
            remember_annotator(project.root, name)
    if not name:
        raise StoreError(_NOBODY)
    return name


def _converse(desk: Desk, article_id: str, meter: Meter | None) -> int:
    code = 0
    try:
        talk = LineReview(desk, article_id)
        _say(talk.ask())
        for line, read in _answers():
            if meter:
                meter.press(len(line))
            with held_back():
                told = talk.answer(line, read=read)
            _say(told)
            if talk.over:
                break
        with held_back():
            talk.leave()
    except KeyboardInterrupt:
        code = 130
    finally:
        with held_back():
            problem = desk.close()
    if problem:
        tell_problem(f"not saved: {problem}")
        return 1
    return code


def _answers(clock: Callable[[], float] = time.monotonic) -> Iterator[tuple[str, bool]]:
    """Each line typed, and whether it came late enough for the person to have read what was asked."""
    typed = sys.stdin.isatty()
    sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    while True:
        if typed:
            print("> ", end="", flush=True)
        asked = clock()
        line = sys.stdin.readline()
        if not line:
            return
        yield line, not typed or clock() - asked >= HELD_SECONDS


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(drawable_line(line))
    sys.stdout.flush()
