"""How many keys annotating costs: an oracle that knows the gold plans a skilled person's keys, and the app is played.

    python benchmarks/keystrokes.py GOLD... [--suggestions recipe|pipeline|none] [--memory] [--play N]

A GOLD file is JSONL, as `manicule export --format jsonl` writes it, or a text with entities marked [surface|LABEL] and
articles parted by lines that begin with ===. The suggestions are made from the gold by a fixed recipe (8 % relabelled,
6 % with a wrong boundary, 6 % missing, 5 % spurious, seed 7), by the built-in pipeline, or there are none. The keys of
each article are planned twice with the documented keymap: every decision singly, and with bulk keys. The first
N articles are then typed into the real program in a pseudo-terminal, and what it exports is held against the gold
to the last span. Opening and finishing count. With --memory every plan is made a second time with what the annotator
decided in the articles before, which the program remembers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from threading import Event

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "e2e")]

from terminal import Terminal, manicule  # noqa: E402
from textual.geometry import Size  # noqa: E402

from annotate.news_pipeline.gold import GoldError, read_gold  # noqa: E402
from annotate.ontonotes import ONTONOTES  # noqa: E402
from annotate.spans import Span  # noqa: E402
from annotate.suggestions import Source, Suggestion, SuggestionLayer  # noqa: E402
from benchmarks.oracle import PURPOSES, NoWayError, Oracle, Step  # noqa: E402
from benchmarks.recipe import SEED, suggestions_by_recipe  # noqa: E402
from benchmarks.simulator import Simulator  # noqa: E402
from store.project import Draft, Project  # noqa: E402
from store.session import Session  # noqa: E402
from tui.app import ManiculeApp  # noqa: E402
from tui.recall import Recall  # noqa: E402
from tui.widgets.article_view import ArticleView  # noqa: E402

PLANNER, ANNOTATOR = "planner", "oracle"
COLUMNS, ROWS = 100, 40
KINDS = ("recipe", "pipeline", "none")
MODES = ("singly", "with bulk keys")


@dataclass(frozen=True, slots=True)
class Task:
    """An article, what should be found in it, and what is suggested; None for what the built-in pipeline suggests."""

    text: str
    gold: tuple[Span, ...]
    suggested: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The steps for an article, and how many entities its gold has."""

    article_id: str
    entities: int
    steps: tuple[Step, ...]


def read_tasks(paths: Iterable[Path], kind: str) -> list[Task]:
    """The articles of gold files, each text once, with suggestions of one of KINDS.

    Raises:
        GoldError: a file cannot be read, or has labels that new projects do not have.
    """
    random, labels = Random(SEED), [label.name for label in ONTONOTES.labels]
    found: dict[str, Task] = {}
    for path in paths:
        for one in read_gold(path):
            gold = tuple(sorted(Span(*span) for span in one.spans))
            if unknown := {span.label for span in gold} - set(labels):
                raise GoldError(path, 0, f"has labels that OntoNotes 5 has not: {', '.join(sorted(unknown))}")
            by_recipe = suggestions_by_recipe(one.text, gold, labels, random)
            suggested = {"recipe": tuple(by_recipe), "pipeline": None, "none": ()}[kind]
            found.setdefault(one.text, Task(one.text, gold, suggested))
    return list(found.values())


def make_project(home: Path, tasks: Sequence[Task]) -> Project:
    """A project of these articles with their suggestions."""
    root = Path(tempfile.mkdtemp(dir=home)) / "project"
    Project.create(root)
    built_in = any(task.suggested is None for task in tasks)
    if not built_in:
        config = root / "manicule.toml"
        config.write_text(config.read_text("utf-8").replace('["manicule_news"]', "[]"), "utf-8")
    project = Project.open(root)
    ids = project.add_articles(Draft(f"{number:04d}", f"{number:04d}", task.text) for number, task in enumerate(tasks))
    if built_in:
        manicule(home, "extract", root)
        return project
    for article_id, task in zip(ids, tasks, strict=True):
        suggestions = tuple(Suggestion(span, "recipe", "1") for span in task.suggested or ())
        text_hash = project.article(article_id).text_hash
        project.write_suggestions(SuggestionLayer(article_id, text_hash, Source("recipe", "1"), suggestions))
    return project


def reader_size(project: Project, columns: int = COLUMNS, rows: int = ROWS) -> Size:
    """The columns and rows that the reader has for text on a terminal of that size."""

    async def measure() -> Size:
        app = ManiculeApp(project, "nobody", extract=False)
        async with app.run_test(size=(columns, rows)) as pilot:
            await pilot.pause()
            await pilot.press("enter")
            while not (views := [view for view in app.screen.query(ArticleView) if view._width]):
                await pilot.pause()
            return Size(views[0]._width, views[0].size.height)

    size = asyncio.run(measure())
    return size


