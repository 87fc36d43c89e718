"""What the store's work costs at any size, with the plain ways beside it in the same run.

    python benchmarks/store.py [--articles 10,10000,100000] [--lines 1000000] [--folder DIR]

Articles have 500 words and 40 entities; a tenth of them is done. The plain ways: one TinyDB file with the stock
JSONStorage for the whole project (up to 10,000 articles; beyond that a decision takes minutes), and one sqlite3 file
with a commit for each decision. What is compared is measured in turn, so that a busy disk meets both alike; figures are
medians. Projects are made in DIR and kept there, or in a folder for the time of the run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from beside_plain import deciding_in_a_large_layer, extraction, in_milliseconds, marking_done, seconds  # noqa: E402
from large_projects import ANNOTATOR, ENTITIES, article_id, make_documents, make_history, make_project  # noqa: E402

from annotate import acts  # noqa: E402
from annotate.view import View  # noqa: E402
from store.project import Project  # noqa: E402
from store.session import Session  # noqa: E402

DECISIONS = 60
DOCUMENTS = 10_000
_TINYDB_UP_TO = 10_000

SHOWN = """
import asyncio, json, sys, time
started = time.perf_counter()
from pathlib import Path
from store.project import Project
from tui.app import ManiculeApp
from tui.screens.library import Library
from tui.widgets.prompt import Prompt

def milliseconds(act):
    began = time.thread_time()
    act()
    return (time.thread_time() - began) * 1000

async def show():
    found = {}
    app = ManiculeApp(Project.open(Path(sys.argv[1])), sys.argv[2], extract=False)
    async with app.run_test(size=(120, 40)):
        while not isinstance(app.screen, Library) or not app.screen.is_mounted:
            await asyncio.sleep(0.001)
        found["shown"] = time.perf_counter() - started
        while len(app.desk.rows) < len(app.desk.ids):
            await asyncio.sleep(0.001)
        found["usable"] = time.perf_counter() - started
        found["processor"] = time.process_time()
        pages = Path("/proc/self/statm")
        found["memory"] = int(pages.read_text().split()[1]) * 4096 / 1e6 if pages.exists() else 0
        words = "report 00042"
        typed = [Prompt.Typed("filter", words[:end]) for end in range(1, len(words) + 1)]
        app.screen.action_filter()
        found["filter"] = max(milliseconds(lambda: app.screen.on_prompt_typed(one)) for one in typed)
        app.exit()
    print(json.dumps(found))

asyncio.run(show())
"""

GATHERED = """
import json, sys, time
from pathlib import Path
from store.project import Project
from store.extracting import is_unread
from store.statistics import gather
project = Project.open(Path(sys.argv[1]))
began, worked = time.perf_counter(), time.process_time()
gather(project, sys.argv[2])
counted, worked = time.perf_counter() - began, time.process_time() - worked
began = time.perf_counter()
is_unread(project)
status = Path("/proc/self/status")
lines = status.read_text().split("\\n") if status.exists() else []
memory = next((int(one.split()[1]) / 1000 for one in lines if one.startswith("VmHWM")), 0)
print(json.dumps({"count": counted, "worked": worked, "unread": time.perf_counter() - began, "memory": memory}))
"""

EXPORTED = """
import json, sys
from pathlib import Path
from tui.main import run
run(["export", sys.argv[1], "--annotator", sys.argv[2], "--format", sys.argv[3], "--out", sys.argv[4]])
status = Path("/proc/self/status")
lines = status.read_text().split("\\n") if status.exists() else []
print(json.dumps({"memory": next((int(one.split()[1]) / 1000 for one in lines if one.startswith("VmHWM")), 0)}))
"""


@dataclass(slots=True)
class Table:
    """Rows of figures, a column for each size."""

    sizes: list[int]
    rows: dict[str, dict[int, str]] = field(default_factory=dict)

    def note(self, what: str, size: int, figure: str) -> None:
        print(f"{size:,}: {what}: {figure}", file=sys.stderr, flush=True)
        self.rows.setdefault(what, {})[size] = figure

    def lines(self) -> Iterable[str]:
        yield f"| | {' | '.join(f'{size:,} articles' for size in self.sizes)} |"
        yield "| --- |" + " --- |" * len(self.sizes)
        for what, figures in self.rows.items():
            yield f"| {what} | {' | '.join(figures.get(size, '–') for size in self.sizes)} |"


def child(code: str, *arguments: object) -> dict[str, float]:
    """What a program of its own prints as its last line, and how long it took from its start to its end."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    began = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.strip().split("\n")[-1])
    return found | {"seconds": time.perf_counter() - began}


# The plain ways ---------------------------------------------------------------------------------------------


