"""The binary format that spaCy trains on: documents on spaCy's own tokens of the project's language.

Nobody looked is not no entity: an article that is done has its other tokens marked as outside, in one that is
not they are missing. What may overlap lies in the span group "sc", where spaCy's span categorizer reads it; in an
article that is not done it lies in "confirmed", since that categorizer takes all else for no entity.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any

from store.errors import StoreError, reason
from store.formats.docbin_packing import DocBinPacker
from store.formats.docbin_unpacking import documents
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
from store.formats.tokens import spacy_tokenizer

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

OVERLAPPING = "sc"
"""The span group that spaCy's span categorizer reads."""

_OF_UNFINISHED = "confirmed"
"""The span group of what is confirmed in an article that is not done, where spans may overlap."""

_ATTRIBUTES = ["ENT_IOB", "ENT_TYPE"]
_ENTITIES = "entities"
_REMARKS = "remarks"
"""Where, in a document's user data, notes and scores of spans are."""

_DIGEST = hashlib.sha256().digest_size
_MANY = 10_000
_LARGE = "{:,} documents in one file, all of which spaCy holds in memory when it reads it; --shard 2000 writes several"

_STATUSES: tuple[SpanStatus, ...] = ("suggested", "rejected")

_Fact = tuple[str, int, int, str, str]
"""(where it lies, start, end, label, surface) of one span."""

_Groups = dict[str, list["Span"]]
"""The spans of a document by where they lie in it."""


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write a document for each article, then read the file back and compare.

    Raises:
        StoreError: a document does not come back as it was meant.
    """
    cut = spacy_tokenizer(options.language)
    count = 0
    with DocBinPacker(path.parent, _ATTRIBUTES) as made, TemporaryFile(dir=path.parent) as meant:
        for article in articles:
            meant.write(_add(made, cut, article, options))
            count += 1
        made.write(path)
        meant.seek(0)
        _compare(path, iter(lambda: meant.read(_DIGEST), b""))
    return [_LARGE.format(count)] if count > _MANY else []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read a document as an article; entities and the group "sc" are confirmed, our own groups what they say."""
    for number, doc in enumerate(_documents(path), start=1):
        try:
            article = _read_article(doc)
        except Exception as error:  # as in `_documents`
            raise FormatError(path, number, f"a damaged document: {_first_line(error)}") from error
        yield ReadArticle(article, path, number)


def _can(options: WriteOptions) -> Capabilities:
    overlap = options.scheme.overlap
    return replace(FORMAT.can, nesting=overlap, crossing=overlap)


FORMAT = Format(
    "spacy",
    "spaCy's DocBin, for training",
    ".spacy",
    Capabilities(tokens=True, statuses=True, scores=True, notes=True, titles=True, metadata=True),
    write,
    read,
    can_with=_can,
)


# Writing ---------------------------------------------------------------------------------------------------


def _add(made: DocBinPacker, cut: Callable[[str], Doc], article: GoldArticle, options: WriteOptions) -> bytes:
    """Add the article's document; a digest of what it says."""
    doc = cut(article.text)
    about = dict(article.metadata) | {"id": article.id, "title": article.title, "status": article.status}
    doc.user_data.update(sorted(about.items()))
    if remarks := {_key(one): {"note": one.note, "score": one.score} for one in article.spans if _has_remark(one)}:
        doc.user_data[_REMARKS] = remarks
    spans: _Groups = {name: [] for name in _places(options, article)}
    for one in article.spans:
        main = next(iter(spans))
        spans[main if one.status == "confirmed" else one.status].append(_span(doc, one))
    for name, held in spans.items():
        if name == _ENTITIES:
            doc.set_ents(held, default="outside" if article.settled else "missing")
        else:
            doc.spans[name] = held
    made.add(doc)
    return _digest(doc)


def _has_remark(one: GoldSpan) -> bool:
    return bool(one.note) or one.score is not None


