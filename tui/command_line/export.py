"""`manicule export`: write the gold corpus."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Annotated, cast, get_args

import typer

from annotate.offsets import UNITS, Unit
from annotate.splitting import PARTS, read_shares
from store.annotator import check_annotator, known_as
from store.export import Exported, ExportError, ExportRequest, export
from store.formats import find_format, format_names
from store.formats.model import Align, Format, Overlap
from store.gold import Choice
from store.locations import ADJUDICATED
from store.project import Project
from tui.command_line.arguments import Folder, in_list
from tui.command_line.log import moment
from tui.command_line.telling import number_of, progress_bar, tell, tell_error, tell_problem

EXAMPLE = "manicule export wire --format spacy --out train.spacy --align expand"

_STANDARD_OUTPUT = Path("-")
_COUNTED: dict[Unit, str] = {
    "codepoint": "code points",
    "utf16": "UTF-16 units",
    "utf8": "bytes of UTF-8",
    "grapheme": "grapheme clusters",
}


def export_corpus(
    folder: Folder,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help=f"The format to write: {', '.join(format_names())}. `manicule formats` says what each can hold.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            metavar="PATH",
            help="The file to write, or the folder for a format that is one; - is standard output, for lines of text.",
            show_default=False,
        ),
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
    labels: Annotated[
        list[str] | None, typer.Option("--labels", metavar="A,B", help="Only these labels.", show_default=False)
    ] = None,
    articles: Annotated[
        list[str] | None, typer.Option("--articles", metavar="ID,ID", help="Only these articles.", show_default=False)
    ] = None,
    tokens: Annotated[bool, typer.Option("--tokens", help="Write spaCy's tokens, too (jsonl).")] = False,
    align: Annotated[
        str,
        typer.Option(
            metavar="|".join(get_args(Align)),
            help="What becomes of a span that begins or ends inside a token, where a format has tokens.",
        ),
    ] = "strict",
    overlap: Annotated[
        str,
        typer.Option(
            metavar="|".join(get_args(Overlap)),
            help="Which of overlapping spans stays, where a format cannot hold both.",
        ),
    ] = "strict",
    offsets: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(UNITS), help="What offsets count, where a format leaves it open.", show_default=False
        ),
    ] = None,
    allow_loss: Annotated[
        bool, typer.Option("--allow-loss", help="Leave out what the format cannot hold, and say what it was.")
    ] = False,
    skip_broken: Annotated[bool, typer.Option("--skip-broken", help="Leave out articles that cannot be read.")] = False,
    since: Annotated[
        str,
        typer.Option(metavar="TIME", help="Only articles decided on since: 2026-01-31, or 2026-01-31T09:30, in UTC."),
    ] = "",
    split: Annotated[
        str | None,
        typer.Option(
            metavar="80/10/10",
            help="Part the corpus for training, development and test; PATH is then a folder of parts.",
            show_default=False,
        ),
    ] = None,
    seed: Annotated[int, typer.Option(metavar="N", help="Makes the parts: the same one, the same parts.")] = 0,
    shard: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=0,
            help="Articles a file: PATH is then a folder of files. For large DocBins, which are whole in memory.",
        ),
    ] = 0,
    datasheet: Annotated[
        bool,
        typer.Option("--datasheet/--no-datasheet", help="Write PATH.datasheet.md: what is in it, who made it, how."),
    ] = True,
) -> int:
    """Export the confirmed annotations of done articles. It is written whole or not at all."""
    request = ExportRequest(
        form,
        Choice(
            _checked(folder, annotator),
            include_suggestions,
            in_list(labels),
            in_list(articles),
            moment(since) if since else "",
        ),
        tokens,
        cast(Align, align),
        cast(Overlap, overlap),
        cast(Unit | None, offsets),
        allow_loss,
        skip_broken,
        read_shares(split) if split else None,
        seed,
        datasheet and out != _STANDARD_OUTPUT,
        shard,
    )
    _check(find_format(form), request, out)
    project = Project.open(folder)
    try:
        exported = _to_standard_output(project, request) if out == _STANDARD_OUTPUT else _to(out, project, request)
    except ExportError as error:
        return _tell_refusal(error)
    return _tell_exported(exported)


def _checked(folder: Path, annotator: str | None) -> str:
    if not annotator or annotator == ADJUDICATED:
        return annotator or ""
    return known_as(folder, check_annotator(annotator))


def _check(form: Format, request: ExportRequest, out: Path) -> None:
    """Refuse options that mean nothing, or that do not go together."""
    name = form.name
    for option, value, known in (
        ("--align", request.align, get_args(Align)),
        ("--overlap", request.overlap, get_args(Overlap)),
        ("--offsets", request.unit or UNITS[0], UNITS),
    ):
        if value not in known:
            raise typer.BadParameter(f"{option} {value}: it is one of {', '.join(known)}")
    if form.write is None:
        raise typer.BadParameter(f"--format {name}: it can be imported only")
    if request.align != "strict" and not form.can.tokens:
        raise typer.BadParameter(f"--align is not for {name}, which keeps every span as it is")
    if request.tokens and form.can.tokens:
        raise typer.BadParameter(f"--tokens is not for {name}, which holds the tokens anyway")
    if request.unit and not form.can.units:
        raise typer.BadParameter(f"--offsets is not for {name}, whose offsets count {_COUNTED[form.can.unit]}")
    if request.shard and form.is_folder:
        raise typer.BadParameter(f"--shard is not for {name}, which is a folder itself")
    if out == _STANDARD_OUTPUT and (request.shares or request.shard):
        raise typer.BadParameter("--out -: parts need a folder")
    if out == _STANDARD_OUTPUT and not form.streams:
        raise typer.BadParameter(f"--out -: {name} needs a {'folder' if form.is_folder else 'file'}")


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


def _tell_refusal(error: ExportError) -> int:
    tell_error(error)
    if "align" in error.kinds:
        tell("--align expand or --align contract moves spans to the edges of tokens")
    if "overlap" in error.kinds:
        tell("--overlap longest or --overlap outermost keeps one of those that overlap")
    if error.losses and "forbidden" not in error.kinds:
        tell("--allow-loss leaves out what the format cannot hold")
    if error.broken:
        tell("--skip-broken leaves out what cannot be read")
    tell("nothing was written")
    return 2 if error.unclear else 1


def _tell_exported(exported: Exported) -> int:
    for line in exported.broken:
        tell_problem(f"left out: {line}")
    for line in exported.losses:
        tell(f"left out: {line}")
    if exported.lost > len(exported.losses):
        tell(f"left out: {exported.lost - len(exported.losses):,} more")
    for line in exported.notes:
        tell(line)
    if any(exported.parts):
        tell(
            ", ".join(f"{part}: {number_of(exported.parts[part], 'article')}" for part in PARTS if exported.parts[part])
        )
    articles, spans = number_of(exported.articles, "article"), number_of(exported.spans, "span")
    tell(f"exported {articles} with {spans}" if exported.articles else "exported nothing: no article is done")
    return 1 if exported.broken else 0