def make_plans(project: Project, tasks: Sequence[Task], size: Size, *, bulk: bool, memory: bool = False) -> list[Plan]:
    """The keys for each article in the order in which the program opens them."""
    planned = []
    session = Session(project, f"{PLANNER}-{'bulk' if bulk else 'single'}{'-memory' if memory else ''}")
    recall = Recall(project, session) if memory else None
    if recall:
        recall.load(Event())
    for article_id, task in zip(project.article_ids(), tasks, strict=True):
        steps = Oracle(Simulator(session, article_id, size, recall), task.gold, bulk=bulk).plan()
        session.leave(article_id)
        planned.append(Plan(article_id, len(task.gold), tuple(steps)))
    return planned


def play(project: Project, plans: Sequence[Plan], home: Path, annotator: str = ANNOTATOR) -> int:
    """Type the keys into the program; how many there were, opening and finishing included."""
    arguments = (project.root, "--annotator", annotator)
    with Terminal(*arguments, home=home, columns=COLUMNS, rows=ROWS) as person:
        person.wait_for(f"0 of {len(plans)} done", "the library")
        memory = project.locations.local / "cache" / "memory" / annotator
        person.wait_for(lambda _: memory.is_dir(), "memory")
        person.press("Enter")
        for number, plan in enumerate(plans):
            person.wait_for(f"{number + 1} of {len(plans)}", "the article")
            for step in plan.steps:
                person.press(*step.keys)
        person.wait_for(f"{len(plans)} of {len(plans)} done", "the library at the end")
        typed = person.keys_typed
        person.press("Ctrl+Q")
        person.wait_end()
    return typed


def check_export(project: Project, tasks: Sequence[Task], home: Path, annotator: str = ANNOTATOR) -> None:
    """Hold what the program exports against the gold.

    Raises:
        AssertionError: they differ.
    """
    out = home / f"{annotator}.jsonl"
    manicule(home, "export", project.root, "--annotator", annotator, "--format", "jsonl", "--out", out)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line]
    for row, task in zip(rows, tasks, strict=True):
        have = {Span(one["start"], one["end"], one["label"]) for one in row["spans"]}
        assert have == set(task.gold), f"{row['id']}: {sorted(have ^ set(task.gold))}"


def counts(plans: Iterable[Plan]) -> Counter[str]:
    """Keys by what they are pressed for; finishing includes the key that opens the first article."""
    found = Counter({"finish": 1})
    for plan in plans:
        for step in plan.steps:
            found[step.purpose] += len(step.keys)
    return found


HEAD = (
    "| suggestions | decided | articles | entities | keys | an entity | an article | "
    + " | ".join(("moves", "confirmations", "corrections", "additions", "opening, finishing"))
    + " |\n|"
    + " --- |" * 12
)


def row(kind: str, mode: str, plans: Sequence[Plan]) -> str:
    """The figures of one run as a row of a Markdown table; those of the split are keys an entity."""
    found = counts(plans)
    keys, entities = found.total(), max(sum(plan.entities for plan in plans), 1)
    split = [f"{found[one] / entities:.2f}" for one in PURPOSES]
    cells = [kind, mode, len(plans), entities, keys, f"{keys / entities:.2f}", f"{keys / len(plans):.1f}", *split]
    return "| " + " | ".join(map(str, cells)) + " |"


def run(home: Path, paths: Sequence[Path], kind: str, played: int, *, memory: bool) -> None:
    """Plan and play one kind of suggestions, and print its rows; what is played always remembers."""
    tasks = read_tasks(paths, kind)
    project = make_project(home, tasks)
    size = reader_size(project)
    for mode in MODES:
        for remembering in (False, True)[: 1 + memory]:
            plans = make_plans(project, tasks, size, bulk=mode != MODES[0], memory=remembering)
            print(row(kind, f"{mode}, with memory" if remembering else mode, plans), flush=True)
    if not played:
        return
    project = make_project(home, tasks[:played])
    for mode in MODES:
        plans = make_plans(project, tasks[:played], size, bulk=mode != MODES[0], memory=True)
        annotator = f"{ANNOTATOR}-{mode.split()[-1]}"
        typed = play(project, plans, home, annotator)
        assert typed == counts(plans).total(), f"{typed} keys typed, {counts(plans).total()} planned"
        check_export(project, tasks[:played], home, annotator)
        print(f"played {len(plans)} articles {mode}: {typed} keys, export equals the gold", file=sys.stderr, flush=True)


def main() -> None:
    """Plan, play, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--suggestions", choices=KINDS, action="append", help="which; all of them when not given")
    parser.add_argument("--memory", action="store_true", help="plan with memory, too")
    parser.add_argument("--play", type=int, default=2, metavar="N", help="articles typed into the program (2)")
    asked = parser.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for kind in asked.suggestions or KINDS:
            try:
                run(Path(folder), asked.gold, kind, asked.play, memory=asked.memory)
            except NoWayError as error:
                sys.exit(f"the oracle knows no keys for this gold: {error}")
            except GoldError as error:
                sys.exit(str(error))


if __name__ == "__main__":
    main()
