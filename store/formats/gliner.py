"""GLiNER's training data: tokens, and spans by their first and last token, both included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from store.formats.json_files import objects, parse, to_line, whole
from store.formats.model import Capabilities, Format, GoldArticle, GoldSpan, ReadArticle, ReadOptions, WriteOptions
from store.formats.tags import joined, token_spans
from store.formats.tokens import tokenizer
from store.records import Doc, RecordError, field

MAX_WIDTH = 12
"""Tokens of the longest span that GLiNER learns from, unless its configuration says otherwise."""


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write one array with an object a line for each article."""
    cut = tokenizer(options.language)
    before, wide = "[", 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            tokens = cut(article.text)
            spans = token_spans(article, tokens)
            wide += sum(last - first >= MAX_WIDTH for first, last, _ in spans)
            doc = {"tokenized_text": [one.text for one in tokens], "ner": [list(one) for one in spans]}
            file.write(f"{before}\n{to_line(doc)}")
            before = ","
        file.write("[]\n" if before == "[" else "\n]\n")
    return [f"spans of more than {MAX_WIDTH} tokens: {wide:,}; GLiNER learns from them if its max_width is larger"] * (
        wide > 0
    )


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read an article for each object; their texts are the tokens with a space between them."""
    for line, doc in objects(path):
        words = parse(_words, doc, path, line)
        text, (places,) = joined([words])
        spans = []
        for number, one in enumerate(doc["ner"], start=1):
            first, last, label = parse(_span, {"span": one, "length": len(words)}, path, line, f"ner {number}")
            spans.append(GoldSpan(places[first][0], places[last][1], label))
        yield ReadArticle(GoldArticle("", "", text, tuple(spans)), path, line, spaced=False)


FORMAT = Format(
    "gliner",
    "GLiNER's training data",
    ".json",
    Capabilities(tokens=True, ids=False, spacing=False),
    write,
    read,
    streams=True,
)


def _words(doc: Doc) -> list[str]:
    words = field(doc, "tokenized_text", list)
    field(doc, "ner", list)
    if not words or not all(isinstance(word, str) and word.strip() for word in words):
        raise RecordError("tokenized_text: not a list of tokens")
    return words


def _span(doc: Doc) -> tuple[int, int, str]:
    one: Any = doc["span"]
    if not isinstance(one, list) or len(one) != 3 or not isinstance(one[2], str):
        raise RecordError("not [first token, last token, label]")
    first, last = whole(one[0], "first token"), whole(one[1], "last token")
    if not 0 <= first <= last < doc["length"]:
        raise RecordError(f"tokens {first} to {last} of {doc['length']} (the last one is included)")
    return first, last, one[2]
