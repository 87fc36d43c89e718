"""WebAnno TSV 3.3: a folder with one file for each article, as INCEpTION and WebAnno read and write it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from annotate.offsets import OffsetError, Offsets
from store.formats.files import files_in
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
from store.formats.sentences import in_sentences
from store.formats.tokens import Token, Tokenize, tokenizer

NAMED_ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
_VALUE = "value"
_FORMAT = re.compile(r"#FORMAT=WebAnno TSV 3\.[23]")
_ROW = re.compile(r"\d+-\d+(\.\d+)?\t(\d+)-(\d+)\t")
_ONE_VALUE = re.compile(r"(?:\\.|[^\\|])+")
_NUMBERED = re.compile(r"((?:\\.|[^\\\[])*)(?:\[(\d+)\])?")
_IN_VALUE = re.compile(r"->|[\\\[\]|_;\t\n*]")
_IN_TEXT = re.compile(r"[\x00-\x08\t\n\x0c-\x1f\\]")
_LETTERS = {"\t": "t", "\n": "n", "\f": "f", "\r": "r", "\b": "b"}
_FROM_LETTERS = {letter: char for char, letter in _LETTERS.items()}
_NOTHING, _NO_VALUE = "_", "*"
UNLABELLED = "*"
"""The label of a span that has none, as the format writes it: a map of labels says what becomes of it."""

_COLUMNS_BEFORE = 3

Unit = tuple[int, int]
"""The range of a row: a token or a part of one."""


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.tsv` for each article: all of its text, tokens of the project's language, and parts of them."""
    tokenize = tokenizer(options.language)
    notes = []
    for article in articles:
        with (folder / f"{article.id}.tsv").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_lines(article, tokenize))
        leading = article.text[: len(article.text) - len(article.text.lstrip())]
        if leading.strip(" "):
            notes.append(f"{article.id}: the white space that it begins with is written as spaces")
    return notes


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.tsv` of a folder, or the file given: named entities, else the one layer of spans that it has."""
    for one in files_in(path, ".tsv"):
        yield _File(one).read()


def _escaped_text(text: str) -> str:
    return _IN_TEXT.sub(lambda found: "\\" + _LETTERS.get(found[0], found[0]), text)


def _unescaped_text(text: str) -> str:
    def meant(found: re.Match[str]) -> str:
        char = found[1]
        if char in _FROM_LETTERS:
            return _FROM_LETTERS[char]
        return char if char == "\\" or char < " " else found[0]

    return re.sub(r"\\(.)", meant, text)


def _escaped_value(value: str) -> str:
    return _IN_VALUE.sub(lambda found: "\\" + _LETTERS.get(found[0], found[0]), value)


def _unescaped_value(value: str) -> str:
    return re.sub(r"\\(->|.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), value)


def _lines(article: GoldArticle, tokenize: Tokenize) -> Iterator[str]:
    yield f"#FORMAT=WebAnno TSV 3.3\n#T_SP={NAMED_ENTITY}|{_VALUE}\n\n"
    tokens = tokenize(article.text)
    offsets = Offsets(article.text, "utf16")
    rows = _Rows(article.spans, tokens)
    sentences = list(in_sentences(article.text, tokens, article.spans))
    for number, sentence in enumerate(sentences, start=1):
        end = sentences[number][0].start if number < len(sentences) else len(article.text)
        yield "\n"
        for line in article.text[sentence[0].start : end].split("\n"):
            yield f"#Text={_escaped_text(line)}\n"
        for within, token in enumerate(sentence, start=1):
            for part, unit in enumerate(rows.units(token)):
                name = f"{number}-{within}" + (f".{part}" if part else "")
                where = f"{offsets.from_codepoint(unit[0])}-{offsets.from_codepoint(unit[1])}"
                yield f"{name}\t{where}\t{article.text[unit[0] : unit[1]]}\t{rows.said(unit)}\t\n"


class _Rows:
    """Which rows an article's tokens need, and what stands in them."""

    def __init__(self, spans: Sequence[GoldSpan], tokens: Sequence[Token]) -> None:
        starts, ends = [token.start for token in tokens], [token.end for token in tokens]
        self._on: dict[Unit, list[GoldSpan]] = defaultdict(list)
        self._parts: dict[Unit, set[Unit]] = defaultdict(set)
        several: set[int] = set()
        for span in spans:
            covered = tokens[bisect_right(ends, span.start) : bisect_left(starts, span.end)]
            for token in covered:
                unit = max(token.start, span.start), min(token.end, span.end)
                self._on[unit].append(span)
                if unit != (token.start, token.end):
                    self._parts[token.start, token.end].add(unit)
            if len(covered) > 1:
                several.add(id(span))
        several.update(id(span) for stacked in self._on.values() if len(stacked) > 1 for span in stacked)
        in_order = (id(span) for span in spans)
        self._numbers = {one: number for number, one in enumerate((one for one in in_order if one in several), start=1)}

    def units(self, token: Token) -> list[Unit]:
        """The token itself, and the parts of it with which a span begins or ends."""
        whole = token.start, token.end
        return [whole, *sorted(self._parts.get(whole, ()), key=lambda part: (part[0], -part[1]))]

    def said(self, unit: Unit) -> str:
        """The column of a row."""
        return "|".join(self._value(span) for span in self._on.get(unit, ())) or _NOTHING

    def _value(self, span: GoldSpan) -> str:
        number = self._numbers.get(id(span))
        return _escaped_value(span.label) + (f"[{number}]" if number else "")


@dataclass(slots=True)
class _Mark:
    """A span on its way in, in UTF-16 offsets."""

    start: int
    end: int
    label: str
    line: int


@dataclass(slots=True)
class _File:
    """A file on its way in: its text so far, in characters and in UTF-16 units."""

    path: Path
    column: int = 0
    columns: int = 0
    parts: list[str] = field(default_factory=list)
    units: int = 0
    began: int = 0
    table: Offsets = field(default_factory=lambda: Offsets("", "utf16"))
    sentence: list[str] = field(default_factory=list)
    marks: list[_Mark] = field(default_factory=list)
    numbered: dict[int, _Mark] = field(default_factory=dict)
    rows: int = 0

    def read(self) -> ReadArticle:
        """Read it.

        Raises:
            FormatError: it is not what it should be.
        """
        lines = text_lines(self.path)
        self._read_header(lines)
        for number, raw in lines:
            line = raw.removesuffix("\r")
            if line.startswith("#Text="):
                self.sentence.append(_unescaped_text(line.removeprefix("#Text=")))
            elif _ROW.match(line):
                self._read_row(number, line)
            elif line.strip() and not line.startswith("#"):
                raise FormatError(self.path, number, f"neither a sentence nor a token: {line[:60]!r}")
        if not self.rows:
            raise FormatError(self.path, 0, "it holds no token")
        spans = tuple(GoldSpan(one.start, one.end, one.label, line=one.line) for one in self.marks)
        article = GoldArticle(self.path.stem, "", "".join(self.parts), spans)
        return ReadArticle(article, self.path, unit="utf16")

    def _read_header(self, lines: Iterator[tuple[int, str]]) -> None:
        _, first = next(lines, (1, ""))
        if not _FORMAT.fullmatch(first.removesuffix("\r")):
            raise FormatError(self.path, 1, "it does not begin with #FORMAT=WebAnno TSV 3.3")
        layers: list[tuple[str, str, int]] = []
        for number, raw in lines:
            kind, _, declared = raw.removesuffix("\r").partition("=")
            if not kind:
                break
            if kind not in ("#T_SP", "#T_CH", "#T_RL"):
                raise FormatError(self.path, number, "a layer or an empty line was expected")
            name, *features = declared.split("|")
            if kind == "#T_SP":
                layers += [(name, feature, self.columns + at) for at, feature in enumerate(features) if feature]
            self.columns += max(1, len(features))
        self.column = self._chosen(layers)

    def _chosen(self, layers: list[tuple[str, str, int]]) -> int:
        """The column that holds the labels."""
        entities = [at for name, feature, at in layers if name == NAMED_ENTITY and feature == _VALUE]
        if entities:
            return entities[0]
        if len(layers) != 1:
            names = ", ".join(f"{name}|{feature}" for name, feature, _ in layers) or "none"
            raise FormatError(self.path, 1, f"no named entities, and not one layer of spans with one feature ({names})")
        return layers[0][2]

    def _read_row(self, number: int, line: str) -> None:
        columns = line.split("\t")
        if len(columns) < _COLUMNS_BEFORE + self.columns:
            wanted = _COLUMNS_BEFORE + self.columns
            raise FormatError(self.path, number, f"{len(columns)} columns, where its layers need {wanted}")
        start, end = map(int, columns[1].split("-"))
        if self.sentence:
            self._begin_sentence(number, start)
        if start > end or end > self.units:
            raise FormatError(self.path, number, f"{start}-{end} is not within its sentence")
        self._check_text(number, start, end, columns[2])
        self.rows += 1
        value = columns[_COLUMNS_BEFORE + self.column]
        for said in () if value == _NOTHING else _ONE_VALUE.findall(value):
            self._mark(number, start, end, said)

    def _begin_sentence(self, number: int, start: int) -> None:
        """Put a sentence's text where its first token begins; what lies before it is the line's end or spaces."""
        if start < self.units:
            raise FormatError(self.path, number, f"its sentence begins at {start}, before the last one ends")
        gap = start - self.units
        between = "\n" if self.parts and gap == 1 else "\n" + " " * (gap - 1) if self.parts and gap else " " * gap
        text = "\n".join(self.sentence)
        self.sentence = []
        self.parts += [between, text]
        self.table, self.began = Offsets(text, "utf16"), start
        self.units = start + self.table.units

    def _check_text(self, number: int, start: int, end: int, said: str) -> None:
        """Hold a row's text, which tools write escaped or not, against its sentence."""
        try:
            place = slice(*(self.table.to_codepoint(offset - self.began) for offset in (start, end)))
        except OffsetError as error:
            raise FormatError(self.path, number, f"{start}-{end}: {error.message}") from error
        there = self.parts[-1][place]
        if there not in (said, _unescaped_text(said), _unescaped_value(said)):
            raise FormatError(
                self.path, number, f"{start}-{end}: its text is {said[:60]!r}, but {there[:60]!r} is there"
            )

    def _mark(self, line: int, start: int, end: int, said: str) -> None:
        found = _NUMBERED.fullmatch(said)
        if not found:
            raise FormatError(self.path, line, f"{said!r} is no value")
        label = UNLABELLED if found[1] == _NO_VALUE else _unescaped_value(found[1])
        known = self.numbered.get(int(found[2])) if found[2] else None
        if known is None:
            if start == end:
                raise FormatError(self.path, line, "a span of no characters")
            mark = _Mark(start, end, label, line)
            self.marks.append(mark)
            if found[2]:
                self.numbered[int(found[2])] = mark
        elif known.label != label:
            raise FormatError(self.path, line, f"[{found[2]}] is {label} here and {known.label} on line {known.line}")
        else:
            known.end = end


FORMAT = Format(
    "webanno-tsv",
    "WebAnno TSV 3.3, for INCEpTION",
    "",
    Capabilities(edges=False),
    write,
    read,
)
