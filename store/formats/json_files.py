"""Read and write JSON as the formats need it: piece by piece, with the line of every mistake."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from store.errors import StoreError, reason
from store.formats.model import FormatError
from store.records import Doc, RecordError, field

T = TypeVar("T")

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_SPACE = re.compile(r"[ \t\r\n]*")
_CHUNK = 1 << 18


def to_line(doc: Any) -> str:
    """JSON on one line, without what a terminal might obey, or a program take for a newline, as itself."""
    line = json.dumps(doc, ensure_ascii=False)
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def to_ascii_line(doc: Any) -> str:
    """JSON on one line for programs that guess encodings."""
    return json.dumps(doc, ensure_ascii=True)


def parse(make: Callable[[Doc], T], doc: Any, path: Path, line: int, where: str = "") -> T:
    """What `make` makes of an object of a file.

    Args:
        make: raises RecordError for a field that is not what it should be.
        doc: what was found.
        path: the file.
        line: the line.
        where: which part of the line, for the message: "span 2".

    Raises:
        FormatError: it is no object, or `make` refuses it; with file and line.
    """
    try:
        if not isinstance(doc, dict):
            raise RecordError("not an object")
        return make(doc)
    except RecordError as error:
        raise FormatError(path, line, f"{where}: {error}" if where else str(error)) from error


def number(doc: Doc, key: str) -> float | None:
    """A field that holds a number, or nothing.

    Raises:
        RecordError: it holds something else.
    """
    value = doc.get(key)
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return float(value)
    raise RecordError(f"{key}: not a number")


def strings(doc: Doc, key: str) -> dict[str, str]:
    """A flat object of a field as strings; {} where there is none. What is nested is kept as JSON.

    Raises:
        RecordError: it is no object.
    """
    found = field(doc, key, dict, {})
    return {name: as_string(value) for name, value in found.items() if value is not None}


def as_string(value: Any) -> str:
    """A JSON value as a string: as it stands, or as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def whole(value: Any, what: str) -> int:
    """A whole number.

    Raises:
        RecordError: it is something else.
    """
    if type(value) is int:
        return value
    raise RecordError(f"{what}: not a whole number")


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    r"""The lines of a UTF-8 file with their numbers from 1, without "\n"; a byte order mark is passed over.

    Raises:
        FormatError: a line is not UTF-8.
        StoreError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                yield number, _decoded(path, number, raw.removesuffix(b"\n"))
    except OSError as error:
        raise StoreError(f"{path}: {reason(error)}") from error


def _decoded(path: Path, number: int, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError as error:
        raise FormatError(path, number, f"not UTF-8 (byte 0x{raw[error.start]:02x})") from error


def object_lines(path: Path) -> Iterator[tuple[int, Doc]]:
    """The objects of a JSONL file with the numbers of their lines; empty lines are passed over.

    Raises:
        FormatError: a line is not UTF-8, not JSON or no object.
        StoreError: the file cannot be read.
    """
    for number, line in text_lines(path):
        if not line.strip():
            continue
        try:
            doc = _DECODER.decode(line)
        except (ValueError, RecursionError) as error:
            raise FormatError(path, number, _not_json(error)) from error
        yield number, _object(path, number, doc)


def objects(path: Path) -> Iterator[tuple[int, Doc]]:
    """The objects of a JSON array, or of JSONL, with the lines on which they begin; only one is in memory.

    Raises:
        FormatError: the file is not UTF-8, not JSON, or holds something else than objects.
        StoreError: the file cannot be read.
    """
    if _first_character(path) == "[":
        yield from _Array(path).objects()
    else:
        yield from object_lines(path)


def document(path: Path) -> Doc:
    """The one object of a JSON file.

    Raises:
        FormatError: the file is not UTF-8, not JSON or no object.
        StoreError: the file cannot be read.
    """
    lines = list(text_lines(path))
    try:
        doc = _DECODER.decode("\n".join(line for _, line in lines))
    except json.JSONDecodeError as error:
        raise FormatError(path, error.lineno, f"not JSON: {error.msg} at column {error.colno}") from error
    except (ValueError, RecursionError) as error:
        raise FormatError(path, 1, _not_json(error)) from error
    return _object(path, 1, doc)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _not_json(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg.removesuffix(' at')} at column {error.colno}"
    return "not JSON: nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"


def _object(path: Path, number: int, doc: Any) -> Doc:
    if not isinstance(doc, dict):
        raise FormatError(path, number, "not a JSON object")
    return doc


def _first_character(path: Path) -> str:
    for _, line in text_lines(path):
        if stripped := line.strip():
            return stripped[0]
    return ""


class _Array:
    """The objects of an array, found one after another in a buffer that holds little more than one of them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._ended = False

    def objects(self) -> Iterator[tuple[int, Doc]]:
        try:
            with self._path.open("rb") as file:
                yield from self._objects(file.read)
        except OSError as error:
            raise StoreError(f"{self._path}: {reason(error)}") from error

    def _objects(self, read: Callable[[int], bytes]) -> Iterator[tuple[int, Doc]]:
        self._read, self._decode = read, codecs.getincrementaldecoder("utf-8-sig")().decode
        self._expect("[")
        if self._peek() == "]":
            self._advance(1)
        else:
            yield self._next()
            while self._expect(",]") == ",":
                yield self._next()
        if self._peek():
            raise self._error("something after the end of the array")

    def _next(self) -> tuple[int, Doc]:
        self._peek()
        number = self._line
        wanted = _CHUNK
        while True:
            try:
                doc, end = _DECODER.raw_decode(self._buffer, self._at)
                break
            except (ValueError, RecursionError) as error:
                if self._ended:
                    raise self._error(self._told(error)) from error
            self._more(wanted)
            wanted *= 2
        self._advance(end - self._at)
        return number, _object(self._path, number, doc)

    def _told(self, error: Exception) -> str:
        if isinstance(error, json.JSONDecodeError):
            self._line += self._buffer.count("\n", self._at, error.pos)
            return "not JSON: the file ends too early" if error.pos >= len(self._buffer) else f"not JSON: {error.msg}"
        return _not_json(error)

    def _expect(self, characters: str) -> str:
        found = self._peek()
        if not found:
            raise self._error("not JSON: the file ends too early")
        if found not in characters:
            raise self._error(f"not JSON: {' or '.join(characters)} expected, not {found!r}")
        self._advance(1)
        return found

    def _peek(self) -> str:
        """The next character that is not space; "" at the end."""
        while True:
            self._advance(_SPACE.match(self._buffer, self._at).end() - self._at)  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._more(_CHUNK)

    def _advance(self, count: int) -> None:
        self._line += self._buffer.count("\n", self._at, self._at + count)
        self._at += count

    def _more(self, wanted: int) -> None:
        raw = self._read(wanted)
        self._ended = not raw
        try:
            decoded = self._decode(raw, final=self._ended)
        except UnicodeDecodeError as error:
            line = self._line + self._buffer.count("\n", self._at) + raw.count(b"\n", 0, error.start)
            raise FormatError(self._path, line, "not UTF-8") from error
        self._buffer = self._buffer[self._at :] + decoded
        self._at = 0

    def _error(self, why: str) -> FormatError:
        return FormatError(self._path, self._line, why)
