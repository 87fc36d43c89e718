"""`manicule add`: read documents in as articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from store.project import Addition, Project
from store.reading_in import read_documents
from tui.command_line.arguments import Folder
from tui.command_line.telling import number_of, progress_bar, tell

EXAMPLE = "manicule add wire reports/ interview.md"


def add(
    folder: Folder,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...",
            help="Text (.txt) and Markdown (.md, .markdown) files, and folders of them.",
            show_default=False,
        ),
    ],
) -> int:
    """Add documents to a project, each as an article. If one of them cannot be added, none is."""
    project = Project.open(folder)
    additions: list[Addition] = []
    with progress_bar("adding") as show:
        for addition in project.adding(read_documents(paths)):
            additions.append(addition)
            show(len(additions), None)
    known = [one for one in additions if not one.added]
    for one in known:
        tell(f"{one.stem}: there already, as {one.article_id}")
    tell(f"added {number_of(len(additions) - len(known), 'article')}")
    return 0
