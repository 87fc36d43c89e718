"""`manicule stats`: what an annotator has done, how fast, and how far pipelines agree with them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from store.annotator import annotator_name
from store.atomic import write_atomic
from store.errors import StoreError, naming
from store.locations import ADJUDICATED
from store.project import Project
from store.statistics import ProjectStatistics, gather
from tui.command_line.arguments import Folder
from tui.command_line.telling import progress_bar, tell, tell_problem
from tui.safe_text import drawable_line
from tui.statistics_json import article_record, statistics_record
from tui.statistics_rows import Sheet, sheets

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

LISTED = 20
"""Periods, articles, names and pairs that are listed."""

_LINES = ("cyan", "red")
"""What the lines of a plot look like."""

_STANDARD_OUTPUT = Path("-")

EXAMPLE = "manicule stats wire --annotator ada --html report.html"


def stats(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of tables.")] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Write a report with charts: one HTML page that needs nothing else. - is standard output.",
            show_default=False,
        ),
    ] = None,
    annotator: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Whose work to count; by default yours, or the only one's.", show_default=False
        ),
    ] = None,
) -> int:
    """Count what one annotator did: progress, pace, corrections, precision, names and what is named together."""
    if html and as_json:
        raise typer.BadParameter("--json and --html: one of them")
    project = Project.open(folder)
    name = _whose(project, annotator)
    if html:
        _check_place(project, html)
    articles: dict[str, Any] = {}
    keep = (lambda one, counted: articles.update({one: article_record(counted)})) if as_json else None
    with progress_bar("counting") as show:
        found = gather(project, name, show, keep)
    for problem in found.problems:
        tell_problem(problem)
    if as_json:
        print(json.dumps(statistics_record(project, found, articles), indent=2))
    elif html:
        _write_report(project, found, html)
    else:
        _print_tables(project, found)
    sys.stdout.flush()
    return 1 if found.problems else 0


def _whose(project: Project, given: str | None) -> str:
    names = [name for name in project.annotators() if name != ADJUDICATED]
    name = annotator_name(project.root, given)
    if name is None and len(names) > 1:
        raise StoreError(f"several have annotated here: say whose work with --annotator ({', '.join(names)})")
    if given and names and name not in names:
        tell(f"nobody called {name} has annotated here ({', '.join(names)})")
    return name or (names[0] if names else "")


def _check_place(project: Project, path: Path) -> None:
    if path == _STANDARD_OUTPUT:
        return
    if project.locations.holds(path.resolve()):
        raise StoreError(f"{path}: the project's own files lie there, so nothing is written over them")
    if path.exists() and not path.is_file():
        raise StoreError(f"{path}: no file, so nothing is written over it")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}")


def _write_report(project: Project, found: ProjectStatistics, path: Path) -> None:
    from tui.report.page import report

    title = project.config.title or project.root.resolve().name
    page = report(found, title, [one.name for one in project.config.scheme.labels], project.sources())
    data = page.encode("utf-8", "replace")
    if path == _STANDARD_OUTPUT:
        sys.stdout.buffer.write(data)
        return
    with naming(path):
        write_atomic(path, data)
    tell(f"the report is in {path}")


def _print_tables(project: Project, found: ProjectStatistics) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    title = drawable_line(project.config.title or str(project.root))
    by = f" · {drawable_line(found.annotator)}" if found.annotator else ""
    console.print(Text(title + by, style="bold"))
    labels = [one.name for one in project.config.scheme.labels]
    plots = _plots(found, labels, console.width) if console.is_terminal else {}
    for sheet in sheets(found, labels, project.sources(), LISTED):
        console.print()
        console.print(_table(sheet))
        if sheet.note:
            console.print(Text(sheet.note, style="dim"))
        for lines in plots.get(sheet.id, ()):
            console.print()
            console.print(*lines, sep="\n")


def _plots(found: ProjectStatistics, labels: list[str], width: int) -> dict[str, list[list[Text]]]:
    """What is plotted below which table; only on a terminal, so that a program that reads tables finds nothing else."""
    from rich.text import Text

    from tui.plots import statistics_plots

    def drawn(line: list[tuple[str, int]]) -> Text:
        return Text.assemble(*((text, "dim" if number < 0 else _LINES[number]) for text, number in line))

    plots = statistics_plots(found, labels, width)
    return {name: [[drawn(line) for line in plot] for plot in several] for name, several in plots.items()}


def _table(sheet: Sheet) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    first, *columns = sheet.heads
    table.add_column(first, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    for row in sheet.rows:
        table.add_row(*(Text(drawable_line(text)) for text in row))
    if sheet.total:
        table.add_row(*sheet.total, style="bold")
    return table
