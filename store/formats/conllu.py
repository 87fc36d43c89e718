"""CoNLL-U: tokens in sentences, with entities as IOB2 and the white space between tokens in the last column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from store.formats.files import OnceEach
from store.formats.json_files import text_lines
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
from store.formats.tags import OUTSIDE, sentences
from store.formats.tokens import Token, tokenizer

_ESCAPES = {" ": "\\s", "\t": "\\t", "\n": "\\n", "\r": "\\r", "|": "\\p", "\\": "\\\\"}
_UNESCAPED = {escape[1]: char for char, escape in _ESCAPES.items()}
_TAG = re.compile(r"([BI])-(.+)")
_KEYS = ("NER", "ner", "name")
_ID = re.compile(r"(\d+)(?:-(\d+)|\.\d+)?")
_COLUMNS = 10


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write one file: `# newdoc id`, and in the last column `NER=B-LABEL` and what white space follows a token."""
    tokenize = tokenizer(options.language)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in articles:
            file.writelines(_lines(article, tokenize(article.text)))
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read the documents of a file; one without `# newdoc` is one document named after the file."""
    once = OnceEach()
    for document in _documents(path):
        yield once.check(document.read())


def _lines(article: GoldArticle, tokens: Sequence[Token]) -> Iterator[str]:
    place = 0
    for number, sentence in enumerate(sentences(article, tokens), start=1):
        if number == 1:
            yield f"# newdoc id = {article.id}\n"
            if article.title and "\n" not in article.title:
                yield f"# title = {article.title}\n"
        yield f"# sent_id = {article.id}-{number}\n# text = {_said(sentence.tokens)}\n"
        for within, (token, tag) in enumerate(zip(sentence.tokens, sentence.tags, strict=True), start=1):
            misc = "|".join(_misc(article.text, tokens, place, tag))
            yield "\t".join([str(within), token.text, *"_" * 7, misc or "_"]) + "\n"
            place += 1
        yield "\n"


def _said(sentence: Sequence[Token]) -> str:
    """The sentence with one space wherever there is white space: what `# text` has to be."""
    parts = []
    for left, right in zip(sentence, [*sentence[1:], None], strict=True):
        parts.append(left.text + (" " if right and right.start > left.end else ""))
    return "".join(parts)


def _misc(text: str, tokens: Sequence[Token], place: int, tag: str) -> Iterator[str]:
    token = tokens[place]
    if tag != OUTSIDE:
        yield f"NER={tag}"
    is_last = place + 1 == len(tokens)
    after = text[token.end : len(text) if is_last else tokens[place + 1].start]
    if not after:
        yield "SpaceAfter=No"
    elif is_last or after != " ":
        yield f"SpacesAfter={_escaped(after)}"
    if place == 0 and token.start:
        yield f"SpacesBefore={_escaped(text[: token.start])}"


def _escaped(space: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in space)


def _unescaped(space: str) -> str:
    return re.sub(r"\\(.)", lambda found: _UNESCAPED.get(found[1], found[0]), space)


@dataclass(slots=True)
class _Document:
    """A document on its way in: its text so far, and the span that is open."""

    path: Path
    line: int
    id: str
    title: str = ""
    parts: list[str] = field(default_factory=list)
    length: int = 0
    spaced: bool = False
    spans: list[GoldSpan] = field(default_factory=list)
    open_span: GoldSpan | None = None

    def add(self, form: str, misc: Mapping[str, str], tag: str, line: int) -> None:
        """Take in a token.

        Raises:
            FormatError: its tag does not fit.
        """
        if self.length == 0:
            self._put(_unescaped(misc.get("SpacesBefore", "")))
        start = self.length
        self._put(form)
        self._tag(tag, start, line)
        after = "" if misc.get("SpaceAfter") == "No" else _unescaped(misc.get("SpacesAfter", " "))
        self.spaced = "SpaceAfter" in misc or "SpacesAfter" in misc
        self._put(after)

    def read(self) -> ReadArticle:
        self._close()
        text = "".join(self.parts)
        text = text if self.spaced else text.removesuffix(" ")
        article = GoldArticle(self.id, self.title, text, tuple(self.spans))
        return ReadArticle(article, self.path, self.line, spaced=self.spaced)

    def _put(self, part: str) -> None:
        self.parts.append(part)
        self.length += len(part)

    def _tag(self, tag: str, start: int, line: int) -> None:
        found = _TAG.fullmatch(tag)
        if not found and tag not in ("", "O", "_"):
            raise FormatError(self.path, line, f"NER={tag}: not O, B-LABEL or I-LABEL")
        if found and found[1] == "I":
            if self.open_span is None or self.open_span.label != found[2]:
                raise FormatError(self.path, line, f"NER={tag}: no entity of this label goes before it")
            span = self.open_span
            self.open_span = GoldSpan(span.start, self.length, span.label, line=span.line)
            return
        self._close()
        if found:
            self.open_span = GoldSpan(start, self.length, found[2], line=line)

    def _close(self) -> None:
        if self.open_span:
            self.spans.append(self.open_span)
        self.open_span = None


def _documents(path: Path) -> Iterator[_Document]:
    """The documents of a file, each when it is complete."""
    document: _Document | None = None
    rows = _Rows(path)
    for number, raw in text_lines(path):
        line = raw.removesuffix("\r")
        key, _, value = line.removeprefix("#").strip().partition(" = ")
        if line.startswith("# newdoc"):
            if document is not None and document.length:
                yield document
            document = _Document(path, number, value if key == "newdoc id" else "")
        elif line.startswith("#"):
            if document is not None and key == "title":
                document.title = value
        elif line:
            document = document or _Document(path, number, path.stem)
            rows.take(document, number, line)
        else:
            rows.end()
    if document is None or not document.length:
        raise FormatError(path, 0, "it holds no token")
    yield document


class _Rows:
    """Passes on the rows that stand for text: a token, or several words that are written as one."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._expected = 1
        self._covered = 0

    def end(self) -> None:
        """A sentence ends."""
        self._expected, self._covered = 1, 0

    def take(self, document: _Document, number: int, line: str) -> None:
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            why = f"{len(columns)} columns, where CoNLL-U has {_COLUMNS}, with tabs between them"
            raise FormatError(self._path, number, why)
        found = _ID.fullmatch(columns[0])
        if not found:
            raise FormatError(self._path, number, f"{columns[0]!r} is no number of a token")
        if "." in columns[0]:
            return
        first = int(found[1])
        if first != self._expected:
            raise FormatError(self._path, number, f"token {columns[0]} where {self._expected} was expected")
        if found[2]:
            self._covered = int(found[2])
        else:
            self._expected += 1
            if first <= self._covered:
                return
        misc = dict(part.partition("=")[::2] for part in columns[9].split("|"))
        tag = next((misc[key] for key in _KEYS if key in misc), "")
        document.add(columns[1], misc, tag, number)


FORMAT = Format(
    "conllu",
    "CoNLL-U, entities as NER= in MISC",
    ".conllu",
    Capabilities(nesting=False, crossing=False, tokens=True, titles=True),
    write,
    read,
    streams=True,
)
