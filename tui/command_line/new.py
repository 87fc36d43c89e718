"""`manicule new`: make a project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from store.annotator import check_annotator, remember_annotator
from store.project import Project
from tui.command_line.telling import number_of, tell

EXAMPLE = "manicule new wire --labels labels.toml --annotator ada"


def new(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder; it is made if it is not there.", show_default=False),
    ],
    labels: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A file of [[labels]] tables, such as another project's manicule.toml; without it the "
            "project has the eighteen labels of OntoNotes 5.",
            show_default=False,
        ),
    ] = None,
    annotator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Who annotates on this machine, remembered.", show_default=False),
    ] = None,
) -> int:
    """Make a project: a folder with a manicule.toml that explains itself."""
    name = check_annotator(annotator) if annotator is not None else None
    project = Project.create(folder, labels=labels)
    if name is not None:
        remember_annotator(project.root, name)
    tell(f"{folder}: made, with {number_of(len(project.config.scheme.labels), 'label')}")
    tell(f"next: manicule add {folder} FILE...")
    return 0
