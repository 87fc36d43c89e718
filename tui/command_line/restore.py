"""`manicule restore`: bring back a removed article, or what a decision took away."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from annotate.errors import ManiculeError
from store.annotator import annotator_name
from store.errors import StoreError
from store.project import Project
from store.session import Session
from store.trash import Removed, is_removed, removed_articles, restore_article
from tui.command_line.arguments import Folder
from tui.command_line.remove import kept
from tui.command_line.telling import tell, tell_error, tell_problem
from tui.safe_text import drawable_line
from tui.told_groups import articles_of, describe

EXAMPLE = "manicule restore wire rain"


def restore(
    folder: Folder,
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID...]",
            help="Removed articles, or decisions as manicule log names them; without any the trash is listed.",
            show_default=False,
        ),
    ] = None,
    annotator: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose decisions; by default yours.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="List the trash as JSON, an object a line.")] = False,
) -> int:
    """Bring removed articles back with all that was decided on them, or take single decisions back."""
    project = Project.open(folder)
    if not ids:
        return _list(project, as_json)
    if as_json:
        raise typer.BadParameter("--json is for listing the trash")
    return max(_restore(project, annotator, one) for one in dict.fromkeys(ids))


def _restore(project: Project, annotator: str | None, what: str) -> int:
    try:
        if is_removed(project, what):
            restore_article(project, what)
            tell(f"{what}: among the articles again")
        else:
            _take_back(project, annotator, what)
    except ManiculeError as error:
        tell_error(error)
        return 2
    return 0


def _take_back(project: Project, annotator: str | None, group_id: str) -> None:
    """Take one decision back.

    Raises:
        ManiculeError: there is none of that id, or it cannot be taken back.
    """
    name = annotator_name(project.root, annotator)
    if not name:
        raise StoreError(f"{group_id}: no such article in the trash; for a decision say whose with --annotator")
    session = Session(project, name)
    try:
        group = session.take_back(group_id)
    finally:
        session.close()
    if group is None:
        raise StoreError(f"{group_id}: no such article in the trash, and no such decision of {name}'s")
    if session.unsaved:
        raise StoreError(f"not saved: {session.unsaved}")
    where = ", ".join(articles_of(group)) or "the project"
    tell(f"{group_id}: taken back: {describe(group)} in {where}")


def _list(project: Project, as_json: bool) -> int:
    removed = list(removed_articles(project))
    for one in removed:
        print(json.dumps(_record(one)) if as_json else drawable_line(f"{one.article_id}  {one.title}{kept(one)}"))
        if one.problem:
            tell_problem(one.problem)
    if not removed:
        tell("the trash is empty")
    return 1 if any(one.problem for one in removed) else 0


def _record(one: Removed) -> dict[str, Any]:
    return {
        "article": one.article_id,
        "title": one.title,
        "annotators": list(one.annotators),
        "sources": list(one.sources),
        "problem": one.problem,
    }
