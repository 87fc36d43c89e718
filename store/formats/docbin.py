"""The binary format that spaCy trains on: documents on spaCy's own tokens of the project's language.

Nobody looked is not no entity: an article that is done has its other tokens marked as outside, in one that is
not they are missing. What may overlap lies in the span group "sc", where spaCy's span categorizer reads it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from annotate.extraction import blank
from store.errors import StoreError
from store.formats.values import ExportArticle, ExportSpan, FormatOptions, Loss

OVERLAPPING = "sc"
"""The span group that spaCy's span categorizer reads."""

_ATTRIBUTES = ["ENT_IOB", "ENT_TYPE"]
_ENTITIES = "entities"

Fact = tuple[str, int, int, str, str]
"""(where it lies, start, end, label, surface) of one span."""

Placed = dict[tuple[int, int, str, str], Span]
"""The spans of one place by first and last token, label and source."""


def open_writer(path: Path, options: FormatOptions) -> DocBinWriter:
    """Start a file at `path`."""
    return DocBinWriter(path, options)


class DocBinWriter:
    """Documents are gathered in memory, written when it is closed, read back and compared."""

    def __init__(self, path: Path, options: FormatOptions) -> None:
        self._path = path
        self._options = options
        self._nlp = blank(options.language)
        self._bin = DocBin(attrs=_ATTRIBUTES, store_user_data=True)
        self._meant: list[bytes] = []
        self._aligned = 0

    def add(self, article: ExportArticle) -> list[Loss]:
        """Tokenize the article and put its spans on the tokens; it is left out if one does not fit."""
        doc = self._nlp.tokenizer(article.text)
        doc.user_data.update(id=article.id, title=article.title, status=article.status)
        placed: dict[str, Placed] = {name: {} for name in self._places()}
        losses = [
            Loss(article, span, reason)
            for span in article.spans
            if (reason := self._place(doc, span, placed[self._place_of(span)]))
        ]
        if not losses:
            spans = {name: list(held.values()) for name, held in placed.items()}
            self._fill(doc, spans, done=article.done)
            self._bin.add(doc)
            missing = self._meant_missing(doc, spans, done=article.done)
            self._meant.append(_digest(article.id, article.text, _facts(spans), missing))
        return losses

    def close(self) -> list[str]:
        """Write the file and read it back.

        Raises:
            StoreError: a document does not come back as it was meant.
        """
        self._bin.to_disk(self._path)
        self._compare(DocBin().from_disk(self._path), self._nlp.vocab)
        if not self._aligned:
            return []
        spans = "1 span" if self._aligned == 1 else f"{self._aligned} spans"
        return [f"{spans} moved to the edges of tokens (--align {self._options.align})"]

    def abandon(self) -> None:
        """Nothing is open before the end."""

    def _places(self) -> list[str]:
        main = OVERLAPPING if self._options.overlap else _ENTITIES
        return [main, "suggested", "rejected"] if self._options.include_suggestions else [main]

    def _place_of(self, span: ExportSpan) -> str:
        return self._places()[0] if span.status == "confirmed" else span.status

    def _place(self, doc: Doc, span: ExportSpan, taken: Placed) -> str:
        """Put the span among those `taken` in its place; else say why it does not fit."""
        found = doc.char_span(span.start, span.end, label=span.label, alignment_mode=self._options.align)
        if found is None:
            strict = self._options.align == "strict"
            return "it begins or ends inside a token" if strict else "it covers no whole token"
        key = (found.start, found.end, span.label, span.source)
        if key in taken:
            return "aligned with tokens, it is the same as another"
        flat = span.status == "confirmed" and not self._options.overlap
        if flat and taken and next(reversed(taken.values())).end > found.start:
            return "it overlaps another, which entities must not"
        taken[key] = found
        self._aligned += (found.start_char, found.end_char) != (span.start, span.end)
        return ""

    def _fill(self, doc: Doc, spans: dict[str, list[Span]], *, done: bool) -> None:
        for name, held in spans.items():
            if name == _ENTITIES:
                doc.set_ents(held, default="outside" if done else "missing")
            else:
                doc.spans[name] = held

    def _meant_missing(self, doc: Doc, spans: dict[str, list[Span]], *, done: bool) -> int:
        """How many tokens nobody has said anything about as an entity."""
        if self._options.overlap:
            return len(doc)
        return 0 if done else len(doc) - sum(len(span) for span in spans[_ENTITIES])

    def _compare(self, written: DocBin, vocab: Vocab) -> None:
        if len(written) != len(self._meant):
            raise StoreError(f"{self._path.name}: {len(written)} documents of {len(self._meant)} came back")
        for doc, meant in zip(written.get_docs(vocab), self._meant, strict=True):
            article_id = str(doc.user_data["id"])
            spans = {name: _spans_in(doc, name) for name in self._places()}
            missing = sum(token.ent_iob == 0 for token in doc)
            if _digest(article_id, doc.text, _facts(spans), missing) != meant:
                raise StoreError(f"{article_id}: its spans in the .spacy file are not what was meant")


def _spans_in(doc: Doc, name: str) -> list[Span]:
    return list(doc.ents if name == _ENTITIES else doc.spans[name])


def _facts(spans: dict[str, list[Span]]) -> list[Fact]:
    return sorted(
        (name, span.start_char, span.end_char, span.label_, span.text) for name, held in spans.items() for span in held
    )


def _digest(article_id: str, text: str, facts: list[Fact], missing: int) -> bytes:
    """What a document says, in 32 bytes: so that a large corpus is not held in memory twice."""
    return hashlib.sha256(repr((article_id, text, facts, missing)).encode()).digest()
