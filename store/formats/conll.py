"""Tokens in columns with a tag each: CoNLL-2003's four columns, and two columns of IOB2 or BIOES.

What is written is IOB2 or BIOES, and named so. What is read may also be IOB1, which CoNLL-2003 first had, or BILOU:
which it is shows in the whole file. Comments are not written, because the usual scorer takes them for tokens.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from store.formats.json_files import text_lines
from store.formats.model import (
    Capabilities,
    Format,
    FormatError,
    GoldArticle,
    GoldSpan,
    ReadArticle,
    ReadOptions,
    Write,
    WriteOptions,
)
from store.formats.tags import Scheme, SchemeFinder, TagError, joined, sentences, spans_of
from store.formats.tokens import tokenizer

_DOCUMENT = "-DOCSTART-"
_NEW_DOCUMENT = "# newdoc id = "
_SPACES = re.compile("[ \t]+")

_Row = Callable[[str, str], str]


def _four_columns(word: str, tag: str) -> str:
    return f"{word} -X- O {tag}\n"


def _two_columns(word: str, tag: str) -> str:
    return f"{word}\t{tag}\n"


def _writer(row: _Row, scheme: Scheme) -> Write:
    def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
        cut = tokenizer(options.language)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            for article in articles:
                file.write(f"{row(_DOCUMENT, 'O')}\n")
                for sentence in sentences(article, cut(article.text), scheme):
                    for token, tag in zip(sentence.tokens, sentence.tags, strict=True):
                        file.write(row(token.text, tag))
                    file.write("\n")
        return []

    return write


@dataclass(slots=True)
class _Document:
    """What a file holds between two beginnings of documents."""

    line: int
    name: str = ""
    words: list[list[str]] = field(default_factory=list)
    tags: list[list[str]] = field(default_factory=list)
    lines: list[list[int]] = field(default_factory=list)

    def begin_sentence(self) -> None:
        self.words.append([])
        self.tags.append([])
        self.lines.append([])


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read an article for each document; their texts are the tokens with a space between them."""
    finder = SchemeFinder()
    for document in _documents(path):
        for tags, lines in zip(document.tags, document.lines, strict=True):
            try:
                finder.look(tags, [f"line {line}" for line in lines])
            except TagError as error:
                raise FormatError(path, lines[error.index], str(error)) from error
    try:
        scheme = finder.scheme()
    except TagError as error:
        raise FormatError(path, 0, str(error)) from error
    for document in _documents(path):
        yield _article(path, document, scheme)


def _article(path: Path, document: _Document, scheme: Scheme) -> ReadArticle:
    text, places = joined(document.words)
    spans = []
    for tags, lines, where in zip(document.tags, document.lines, places, strict=True):
        try:
            found = spans_of(tags, scheme)
        except TagError as error:
            raise FormatError(path, lines[error.index], str(error)) from error
        spans += [GoldSpan(where[first][0], where[last][1], label, line=lines[first]) for first, last, label in found]
    return ReadArticle(GoldArticle(document.name, "", text, tuple(spans)), path, document.line, spaced=False)


def _documents(path: Path) -> Iterator[_Document]:
    document: _Document | None = None
    columns = 0
    is_new_sentence = True
    for number, line in text_lines(path):
        line = line.removesuffix("\r")
        if line.startswith(_NEW_DOCUMENT) or line.split("\t")[0].split(" ")[0] == _DOCUMENT:
            if document is not None and document.words:
                yield document
            document = _Document(number, line.removeprefix(_NEW_DOCUMENT) if line[0] == "#" else "")
            is_new_sentence = True
            continue
        if not line.strip(" \t"):
            is_new_sentence = True
            continue
        row = line.split("\t") if "\t" in line else _SPACES.split(line.strip(" "))
        columns = columns or len(row)
        _check(path, number, row, columns)
        document = document or _Document(number)
        if is_new_sentence:
            document.begin_sentence()
            is_new_sentence = False
        document.words[-1].append(row[0])
        document.tags[-1].append(row[-1])
        document.lines[-1].append(number)
    if document is not None and document.words:
        yield document


def _check(path: Path, number: int, row: list[str], columns: int) -> None:
    if len(row) < 2:
        raise FormatError(path, number, "one column only: a token and its tag are needed")
    if len(row) != columns:
        raise FormatError(path, number, f"{len(row)} columns, and {columns} in the lines before")
    if not row[0].strip():
        raise FormatError(path, number, "no token in the first column")
    if any(char.isspace() for char in row[0]):
        raise FormatError(path, number, f"white space inside the token {row[0]!r}")


_CAN = Capabilities(nesting=False, crossing=False, tokens=True, ids=False, spacing=False, mark=_DOCUMENT)

CONLL2003 = Format(
    "conll2003",
    "CoNLL-2003's four columns, tags in IOB2",
    ".conll",
    _CAN,
    _writer(_four_columns, "IOB2"),
    read,
    streams=True,
)
IOB2 = Format("iob2", "token and tag in IOB2", ".iob", _CAN, _writer(_two_columns, "IOB2"), read, streams=True)
BIOES = Format("bioes", "token and tag in BIOES", ".bioes", _CAN, _writer(_two_columns, "BIOES"), read, streams=True)
