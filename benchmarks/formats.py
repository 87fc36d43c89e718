"""Measure export and import: time and memory at 1,000 and 10,000 articles of 500 words and 40 entities each.

Each step runs in a process of its own, so that its memory is its own. What is compared are the times for one article
and the peaks: both should be the same at any number.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import large_projects as made  # noqa: E402

FORMATS = ("jsonl", "iob2", "spacy", "brat")
_SUFFIXES = {"jsonl": ".jsonl", "iob2": ".iob2", "spacy": ".spacy", "brat": ""}


def write_corpus(path: Path, articles: int) -> None:
    """JSONL of that many done articles, each of another text."""
    texts = made.texts()
    spans = [json.dumps([_span(one) for one in made._suggestions(text)]) for text in texts]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(articles):
            text = made.numbered_text(texts[number % len(texts)], number)
            head = {"id": made.article_id(number), "title": text.partition("\n")[0], "text": text, "status": "done"}
            file.write(json.dumps(head)[:-1] + f', "spans": {spans[number % len(spans)]}}}\n')


def _span(one: made.Suggestion) -> dict[str, object]:
    return {"start": one.span.start, "end": one.span.end, "label": one.span.label}


def step(*args: str) -> None:
    """One import or export, measured: `import ROOT FORMAT AS PATH` or `export ROOT FORMAT OUT`; prints JSON."""
    from store.export import ExportRequest, export
    from store.import_request import ImportRequest
    from store.importing import import_files
    from store.project import Project

    kind, root, form, *rest = args
    project = Project.open(Path(root))
    began, worked = time.perf_counter(), time.process_time()
    if kind == "import":
        become, path = rest
        request = ImportRequest(form, (Path(path),), become, "bench", with_articles=True, overlap="longest")  # type: ignore[arg-type]
        count = import_files(project, request).articles
    else:
        count = export(project, ExportRequest(form, align="expand", allow_loss=True), Path(rest[0])).articles
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"articles": count, "seconds": seconds, "cpu": cpu, "peak": peak}))


def _measured(*args: str) -> dict[str, float]:
    command = [sys.executable, str(Path(__file__)), "--step", *args]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.rstrip("\n").split("\n")[-1])
    return found


def rows(folder: Path, articles: int, formats: tuple[str, ...], kinds: tuple[str, ...]) -> Iterator[str]:
    """A table row for each step at that size."""
    from store.project import Project

    corpus = folder / "corpus.jsonl"
    write_corpus(corpus, articles)
    files = {"jsonl": corpus}
    for become in kinds:
        for form in formats if become == "gold" else ("jsonl",):
            root = folder / f"{become}-{form}"
            Project.create(root)
            yield _row(f"import {form} as {become}", _measured("import", str(root), form, become, str(files[form])))
            if form == "jsonl" and become == "gold":
                for out_form in formats:
                    out = folder / f"out-{out_form}{_SUFFIXES[out_form]}"
                    yield _row(f"export {out_form}", _measured("export", str(root), out_form, str(out)))
                    files.setdefault(out_form, out)
            shutil.rmtree(root)


def _row(name: str, found: dict[str, float]) -> str:
    count = found["articles"]
    cpu, wall = 1000 * found["cpu"] / count, 1000 * found["seconds"] / count
    return f"| {name} | {count:,.0f} | {cpu:.2f} ms | {wall:.2f} ms | {found['peak']:.0f} MB |"


def main() -> None:
    """Print the table; `--help` tells the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", default="1000,10000")
    parser.add_argument("--formats", default=",".join(FORMATS))
    parser.add_argument("--as", dest="kinds", default="gold,suggestions")
    parser.add_argument("--folder", help="where there is room")
    parser.add_argument("--step", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        step(*given.step)
        return
    print("| step | articles | processor, for one | in all, for one | memory |\n| --- | --- | --- | --- | --- |")
    for size in map(int, given.articles.split(",")):
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            for row in rows(Path(folder), size, tuple(given.formats.split(",")), tuple(given.kinds.split(","))):
                print(row, flush=True)


if __name__ == "__main__":
    main()
