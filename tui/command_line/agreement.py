"""Say how far pipelines agree with each other and with gold, in tables and, for programs, in JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from annotate.extractor import Engine
from annotate.pipeline_agreement import Agreed, Agreement
from annotate.pipelines import taken_from
from annotate.suggestions import Source
from store.annotator import annotator_name
from store.comparing import Comparison, StoredAgreement, compare, stored_agreement
from store.locations import ADJUDICATED
from store.project import Project
from tui.command_line.telling import number_of, progress_bar, tell, tell_problem
from tui.safe_text import drawable_line

if TYPE_CHECKING:
    from rich.table import Table


def compare_pipelines(
    project: Project, names: tuple[str, str], engine: Engine, annotator: str | None, *, as_json: bool
) -> int:
    """Run two pipelines, print how far they agree, and give the exit code."""
    pipelines = [taken_from(project.root, name) if name in project.config.pipelines else name for name in names]
    with progress_bar("comparing") as show:
        found = compare(project, *pipelines, annotator=_whose(project, annotator), engine=engine, on_article=show)
    for problem in found.problems:
        tell_problem(problem)
    for label, count in sorted(found.left_out.items()):
        what = number_of(count, "suggestion")
        tell(f"left out {what} with the label {label or '(none)'}, which the scheme does not have")
    if found.earlier:
        tell(f"not held against gold, which is of an earlier text: {', '.join(found.earlier)}")
    if as_json:
        print(json.dumps(comparison_record(project, found), indent=2))
    else:
        print_comparison(project, found)
    sys.stdout.flush()
    return 1 if found.problems else 0


def _whose(project: Project, given: str | None) -> str:
    """Whose done articles are gold: the one who is named or annotates here, else the only one who ever did."""
    names = [name for name in project.annotators() if name != ADJUDICATED]
    name = annotator_name(project.root, given) or (names[0] if len(names) == 1 else "")
    if given and name not in names:
        tell(f"nobody called {name} has annotated here ({', '.join(names)})")
    return name


def show_agreement(project: Project, *, as_json: bool) -> int:
    """Print how far all sources of a project agree, and give the exit code."""
    with progress_bar("comparing") as show:
        found = stored_agreement(project, show)
    for problem in found.problems:
        tell_problem(problem)
    if as_json:
        print(json.dumps(stored_record(project, found), indent=2))
    elif found.pairs:
        print_stored(project, found)
    else:
        tell("there are no two sources to hold against each other")
    sys.stdout.flush()
    return 1 if found.problems else 0


# For a program --------------------------------------------------------------------------------------------


def comparison_record(project: Project, found: Comparison) -> dict[str, Any]:
    """A comparison for a program."""
    return {
        "format": 1,
        "first": _source_record(found.first),
        "second": _source_record(found.second),
        "articles": found.agreement.articles,
        "agreement": _by_label(project, found.agreement, "first", "second"),
        "gold_articles": found.to_gold[0].articles,
        "first_to_gold": _by_label(project, found.to_gold[0], "gold", "suggested"),
        "second_to_gold": _by_label(project, found.to_gold[1], "gold", "suggested"),
        "left_out": dict(sorted(found.left_out.items())),
        "problems": found.problems,
    }


def stored_record(project: Project, found: StoredAgreement) -> dict[str, Any]:
    """The agreement of all sources for a program."""
    return {
        "format": 1,
        "sources": found.sources,
        "pairs": [
            {
                "first": found.sources[one],
                "second": found.sources[other],
                "articles": agreement.articles,
                "agreement": _by_label(project, agreement, "first", "second"),
            }
            for (one, other), agreement in found.pairs.items()
        ],
        "problems": found.problems,
    }


def _source_record(source: Source) -> dict[str, str]:
    return {"name": source.name, "version": source.version, "fingerprint": source.fingerprint}


def _by_label(project: Project, agreement: Agreement, first: str, second: str) -> dict[str, Any]:
    labels = _in_order(project, [agreement])
    counts = {label: agreement.of(label) for label in labels} | {"": agreement.total}
    records = {
        label: {
            first: one.first,
            second: one.second,
            "both": one.both,
            "precision": one.precision,
            "recall": one.recall,
            "f1": one.f1,
        }
        for label, one in counts.items()
    }
    return {"total": records.pop(""), "labels": records}


def _in_order(project: Project, agreements: Iterable[Agreement]) -> list[str]:
    """The labels that are used, in the order of the scheme, which has them all."""
    used = {label for agreement in agreements for label in agreement.labels()}
    return [label.name for label in project.config.scheme.labels if label.name in used]


# For a person ---------------------------------------------------------------------------------------------


def print_comparison(project: Project, found: Comparison) -> None:
    """Print how far two pipelines agree, and each with gold where there is any, label by label."""
    first, second = (f"{one.name} {one.version}".strip() for one in (found.first, found.second))
    same, done = (number_of(one.articles, "article") for one in (found.agreement, found.to_gold[0]))
    _print(f"1 {first} · 2 {second}: 2 against 1 in {same}", _pair_table(project, found.agreement))
    if found.to_gold[0].articles:
        _print(f"against gold in {done}: 1 {first} · 2 {second}", _gold_table(project, found.to_gold))


def _pair_table(project: Project, agreement: Agreement) -> Table:
    table = _table("in 1", "in 2", "both", "P", "R", "F1")
    for label in _in_order(project, [agreement]):
        table.add_row(_plain(label), *_counts(agreement.of(label)))
    table.add_row("all", *_counts(agreement.total), style="bold")
    return table


def _counts(one: Agreed) -> list[str]:
    counts = [f"{number:,}" for number in (one.first, one.second, one.both)]
    return [*counts, _share(one.precision), _share(one.recall), _share(one.f1)]


def _gold_table(project: Project, agreements: Sequence[Agreement]) -> Table:
    table = _table("gold", *(f"{what} {number}" for number in (1, 2) for what in ("P", "R", "F1")))
    rows = [(label, [one.of(label) for one in agreements]) for label in _in_order(project, agreements)]
    for label, pair in [*rows, ("all", [one.total for one in agreements])]:
        shares = [_share(share) for one in pair for share in (one.precision, one.recall, one.f1)]
        table.add_row(_plain(label), f"{pair[0].first:,}", *shares, style="bold" if label == "all" else "")
    return table


def print_stored(project: Project, found: StoredAgreement) -> None:
    """Print how many spans each source suggests, and the F1 of each two, label by label."""
    places = range(1, len(found.sources) + 1)
    table = _table(*(f"in {place}" for place in places), *(f"F1 {one + 1}·{other + 1}" for one, other in found.pairs))
    for label in _in_order(project, found.pairs.values()):
        counts = [f"{found.suggested[source, label]:,}" for source in found.sources]
        table.add_row(_plain(label), *counts, *(_share(pair.of(label).f1) for pair in found.pairs.values()))
    totals = [sum(count for (name, _), count in found.suggested.items() if name == source) for source in found.sources]
    shares = (_share(pair.total.f1) for pair in found.pairs.values())
    table.add_row("all", *(f"{total:,}" for total in totals), *shares, style="bold")
    named = " · ".join(f"{place} {source}" for place, source in zip(places, found.sources, strict=True))
    _print(f"how far they agree: {named}", table)


def _print(title: str, table: Table) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    console.print(drawable_line(title), style="bold")
    console.print(table)
    console.print()


def _table(*columns: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("label", overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _share(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f}"


def _plain(name: str) -> Any:
    from rich.text import Text

    return Text(drawable_line(name))
