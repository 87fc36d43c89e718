"""`manicule extract`: have pipelines suggest entities."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from annotate.extractor import Engine
from store.errors import ConfigError
from store.extracting import Progress, extract_missing
from store.project import Project
from tui.command_line.agreement import compare_pipelines, show_agreement
from tui.command_line.arguments import Folder
from tui.command_line.telling import number_of, progress_bar, tell, tell_problem

EXAMPLE = "manicule extract wire --pipeline en_core_web_sm --jobs 4"


def extract(
    folder: Folder,
    pipeline: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME_OR_PATH",
            help="An installed spaCy pipeline, the folder of one, or transformers:MODEL; may be given several times. "
            "Without it those that manicule.toml names.",
            show_default=False,
        ),
    ] = None,
    jobs: Annotated[int, typer.Option(metavar="N", min=1, help="How many processes work at once.")] = 1,
    engine: Annotated[
        str, typer.Option(metavar="here|dask", help="Where pipelines run: on this machine, or on a Dask cluster.")
    ] = "here",
    scheduler: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="The Dask scheduler, as in tcp://10.0.0.5:8786.", show_default=False),
    ] = "",
    agreement: Annotated[
        bool,
        typer.Option("--agreement", help="Show how far all sources agree; after a run of several it is shown anyway."),
    ] = False,
    compare: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B",
            help="Hold the pipeline B against A, and both against gold where articles are done, and write nothing.",
            show_default=False,
        ),
    ] = None,
    annotator: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="With --compare: whose articles that are done are gold where none was adjudicated.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Write what --compare or --agreement found as one JSON object.")
    ] = False,
) -> int:
    """Suggest entities in every article that is new or has changed since. Decisions are never touched."""
    where = _engine(engine, scheduler, jobs)
    if as_json and not (compare or agreement):
        raise typer.BadParameter("--json is for --compare and --agreement")
    if compare and (pipeline or agreement):
        raise typer.BadParameter("--compare names its two pipelines itself, and writes nothing")
    project = Project.open(folder)
    if compare:
        return compare_pipelines(project, compare, where, annotator, as_json=as_json)
    if not pipeline and not project.config.pipelines:
        raise ConfigError(f"{project.locations.config}: names no pipelines; say which with --pipeline")
    tally = _Tally()
    with progress_bar("extracting") as show:
        try:
            for progress in extract_missing(project, pipeline or None, engine=where):
                tally.take(progress)
                show(progress.done, progress.total)
        except KeyboardInterrupt:
            tally.stopped = True
    code = tally.tell()
    several = len(pipeline or project.config.pipelines) > 1 and tally.extracted
    if not tally.stopped and (agreement or several):
        return show_agreement(project, as_json=as_json) or code
    return code


def _engine(engine: str, scheduler: str, jobs: int) -> Engine:
    if engine not in ("here", "dask"):
        raise typer.BadParameter(f"--engine {engine}: it is here or dask")
    if (engine == "dask") != bool(scheduler):
        raise typer.BadParameter("--engine dask and --scheduler ADDRESS go together")
    if scheduler and jobs > 1:
        raise typer.BadParameter("--jobs is for this machine; a cluster works with all of its workers")
    return Engine(jobs, scheduler=scheduler)


class _Tally:
    """What the run came to."""

    def __init__(self) -> None:
        self.stopped = False
        self._suggestions: Counter[str] = Counter()
        self._read: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()
        self._problems: list[str] = []

    @property
    def extracted(self) -> bool:
        """Whether anything was."""
        return bool(self._read)

    def take(self, progress: Progress) -> None:
        if progress.problem:
            self._problems.append(progress.problem)
            return
        self._read[progress.source] += 1
        self._suggestions[progress.source] += progress.count
        self._left_out.update(dict(progress.left_out))

    def tell(self) -> int:
        """Say it; the exit code."""
        for problem in self._problems:
            tell_problem(problem)
        for label, count in sorted(self._left_out.items()):
            what = number_of(count, "suggestion")
            tell(f"left out {what} with the label {label or '(none)'}, which the scheme does not have")
        if any(self._left_out):
            tell("[label_map] in manicule.toml can say what such labels mean here")
        for source, articles in self._read.items():
            by = f" by {source}" if len(self._read) > 1 else ""
            tell(f"{number_of(self._suggestions[source], 'suggestion')}{by} in {number_of(articles, 'article')}")
        if not self._read and not self._problems and not self.stopped:
            tell("nothing to extract: every article is up to date")
        if self.stopped:
            tell("stopped; run it again for the rest")
            return 130
        return 1 if self._problems else 0
