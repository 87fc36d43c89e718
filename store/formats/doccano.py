"""doccano's JSONL: a text a line with its spans as [start, end, label].

Its browser counts UTF-16 units unless a project is set to count grapheme clusters, and the file does not say which.
Rows must have the same keys, and non-ASCII characters are escaped, because its default encoding is a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from annotate.offsets import OffsetError, from_codepoints
from store.formats.json_files import as_string, object_lines, parse, to_ascii_line, whole
from store.formats.model import (
    Capabilities,
    Format,
    FormatError,
    GoldArticle,
    GoldSpan,
    ReadArticle,
    ReadOptions,
    WriteOptions,
)
from store.records import Doc, RecordError, characters, field

_OWN = frozenset({"text", "label", "labels", "entities", "relations", "Comments", "id", "article", "title", "cats"})


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write a row for each article, with its id as `article`, because doccano gives out `id` itself.

    Raises:
        FormatError: a span begins or ends inside a grapheme cluster, and offsets are to count these.
    """
    unit = options.unit or FORMAT.can.unit
    astral = overlaps = 0
    with path.open("w", encoding="ascii", newline="\n") as file:
        for article in articles:
            spans = article.spans
            try:
                starts = from_codepoints(article.text, (one.start for one in spans), unit)
                ends = from_codepoints(article.text, (one.end for one in spans), unit)
            except OffsetError as error:
                raise FormatError(path, 0, f"{article.id}: {error.message}") from error
            labels = [[start, end, one.label] for one, start, end in zip(spans, starts, ends, strict=True)]
            row = {"text": article.text, "label": labels, "article": article.id, "title": article.title}
            file.write(to_ascii_line(row) + "\n")
            astral += any(char > "\uffff" for char in article.text)
            overlaps += any(two.start < one.end for one, two in zip(spans, spans[1:], strict=False))
    return _notes(astral, overlaps, unit)


def _notes(astral: int, overlaps: int, unit: str) -> list[str]:
    notes = []
    if astral:
        counting = "count grapheme clusters" if unit == "grapheme" else "not count grapheme clusters"
        notes.append(f"{astral:,} of the texts hold emoji or the like: the doccano project has to {counting}")
    if overlaps:
        notes.append(f"{overlaps:,} of the articles have overlapping spans: the doccano project has to allow them")
    return notes


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read a row for each article, as doccano exports them or as it imports them; relations are passed over."""
    for line, doc in object_lines(path):
        article = parse(_read_article, doc, path, line)
        key = next((name for name in ("label", "labels", "entities") if name in doc), "label")
        found = doc.get(key) or []
        read_one = _entity if key == "entities" else _label
        spans = [
            parse(read_one, {"span": one}, path, line, f"{key} {number}") for number, one in enumerate(found, start=1)
        ]
        yield ReadArticle(replace(article, spans=tuple(spans)), path, line, options.unit or FORMAT.can.unit)


FORMAT = Format(
    "doccano",
    "doccano's JSONL, for sequence labelling",
    ".jsonl",
    Capabilities(titles=True, unit="utf16", units=True),
    write,
    read,
    streams=True,
)


def _read_article(doc: Doc) -> GoldArticle:
    for name in ("label", "labels", "entities"):
        if doc.get(name) is not None:
            field(doc, name, list)
    article_id = doc.get("article", doc.get("id", ""))
    metadata = {key: as_string(value) for key, value in doc.items() if key not in _OWN and value is not None}
    return GoldArticle(as_string(article_id), field(doc, "title", str, ""), characters(doc, "text"), metadata=metadata)


def _label(doc: Doc) -> GoldSpan:
    one: Any = doc["span"]
    if not isinstance(one, list) or len(one) != 3:
        raise RecordError("not [start, end, label]")
    if not isinstance(one[2], str):
        raise RecordError("the label is not a text")
    return GoldSpan(whole(one[0], "start"), whole(one[1], "end"), one[2])


def _entity(doc: Doc) -> GoldSpan:
    one: Any = doc["span"]
    if not isinstance(one, dict):
        raise RecordError("not an object")
    start, end = whole(one.get("start_offset"), "start_offset"), whole(one.get("end_offset"), "end_offset")
    return GoldSpan(start, end, characters(one, "label"), identifier=as_string(one.get("id", "")))