def _key(one: GoldSpan) -> str:
    """Names a span among those of its document."""
    return f"{one.start}-{one.end} {one.label} {one.status} {one.source}"


def _places(options: WriteOptions, article: GoldArticle) -> list[str]:
    overlapping = OVERLAPPING if article.settled else _OF_UNFINISHED
    main = overlapping if options.scheme.overlap else _ENTITIES
    return [main, *_STATUSES] if options.include_suggestions else [main]


def _span(doc: Doc, one: GoldSpan) -> Span:
    found = doc.char_span(one.start, one.end, label=one.label, span_id=one.source)
    if found is None:
        raise ValueError(f"{one}: not on tokens")
    return found


def _compare(path: Path, meant: Iterator[bytes]) -> None:
    for doc in _documents(path):
        if _digest(doc) != next(meant, b""):
            raise StoreError(f"{doc.user_data.get('id')}: its spans in the .spacy file are not what was meant")
    if left := sum(1 for _ in meant):
        raise StoreError(f"{path.name}: {left:,} documents did not come back")


def _digest(doc: Doc) -> bytes:
    """What a document says, in 32 bytes: so that a large corpus is not held in memory twice."""
    held = {_ENTITIES: doc.ents, **doc.spans}
    facts = [
        (name, span.start_char, span.end_char, span.label_, span.text) for name, spans in held.items() for span in spans
    ]
    marks = [token.ent_iob_ for token in doc]
    about = sorted((str(key), str(value)) for key, value in doc.user_data.items())
    return hashlib.sha256(repr((about, doc.text, sorted(held), sorted(facts), marks)).encode()).digest()


# Reading ---------------------------------------------------------------------------------------------------


def _documents(path: Path) -> Iterator[Doc]:
    try:
        yield from documents(path)
    except OSError as error:
        raise StoreError(f"{path}: {reason(error)}") from error
    except Exception as error:  # what a damaged file makes spaCy raise is anyone's guess
        raise FormatError(path, 0, f"no DocBin, or a damaged one: {_first_line(error)}") from error


def _read_article(doc: Doc) -> GoldArticle:
    about = {str(key): value for key, value in doc.user_data.items() if isinstance(value, str)}
    looked = bool(len(doc)) and all(token.ent_iob for token in doc)
    return GoldArticle(
        about.pop("id", ""),
        about.pop("title", ""),
        doc.text,
        tuple(_with_remark(one, doc.user_data.get(_REMARKS)) for one in _read_spans(doc)),
        about.pop("status", "done" if looked or OVERLAPPING in doc.spans else "in progress"),
        about,
    )


def _with_remark(span: GoldSpan, remarks: Any) -> GoldSpan:
    remark = remarks.get(_key(span)) if isinstance(remarks, dict) else None
    if not isinstance(remark, dict):
        return span
    note, score = remark.get("note"), remark.get("score")
    return replace(span, note=note if isinstance(note, str) else "", score=score if isinstance(score, float) else None)


def _read_spans(doc: Doc) -> Iterator[GoldSpan]:
    for span in doc.ents:
        yield _read_span(span, "confirmed")
    held = {(one.start, one.end, one.label_) for one in doc.ents}
    for name, group in doc.spans.items():
        status: SpanStatus = next((one for one in _STATUSES if one == name), "confirmed")
        for span in group:
            if (span.start, span.end, span.label_) not in held or status != "confirmed":
                yield _read_span(span, status)


def _read_span(span: Span, status: SpanStatus) -> GoldSpan:
    return GoldSpan(
        span.start_char,
        span.end_char,
        span.label_,
        status,
        source=span.id_ if status == "suggested" else "",
        identifier="" if status == "suggested" else span.id_,
        link=span.kb_id_,
        quote=span.text,
    )


def _first_line(error: Exception) -> str:
    return str(error).split("\n")[0] or type(error).__name__
