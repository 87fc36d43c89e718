"""`manicule clashes`: where two copies of one annotator's work contradict each other."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from annotate.errors import ManiculeError
from store.clashes import Contradiction, find_contradictions
from store.project import Project
from store.session import Session
from tui.command_line.arguments import Folder
from tui.command_line.log import whose
from tui.command_line.telling import number_of, progress_bar, tell, tell_error, tell_problem
from tui.safe_text import drawable_line

EXAMPLE = "manicule clashes wire --annotator ada"


def clashes(
    folder: Folder,
    annotator: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose copies; by default yours.", show_default=False)
    ] = None,
    settle: Annotated[
        list[str] | None,
        typer.Option(metavar="GROUP", help="Let go of a group that did not fit; can be repeated.", show_default=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON object a line.")] = False,
) -> int:
    """List what two copies of your work, brought together, say differently; the exit code is then 1."""
    project = Project.open(folder)
    name = whose(project, annotator)
    problems: list[str] = []
    with progress_bar("looking") as show:
        found = list(find_contradictions(project, name, problems, show))
    if settle:
        found = _settled(project, name, found, settle)
    for one in found:
        print(json.dumps(asdict(one)) if as_json else drawable_line(told(one)))
    for problem in problems:
        tell_problem(problem)
    tell(number_of(len(found), "clash", "clashes") if found else "no clashes")
    return 1 if found or problems else 0


def told(one: Contradiction) -> str:
    """A contradiction in one line."""
    where = f"{one.article_id}  {one.start}-{one.end}" if one.end else one.article_id
    sides = "  |  ".join(f"{side.time[:16].replace('T', ' ')} {side.told}".strip() for side in one.sides)
    return f"{where}  {sides}  ({one.why}{f'; does not count: {one.group}' if one.group else ''})"


def _settled(project: Project, annotator: str, found: list[Contradiction], groups: list[str]) -> list[Contradiction]:
    """Let go of these groups; what is left."""
    session = Session(project, annotator)
    left = list(found)
    try:
        for group in groups:
            mine = [one for one in found if one.group == group]
            if not mine:
                tell_problem(f"{group}: no such clash")
            for one in mine:
                session.settle(one.article_id, group)
                left.remove(one)
    except ManiculeError as error:
        tell_error(error)
    finally:
        session.close()
    return left
