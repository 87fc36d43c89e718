"""W3C Web Annotation: a folder with a text and a JSON-LD page of annotations for each article."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from store.formats.files import files_in, text_of
from store.formats.json_files import document, objects, parse
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

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
"""How many characters before and after a span are quoted with it."""


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.txt` and `ID.jsonld` for each article."""
    for article in articles:
        (folder / f"{article.id}.txt").write_text(article.text, encoding="utf-8", newline="\n")
        page = json.dumps(_page(article), ensure_ascii=True, indent=1)
        (folder / f"{article.id}.jsonld").write_text(page + "\n", encoding="utf-8", newline="\n")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.jsonld` or `.json` of a folder, or the file given.

    It holds an annotation page, a collection with its first page, an annotation, or an array of them.

    An annotation's text is the file beside it that its target names, else the one of the same name; a page without
    one gives spans with their quotes, for articles that are there.
    """
    for one in files_in(path, ".jsonld", ".json"):
        yield parse(partial(_read, one, options), _document(one), one, 0)


def _document(path: Path) -> Doc:
    """What a file holds; an array, as editors in browsers give it, as a page."""
    if text_of(path).lstrip("\ufeff \t\r\n").startswith("["):
        return {"type": "AnnotationPage", "items": [one for _, one in objects(path)]}
    return document(path)


def _page(article: GoldArticle) -> Doc:
    source = quote(f"{article.id}.txt")
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return {
        "@context": _CONTEXT,
        "id": _urn(f"{article.id} {digest}"),
        "type": "AnnotationPage",
        "label": article.title or article.id,
        "items": [
            _annotation(article, span, source, f"{article.id} {digest} {number}")
            for number, span in enumerate(article.spans)
        ],
    }


def _urn(what: str) -> str:
    """A name that the same corpus gives again."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"manicule {what}").urn


def _annotation(article: GoldArticle, span: GoldSpan, source: str, name: str) -> Doc:
    text = article.text
    body: list[Doc] = [{"type": "TextualBody", "value": span.label, "format": "text/plain", "purpose": "classifying"}]
    if span.note:
        body.append({"type": "TextualBody", "value": span.note, "format": "text/plain", "purpose": "commenting"})
    by = {"creator": {"type": "Person", "nickname": span.annotator}} if span.annotator else {}
    return {
        "@context": _CONTEXT,
        "id": _urn(f"{name} {span.start} {span.end} {span.label}"),
        "type": "Annotation",
        "motivation": "classifying",
        **by,
        "body": body,
        "target": {
            "type": "SpecificResource",
            "source": source,
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": text[span.start : span.end],
                    "prefix": text[max(0, span.start - _AROUND) : span.start],
                    "suffix": text[span.end : span.end + _AROUND],
                },
            ],
        },
    }


def _read(path: Path, options: ReadOptions, doc: Doc) -> ReadArticle:
    annotations = list(_annotations(doc))
    sources = {source for one in annotations if (source := _source(one))}
    if len(sources) > 1:
        raise RecordError(f"its annotations are on {len(sources)} texts: one file for each is needed")
    source = sources.pop() if sources else ""
    text_path = _beside(path, source)
    text = text_of(text_path) if text_path else ""
    spans = tuple(_all_spans(annotations))
    article_id = (text_path or path).stem
    title = doc.get("label") if doc.get("type") == "AnnotationPage" else ""
    if not text and not spans:
        raise FormatError(path, 0, "it has no annotation, and no text beside it")
    title = title if isinstance(title, str) and title != article_id else ""
    return ReadArticle(GoldArticle(article_id, title, text, spans), path, unit=options.unit or "codepoint")


def _beside(path: Path, source: str) -> Path | None:
    """The text that a target names, if it lies in the folder of the annotations; else the one of their name."""
    name = unquote(urlsplit(source).path.rpartition("/")[2])
    for one in (path.with_name(name) if name not in ("", ".", "..") else path, path.with_suffix(".txt")):
        if one != path and one.is_file():
            return one
    return None


def _annotations(doc: Doc) -> Iterator[Mapping[str, Any]]:
    kind = doc.get("type")
    if kind == "Annotation":
        yield doc
    elif kind == "AnnotationPage":
        yield from _objects(field(doc, "items", list, []))
    elif kind == "AnnotationCollection":
        yield from _objects(field(field(doc, "first", dict), "items", list, []))
    else:
        raise RecordError(f"type: {kind!r}, not Annotation, AnnotationPage or AnnotationCollection")


def _objects(items: list[Any]) -> Iterator[Mapping[str, Any]]:
    for number, one in enumerate(items):
        if not isinstance(one, dict):
            raise RecordError(f"items[{number}]: not an object")
        yield one


def _all_spans(annotations: list[Mapping[str, Any]]) -> Iterator[GoldSpan]:
    seen: set[str] = set()
    for number, one in enumerate(annotations):
        try:
            identifier = field(one, "id", str, "")
            if identifier and identifier in seen:
                raise RecordError(f"id: {identifier} comes a second time")
            seen.add(identifier)
            yield _span(one, identifier)
        except RecordError as error:
            raise RecordError(f"items[{number}]: {error}") from error


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _targets(one: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [target for target in _listed(one.get("target")) if isinstance(target, dict)]


def _source(one: Mapping[str, Any]) -> str:
    for target in _targets(one):
        source = target.get("source")
        source = source.get("id") if isinstance(source, dict) else source
        if isinstance(source, str):
            return source
    return ""


def _span(one: Mapping[str, Any], identifier: str) -> GoldSpan:
    places = [place for target in _targets(one) if (place := _place(target))]
    if not places:
        raise RecordError("target: no TextPositionSelector")
    places.sort(key=lambda place: place[:2])
    start, end = places[0][0], max(place[1] for place in places)
    exact = places[0][2] if len(places) == 1 else None
    fragments = tuple((place[0], place[1]) for place in places) if len(places) > 1 else ()
    creator = one.get("creator")
    return GoldSpan(
        start,
        end,
        _body(one, "classifying", "tagging", ""),
        annotator=str(creator.get("nickname") or creator.get("name") or "") if isinstance(creator, dict) else "",
        note=_body(one, "commenting", "describing", required=False),
        identifier=identifier,
        link=_link(one),
        quote=exact,
        fragments=fragments,
    )


def _link(one: Mapping[str, Any]) -> str:
    """What the first body names that is there to identify what the text is about."""
    for body in _listed(one.get("body")):
        if isinstance(body, dict) and body.get("purpose") in ("identifying", "linking"):
            named = (body.get(key) for key in ("source", "id", "value"))
            return next((name for name in named if isinstance(name, str) and name), "")
    return ""


def _place(target: Mapping[str, Any]) -> tuple[int, int, str | None] | None:
    """Where a target lies, and the text that it quotes."""
    position, exact = None, None
    for selector in _listed(target.get("selector")):
        kind = selector.get("type") if isinstance(selector, dict) else ""
        if kind == "TextPositionSelector":
            position = field(selector, "start", int), field(selector, "end", int)
        elif kind == "TextQuoteSelector":
            exact = characters(selector, "exact")
    if position is None:
        return None
    if not 0 <= position[0] < position[1]:
        raise RecordError(f"target: start {position[0]} is not before end {position[1]}")
    return *position, exact


def _body(one: Mapping[str, Any], *purposes: str, required: bool = True) -> str:
    """The text of the first body of one of these purposes."""
    texts: dict[str, str] = {}
    for body in _listed(one.get("body")):
        if isinstance(body, str):
            texts.setdefault("", body)
        elif isinstance(body, dict) and isinstance(body.get("value"), str):
            texts.setdefault(str(body.get("purpose", "")), body["value"])
    found = next((texts[purpose] for purpose in purposes if purpose in texts), "")
    if required and not found:
        raise RecordError("body: no label: a TextualBody whose purpose is classifying or tagging")
    return found


FORMAT = Format(
    "w3c",
    "W3C Web Annotation JSON-LD",
    "",
    Capabilities(notes=True, titles=True, discontinuity=True),
    write,
    read,
)
