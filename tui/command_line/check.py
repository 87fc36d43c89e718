"""`manicule check`: where an annotator's decisions contradict each other."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from annotate.checks import CHECKS, check_named
from annotate.checks.findings import Case, Doubt, Finding
from annotate.checks.rule import Check, Options
from annotate.checks.running import find, left_open
from annotate.project_wide import PROJECT
from store.checking import ProjectArticles
from store.lost_lines import journal_problems
from store.project import Project
from tui.command_line.arguments import Folder, in_list
from tui.command_line.log import whose
from tui.command_line.telling import number_of, progress_bar, tell, tell_problem
from tui.safe_text import drawable_line

EXAMPLE = "manicule check wire --rule labels,boundaries"

_CONTEXT = 32


def check(
    folder: Folder,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help=f"Only this rule, or these: {', '.join(one.name for one in CHECKS)}."),
    ] = None,
    threshold: Annotated[
        float, typer.Option(metavar="SCORE", min=0, max=1, help="Score from which a pipeline counts as sure of itself.")
    ] = 0.9,
    cross_validate: Annotated[
        bool,
        typer.Option("--cross-validate", help="Also ask models trained on your other done articles; takes minutes."),
    ] = False,
    folds: Annotated[int, typer.Option(metavar="K", min=2, max=100, help="Parts for --cross-validate.")] = 5,
    seed: Annotated[int, typer.Option(metavar="N", help="Seed for --cross-validate.")] = 0,
    accepted: Annotated[bool, typer.Option("--accepted", help="Also what was accepted as it is.")] = False,
    annotator: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose decisions; by default yours.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object instead of lines.")] = False,
) -> int:
    """Find where your decisions contradict each other. Exit code 1 where something is found, 0 where nothing is."""
    project = Project.open(folder)
    name = whose(project, annotator)
    checks = _chosen(in_list(rule))
    options = Options(threshold, project.config.language, folds, seed)
    doubts = _cross_validated(project, name, options) if cross_validate else []
    with progress_bar("checking") as show:
        articles = ProjectArticles(
            project, name, suggestions=any(one.name == "pipeline" for one in checks), on_article=show
        )
        found = find(articles, checks, options, more=doubts)
    known = project.layer(name, PROJECT).accepted
    left = found if accepted else left_open(found, known)
    problems = [*articles.problems, *journal_problems(project, name)]
    if as_json:
        print(json.dumps(_record(project, name, left, known, problems), indent=2))
    else:
        _print(left, known)
    for problem in problems:
        tell_problem(problem)
    tell(_summary(left, found, len(articles.ids)))
    sys.stdout.flush()
    return 1 if left or problems else 0


def _cross_validated(project: Project, name: str, options: Options) -> list[Doubt]:
    from annotate.checks.cross_validation import cross_validate

    with progress_bar("training") as show:
        return cross_validate(ProjectArticles(project, name, suggestions=False), options, show)


def _chosen(names: Sequence[str]) -> list[Check]:
    for name in names:
        if check_named(name) is None:
            raise typer.BadParameter(f"--rule {name}: the rules are {', '.join(one.name for one in CHECKS)}")
    return [one for one in CHECKS if not names or one.name in names]


def _summary(left: Sequence[Finding], found: Sequence[Finding], articles: int) -> str:
    told = [number_of(len(left), "finding"), f"in {number_of(articles, 'article')}"]
    by_rule = Counter(one.rule for one in left)
    told += [f"{rule} {count:,}" for rule, count in by_rule.most_common()]
    if len(found) > len(left):
        told.append(f"{len(found) - len(left):,} accepted")
    return " · ".join(told)


# For a program --------------------------------------------------------------------------------------------


def _record(
    project: Project, annotator: str, findings: Sequence[Finding], accepted: Any, problems: Sequence[str]
) -> dict[str, Any]:
    return {
        "format": 1,
        "project": project.config.title,
        "annotator": annotator,
        "findings": [_finding(one, accepted) for one in findings],
        "unreadable": list(problems),
    }


def _finding(one: Finding, accepted: Any) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "told": one.told,
        "weight": round(one.weight, 3),
        "places": [_place(case, accepted) for case in one.cases],
        "unlisted": one.unlisted,
    }


def _place(case: Case, accepted: Any) -> dict[str, Any]:
    spot, fix = case.spot, case.spot.fix
    return {
        "article": spot.article_id,
        "start": spot.start,
        "end": spot.end,
        "label": spot.label or None,
        "text": case.line.keyword,
        "left": case.line.left,
        "right": case.line.right,
        "suspect": spot.suspect,
        "fix": {"start": fix.start, "end": fix.end, "label": fix.label} if fix else None,
        "id": case.id,
        "accepted": case.id in accepted,
    }


# For a person ---------------------------------------------------------------------------------------------


def _print(findings: Sequence[Finding], accepted: Any) -> None:
    for one in findings:
        print(drawable_line(f"{one.rule}: {one.told}"))
        for case in one.cases:
            print(drawable_line(_line(case, case.id in accepted)))
        if one.unlisted:
            print(f"      and {number_of(one.unlisted, 'place')} more")


def _line(case: Case, accepted: bool) -> str:
    line, spot = case.line, case.spot
    sign = " " if not spot.suspect else "=" if accepted else "?"
    left, right = line.left[-_CONTEXT:], line.right[:_CONTEXT]
    told = spot.label or "–"
    if spot.suspect and case.fixed:
        told += f" → {case.fixed}"
    return f"  {sign} {spot.article_id}:{spot.start}  {told}  …{left}[{line.keyword}]{right}…"
