"""Tables of mentions, for spreadsheets and data frames: one row for each span, without the texts."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from annotate.offsets import Offsets, Unit
from store.formats.json_files import text_lines
from store.formats.model import (
    Capabilities,
    Format,
    FormatError,
    GoldArticle,
    GoldSpan,
    ReadArticle,
    ReadOptions,
    SpanStatus,
    WriteOptions,
)

COLUMNS = ("doc_id", "start", "end", "label", "text", "status", "annotator", "note", "source", "score")
"""What a table holds; a reader needs the first four."""

_NEEDED = COLUMNS[:4]
_STATUSES: Mapping[str, SpanStatus] = {
    "": "confirmed",
    "confirmed": "confirmed",
    "rejected": "rejected",
    "suggested": "suggested",
}

Row = tuple[int, dict[str, str]]
"""A row with the line on which it ends."""


def table(name: str, title: str, delimiter: str) -> Format:
    """The format of a table with that character between its columns."""

    def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
            writer.writerow(COLUMNS)
            for article in articles:
                writer.writerows(_rows(article, options.unit or "codepoint"))
        return []

    def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
        return _read(path, delimiter, options)

    can = Capabilities(statuses=True, scores=True, notes=True, empty=False, texts=False, units=True)
    return Format(name, title, f".{name}", can, write, read, streams=True)


def _rows(article: GoldArticle, unit: Unit) -> Iterator[Sequence[str | int]]:
    offsets = Offsets(article.text, unit)
    for span in article.spans:
        yield (
            article.id,
            offsets.from_codepoint(span.start),
            offsets.from_codepoint(span.end),
            span.label,
            article.text[span.start : span.end],
            span.status,
            span.annotator,
            span.note,
            span.source,
            "" if span.score is None else repr(span.score),
        )


def _read(path: Path, delimiter: str, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read the rows article by article; those of one article stand together."""
    seen: set[str] = set()
    for doc_id, rows in groupby(_table(path, delimiter), key=lambda row: row[1]["doc_id"]):
        held = list(rows)
        if doc_id in seen:
            why = f"rows of {doc_id} came before: rows of one article have to stand together"
            raise FormatError(path, held[0][0], why)
        seen.add(doc_id)
        article = GoldArticle(doc_id, "", "", tuple(_spans(path, held)))
        yield ReadArticle(article, path, held[0][0], options.unit or "codepoint")


def _table(path: Path, delimiter: str) -> Iterator[Row]:
    reader = csv.reader((f"{line}\n" for _, line in text_lines(path)), delimiter=delimiter, strict=True)
    try:
        names = next(reader, [])
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise FormatError(path, 1, f"no column {' or '.join(missing)}")
        for values in reader:
            if not values:
                continue
            if len(values) != len(names):
                raise FormatError(
                    path, reader.line_num, f"{len(values)} columns, where the first line has {len(names)}"
                )
            yield reader.line_num, dict(zip(names, values, strict=True))
    except csv.Error as error:
        raise FormatError(path, reader.line_num, f"not a table: {error}") from error


def _spans(path: Path, rows: Iterable[Row]) -> Iterator[GoldSpan]:
    seen: set[tuple[str, ...]] = set()
    for line, row in rows:
        key = tuple(row.get(name, "") for name in ("start", "end", "label", "status", "source"))
        if key in seen:
            raise FormatError(path, line, f"{row['doc_id']} {key[0]}-{key[1]} {key[2]} comes a second time")
        seen.add(key)
        yield _span(path, line, row)


def _span(path: Path, line: int, row: Mapping[str, str]) -> GoldSpan:
    start, end = _offset(path, line, row, "start"), _offset(path, line, row, "end")
    if start >= end:
        raise FormatError(path, line, f"start {start} is not before end {end}")
    status = _STATUSES.get(row.get("status", ""))
    if status is None:
        raise FormatError(path, line, f"status: {row['status']!r}, not {', '.join(filter(None, _STATUSES))}")
    if not row["label"]:
        raise FormatError(path, line, "label: it is empty")
    return GoldSpan(
        start,
        end,
        row["label"],
        status,
        row.get("annotator", ""),
        row.get("source", ""),
        _score(path, line, row.get("score", "")),
        row.get("note", ""),
        quote=row.get("text"),
        line=line,
    )


def _offset(path: Path, line: int, row: Mapping[str, str], name: str) -> int:
    if not (row[name].isascii() and row[name].isdecimal()):
        raise FormatError(path, line, f"{name}: {row[name]!r} is no offset")
    return int(row[name])


def _score(path: Path, line: int, score: str) -> float | None:
    try:
        return float(score) if score else None
    except ValueError as error:
        raise FormatError(path, line, f"score: {score!r} is no number") from error
