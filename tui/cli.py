"""The command line: which commands there are, and the one place that shows their errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import typer

from annotate.errors import ManiculeError
from store.errors import BrokenFileError, reason
from tui.command_line import (
    add,
    check,
    clashes,
    doctor,
    export,
    extract,
    formats,
    import_,
    keys,
    log,
    new,
    remove,
    restore,
    review,
    stats,
    theme,
)
from tui.command_line.telling import tell_error, tell_problem
from tui.signals import ending_like_ctrl_c

_FOOTER = """\
Without a command: manicule [PROJECT] opens a project to read and annotate in; without PROJECT the one in this folder,
else the sample project."""

app = typer.Typer(
    name="manicule",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=_FOOTER,
)


def _show_version(asked: bool) -> None:
    if asked:
        try:
            print(f"manicule {version('manicule')}")
        except PackageNotFoundError:
            print("manicule, run from its source")
        raise typer.Exit


@app.callback()
def _manicule(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read articles in the terminal, settle their entities from the keyboard, export a gold corpus."""


def open_project(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="The project's folder.", show_default=False)],
    annotator: Annotated[str | None, typer.Option(metavar="NAME", help="Who annotates.", show_default=False)] = None,
) -> int:
    """Open a project to read and annotate in."""
    from tui.main import open_app

    return open_app(path, annotator)


_COMMANDS: tuple[tuple[str, Callable[..., int], str, str], ...] = (
    ("open", open_project, "Read and annotate.", "manicule open wire --annotator ada"),
    ("new", new.new, "Make a project.", new.EXAMPLE),
    ("add", add.add, "Add documents to a project.", add.EXAMPLE),
    ("extract", extract.extract, "Have a pipeline suggest entities.", extract.EXAMPLE),
    ("review", review.review, "Decide line by line, without a screen.", review.EXAMPLE),
    ("export", export.export_corpus, "Write the gold corpus.", export.EXAMPLE),
    ("import", import_.import_annotations, "Bring in annotations made elsewhere.", import_.EXAMPLE),
    ("formats", formats.formats, "List the formats and what each can hold.", formats.EXAMPLE),
    ("stats", stats.stats, "Count what is done, and how far pipelines agree.", stats.EXAMPLE),
    ("check", check.check, "Find where your decisions contradict each other.", check.EXAMPLE),
    ("log", log.log, "List what was decided.", log.EXAMPLE),
    ("clashes", clashes.clashes, "List what two copies of your work say differently.", clashes.EXAMPLE),
    ("doctor", doctor.doctor, "Check every file of a project, and mend it.", doctor.EXAMPLE),
    ("remove", remove.remove, "Move articles to the trash.", remove.EXAMPLE),
    ("restore", restore.restore, "Bring back what was removed.", restore.EXAMPLE),
    ("keys", keys.keys, "Show the keys in force.", keys.EXAMPLE),
    ("theme", theme.theme, "Choose the colours.", theme.EXAMPLE),
)
for _name, _function, _short, _example in _COMMANDS:
    app.command(_name, short_help=_short, epilog=f"Example:\n\n\b\n  {_example}")(_function)

_UsageError: Any = typer.BadParameter.__base__  # typer does not name it


def run_command(arguments: Sequence[str]) -> int:
    """Run a command; the exit code. Errors are said once, on standard error."""
    _prepare_streams()
    try:
        with ending_like_ctrl_c():
            code = typer.main.get_command(app).main(list(arguments), "manicule", standalone_mode=False)
    except _UsageError as error:
        return _tell_usage(error)
    except ManiculeError as error:
        tell_error(error)
        return 1 if isinstance(error, BrokenFileError) else 2
    except OSError as error:
        tell_problem(f"{error.filename or 'standard output'}: {reason(error)}")
        return 2
    except typer.Abort:
        return 130
    return int(code or 0)


def _prepare_streams() -> None:
    """Have output streams that take any character; one that was closed takes everything and keeps nothing."""
    sys.stdout, sys.stderr = (stream or open(os.devnull, "w") for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _tell_usage(error: Any) -> int:
    command = error.ctx.command_path if error.ctx else "manicule"
    message = error.format_message().removeprefix("Invalid value: ")
    tell_problem(f"{message.rstrip('.')} ({command} --help)")
    return 2
