"""`manicule log`: what an annotator decided, when, from what to what, how, and how long it took."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer

from annotate.changes_told import describe_whole_change
from annotate.decisions import How
from store.annotator import annotator_name
from store.errors import StoreError
from store.locations import ADJUDICATED
from store.log import Logged, read_log
from store.lost_lines import lost_lines
from store.project import Project
from store.records import decision_doc
from tui.command_line.arguments import Folder
from tui.command_line.telling import tell, tell_problem
from tui.moments import moment_in_journal
from tui.safe_text import drawable_line

EXAMPLE = "manicule log wire rain --since 2026-01-31 --limit 20"


def log(
    folder: Folder,
    article: Annotated[
        str, typer.Argument(metavar="[ARTICLE]", help="The id of an article; without it all.", show_default=False)
    ] = "",
    annotator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose decisions; by default yours, or the only one's.", show_default=False),
    ] = None,
    since: Annotated[
        str,
        typer.Option(metavar="TIME", help="Only from then on: 2026-01-31, or 2026-01-31T09:30, in UTC."),
    ] = "",
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="Only the newest N; 0 is all.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON object a line.")] = False,
) -> int:
    """List what one annotator decided, the newest last. The second column is what manicule restore takes back."""
    project = Project.open(folder)
    name = whose(project, annotator)
    if article and not project.locations.article(article).exists():
        tell(f"{article}: there is no such article now; its decisions are kept all the same")
    problems: list[str] = []
    found: Iterable[Logged] = read_log(
        project.locations, name, problems.append, article_id=article, since=moment(since) if since else ""
    )
    if limit:
        found = deque(found, maxlen=limit)
    if not as_json:
        tell(f"decisions of {name}, times in UTC")
    for one in found:
        if as_json:
            print(json.dumps(_record(name, one)))
        elif one.decision.verb != "show":
            print(drawable_line("  ".join(_columns(one))))
    code = 0
    for problem in [*problems, *lost_lines(project, name)]:
        tell_problem(problem)
        code = 1
    return code


def whose(project: Project, given: str | None) -> str:
    """The annotator whose own decisions a command is about.

    Raises:
        StoreError: several have annotated, and it was not said which, or nobody has, or not they.
    """
    names = [name for name in project.annotators() if name != ADJUDICATED]
    name = given if given == ADJUDICATED else annotator_name(project.root, given)
    if not name and len(names) == 1:
        name = names[0]
    if not name:
        raise StoreError(f"say whose decisions with --annotator ({', '.join(names) or 'nobody has annotated here'})")
    if given and name not in project.annotators():
        raise StoreError(f"nobody called {name} has annotated here ({', '.join(names) or 'nobody has'})")
    return name


def moment(text: str) -> str:
    """A day, or a moment of it, as the journal writes times.

    Raises:
        BadParameter: it is none.
    """
    try:
        return moment_in_journal(text)
    except ValueError as error:
        raise typer.BadParameter(f"--since {error}") from error


def _columns(one: Logged) -> Iterator[str]:
    decision, line = one.decision, one.line
    yield line.time[:19].replace("T", " ")
    yield line.group
    yield line.article
    yield _verb(one)
    yield describe_whole_change(decision)
    if decision.how is not How.SINGLE:
        yield decision.how.value
    if one.effort:
        yield f"{one.effort.seconds:.1f} s"


def _verb(one: Logged) -> str:
    if one.line.undoes:
        return f"undo {one.line.undoes}: {one.decision.verb}"
    return f"redo {one.line.redoes}: {one.decision.verb}" if one.line.redoes else one.decision.verb


def _record(annotator: str, one: Logged) -> dict[str, Any]:
    line, effort = one.line, one.effort
    return {
        "annotator": annotator,
        "time": line.time,
        "group": line.group,
        "undoes": line.undoes or None,
        "redoes": line.redoes or None,
        **decision_doc(one.decision),
        "seconds": effort.seconds if effort else None,
        "keys": effort.keys if effort else None,
    }
