"""`manicule remove`: move articles to the project's trash."""

from __future__ import annotations

from typing import Annotated

import typer

from store.errors import StoreError
from store.locations import ADJUDICATED
from store.project import Project
from store.trash import Removed, remove_article
from tui.command_line.arguments import Folder
from tui.command_line.telling import tell, tell_error

EXAMPLE = "manicule remove wire rain snow"


def remove(
    folder: Folder,
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE...", help="Ids of articles.", show_default=False)],
) -> int:
    """Move articles to the project's trash. Nothing is destroyed: manicule restore brings them back."""
    project = Project.open(folder)
    problems = 0
    wanted = list(dict.fromkeys(articles))
    for article_id in wanted:
        try:
            removed = remove_article(project, article_id)
        except StoreError as error:
            tell_error(error)
            problems += 1
        else:
            tell(f"{article_id}: in the trash{kept(removed)}")
    if problems < len(wanted):
        tell(f"manicule restore {folder} ARTICLE brings one back")
    return 2 if problems else 0


def kept(removed: Removed) -> str:
    """Whose work on an article waits for it, in words."""
    people = [name for name in removed.annotators if name != ADJUDICATED]
    adjudicated = [" and what was adjudicated"] if len(people) < len(removed.annotators) else []
    if not (people or adjudicated):
        return ""
    return f"; the work of {', '.join(people) or 'nobody'}{''.join(adjudicated)} is kept for it"
