"""Make large projects in little time: the files are what the store writes, but written without a sync for each.

The store itself writes a few model articles once; every further article is one of them with a number of its own in its
text, so that ids, hashes and offsets are true.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from named_things import Names  # noqa: E402

import seeds  # noqa: E402
from annotate import acts  # noqa: E402
from annotate.articles import Article, hash_text  # noqa: E402
from annotate.decisions import Confirm, Decision  # noqa: E402
from annotate.layers import Annotation, Layer, Part, State  # noqa: E402
from annotate.spans import Span  # noqa: E402
from annotate.suggestions import Source, Suggestion, SuggestionLayer  # noqa: E402
from annotate.view import View  # noqa: E402
from store.article_files import encode_article  # noqa: E402
from store.checksums import TABLE, with_checksum  # noqa: E402
from store.ids import shard  # noqa: E402
from store.journal_lines import Entry, encode  # noqa: E402
from store.layer_files import StoredLayer, read_layer, write_layer  # noqa: E402
from store.project import Draft, Project  # noqa: E402
from store.session import Session  # noqa: E402
from store.suggestion_files import encode_suggestions  # noqa: E402

WORDS, ENTITIES = 500, 40
ANNOTATOR, SOURCE = "bench", "bench"
_MODELS = 16
_SESSION_LINES = 20_000
_PIPELINES = re.compile(r"^pipelines = .*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Model:
    """An article as files that hold its id and its text's hash in places that can be told."""

    article_id: str
    text: str
    article: bytes
    suggestions: bytes
    layer: bytes

    def numbered(self, data: bytes, number: int) -> bytes:
        """A file of this article as that of article `number`."""
        text = numbered_text(self.text, number)
        data = data.replace(self.article_id.encode(), article_id(number).encode())
        data = data.replace(hash_text(self.text).encode(), hash_text(text).encode())
        return _with_new_checksum(data.replace(b"Report 000000", f"Report {number:06d}".encode()))


def _with_new_checksum(data: bytes) -> bytes:
    return with_checksum(data[: data.rindex(f',\n "{TABLE}"'.encode())] + b"\n}\n")


def article_id(number: int) -> str:
    """The id of the article of that number."""
    return f"a{number:06d}"


def numbered_text(text: str, number: int) -> str:
    """A model's text as that of article `number`; no offset differs."""
    return text.replace("Report 000000", f"Report {number:06d}", 1)


def texts() -> list[str]:
    """Model texts of about 500 words, each of which begins with a number."""
    chooser = random.Random(7)
    sentences = [line for one in seeds.gold() for line in one.text.split("\n") if len(line) > 80]
    return [_text(chooser, sentences, number) for number in range(_MODELS)]


def _text(chooser: random.Random, sentences: list[str], number: int) -> str:
    lines = [f"Report 000000 of desk {number:02d}"]
    while sum(len(line.split()) for line in lines) < WORDS:
        lines.append(chooser.choice(sentences))
    return "\n\n".join(lines)


