"""`manicule stats`: how far an annotator is, and how far pipelines agree with them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotate.layers import Status
from annotate.pace import PaceStatistics, Work
from annotate.statistics import KINDS, Statistics
from store.annotator import annotator_name
from store.errors import StoreError
from store.locations import ADJUDICATED
from store.project import Project
from store.statistics import ProjectStatistics, gather
from tui.command_line.arguments import Folder
from tui.command_line.telling import progress_bar, tell, tell_problem
from tui.pace_rows import PACE_COLUMNS, pace_rows
from tui.safe_text import drawable_line

if TYPE_CHECKING:
    from rich.table import Table

EXAMPLE = "manicule stats wire --annotator ada --json"


def stats(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of tables.")] = False,
    annotator: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Whose work to count; by default yours, or the only one's.", show_default=False
        ),
    ] = None,
) -> int:
    """Count articles, words and entities, and say how far each source agreed with the annotator."""
    project = Project.open(folder)
    name = _whose(project, annotator)
    with progress_bar("counting") as show:
        found = gather(project, name, show)
    for problem in found.problems:
        tell_problem(problem)
    if as_json:
        print(json.dumps(_record(project, found), indent=2))
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


# For a program --------------------------------------------------------------------------------------------


def _record(project: Project, found: ProjectStatistics) -> dict[str, Any]:
    counted = found.counted
    return {
        "format": 1,
        "project": project.config.title,
        "annotator": found.annotator or None,
        "articles": _by_status(counted.articles),
        "words": _by_status(counted.words),
        "entities": {
            label: {kind: counted.entities[label, kind] for kind in KINDS} for label in _labels(project, counted)
        },
        "sources": {
            source: {
                "settled": counted.settled[source],
                "agreed": counted.agreed[source],
                "precision": counted.precision(source),
            }
            for source in _sources(project, counted)
        },
        "pace": {
            **_pace_record(found.pace.total),
            "articles": {name: _pace_record(work) for name, work in sorted(found.pace.articles.items())},
            "labels": {name: _pace_record(work) for name, work in sorted(found.pace.labels.items())},
        },
        "unreadable": found.problems,
    }


def _pace_record(work: Work) -> dict[str, Any]:
    return {
        "decisions": work.decisions,
        "minutes": round(work.seconds / 60.0, 3),
        "per_minute": work.per_minute,
        "keys_each": work.keys_each,
    }


def _by_status(counts: Any) -> dict[str, int]:
    return {"total": sum(counts.values()), **{status.value: counts[status] for status in Status}}


def _labels(project: Project, counted: Statistics) -> list[str]:
    """The scheme's labels in their order, then any that it no longer has."""
    scheme = [label.name for label in project.config.scheme.labels]
    return [*scheme, *sorted({label for label, _ in counted.entities} - set(scheme))]


def _sources(project: Project, counted: Statistics) -> list[str]:
    return sorted({*project.sources(), *counted.settled})


# For a person ---------------------------------------------------------------------------------------------


def _print_tables(project: Project, found: ProjectStatistics) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False)
    title = drawable_line(project.config.title or str(project.root))
    by = f" · {drawable_line(found.annotator)}" if found.annotator else ""
    console.print(Text(title + by, style="bold"))
    for table in (
        _articles_table(found.counted),
        _entities_table(project, found.counted),
        _sources_table(project, found.counted),
        *_pace_tables(found.pace),
    ):
        if table.row_count:
            console.print()
            console.print(table)


def _table(first: str, *columns: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(first, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _articles_table(counted: Statistics) -> Table:
    table = _table("status", "articles", "words")
    for status in Status:
        table.add_row(status.value, f"{counted.articles[status]:,}", f"{counted.words[status]:,}")
    total = (sum(counted.articles.values()), sum(counted.words.values()))
    table.add_row("all", *(f"{one:,}" for one in total), style="bold")
    return table


def _entities_table(project: Project, counted: Statistics) -> Table:
    table = _table("label", *KINDS)
    for label in _labels(project, counted):
        counts = [counted.entities[label, kind] for kind in KINDS]
        if any(counts):
            table.add_row(_plain(label), *(f"{one:,}" for one in counts))
    if table.row_count:
        table.add_row("all", *(f"{counted.count_of(kind):,}" for kind in KINDS), style="bold")
    return table


def _sources_table(project: Project, counted: Statistics) -> Table:
    table = _table("source", "settled", "agreed", "precision")
    for source in _sources(project, counted):
        precision = counted.precision(source)
        shown = "–" if precision is None else f"{precision:.1%}"
        table.add_row(_plain(source), f"{counted.settled[source]:,}", f"{counted.agreed[source]:,}", shown)
    return table


def _pace_tables(pace: PaceStatistics) -> list[Table]:
    tables = []
    for name, rows in pace_rows(pace):
        table = _table(name, *PACE_COLUMNS)
        for row in rows:
            table.add_row(_plain(row[0]), *row[1:])
        tables.append(table)
    return tables


def _plain(name: str) -> Any:
    from rich.text import Text

    return Text(drawable_line(name))
