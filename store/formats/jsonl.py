"""JSONL: one article a line, with exact offsets and all that Manicule knows, for any program that reads JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from store.formats.json_files import number, object_lines, parse, strings, to_line
from store.formats.model import (
    Capabilities,
    Format,
    GoldArticle,
    GoldSpan,
    ReadArticle,
    ReadOptions,
    SpanStatus,
    WriteOptions,
)
from store.formats.tokens import spacy_tokenizer
from store.records import Doc, RecordError, characters, field

_STATUSES = ("confirmed", "rejected", "suggested")


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write a line for each article; keys always in the same order."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            record = _record(article)
            if options.tokens:
                record["tokens"] = _tokens(article.text, options.language)
            file.write(to_line(record) + "\n")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read a line for each article."""
    for line, doc in object_lines(path):
        article = parse(_read_article, doc, path, line)
        spans = [parse(_read_span, one, path, line, f"span {n}") for n, one in enumerate(doc["spans"], start=1)]
        yield ReadArticle(replace(article, spans=tuple(spans)), path, line)


FORMAT = Format(
    "jsonl",
    "one JSON object a line",
    ".jsonl",
    Capabilities(statuses=True, scores=True, notes=True, titles=True, metadata=True),
    write,
    read,
    streams=True,
)


def _record(article: GoldArticle) -> Doc:
    record: Doc = {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "status": article.status,
        "spans": [_span(one) for one in article.spans],
    }
    if article.metadata:
        record["metadata"] = dict(sorted(article.metadata.items()))
    return record


def _span(span: GoldSpan) -> Doc:
    doc: Doc = {"start": span.start, "end": span.end, "label": span.label, "status": span.status}
    doc |= {"source": span.source} if span.status == "suggested" else {"annotator": span.annotator}
    if span.score is not None:
        doc["score"] = span.score
    if span.note:
        doc["note"] = span.note
    return doc


def _tokens(text: str, language: str) -> list[Doc]:
    return [
        {
            "text": token.text,
            "start": token.idx,
            "end": token.idx + len(token.text),
            "id": token.i,
            "ws": bool(token.whitespace_),
        }
        for token in spacy_tokenizer(language)(text)
    ]


def _read_article(doc: Doc) -> GoldArticle:
    field(doc, "spans", list)
    return GoldArticle(
        field(doc, "id", str, ""),
        field(doc, "title", str, ""),
        characters(doc, "text"),
        status=field(doc, "status", str, "done"),
        metadata=strings(doc, "metadata"),
    )


def _read_span(doc: Doc) -> GoldSpan:
    status = field(doc, "status", str, "confirmed")
    if status not in _STATUSES:
        raise RecordError(f"status: {status!r} is none of {', '.join(_STATUSES)}")
    return GoldSpan(
        field(doc, "start", int),
        field(doc, "end", int),
        characters(doc, "label"),
        cast(SpanStatus, status),
        field(doc, "annotator", str, ""),
        field(doc, "source", str, ""),
        number(doc, "score"),
        field(doc, "note", str, ""),
        quote=field(doc, "text", str) if "text" in doc else None,
    )