def plain_sqlite(path: Path, articles: int) -> sqlite3.Connection:
    """All annotations of a project in one table."""
    base = sqlite3.connect(path)
    base.execute(
        "create table if not exists held (article text, number int, label text, primary key (article, number))"
    )
    rows = ((article_id(number), one, "ORG") for number in range(articles) for one in range(ENTITIES))
    base.executemany("insert or replace into held values (?, ?, ?)", rows)
    base.commit()
    return base


def plain_tinydb(path: Path, articles: int) -> Any:
    """All annotations of a project as documents of one file."""
    from tinydb import TinyDB

    entity = {"start": 100, "end": 110, "label": "ORG", "quote": "Ministry of", "state": "confirmed", "origin": []}
    documents = {
        str(number): {"article": article_id(number), "entities": [entity] * ENTITIES}
        for number in range(1, articles + 1)
    }
    path.write_text(json.dumps({"_default": documents}))
    return TinyDB(path)


# What is measured -------------------------------------------------------------------------------------------


def deciding(project: Project, count: int) -> Callable[[], float]:
    """Something that decides once in a new article and tells how long the commit took."""
    session = Session(project, ANNOTATOR)
    name = project.article_ids()[-1]
    article = project.article(name)
    view = View(article, project.config.scheme, project.suggestions(article), session.layer(name))
    entries = iter([*view.entries()] * (count // ENTITIES + 1))

    def decide() -> float:
        entry = next(entries)
        entry = view.overlapping(entry.start, entry.end)[0]
        decisions = acts.relabel(view, entry, "GPE" if entry.label == "ORG" else "ORG")
        taken = seconds(lambda: session.commit(decisions))
        view.apply(decisions)
        return taken

    return decide


def measure_decisions(table: Table, projects: dict[int, Project], folder: Path) -> None:
    """A decision at every size, by every way, in turn."""
    ways: dict[tuple[str, int], Callable[[], float]] = {}
    for size, project in projects.items():
        ways["a decision", size] = deciding(project, DECISIONS)
        base = plain_sqlite(folder / f"{size}.sqlite", size)
        ways["the same with sqlite3, a commit each", size] = _sqlite_decision(base)
    bare = os.open(folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    ways["append and fsync alone", min(projects)] = lambda: seconds(lambda: _append(bare))
    times: dict[tuple[str, int], list[float]] = {way: [] for way in ways}
    for _ in range(DECISIONS):
        for way, decide in ways.items():
            times[way].append(decide())
    first = statistics.median(times["a decision", min(projects)])
    for (what, size), taken in times.items():
        table.note(what, size, in_milliseconds(taken))
    for size in projects:
        table.note(
            "a decision, against the smallest", size, f"{statistics.median(times['a decision', size]) / first:.2f}×"
        )
    for size in projects:
        if size <= _TINYDB_UP_TO:
            database = plain_tinydb(folder / f"{size}.json", size)
            update = partial(database.update, {"decided": 1}, doc_ids=[1])
            taken = [seconds(update) for _ in range(3)]
            table.note("the same with one TinyDB file", size, in_milliseconds(taken))


def _append(descriptor: int) -> None:
    os.write(descriptor, b"x" * 700)
    os.fsync(descriptor)


def _sqlite_decision(base: sqlite3.Connection) -> Callable[[], float]:
    labels = cycle(["GPE", "ORG"])

    def decide() -> None:
        base.execute("update held set label = ? where article = ? and number = 3", (next(labels), article_id(0)))
        base.commit()

    return lambda: seconds(decide)


def measure_library(table: Table, size: int, project: Project) -> None:
    """From the start of the process; processor time is the same on a machine that has other work."""
    first = child(SHOWN, project.root, ANNOTATOR)
    table.note("library with all rows, first time", size, f"{first['usable']:.1f} s")
    found = [child(SHOWN, project.root, ANNOTATOR) for _ in range(3)]
    middle = {key: statistics.median(one[key] for one in found) for key in first}
    table.note("library shown", size, f"{middle['shown']:.2f} s")
    table.note("library with all rows", size, f"{middle['usable']:.2f} s, {middle['processor']:.2f} s of the processor")
    table.note("the slowest key of a filter", size, f"{middle['filter']:.0f} ms of the processor")
    table.note("memory", size, f"{middle['memory']:.0f} MB")


def measure_done(table: Table, size: int, project: Project) -> None:
    """Marking articles done from the library, the row and the next article included."""
    from tui.closed_articles import ClosedArticles
    from tui.desk import Desk

    desk = Desk(project, ANNOTATOR)
    articles = ClosedArticles(desk)
    times = []
    for name in project.article_ids()[-12:-2]:
        articles.skip(name)
        times.append(seconds(lambda name=name: (articles.redo(), articles.skip(name), desk.next_open(name))))
    table.note("skipping an article from the library", size, in_milliseconds(times))
    desk.close()


def measure_gathering(table: Table, size: int, project: Project) -> None:
    first = child(GATHERED, project.root, ANNOTATOR)
    again = child(GATHERED, project.root, ANNOTATOR)
    table.note("statistics, first time", size, f"{first['count']:.1f} s, {first['memory']:.0f} MB")
    table.note("statistics", size, f"{again['count']:.2f} s, {again['memory']:.0f} MB")
    table.note("statistics, processor time", size, f"{again['worked']:.2f} s")
    table.note("what is left to extract, first time", size, f"{first['unread']:.1f} s")
    table.note("what is left to extract", size, f"{again['unread']:.2f} s")


def measure_export(table: Table, size: int, project: Project, folder: Path) -> None:
    for name, file in (("jsonl", "gold.jsonl"), ("spacy", "gold.spacy")):
        found = child(EXPORTED, project.root, ANNOTATOR, name, folder / f"{size}-{file}")
        table.note(f"export of the done tenth to {name}", size, f"{found['seconds']:.1f} s, {found['memory']:.0f} MB")


def measure_adding(folder: Path) -> Iterable[str]:
    """Adding files in turn with copying them and one sync."""
    documents = folder / "documents"
    if not documents.exists():
        make_documents(documents, DOCUMENTS)
    adding, copying = [], []
    for turn in range(3):
        copy, root = folder / f"copy{turn}", folder / f"added{turn}"
        copying.append(seconds(lambda copy=copy: (shutil.copytree(documents, copy), os.sync())))
        Project.create(root)
        command = [sys.executable, "-m", "tui", "add", str(root), str(documents)]
        adding.append(
            seconds(lambda command=command: subprocess.run(command, cwd=ROOT, check=True, capture_output=True))
        )
    added, copied = statistics.median(adding), statistics.median(copying)
    yield f"| adding {DOCUMENTS:,} files | {added:.1f} s |"
    yield f"| copying them, with one sync | {copied:.1f} s |"
    yield f"| speed of adding | {copied / added:.2f}× that of copying |"


def measure_history(folder: Path, lines: int) -> Iterable[str]:
    """Opening, deciding and taking back with many journal lines behind, and with none."""
    figures: dict[str, list[str]] = {}
    ways = {}
    for count in (ENTITIES, lines):
        root = folder / f"history{count}"
        project = Project.open(root) if root.exists() else make_project(root, 1000)
        if not project.locations.journal(ANNOTATOR).exists():
            make_history(project, count)
        session = Session(project, ANNOTATOR)
        session.commit(acts.flag(_view(session, project.article_ids()[0]), None))
        session.close()
        ways[count] = deciding(project, DECISIONS)
        opened = [seconds(lambda project=project: Session(project, ANNOTATOR)) for _ in range(7)]
        figures.setdefault("opening the session", []).append(in_milliseconds(opened))
        undone = [seconds(Session(project, ANNOTATOR).undo) for _ in range(5)]
        figures.setdefault("the first undo after opening", []).append(in_milliseconds(undone))
    times: dict[int, list[float]] = {count: [] for count in ways}
    for _ in range(DECISIONS):
        for count, decide in ways.items():
            times[count].append(decide())
    figures["a decision"] = [in_milliseconds(one) for one in times.values()]
    yield f"| | {ENTITIES} journal lines | {lines:,} journal lines |"
    yield "| --- | --- | --- |"
    for what, both in figures.items():
        yield f"| {what} | {' | '.join(both)} |"


def _view(session: Session, name: str) -> View:
    article = session.project.article(name)
    return View(article, session.project.config.scheme, (), session.layer(name))


def measure(folder: Path, sizes: list[int], lines: int) -> Iterable[str]:
    table = Table(sizes)
    roots = {size: folder / f"p{size}" for size in sizes}
    projects = {size: Project.open(root) if root.exists() else make_project(root, size) for size, root in roots.items()}
    os.sync()
    measure_decisions(table, projects, folder)
    for size, project in projects.items():
        measure_library(table, size, project)
        measure_done(table, size, project)
        measure_gathering(table, size, project)
        measure_export(table, size, project, folder)
    yield from table.lines()
    yield ""
    yield from measure_history(folder, lines)
    yield ""
    yield from deciding_in_a_large_layer(folder, DECISIONS)
    yield ""
    yield "| | |"
    yield "| --- | --- |"
    yield from measure_adding(folder)
    yield from extraction(folder, DOCUMENTS)
    yield from marking_done(folder)


def main() -> None:
    """Measure and print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", default="10,10000")
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    sizes = sorted(map(int, given.articles.split(",")))
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        for line in measure(folder, sizes, given.lines):
            print(line, flush=True)


if __name__ == "__main__":
    main()
