"""Prodigy's JSONL: a task a line with spaCy's tokens; the first token of a span counts from 0, the last is included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from store.formats.json_files import as_string, object_lines, parse, strings, to_line, whole
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
from store.formats.tokens import spacy_tokenizer, tokenizer
from store.records import Doc, RecordError, characters, field

_ANSWERS: dict[str, tuple[str, SpanStatus]] = {
    "accept": ("done", "confirmed"),
    "reject": ("skipped", "rejected"),
    "ignore": ("skipped", "suggested"),
}
"""What an answer says of the article, and of its spans: only what was accepted is gold."""

_Token = tuple[int, int, str]
"""(start, end, text)"""


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write a task for each article; hashes are left to Prodigy, which makes them when it reads the file."""
    cut, tokens_of = spacy_tokenizer(options.language), tokenizer(options.language)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            tokens = [
                {
                    "text": one.text,
                    "start": one.idx,
                    "end": one.idx + len(one.text),
                    "id": one.i,
                    "ws": bool(one.whitespace_),
                }
                for one in cut(article.text)
            ]
            starts = {one.start: one.number for one in tokens_of(article.text)}
            ends = {one.end: one.number for one in tokens_of(article.text)}
            spans = [
                {
                    "start": one.start,
                    "end": one.end,
                    "token_start": starts[one.start],
                    "token_end": ends[one.end],
                    "label": one.label,
                    **({"note": one.note} if one.note else {}),
                }
                for one in article.spans
            ]
            about = {**dict(sorted(article.metadata.items())), "id": article.id, "title": article.title}
            task = {"text": article.text, "tokens": tokens, "spans": spans, "answer": "accept", "meta": about}
            file.write(to_line(task) + "\n")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read a task a line; one that was rejected or ignored is a skipped article."""
    for line, doc in object_lines(path):
        article, status = parse(_read_article, doc, path, line)
        spans = [
            replace(parse(_read_span, one, path, line, f"span {n}"), status=status, annotator=_who(doc))
            for n, one in enumerate(doc.get("spans") or (), start=1)
        ]
        tokens = parse(_read_tokens, doc, path, line)
        for n, (given, one) in enumerate(zip(doc.get("spans") or (), spans, strict=True), start=1):
            text = article.text if one.quote is None and options.unit in (None, "codepoint") else None
            parse(partial(_check_span, span=one, tokens=tokens, text=text), given, path, line, f"span {n}")
        spans = [replace(one, annotator="") if status == "suggested" else one for one in spans]
        who = frozenset(filter(None, [_who(doc)]))
        yield ReadArticle(replace(article, spans=tuple(spans)), path, line, annotators=who, is_one_s=bool(who))


FORMAT = Format(
    "prodigy",
    "Prodigy's tasks, for ner.manual and spans.manual",
    ".jsonl",
    Capabilities(tokens=True, notes=True, titles=True, metadata=True),
    write,
    read,
    streams=True,
)


def _read_article(doc: Doc) -> tuple[GoldArticle, SpanStatus]:
    answer = field(doc, "answer", str, "accept")
    if answer not in _ANSWERS:
        raise RecordError(f"answer: {answer!r} is none of {', '.join(_ANSWERS)}")
    if doc.get("spans") is not None:
        field(doc, "spans", list)
    status, of_spans = _ANSWERS[answer]
    about = strings(doc, "meta")
    name, title = about.pop("id", ""), about.pop("title", "")
    return GoldArticle(name, title, characters(doc, "text"), status=status, metadata=about), of_spans


def _read_tokens(doc: Doc) -> list[_Token]:
    return [_read_token(one, number) for number, one in enumerate(field(doc, "tokens", list, []))]


def _read_token(doc: Any, number: int) -> _Token:
    if not isinstance(doc, dict):
        raise RecordError(f"token {number}: not an object")
    start, end = whole(doc.get("start"), f"token {number}: start"), whole(doc.get("end"), f"token {number}: end")
    return start, end, field(doc, "text", str)


def _check_span(doc: Doc, span: GoldSpan, tokens: list[_Token], text: str | None) -> None:
    """Hold a span against the tokens that it names, and these against the text if there is one.

    Raises:
        RecordError: it begins or ends elsewhere, or other words are there; some tokenizers write all in lower case.
    """
    if not tokens or doc.get("token_start") is None or doc.get("token_end") is None:
        return
    first, last = whole(doc["token_start"], "token_start"), whole(doc["token_end"], "token_end")
    if not 0 <= first <= last < len(tokens):
        raise RecordError(f"tokens {first} to {last} are none of its {len(tokens)}")
    if (tokens[first][0], tokens[last][1]) != (span.start, span.end):
        raise RecordError(
            f"it is {span.start}-{span.end}, and its tokens {first} to {last} are {tokens[first][0]}-{tokens[last][1]}"
        )
    for start, end, word in tokens[first : last + 1] if text is not None else ():
        if text is not None and text[start:end].casefold() != word.casefold():
            raise RecordError(
                f"the text of its token {start}-{end} is {word[:60]!r}, but {text[start:end][:60]!r} is there"
            )


def _who(doc: Doc) -> str:
    who: Any = doc.get("_annotator_id") or doc.get("_session_id") or ""
    return as_string(who)


def _read_span(doc: Doc) -> GoldSpan:
    return GoldSpan(
        whole(doc.get("start"), "start"),
        whole(doc.get("end"), "end"),
        characters(doc, "label"),
        note=field(doc, "note", str, ""),
        quote=field(doc, "text", str) if "text" in doc else None,
    )
