"""`manicule doctor`: check a whole project, and mend it."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from annotate.errors import ManiculeError
from store.doctor.examination import Examination
from store.doctor.findings import Finding
from store.errors import ProjectError, StoreError, reason
from store.locations import CONFIG_NAME
from tui.command_line.arguments import Folder
from tui.command_line.telling import number_of, progress_bar, tell
from tui.safe_text import drawable_line

EXAMPLE = "manicule doctor wire --repair"


def doctor(
    folder: Folder,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair",
            help="Mend what can be mended: broken files go to set-aside/, layers are rebuilt from the journal.",
        ),
    ] = False,
    accept: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Take a file that was changed by hand as it is; can be given several times.",
            show_default=False,
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of lines.")] = False,
) -> int:
    """Check every file of a project: a line for each thing that is wrong, with what to do about it."""
    if not (folder / CONFIG_NAME).exists():
        raise ProjectError(f"{folder}: no Manicule project (no {CONFIG_NAME})")
    if accept:
        return _accept(folder, accept)
    examination = Examination(folder)
    report = _Report(as_json, repair)
    report.begin()
    stopped = False
    with progress_bar("checking") as show:
        total, done = examination.count_files(), 0
        try:
            for finding in examination.findings():
                if finding is None:
                    done += 1
                    show(done, max(total, done))
                else:
                    report.take(finding)
        except KeyboardInterrupt:
            stopped = True
    report.end(examination, stopped)
    if stopped:
        tell("stopped; what is left was not checked")
        return 130
    return 1 if report.left else 0


def _accept(folder: Path, paths: list[Path]) -> int:
    for path in paths:
        try:
            done = Examination(folder).accept(path)
        except OSError as error:
            raise StoreError(f"{path}: {reason(error)}") from error
        tell(f"{path}: {done}")
    return 0


class _Report:
    """Tells findings as they come, so that none has to be kept.

    Attributes:
        found: how many there were.
        left: how many of them are not mended.
    """

    def __init__(self, as_json: bool, repair: bool) -> None:
        self.found = 0
        self.left = 0
        self._json = as_json
        self._repair = repair

    def begin(self) -> None:
        if self._json:
            print('{"format": 1, "findings": [', end="")

    def take(self, finding: Finding) -> None:
        done, problem = self._mend(finding)
        self.found += 1
        self.left += not done
        if self._json:
            self._print_record(finding, done, problem)
        else:
            self._print_line(finding, done, problem)
        sys.stdout.flush()

    def _mend(self, finding: Finding) -> tuple[str, str]:
        """What was done, or why it could not be."""
        if not self._repair or finding.mend is None:
            return "", ""
        try:
            return finding.mend(), ""
        except OSError as error:
            return "", reason(error)
        except ManiculeError as error:
            return "", error.message

    def _print_record(self, finding: Finding, done: str, problem: str) -> None:
        record = {
            "file": str(finding.path),
            "line": finding.line or None,
            "what": finding.what,
            "do": finding.do,
            "mended": done or None,
            "not_mended": problem or None,
        }
        print("," if self.found > 1 else "", json.dumps(record), sep="\n", end="")

    def _print_line(self, finding: Finding, done: str, problem: str) -> None:
        place = f"{finding.path}:{finding.line}" if finding.line else str(finding.path)
        then = f"mended: {done}" if done else f"not mended: {problem}" if problem else finding.do
        print(drawable_line(f"{place}: {finding.what}; {then}"))

    def end(self, examination: Examination, stopped: bool) -> None:
        checked = examination.checked
        if self._json:
            rest = {"found": self.found, "left": self.left, "checked": asdict(checked), "stopped": stopped}
            print(f"\n], {json.dumps(rest)[1:]}")
            return
        what = (
            number_of(checked.articles, "article"),
            f"{number_of(checked.suggestions, 'file')} of suggestions",
            number_of(checked.layers, "layer"),
            number_of(checked.journals, "journal file"),
        )
        tell(f"checked {', '.join(what)}: {self._summary()}")

    def _summary(self) -> str:
        if not self.found:
            return "all in order"
        mended = self.found - self.left
        return f"{number_of(self.found, 'finding')}" + (f", {mended:,} mended" if self._repair else "")
