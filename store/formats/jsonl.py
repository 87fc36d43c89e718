"""JSONL: one article a line, with exact offsets, for any program that reads JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.formats.values import ExportArticle, ExportSpan, FormatOptions, Loss

if TYPE_CHECKING:
    from spacy.tokens import Doc


_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def open_writer(path: Path, options: FormatOptions) -> JsonlWriter:
    """Start a file at `path`."""
    return JsonlWriter(path, options)


class JsonlWriter:
    """Lines of UTF-8 JSON; keys always in the same order."""

    def __init__(self, path: Path, options: FormatOptions) -> None:
        self._tokenize = _tokenizer(options.language) if options.tokens else None
        self._file = path.open("w", encoding="utf-8", newline="\n")

    def add(self, article: ExportArticle) -> list[Loss]:
        """Write the article's line; every span fits."""
        record = _record(article)
        if self._tokenize is not None:
            record["tokens"] = _tokens(self._tokenize(article.text))
        self._file.write(_escaped(json.dumps(record, ensure_ascii=False)) + "\n")
        return []

    def close(self) -> list[str]:
        """Close the file."""
        self._file.close()
        return []

    def abandon(self) -> None:
        """Close the file as it is."""
        self._file.close()


def _escaped(line: str) -> str:
    """The same JSON with what a terminal might obey, or a program take for a newline, as an escape."""
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def _record(article: ExportArticle) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "status": article.status,
        "spans": [_span(one) for one in article.spans],
    }


def _span(span: ExportSpan) -> dict[str, Any]:
    who = {"source": span.source} if span.status == "suggested" else {"annotator": span.annotator}
    return {"start": span.start, "end": span.end, "label": span.label, "status": span.status, **who}


def _tokenizer(language: str) -> Callable[[str], Doc]:
    from annotate.extraction import blank

    return blank(language).tokenizer


def _tokens(doc: Doc) -> list[dict[str, Any]]:
    return [
        {
            "text": token.text,
            "start": token.idx,
            "end": token.idx + len(token.text),
            "id": token.i,
            "ws": bool(token.whitespace_),
        }
        for token in doc
    ]
