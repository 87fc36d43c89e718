"""The sample project: five news articles and their gold, so that there is something to read at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One article with its settled entities."""

    id: str
    title: str
    """The headline, which is also the first line of `text`."""
    text: str
    """The article file's content without the newline at its end."""
    spans: tuple[tuple[int, int, str], ...]
    """(start, end, label), half-open ranges of code points into `text`, in text order, without overlap."""


def articles() -> list[Traversable]:
    """Return the article files, plain UTF-8 text, in reading order."""
    folder = files(__name__) / "articles"
    return [folder / f"{article.id}.txt" for article in gold()]


def gold() -> list[GoldArticle]:
    """Return the articles with their settled entities, in reading order."""
    lines = (files(__name__) / "gold.jsonl").read_text(encoding="utf-8").split("\n")
    return [_parse(line) for line in lines if line]


def _parse(line: str) -> GoldArticle:
    row = json.loads(line)
    spans = tuple((span["start"], span["end"], span["label"]) for span in row["spans"])
    return GoldArticle(id=row["id"], title=row["title"], text=row["text"], spans=spans)
