"""What the store's work costs beside the plain way of doing it: extraction, marking done, deciding in a large layer.

Shared by `benchmarks/store.py`, which prints its figures.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from large_projects import ANNOTATOR, ENTITIES, make_documents, make_project  # noqa: E402

from annotate import acts  # noqa: E402
from annotate.layers import Annotation, Layer, State  # noqa: E402
from annotate.outcomes import Extracted  # noqa: E402
from annotate.spans import Span  # noqa: E402
from annotate.suggestions import Source, Suggestion  # noqa: E402
from annotate.view import View  # noqa: E402
from store import extracting  # noqa: E402
from store.layer_files import StoredLayer, write_layer  # noqa: E402
from store.project import Draft, Project  # noqa: E402
from store.reading_in import read_documents  # noqa: E402
from store.session import Session  # noqa: E402

LARGE = 20_000
_TURNS = 3


def seconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def in_milliseconds(times: Iterable[float]) -> str:
    """Their median."""
    return f"{statistics.median(times) * 1000:.2f} ms"


class _Free:
    """A pipeline that proposes the same 40 entities everywhere and takes no time for it."""

    def __init__(self, version: str) -> None:
        self.source = Source("free", version)
        self._found = tuple(
            Suggestion(Span(at * 20, at * 20 + 6, "ORG"), "free", version, 0.9) for at in range(ENTITIES)
        )

    def extract(self, articles: Iterable[tuple[str, str]]) -> Iterator[list[Extracted]]:
        for article_id, _ in articles:
            yield [Extracted(article_id, self.source, self._found)]


def extraction(folder: Path, documents: int) -> Iterator[str]:
    """Reading every article and writing its suggestions, by a pipeline that costs nothing, in turn with sqlite3."""
    source, root = folder / "documents", folder / "extracted"
    if not source.exists():
        make_documents(source, documents)
    project = Project.open(root) if root.exists() else Project.create(root)
    project.add_articles(read_documents([source]))
    texts = [project.article(name).text for name in project.article_ids()]
    ours, plain = [], []
    for _ in range(_TURNS):
        version = f"{time.time_ns()}"
        with patch.object(extracting, "open_extractor", lambda *_, version=version: _opened(version)):
            ours.append(seconds(lambda: sum(1 for _ in extracting.extract_missing(project, ["free"]))))
        base = sqlite3.connect(folder / f"extracted{version}.sqlite")
        base.execute("create table found (article integer, start integer, label text, primary key (article, start))")
        plain.append(seconds(partial(_one_commit_each, base, texts)))
        base.close()
    yield f"| extracting {len(texts):,} articles with a pipeline that costs nothing | {statistics.median(ours):.1f} s |"
    yield f"| the same with sqlite3, a commit an article | {statistics.median(plain):.1f} s |"


@contextmanager
def _opened(version: str) -> Iterator[_Free]:
    yield _Free(version)


def _one_commit_each(base: sqlite3.Connection, texts: list[str]) -> None:
    for number, _ in enumerate(texts):
        base.executemany("insert into found values (?, ?, 'ORG')", [(number, at) for at in range(ENTITIES)])
        base.commit()


def marking_done(folder: Path, articles: int = 200) -> Iterator[str]:
    """Confirming all of an article and marking it done, its layer's file written, in turn with sqlite3."""
    root = folder / "done"
    project = Project.open(root) if root.exists() else make_project(root, articles, done=0)
    base = sqlite3.connect(folder / "done.sqlite")
    base.execute("create table if not exists held (article text, number integer, state text)")
    base.execute("create table if not exists status (article text, done integer)")
    session = Session(project, ANNOTATOR)
    ours, plain = [], []
    for name in project.article_ids():
        view = _view(session, name)
        if view.layer.annotations:
            continue
        decisions = acts.finish(view, acts.confirm_rest)
        ours.append(seconds(lambda decisions=decisions, name=name: (session.commit(decisions), session.leave(name))))
        plain.append(seconds(partial(_sqlite_done, base, name)))
    session.close()
    base.close()
    yield f"| confirming 40 entities and marking the article done | {in_milliseconds(ours)} |"
    yield f"| the same with sqlite3, one commit | {in_milliseconds(plain)} |"


def _sqlite_done(base: sqlite3.Connection, name: str) -> None:
    base.executemany("insert into held values (?, ?, 'confirmed')", [(name, number) for number in range(ENTITIES)])
    base.execute("insert into status values (?, 1)", (name,))
    base.commit()


def deciding_in_a_large_layer(folder: Path, count: int) -> Iterator[str]:
    """A decision, and the view's part in it, in a layer of 20,000 annotations and in an empty one, in turn."""
    root = folder / "layers"
    if not root.exists():
        _make_layers(root)
    project = Project.open(root)
    session = Session(project, ANNOTATOR)
    ways = {name: _deciding(session, name) for name in ("empty", "large")}
    plain = {name: _plain_layer(folder / f"{name}.json", size) for name, size in (("empty", 0), ("large", LARGE))}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(count):
        for name, decide in ways.items():
            times[name].append(decide())
    session.close()
    tiny = {name: [seconds(write) for _ in range(3)] for name, write in plain.items()}
    yield f"| | an empty layer | {LARGE:,} annotations |"
    yield "| --- | --- | --- |"
    for what, part in (("a decision, on disk", 0), ("what the screen is told of it", 1)):
        yield f"| {what} | {' | '.join(in_milliseconds(one[part] for one in times[name]) for name in ways)} |"
    yield f"| the same with TinyDB, its file written | {' | '.join(in_milliseconds(tiny[name]) for name in ways)} |"


def _make_layers(root: Path) -> None:
    project = Project.create(root)
    text = "Entity of a long report. " * LARGE
    for name in ("empty", "large"):
        project.add_articles([Draft(name, name, f"{text}{name}")])
    held = [Annotation(f"h{n}", Span(n * 25, n * 25 + 6, "ORG"), "Entity", State.CONFIRMED) for n in range(LARGE)]
    large = project.article("large")
    layer = replace(Layer("large", large.text_hash), annotations={one.id: one for one in held})
    write_layer(project.locations.layer(ANNOTATOR, "large"), StoredLayer(layer))


def _view(session: Session, name: str) -> View:
    article = session.project.article(name)
    return View(article, session.project.config.scheme, session.project.suggestions(article), session.layer(name))


def _deciding(session: Session, name: str) -> Callable[[], tuple[float, float]]:
    view = _view(session, name)
    starts = iter(range(10, LARGE * 25, 25))

    def decide() -> tuple[float, float]:
        start = next(starts)
        decisions = acts.add(view, start, start + 4, "GPE")
        return seconds(lambda: session.commit(decisions)), seconds(lambda: view.apply(decisions))

    return decide


def _plain_layer(path: Path, size: int) -> Callable[[], Any]:
    from tinydb import TinyDB

    path.unlink(missing_ok=True)
    database = TinyDB(path)
    database.insert_multiple({"start": n, "label": "ORG", "quote": "Entity", "state": "confirmed"} for n in range(size))
    database.insert({"start": 0, "label": "ORG"})
    labels = cycle(["GPE", "ORG"])
    return lambda: database.update({"label": next(labels)}, doc_ids=[1])
