"""GATE's bdoc: a folder with one JSON document for each article; what is known of article and spans comes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from annotate.offsets import Unit
from store.formats.files import files_in
from store.formats.json_files import document, parse, to_line
from store.formats.model import Capabilities, Format, GoldArticle, GoldSpan, ReadArticle, ReadOptions, WriteOptions
from store.records import Doc, RecordError, characters, field

_SET = "manicule"
_UNITS: dict[str, Unit] = {"p": "codepoint", "j": "utf16"}
_STATUSES = ("confirmed", "rejected", "suggested")
_ARTICLE = "manicule."
"""Begins the names of the document's features that are not the article's metadata."""


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.bdocjs` for each article."""
    for article in articles:
        path = folder / f"{article.id}.bdocjs"
        path.write_text(to_line(_document(article)) + "\n", encoding="utf-8", newline="\n")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.bdocjs` or `.bdoc` of a folder, or the file given; annotation sets are read one after another."""
    for one in files_in(path, ".bdocjs", ".bdoc"):
        yield parse(partial(_read, one, options), document(one), one, 0)


def _document(article: GoldArticle) -> Doc:
    features = {"title": article.title, "status": article.status, "part": article.part}
    return {
        "annotation_sets": {
            _SET: {
                "name": _SET,
                "annotations": [_annotation(number, span) for number, span in enumerate(article.spans)],
                "next_annid": len(article.spans),
            }
        },
        "text": article.text,
        "features": {_ARTICLE + key: value for key, value in features.items() if value} | dict(article.metadata),
        "offset_type": "p",
        "name": article.id,
    }


def _annotation(number: int, span: GoldSpan) -> Doc:
    said = {
        "status": span.status,
        "annotator": span.annotator,
        "source": span.source,
        "score": span.score,
        "note": span.note,
        "identifier": span.identifier,
        "how": span.how,
    }
    features = {key: value for key, value in said.items() if value not in ("", None)}
    return {"type": span.label, "start": span.start, "end": span.end, "id": number, "features": features}


def _read(path: Path, options: ReadOptions, doc: Doc) -> ReadArticle:
    kind = field(doc, "offset_type", str)
    if kind not in _UNITS:
        raise RecordError(f"offset_type: {kind!r}, not p (code points) or j (UTF-16)")
    features = field(doc, "features", dict, {})
    own = {key.removeprefix(_ARTICLE): str(value) for key, value in features.items() if key.startswith(_ARTICLE)}
    metadata = {key: str(value) for key, value in features.items() if not key.startswith(_ARTICLE)}
    article = GoldArticle(
        field(doc, "name", str, "") or path.stem,
        own.get("title", ""),
        characters(doc, "text"),
        tuple(_spans(field(doc, "annotation_sets", dict, {}))),
        own.get("status", "done"),
        metadata,
        own.get("part", ""),
    )
    return ReadArticle(article, path, unit=options.unit or _UNITS[kind])


def _spans(sets: Mapping[str, Any]) -> Iterator[GoldSpan]:
    for name in sets:
        held = field(sets, name, dict)
        seen: set[int] = set()
        for number, one in enumerate(field(held, "annotations", list, [])):
            where = f"annotation_sets.{name}.annotations[{number}]"
            try:
                identifier = field(one, "id", int)
                if identifier in seen:
                    raise RecordError(f"id: {identifier} comes a second time")
                seen.add(identifier)
                yield _span(one)
            except (RecordError, AttributeError) as error:
                raise RecordError(f"{where}: {error}") from error


def _span(one: Mapping[str, Any]) -> GoldSpan:
    features = field(one, "features", dict, {})
    status = features.get("status", "confirmed")
    score = features.get("score")
    start, end = field(one, "start", int), field(one, "end", int)
    if not 0 <= start < end:
        raise RecordError(f"start {start} is not before end {end}")
    return GoldSpan(
        start,
        end,
        field(one, "type", str),
        status if status in _STATUSES else "confirmed",
        str(features.get("annotator", "")),
        str(features.get("source", "")),
        float(score) if isinstance(score, (int, float)) else None,
        str(features.get("note", "")),
        str(features.get("identifier", "")),
        str(features.get("how", "")),
    )


FORMAT = Format(
    "bdoc",
    "GATE bdoc JSON, for gatenlp",
    "",
    Capabilities(statuses=True, scores=True, notes=True, titles=True, metadata=True),
    write,
    read,
)
