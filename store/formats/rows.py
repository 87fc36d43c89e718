"""The rows of Hugging Face's token classification: tokens, numbered tags, and the exact text and spans beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from store.formats.json_files import as_string, parse, whole
from store.formats.model import FormatError, GoldArticle, GoldSpan, ReadArticle
from store.formats.tags import SchemeFinder, TagError, joined, spans_of, tags_of
from store.formats.tokens import Token
from store.records import Doc, RecordError, characters, field


def row_of(article: GoldArticle, tokens: Sequence[Token], numbers: Mapping[str, int]) -> Doc:
    """An article's row; `numbers` are those of the tags."""
    return {
        "id": article.id,
        "title": article.title,
        "text": article.text,
        "tokens": [one.text for one in tokens],
        "ner_tags": [numbers[tag] for tag in tags_of(article, tokens)],
        "spans": [{"start": one.start, "end": one.end, "label": one.label} for one in article.spans],
    }


def read_row(path: Path, line: int, doc: Doc, names: Sequence[str]) -> ReadArticle:
    """The article of a row: by its text and spans, else by its tokens and tags.

    Raises:
        FormatError: it has neither, or a tag that means nothing; with file and line.
    """
    name, title = as_string(doc.get("id", "")), as_string(doc.get("title", "") or "")
    if doc.get("text") is not None and doc.get("spans") is not None:
        text = parse(lambda row: characters(row, "text"), doc, path, line)
        found = parse(lambda row: field(row, "spans", list), doc, path, line)
        spans = [parse(_span, one, path, line, f"span {number}") for number, one in enumerate(found, start=1)]
        if names or all(isinstance(one, str) for one in doc.get("ner_tags") or ()):
            _check_tags(path, line, doc, names, text, spans)
        return ReadArticle(GoldArticle(name, title, text, tuple(spans)), path, line)
    words, tags = parse(lambda row: _tagged(row, names), doc, path, line)
    text, (places,) = joined([words])
    spans = _tagged_spans(path, line, tags, places)
    return ReadArticle(GoldArticle(name, title, text, tuple(spans)), path, line, spaced=False)


def _tagged_spans(path: Path, line: int, tags: Sequence[str], places: Sequence[tuple[int, int]]) -> list[GoldSpan]:
    try:
        finder = SchemeFinder()
        finder.look(tags, [f"tag {number}" for number in range(1, len(tags) + 1)])
        ranges = spans_of(tags, finder.scheme())
    except TagError as error:
        raise FormatError(path, line, f"tag {error.index + 1}: {error}") from error
    return [GoldSpan(places[first][0], places[last][1], label) for first, last, label in ranges]


def _check_tags(path: Path, line: int, doc: Doc, names: Sequence[str], text: str, spans: Sequence[GoldSpan]) -> None:
    """Hold the spans against the tags, where there are tags and their tokens make the text.

    Raises:
        FormatError: a tagged span is none of the spans, or a span is untagged that overlaps no tagged one.
    """
    words = doc.get("tokens")
    if not isinstance(words, list) or (doc.get("ner_tags") is None and doc.get("tags") is None):
        return
    if any(isinstance(word, str) and not word.strip() for word in words):
        return
    words, tags = parse(lambda row: _tagged(row, names), doc, path, line)
    places = _places(text, words)
    if places is None:
        return
    tagged = {(one.start, one.end, one.label) for one in _tagged_spans(path, line, tags, places)}
    there = {(one.start, one.end, one.label) for one in spans}
    for start, end, label in sorted(tagged - there):
        raise FormatError(path, line, f"the tags say {start}-{end} {label}, which is none of the spans")
    for start, end, label in sorted(there - tagged):
        if not any(start < other_end and other_start < end for other_start, other_end, _ in tagged):
            raise FormatError(path, line, f"span {start}-{end} {label}: the tags do not have it")


def _places(text: str, words: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where each token lies; None where the tokens do not make the text but for white space."""
    places, at = [], 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return None
        at = start + len(word)
        places.append((start, at))
    return None if text[at:].strip() else places


def _span(doc: Doc) -> GoldSpan:
    return GoldSpan(whole(doc.get("start"), "start"), whole(doc.get("end"), "end"), characters(doc, "label"))


def _tagged(doc: Doc, names: Sequence[str]) -> tuple[list[str], list[str]]:
    words = field(doc, "tokens", list)
    key = "ner_tags" if "ner_tags" in doc else "tags"
    tags = field(doc, key, list)
    if not all(isinstance(word, str) and word.strip() for word in words):
        raise RecordError("tokens: not a list of tokens")
    if len(words) != len(tags):
        raise RecordError(f"{key}: {len(tags)} of them for {len(words)} tokens")
    return words, [_name(tag, names, key) for tag in tags]


def _name(tag: Any, names: Sequence[str], key: str) -> str:
    if isinstance(tag, str):
        return tag
    number = whole(tag, key)
    if not names:
        raise RecordError(f"{key}: numbers, and no card beside the file that says what they mean")
    if not 0 <= number < len(names):
        raise RecordError(f"{key}: {number} is none of the {len(names)} tags")
    return names[number]
