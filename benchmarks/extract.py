"""How much of `nlp.pipe`'s speed `manicule extract` reaches with the same pipeline and processes, and in what memory.

    python benchmarks/extract.py [--articles 10000] [--jobs 2] [--runs 3] [--pipeline manicule_news] [--folder DIR]

The articles are those of the written corpus, again and again, each with a number of its own. Both ways are programs of
their own, timed from start to end, one after the other so that a busy machine meets both alike: `manicule extract` with
a project's files to read and to write, and `nlp.pipe(n_process=JOBS)` over the same texts from one file with nothing to
write. The ratio is that of the medians of their speeds. Memory is the most that all processes of a way held together,
what they share counted for each, at a tenth of the articles and at all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from annotate.news_pipeline.training import corpus  # noqa: E402
from store.project import Draft, Project  # noqa: E402

PIPE = """
import json, sys
from annotate.extraction import load_spacy
if __name__ == "__main__":
    path, pipeline, jobs = sys.argv[1:]
    nlp = load_spacy(pipeline).nlp
    with open(path, encoding="utf-8") as lines:
        found = sum(len(doc.ents) for doc in nlp.pipe(map(json.loads, lines), n_process=int(jobs)))
    print(found)
"""

_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Run:
    """What a program took: seconds from its start to its end, and the most megabytes of all its processes."""

    seconds: float
    megabytes: float


def texts(count: int) -> Iterator[str]:
    """So many texts of the written corpus, each with a number of its own."""
    held = [one.text for one in corpus.articles("all")]
    for number, text in enumerate(islice(cycle(held), count)):
        yield f"Report {number:06d}\n\n{text}"


def make(folder: Path, count: int) -> Path:
    """A project of so many articles, and a file with the same texts beside it; what is there stays."""
    root = folder / f"articles-{count}"
    lines = root.with_suffix(".jsonl")
    if not lines.exists():
        shutil.rmtree(root, ignore_errors=True)
        project = Project.create(root)
        project.add_articles(Draft(f"a{number:06d}", "", text) for number, text in enumerate(texts(count)))
        lines.write_text("".join(f"{json.dumps(text)}\n" for text in texts(count)), "utf-8")
    return root


def extracted(root: Path, pipeline: str, jobs: int) -> Run:
    """What `manicule extract` takes for all articles."""
    shutil.rmtree(root / "suggestions", ignore_errors=True)
    shutil.rmtree(root / ".manicule", ignore_errors=True)
    done = measured([sys.executable, "-m", "tui", "extract", str(root), "--pipeline", pipeline, "--jobs", str(jobs)])
    found = sum(1 for _ in (root / "suggestions").rglob("a*.json"))
    count = len(Project.open(root).article_ids())
    if found != count:
        sys.exit(f"{found} of {count} articles were extracted")
    return done


def piped(root: Path, pipeline: str, jobs: int) -> Run:
    """What `nlp.pipe` takes for the same texts."""
    return measured([sys.executable, "-c", PIPE, str(root.with_suffix(".jsonl")), pipeline, str(jobs)])


def measured(command: list[str]) -> Run:
    """Run a program to its end, looking at the memory of its processes meanwhile."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    most = 0.0
    while process.poll() is None:
        most = max(most, megabytes(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(_EVERY)
    if process.returncode:
        sys.exit(f"{' '.join(command[1:4])} … ended with {process.returncode}")
    return Run(time.perf_counter() - began, most)


def megabytes(session: int) -> float:
    """What the processes of a session hold in memory together; 0 where the system does not tell (but on Linux)."""
    held = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                held += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return held / 1e6


def main() -> None:
    """Measure both ways in turn and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--pipeline", default="manicule_news")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        root, tenth = make(folder, given.articles), make(folder, max(given.articles // 10, 1))
        small = {"manicule extract": extracted(tenth, given.pipeline, given.jobs)}
        small["nlp.pipe"] = piped(tenth, given.pipeline, given.jobs)
        runs: dict[str, list[Run]] = {"manicule extract": [], "nlp.pipe": []}
        for _ in range(given.runs):
            runs["nlp.pipe"].append(piped(root, given.pipeline, given.jobs))
            runs["manicule extract"].append(extracted(root, given.pipeline, given.jobs))
            print([f"{name}: {held[-1].seconds:.1f} s" for name, held in runs.items()], file=sys.stderr, flush=True)
    print(f"{given.articles:,} articles, {given.pipeline}, {given.jobs} processes, median of {given.runs}\n")
    print("| | articles a second | memory, a tenth of the articles | memory, all |\n| --- | --- | --- | --- |")
    speeds = {name: given.articles / statistics.median(one.seconds for one in held) for name, held in runs.items()}
    for name, held in runs.items():
        most = max(one.megabytes for one in held)
        print(f"| {name} | {speeds[name]:.1f} | {small[name].megabytes:,.0f} MB | {most:,.0f} MB |")
    print(f"| ratio | {speeds['manicule extract'] / speeds['nlp.pipe']:.2f} | | |")


if __name__ == "__main__":
    main()