def _suggestions(text: str) -> tuple[Suggestion, ...]:
    labels = ("PERSON", "ORG", "GPE", "DATE", "NORP")
    begins = [at for at in range(20, len(text)) if text[at - 1] == " " and text[at].isupper()]
    found = []
    for number in range(ENTITIES):
        start = begins[number * len(begins) // ENTITIES]
        end = next(at for at in range(start, len(text) + 1) if at == len(text) or not text[at].isalnum())
        found.append(Suggestion(Span(start, end, labels[number % len(labels)]), SOURCE, "1", 0.9))
    return tuple(found)


def _models(folder: Path) -> Iterator[_Model]:
    project = Project.create(folder)
    session = Session(project, ANNOTATOR)
    for number, text in enumerate(texts()):
        (name,) = project.add_articles([Draft(f"model{number:02d}", text.partition("\n")[0], text)])
        article = project.article(name)
        proposed = SuggestionLayer(name, article.text_hash, Source(SOURCE, "1"), _suggestions(text))
        project.write_suggestions(proposed)
        view = View(article, project.config.scheme, proposed.suggestions, Layer(name, article.text_hash))
        session.commit(acts.finish(view, acts.confirm_rest))
        session.leave(name)
        where = project.locations
        files = (where.article(name), where.suggestions(SOURCE, name), where.layer(ANNOTATOR, name))
        yield _Model(name, text, *(file.read_bytes() for file in files))


def make_project(root: Path, articles: int, *, done: float = 0.1) -> Project:
    """A project of `articles` with 500 words and 40 suggestions each; that share of them is done by "bench"."""
    with tempfile.TemporaryDirectory() as folder:
        models = list(_models(Path(folder, "models")))
    project = Project.create(root)
    where = project.locations
    for name in {shard(article_id(number)) for number in range(articles)}:
        for kind in ("articles", f"suggestions/{SOURCE}", f"layers/{ANNOTATOR}"):
            (root / kind / name).mkdir(parents=True, exist_ok=True)
    for number in range(articles):
        model, name = models[number % len(models)], article_id(number)
        _write(where.article(name), model.numbered(model.article, number))
        _write(where.suggestions(SOURCE, name), model.numbered(model.suggestions, number))
        if number % 1000 < done * 1000:
            _write(where.layer(ANNOTATOR, name), model.numbered(model.layer, number))
    return project


def make_corpus(root: Path, articles: int) -> tuple[Project, Counter[str]]:
    """A project of which every article mentions 40 names of its own, suggested and undecided.

    Names are drawn from `named_things`: few are in every tenth article, most are in one or two.

    Returns:
        The project, and how often each text is a mention.
    """
    project = Project.create(root)
    config = root / "manicule.toml"
    config.write_text(_PIPELINES.sub("pipelines = []", config.read_text("utf-8"), count=1), "utf-8")
    project = Project.open(root)
    where, names, counts = project.locations, Names(11), Counter[str]()
    frames = [_frame(text) for text in texts()]
    for number in range(articles):
        name = article_id(number)
        pieces, labels = frames[number % len(frames)]
        mentions = names.of_an_article(labels)
        text, spans = _filled(pieces, labels, mentions)
        counts.update(mentions)
        date = f"2026-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
        article = Article(name, f"Report {number:06d}", text, hash_text(text), {"date": date})
        found = tuple(Suggestion(span, SOURCE, "1", 0.9) for span in spans)
        proposed = SuggestionLayer(name, article.text_hash, Source(SOURCE, "1"), found)
        for path in (where.article(name), where.suggestions(SOURCE, name)):
            path.parent.mkdir(parents=True, exist_ok=True)
        _write(where.article(name), encode_article(article))
        _write(where.suggestions(SOURCE, name), encode_suggestions(proposed))
    return project, counts


def _frame(text: str) -> tuple[list[str], list[str]]:
    """The text between the places for names, and the labels of the names."""
    places = [one.span for one in _suggestions(text)]
    edges = [0, *(edge for one in places for edge in (one.start, one.end)), len(text)]
    return [text[edges[at] : edges[at + 1]] for at in range(0, len(edges), 2)], [one.label for one in places]


def _filled(pieces: list[str], labels: list[str], mentions: list[str]) -> tuple[str, list[Span]]:
    parts, spans, size = [pieces[0]], [], len(pieces[0])
    for piece, label, mention in zip(pieces[1:], labels, mentions, strict=True):
        spans.append(Span(size, size + len(mention), label))
        parts += [mention, piece]
        size += len(mention) + len(piece)
    return "".join(parts), spans


def make_documents(folder: Path, articles: int) -> None:
    """Text files of 500 words to add to a project."""
    folder.mkdir()
    models = texts()
    for number in range(articles):
        text = numbered_text(models[number % len(models)], number)
        _write(folder / f"{article_id(number)}.txt", text.encode("utf-8"))


def make_history(project: Project, lines: int) -> None:
    """Give the annotator that many journal lines in sittings of 20,000 decisions, all of them folded into the layers.

    Each line confirms or takes back one annotation, so that no layer grows with the history.
    """
    folder = project.locations.journal(ANNOTATOR)
    folder.mkdir(parents=True, exist_ok=True)
    ids = project.article_ids()
    applied: dict[str, int] = {}
    for sitting, first in enumerate(range(0, lines, _SESSION_LINES)):
        count = min(_SESSION_LINES, lines - first)
        data = b"".join(_sitting(project, ids, sitting, count))
        stem = f"202601{sitting // 24 + 1:02d}T{sitting % 24:02d}0000000-{sitting:08x}"
        _write(folder / f"{stem}.jsonl", data)
        applied[stem] = count - 1
    for name in ids:
        path = project.locations.layer(ANNOTATOR, name)
        held = read_layer(path, name) or StoredLayer(Layer(name, project.article(name).text_hash))
        write_layer(path, replace(held, applied={**held.applied, **applied}))


def _sitting(project: Project, ids: list[str], sitting: int, count: int) -> Iterator[bytes]:
    time = f"2026-01-{sitting // 24 + 1:02d}T{sitting % 24:02d}:00:00.000Z"
    seq = 0
    while seq < count:
        article = project.article(ids[(sitting * 500 + seq // ENTITIES) % len(ids)])
        for decision in _back_and_forth(article.id, article.text_hash, article.text, min(ENTITIES, count - seq)):
            yield from encode(Entry(f"{sitting:06x}{seq:08x}", (decision,), time), seq)
            seq += 1


def _back_and_forth(name: str, text_hash: str, text: str, count: int) -> Iterator[Decision]:
    for number in range(count):
        start = 20 + number // 2
        held = Annotation(f"h{number // 2}", Span(start, start + 5, "ORG"), text[start : start + 5], State.CONFIRMED)
        added = Confirm(name, text_hash, Part(), Part((held,)))
        yield added if number % 2 == 0 else added.inverse()


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        os.write(descriptor, data)
    finally:
        os.close(descriptor)


def main() -> None:
    """`python benchmarks/large_projects.py DIR ARTICLES`: make a project to try things on."""
    root = Path(sys.argv[1])
    shutil.rmtree(root, ignore_errors=True)
    make_project(root, int(sys.argv[2]))


if __name__ == "__main__":
    main()
