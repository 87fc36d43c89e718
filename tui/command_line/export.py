"""`manicule export`: write the gold corpus."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from store.annotator import check_annotator, known_as
from store.export import Exported, ExportError, ExportRequest, export
from store.formats import FORMATS
from store.formats.values import Align
from store.locations import ADJUDICATED
from store.project import Project
from tui.command_line.arguments import Folder
from tui.command_line.telling import number_of, progress_bar, tell, tell_error, tell_problem

EXAMPLE = "manicule export wire --format spacy --out train.spacy --align expand"

_STANDARD_OUTPUT = Path("-")


def export_corpus(
    folder: Folder,
    form: Annotated[
        str,
        typer.Option("--format", metavar="|".join(FORMATS), help="The format to write.", show_default=False),
    ],
    out: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The file to write; - is standard output, for jsonl.", show_default=False),
    ],
    annotator: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Whose work is gold; by default what was adjudicated, else the only one's who has it done.",
            show_default=False,
        ),
    ] = None,
    include_suggestions: Annotated[
        bool,
        typer.Option(
            "--include-suggestions",
            help="Write every article, with what is rejected and what is undecided marked as such.",
        ),
    ] = False,
    tokens: Annotated[bool, typer.Option("--tokens", help="Write spaCy's tokens, too (jsonl).")] = False,
    align: Annotated[
        str,
        typer.Option(
            metavar="|".join(get_args(Align)),
            help="What becomes of a span that begins or ends inside a token (spacy); strict refuses it.",
        ),
    ] = "strict",
    skip_broken: Annotated[bool, typer.Option("--skip-broken", help="Leave out articles that cannot be read.")] = False,
) -> int:
    """Export the confirmed annotations of done articles. The file is written whole or not at all."""
    _check(form, out, tokens, align)
    request = ExportRequest(
        form,
        _checked(folder, annotator),
        include_suggestions,
        tokens,
        cast(Align, align),
        skip_broken,
    )
    project = Project.open(folder)
    try:
        exported = _to_standard_output(project, request) if out == _STANDARD_OUTPUT else _to(out, project, request)
    except ExportError as error:
        return _tell_refusal(error, align)
    return _tell_exported(exported)


def _checked(folder: Path, annotator: str | None) -> str:
    if not annotator or annotator == ADJUDICATED:
        return annotator or ""
    return known_as(folder, check_annotator(annotator))


def _check(form: str, out: Path, tokens: bool, align: str) -> None:
    """Refuse options that do not go together."""
    if form not in FORMATS:
        raise typer.BadParameter(f"--format {form}: it is one of {', '.join(FORMATS)}")
    if align not in get_args(Align):
        raise typer.BadParameter(f"--align {align}: it is one of {', '.join(get_args(Align))}")
    if align != "strict" and not FORMATS[form].tokenized:
        raise typer.BadParameter(f"--align is not for {form}, which keeps every span as it is")
    if tokens and FORMATS[form].tokenized:
        raise typer.BadParameter(f"--tokens is not for {form}, which holds the tokens anyway")
    if out == _STANDARD_OUTPUT and not FORMATS[form].streams:
        raise typer.BadParameter(f"--out -: {form} needs a file")


def _to(out: Path, project: Project, request: ExportRequest) -> Exported:
    with progress_bar("exporting") as show:
        return export(project, request, out, show)


def _to_standard_output(project: Project, request: ExportRequest) -> Exported:
    """By way of a file, so that nothing is written when something is wrong."""
    with tempfile.TemporaryDirectory(prefix="manicule-") as folder:
        path = Path(folder) / "export"
        exported = _to(path, project, request)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    return exported


def _tell_refusal(error: ExportError, align: str) -> int:
    tell_error(error)
    if align == "strict" and any("inside a token" in line for line in error.losses):
        tell("--align expand or --align contract moves spans to the edges of tokens")
    if error.broken:
        tell("--skip-broken leaves out what cannot be read")
    tell("nothing was written")
    return 2 if error.unclear else 1


def _tell_exported(exported: Exported) -> int:
    for line in exported.broken:
        tell_problem(f"left out: {line}")
    for line in exported.notes:
        tell(line)
    articles, spans = number_of(exported.articles, "article"), number_of(exported.spans, "span")
    tell(f"exported {articles} with {spans}" if exported.articles else "exported nothing: no article is done")
    return 1 if exported.broken else 0
