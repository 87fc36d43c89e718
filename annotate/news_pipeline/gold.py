"""Reads gold entities for measuring the pipeline: JSONL, and articles with entities marked as [surface|LABEL]."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LabelledRange = tuple[int, int, str]
"""Half-open range of code points and its label."""

_MARKED = re.compile(r"\[([^\[\]|\n]{1,500})\|([A-Z_]{1,40})\]")


class GoldError(Exception):
    """Gold that cannot be read; the message names file and line."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text with the entities that a person marked in it."""

    text: str
    spans: tuple[LabelledRange, ...]


def read_gold(path: Path, split: str = "") -> list[GoldText]:
    """The gold texts of a file: .txt is read as marked articles, anything else as JSONL. Raises GoldError.

    Of JSONL, `split` takes only the lines whose "split" is that.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GoldError(path, 0, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise GoldError(path, 0, "is not UTF-8") from error
    texts = _marked_articles(path, content) if path.suffix == ".txt" else _json_lines(path, content, split)
    return list(texts)


def _json_lines(path: Path, content: str, split: str) -> Iterator[GoldText]:
    for number, line in enumerate(content.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise GoldError(path, number, "is not JSON") from error
        if not isinstance(record, dict) or not isinstance(record.get("text"), str):
            raise GoldError(path, number, 'needs "text", a string')
        if not isinstance(record.get("spans"), list):
            raise GoldError(path, number, 'needs "spans", a list')
        spans = tuple(_span(path, number, span, len(record["text"])) for span in record["spans"])
        if not split or record.get("split") == split:
            yield GoldText(record["text"], spans)


def _span(path: Path, number: int, span: Any, length: int) -> LabelledRange:
    if isinstance(span, dict):
        span = [span.get("start"), span.get("end"), span.get("label")]
    match span:
        case [int(start), int(end), str(label)] if 0 <= start < end <= length:
            return start, end, label
    raise GoldError(path, number, f"span {span!r} is not start, end, label within the text")


def _marked_articles(path: Path, content: str) -> Iterator[GoldText]:
    lines: list[str] = []
    first = 1
    for number, line in enumerate(content.split("\n"), 1):
        if not line.startswith("==="):
            lines.append(line)
            continue
        yield from _article(path, first, lines)
        lines, first = [], number + 1
    yield from _article(path, first, lines)


def _article(path: Path, first: int, lines: list[str]) -> Iterator[GoldText]:
    if not any(line.strip() for line in lines):
        return
    text, spans, offset = [], [], 0
    for number, line in enumerate(lines, first):
        plain, found = unmark(line)
        if re.search(r"[\[\]|]", plain):
            raise GoldError(path, number, "has a bracket or bar outside an entity [surface|LABEL]")
        spans += [(start + offset, end + offset, label) for start, end, label in found]
        text.append(plain)
        offset += len(plain) + 1
    yield GoldText("\n".join(text), tuple(spans))


def unmark(line: str) -> tuple[str, list[LabelledRange]]:
    """The text of a line with marked entities, and their ranges in it."""
    plain, spans, last, size = [], [], 0, 0
    for mark in _MARKED.finditer(line):
        size += mark.start() - last
        plain += [line[last : mark.start()], mark[1]]
        spans.append((size, size + len(mark[1]), mark[2]))
        size += len(mark[1])
        last = mark.end()
    plain.append(line[last:])
    return "".join(plain), spans
