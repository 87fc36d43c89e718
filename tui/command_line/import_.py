"""`manicule import`: bring in annotations that were made elsewhere."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from annotate.offsets import UNITS, Unit
from annotate.schemes import LabelScheme
from store.annotator import annotator_name, check_annotator, known_as
from store.errors import StoreError, reason
from store.formats import find_format, format_names
from store.formats.model import Overlap
from store.import_request import As, Imported, ImportFailedError, ImportRequest
from store.importing import import_files, labels_in
from store.locations import ADJUDICATED
from store.project import Project
from tui.command_line.arguments import Folder
from tui.command_line.telling import number_of, progress_bar, tell, tell_error
from tui.safe_text import drawable_line

EXAMPLE = "manicule import wire --format doccano --as suggestions labelled.jsonl"

_BECOME = {"suggestions": "suggestions of a source", "layer": "an annotator's work", "gold": "an annotator's, done"}


def import_annotations(
    folder: Folder,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH...", help="The files, or folders where the format is one.", show_default=False),
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"What the files are: {', '.join(format_names())}.",
            show_default=False,
        ),
    ],
    become: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="|".join(_BECOME),
            help=f"What the spans become: {'; '.join(f'{name}: {words}' for name, words in _BECOME.items())}.",
            show_default=False,
        ),
    ],
    annotator: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whose layer; by default who annotates here.", show_default=False),
    ] = None,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Name of the source of suggestions; by default the format's.", show_default=False
        ),
    ] = None,
    said_by: Annotated[
        str | None,
        typer.Option("--from", metavar="NAME", help="Whose spans to take from files of several.", show_default=False),
    ] = None,
    label_map: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help='TOML lines: THEIRS = "OURS"; "" leaves out.', show_default=False),
    ] = None,
    with_articles: Annotated[
        bool, typer.Option("--with-articles", help="Add the articles that the project does not have.")
    ] = False,
    offsets: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(UNITS),
            help="What the files' offsets count; by default it is found out.",
            show_default=False,
        ),
    ] = None,
    overlap: Annotated[
        str,
        typer.Option(metavar="|".join(get_args(Overlap)), help="Which of overlapping spans stays, if they may not."),
    ] = "strict",
    keep_mine: Annotated[
        bool, typer.Option("--keep-mine", help="Leave out what overlaps or contradicts the annotator's own work.")
    ] = False,
    allow_loss: Annotated[
        bool, typer.Option("--allow-loss", help="Leave out what the project cannot hold, and say what it was.")
    ] = False,
    replaces: Annotated[bool, typer.Option("--replace", help="Replace suggestions of the same source.")] = False,
) -> int:
    """Import annotations onto articles: found by their text, then by their id. All is imported or nothing."""
    _check(become, overlap, offsets)
    find_format(form)
    project = Project.open(folder)
    request = ImportRequest(
        form,
        tuple(paths),
        cast(As, become),
        _source(form, source, annotator) if become == "suggestions" else _annotator(folder, annotator, source),
        read_label_map(label_map, project.config.scheme) if label_map else {},
        cast(Unit | None, offsets),
        said_by or "",
        cast(Overlap, overlap),
        with_articles,
        keep_mine,
        allow_loss,
        replaces,
    )
    if become != "suggestions" and sys.stdin.isatty() and sys.stderr.isatty():
        request = _with_asked_labels(project, request)
    try:
        with progress_bar("importing") as show:
            imported = import_files(project, request, show)
    except ImportFailedError as error:
        return _tell_refusal(error)
    _tell(imported)
    return 0


def _check(become: str, overlap: str, offsets: str | None) -> None:
    for option, value, known in (
        ("--as", become, tuple(_BECOME)),
        ("--overlap", overlap, get_args(Overlap)),
        ("--offsets", offsets or UNITS[0], UNITS),
    ):
        if value not in known:
            raise typer.BadParameter(f"{option} {value}: it is one of {', '.join(known)}")


def _source(form: str, source: str | None, annotator: str | None) -> str:
    if annotator:
        raise typer.BadParameter("--annotator is for layers and gold; --source names who suggests")
    return source or form


def _annotator(folder: Path, annotator: str | None, source: str | None) -> str:
    if source:
        raise typer.BadParameter("--source is for suggestions; --annotator names whose layer")
    if annotator == ADJUDICATED:
        return annotator
    name = known_as(folder, check_annotator(annotator)) if annotator else annotator_name(folder, None)
    if not name:
        raise typer.BadParameter("whose layer is it? --annotator NAME says so")
    return name


def read_label_map(path: Path, scheme: LabelScheme) -> dict[str, str]:
    """The project's label for each label of a file; "" for what is left out.

    Raises:
        StoreError: the file cannot be read, or names a label that the project does not have.
    """
    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8"))
    except OSError as error:
        raise StoreError(f"{path}: {reason(error)}") from error
    except ValueError as error:
        raise StoreError(f"{path}: {error}") from error
    for name, label in found.items():
        if not isinstance(label, str):
            raise StoreError(f'{path}: {name}: not a label between quotation marks, as in {name} = "PERSON"')
        if label and label not in scheme:
            raise StoreError(f"{path}: {name}: there is no label {label}")
    return found


def _with_asked_labels(project: Project, request: ImportRequest) -> ImportRequest:
    """The request with what a person says about labels that the project does not have."""
    unknown = labels_in(project, request)
    if not unknown:
        return request
    scheme = project.config.scheme
    tell(f"labels here: {', '.join(one.name for one in scheme.labels)}")
    asked: dict[str, str] = {}
    for name, count in unknown.most_common():
        asked[name] = _ask(name, count, scheme)
    tell("as a file for --label-map:")
    for name, label in asked.items():
        tell(f'"{name}" = "{label}"')
    labels: Mapping[str, str] = {**request.labels, **asked}
    return replace(request, labels=labels)


def _ask(name: str, count: int, scheme: LabelScheme) -> str:
    prompt = f"{drawable_line(name)} ({number_of(count, 'span')}) is which of these? Enter alone leaves them out"
    while True:
        answer = str(typer.prompt(prompt, default="", show_default=False, err=True)).strip()
        if not answer or answer in scheme:
            return answer
        tell(f"there is no label {answer}")


def _tell_refusal(error: ImportFailedError) -> int:
    tell_error(error)
    if error.unknown:
        tell("--label-map FILE says what their labels are called here")
    if error.losses:
        tell("--allow-loss leaves out what the project cannot hold")
    if any(" overlaps " in line and "'s “" in line for line in error.problems):
        tell("--keep-mine leaves out what clashes with the annotator's own work")
    tell("nothing was imported")
    return 1 if error.losses else 2


def _tell(imported: Imported) -> None:
    for line in imported.losses:
        tell(f"left out: {line}")
    for line in imported.notes:
        tell(line)
    there = f"; {imported.there:,} were there already" if imported.there else ""
    added = f", {number_of(imported.added, 'new article')}" if imported.added else ""
    tell(f"imported {number_of(imported.spans, 'span')} in {number_of(imported.articles, 'article')}{added}{there}")
