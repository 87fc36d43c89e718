"""brat's standoff: a folder with a text and an annotation file for each article, and brat's configuration."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from annotate.offsets import UNITS, OffsetError, Offsets, Unit
from annotate.schemes import LabelScheme
from store.formats.files import files_in, text_of
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
from store.formats.slugs import slugs

_CONFIG = "annotation.conf"
_VISUAL = "visual.conf"
_ALLOWED, _FIRST = "[A-Za-z0-9_-]", "[A-Za-z0-9_-]"
_SPAN = re.compile(r"(T\S+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)")
_NOTE = re.compile(r"#\S*\tAnnotatorNotes (\S+)\t(.*)")
_DROPPED = re.compile(r"\A\ufeff|\r(?=\n)")
_OTHER = re.compile(r"[REAMN#*]")
"""Relations, events, attributes, references, other notes and equivalences: they are not spans."""

Ranges = tuple[tuple[int, int], ...]


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.txt` and `ID.ann` for each article, `annotation.conf` and `visual.conf`."""
    names = slugs((label.name for label in options.scheme.labels), _ALLOWED, _FIRST)
    _write(folder / _CONFIG, _config(options.scheme, names))
    _write(folder / _VISUAL, _visual(options.scheme, names))
    for article in articles:
        _write(folder / f"{article.id}.txt", article.text)
        _write(folder / f"{article.id}.ann", "".join(f"{line}\n" for line in _lines(article, names)))
    changed = [f"{label} is written as {name}" for label, name in names.items() if name != label]
    return [f"{one}, since brat's types hold A-Z a-z 0-9 _ - only; {_VISUAL} tells it" for one in changed]


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.ann` of a folder, or the one given, with the `.txt` beside it.

    Offsets count what fits the spans' text, code points first, and come out as code points; newlines come out as
    line feeds.
    """
    folder = path if path.is_dir() else path.parent
    labels = _labels(folder / _VISUAL)
    for ann in files_in(path, ".ann"):
        yield _Pair(ann, labels, options.unit).read()


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _config(scheme: LabelScheme, names: Mapping[str, str]) -> str:
    entities = "".join(f"{names[label.name]}\n" for label in scheme.labels)
    nesting = "ENTITY-NESTING\tArg1:<ENTITY>, Arg2:<ENTITY>\n" if scheme.overlap else ""
    overlap = "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n" if scheme.overlap else ""
    return f"[entities]\n\n{entities}\n[relations]\n\n{nesting}{overlap}\n[events]\n\n[attributes]\n"


def _visual(scheme: LabelScheme, names: Mapping[str, str]) -> str:
    labels = "".join(f"{names[label.name]} | {label.name}\n" for label in scheme.labels)
    colors = "".join(f"{names[label.name]}\tbgColor:{label.color}, borderColor:darken\n" for label in scheme.labels)
    return f"[labels]\n\n{labels}\n[drawing]\n\n{colors}"


def _lines(article: GoldArticle, names: Mapping[str, str]) -> Iterator[str]:
    notes = 0
    for number, span in enumerate(article.spans, start=1):
        ranges = [*_by_line(article.text, span)]
        where = ";".join(f"{start} {end}" for start, end in ranges)
        quote = " ".join(article.text[start:end] for start, end in ranges)
        yield f"T{number}\t{names.get(span.label, span.label)} {where}\t{quote}"
        if span.note:
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{number}\t{_on_one_line(span.note)}"


def _by_line(text: str, span: GoldSpan) -> Iterator[tuple[int, int]]:
    """The parts of a span that lie on one line each: brat has none that runs over a line break."""
    start = span.start
    while start < span.end:
        newline = text.find("\n", start, span.end)
        end = span.end if newline < 0 else newline
        if start < end:
            yield start, end
        start = end + 1


def _on_one_line(note: str) -> str:
    return re.sub(r"[\t\n\r]+", " ", note)


def _labels(visual: Path) -> dict[str, str]:
    """The labels that a configuration of ours tells for names that brat needs otherwise."""
    if not visual.is_file():
        return {}
    found = {}
    inside = False
    for line in text_of(visual).split("\n"):
        if line.startswith("["):
            inside = line.strip() == "[labels]"
        elif inside and line.count(" | ") == 1:
            name, label = line.split(" | ")
            if slugs([label], _ALLOWED, _FIRST)[label] != label:
                found[name.strip()] = label.strip()
    return found


@dataclass(frozen=True, slots=True)
class _Mark:
    """One T line as it stands in the file."""

    line: int
    identifier: str
    label: str
    ranges: Ranges
    quote: str

    def says(self, text: str, ranges: Sequence[tuple[int, int]]) -> bool:
        return " ".join(text[start:end] for start, end in ranges) == self.quote


class _Pair:
    """A text and its annotations on their way in."""

    def __init__(self, ann: Path, labels: Mapping[str, str], unit: Unit | None) -> None:
        self._ann = ann
        self._labels = labels
        self._unit = unit
        self._raw = self._text()
        self._notes: dict[str, str] = {}

    def read(self) -> ReadArticle:
        marks = list(self._marks())
        text, placed = self._placed(marks)
        spans = tuple(self._span(text, mark, ranges) for mark, ranges in zip(marks, placed, strict=True))
        return ReadArticle(GoldArticle(self._ann.stem, "", text, spans), self._ann)

    def _text(self) -> str:
        path = self._ann.with_suffix(".txt")
        if not path.is_file():
            raise FormatError(self._ann, 0, f"there is no {path.name} beside it")
        return text_of(path)

    def _marks(self) -> Iterator[_Mark]:
        seen: set[str] = set()
        for number, line in enumerate(text_of(self._ann).removeprefix("\ufeff").split("\n"), start=1):
            line = line.removesuffix("\r")
            if line.startswith("T"):
                mark = self._mark(number, line)
                if mark.identifier in seen:
                    raise FormatError(self._ann, number, f"{mark.identifier} comes a second time")
                seen.add(mark.identifier)
                yield mark
            elif note := _NOTE.fullmatch(line):
                self._notes[note[1]] = note[2]
            elif line.strip() and not _OTHER.match(line):
                raise FormatError(self._ann, number, f"no annotation of brat's: {line[:60]!r}")

    def _mark(self, number: int, line: str) -> _Mark:
        found = _SPAN.fullmatch(line)
        if not found:
            raise FormatError(self._ann, number, "a span is written as T1, tab, TYPE START END, tab, text")
        identifier, label, where, quote = found.groups()
        ranges = []
        for part in where.split(";"):
            start, end = map(int, part.split(" "))
            if start >= end:
                raise FormatError(self._ann, number, f"{identifier} ends at {end}, before it begins at {start}")
            ranges.append((start, end))
        return _Mark(number, identifier, label, tuple(sorted(ranges)), quote)

    def _placed(self, marks: list[_Mark]) -> tuple[str, list[Ranges]]:
        """The text with line feeds only, and the ranges in its code points by the first reading that fits all."""
        units = (self._unit,) if self._unit else UNITS
        bare = self._raw.removeprefix("\ufeff")
        lone = bare.replace("\r\n", "\n").replace("\r", "\n")
        for counted in dict.fromkeys((lone, self._raw, bare)):
            for unit in units:
                placed = _converted(counted, marks, unit)
                if placed and all(mark.says(counted, ranges) for mark, ranges in zip(marks, placed, strict=True)):
                    return lone, _without_returns(counted, placed)
        if not marks:
            return lone, []
        raise self._mismatch(lone, marks, units[0])

    def _mismatch(self, text: str, marks: list[_Mark], unit: Unit) -> FormatError:
        for mark in marks:
            placed = _converted(text, [mark], unit)
            where = ";".join(f"{start}-{end}" for start, end in mark.ranges)
            if not placed:
                return FormatError(self._ann, mark.line, f"{mark.identifier} at {where} is beyond the text")
            if not mark.says(text, placed[0]):
                there = " ".join(text[start:end] for start, end in placed[0])
                why = f"{mark.identifier} says {mark.quote!r} where the text has {there!r} ({where})"
                return FormatError(self._ann, mark.line, why)
        return FormatError(self._ann, marks[0].line, "its spans count in different units")

    def _span(self, text: str, mark: _Mark, ranges: Ranges) -> GoldSpan:
        start, end = ranges[0][0], ranges[-1][1]
        apart = any(text[left[1] : right[0]].strip() for left, right in pairwise(ranges))
        return GoldSpan(
            start,
            end,
            self._labels.get(mark.label, mark.label),
            note=self._notes.get(mark.identifier, ""),
            identifier=mark.identifier,
            quote=" ".join(text[left:right] for left, right in ranges) if apart else text[start:end],
            fragments=ranges if apart else (),
            line=mark.line,
        )


def _converted(text: str, marks: Sequence[_Mark], unit: Unit) -> list[Ranges]:
    """The ranges of all marks as code points; none where one is not in the text."""
    table = Offsets(text, unit)
    try:
        return [tuple((table.to_codepoint(start), table.to_codepoint(end)) for start, end in m.ranges) for m in marks]
    except OffsetError:
        return []


def _without_returns(text: str, placed: list[Ranges]) -> list[Ranges]:
    """The ranges in the same text with a line feed for each carriage return and line feed, and no byte order mark."""
    dropped = [found.start() for found in _DROPPED.finditer(text)]
    if not dropped:
        return placed

    def moved(offset: int) -> int:
        return offset - bisect_left(dropped, offset)

    return [tuple((moved(start), moved(end)) for start, end in ranges) for ranges in placed]


FORMAT = Format(
    "brat",
    "brat standoff, with annotation.conf",
    "",
    Capabilities(edges=False, notes=True, discontinuity=True),
    write,
    read,
)
