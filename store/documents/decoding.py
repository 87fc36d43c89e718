"""Characters of bytes: UTF-8, what a person says it is, or what it looks like if a person accepts that."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from os.path import commonprefix
from typing import BinaryIO, TextIO
from unicodedata import category

from annotate.errors import TextError
from store.documents.values import EncodingError, Options, Source

Decoded = tuple[str, tuple[str, ...]]
"""The characters, and what was changed."""

_CANDIDATES = (
    "utf_16",
    "utf_32",
    "cp1252",
    "cp1250",
    "cp1251",
    "koi8_r",
    "cp932",
    "euc_jp",
    "gb18030",
    "big5",
    "cp949",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp874",
)
"""Encodings in which texts are found, those that fit equally well in the order in which they are guessed."""

_FOR_FEW = frozenset({"cp1257", "cp1258"})
_LATIN = frozenset({"cp1252", "cp1250", "cp1254"})
_NEAR = 0.1
"""An encoding for few languages is guessed only if it fits better by more than this share of chaos: short texts of the
many others look nearly as good in it, and often a little better by chance."""

_CLOSE = 0.05
"""A share of chaos, and of coherence, by which one encoding does not fit a text better than another."""

_LETTERS = {
    "cp1250": frozenset("ąćęłńóśźżáéíöőúüűčďěňřšťůýžäôľĺ"),
    "cp1255": frozenset("אבגדהוזחטיךכלםמןנסעףפץצקרשת"),
    "cp1257": frozenset("āčēģīķļņšūžąęėįųõäöü"),
}
"""Of encodings whose short texts are taken for others': the letters beyond ASCII that their languages have."""

_MIXED = re.compile("[A-Za-z][א-ת]|[א-ת][A-Za-z]")
"""Letters of two scripts in one word, which is no word."""

_SHOWN = 2
_EXCERPT = 20
_SAMPLE = 8 * 2**10
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where bytes stop being UTF-8: the line, the byte, and the bytes around."""

    line: int
    byte: int
    around: bytes
    at: int

    def readings(self, encodings: Sequence[str]) -> str:
        """The words around the byte as they are in an encoding; of several those around where they first differ."""
        texts = [self.around.decode(one, "ignore") for one in encodings]
        same = len(commonprefix(texts)) if len(texts) > 1 else 0
        at = len(texts[0][:same].encode(encodings[0])) if same else self.at
        return ", or like ".join(f"{shown(one)}: “{self._excerpt(one, at)}”" for one in encodings)

    def _excerpt(self, encoding: str, at: int) -> str:
        before = self.around[:at].decode(encoding, "ignore").split("\n")[-1]
        after = self.around[at:].decode(encoding, "ignore").split("\n")[0]
        return f"{before[-_EXCERPT:]}{after[:_EXCERPT]}".strip()

    def __str__(self) -> str:
        return f"line {self.line}: not UTF-8 (byte 0x{self.byte:02x})"


def is_encoding(name: str) -> bool:
    """Whether `name` is an encoding of text."""
    try:
        b"some".decode(name)
    except UnicodeError:
        return True
    except (LookupError, ValueError):
        return False
    return True


def shown(encoding: str) -> str:
    """The name by which people know an encoding of Python's."""
    name = codecs.lookup(encoding).name.replace("_", "-")
    return f"windows-{name[2:]}" if name.startswith("cp125") else name


def decoded(data: bytes, options: Options) -> Decoded:
    """The characters of a text.

    Raises:
        EncodingError: it is not UTF-8, but looks like something else, and nobody has accepted that.
        TextError: it is not in the encoding that it is said to be in, or in none that is known.
    """
    if not options.encoding:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8"), ()
    name = options.encoding or _encoding(_fault_in(io.BytesIO(data)), options)
    return decoded_as(data, name), _change(name)


def decoded_as(data: bytes, encoding: str) -> str:
    """The characters of `data` in an encoding; a byte order mark, if it has one, stays.

    Raises:
        TextError: it is not in that encoding.
    """
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise TextError(_not(encoding, data, error)) from error
    except UnicodeError as error:
        raise TextError(f"not {shown(encoding)} ({error})") from error


def opened(source: Source, options: Options) -> tuple[TextIO, tuple[str, ...]]:
    r"""The characters of a source as a file, of which little is in memory, and what was changed.

    Newlines are as they are; lines end at "\n" only.

    Raises:
        EncodingError, TextError: see `decoded`.
        OSError: it cannot be read.
    """
    name = options.encoding
    if not name:
        with source.opens() as file:
            name = _encoding(_fault_in(file), options)
    return io.TextIOWrapper(source.opens(), encoding=name, newline="\n"), _change(name)


def _change(encoding: str) -> tuple[str, ...]:
    is_utf_8 = codecs.lookup(encoding).name in ("utf-8", "utf-8-sig")
    return () if is_utf_8 else (f"decoded from {shown(encoding)}",)


def _encoding(fault: _Fault | None, options: Options) -> str:
    if fault is None:
        return "utf-8"
    guesses = _guesses(fault.around)
    if not guesses:
        raise TextError(f"{fault}, nor anything else that is known; --encoding says what it is")
    if options.accept_encoding:
        return guesses[0]
    how = "--accept-encoding" if len(guesses) == 1 else "--accept-encoding takes the first, else --encoding"
    raise EncodingError(f"{fault}; it looks like {fault.readings(guesses)} ({how})", shown(guesses[0]))


def _fault_in(file: BinaryIO) -> _Fault | None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    before = b""
    for chunk, final in _chunks(file):
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            at = len(before) - pending + error.start
            return _fault(lines + (before + chunk).count(b"\n", len(before), at) + 1, before + chunk, at)
        lines += chunk.count(b"\n")
        before = (before + chunk)[-_SAMPLE:]
    return None


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Pieces of a file, then an empty one that is the last."""
    while chunk := file.read(_CHUNK):
        yield chunk, False
    yield b"", True


def _fault(line: int, data: bytes, at: int) -> _Fault:
    """The fault at `at`, with bytes from the start of a line where there is one, else from the start of `data`."""
    start = data.rfind(b"\n", 0, max(at - _SAMPLE, 0)) + 1
    return _Fault(line, data[at], data[start : at + _SAMPLE], at - start)


def _guesses(data: bytes) -> list[str]:
    """What bytes look like, then what they may be as well and would read otherwise."""
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=list(_CANDIDATES))
    best = min(found, key=lambda one: (one.chaos, -one.coherence, _rank(one.encoding)), default=None)
    if best is None:
        return []
    name = min((best.encoding, *best.could_be_from_charset), key=_rank)
    if name in _FOR_FEW:
        near = [one for one in found if one.encoding in _LATIN and one.chaos <= best.chaos + _NEAR]
        name = min(near, key=lambda one: (one.chaos, _rank(one.encoding))).encoding if near else name
    least = max(best.coherence - _CLOSE, 0)
    close = [one.encoding for one in found if one.chaos <= best.chaos + _CLOSE and one.coherence >= least]
    return [name, *(one for one in _LETTERS if one in close and _reads_otherwise(data, one, name))][:_SHOWN]


def _reads_otherwise(data: bytes, encoding: str, guess: str) -> bool:
    """Whether all letters beyond ASCII are such as languages in `encoding` have, and some others than guessed."""
    text = data.decode(encoding, "ignore")
    letters = {char for char in text.lower() if not char.isascii() and category(char)[0] in "LM"}
    plausible = bool(letters) and letters <= _LETTERS[encoding] and not _MIXED.search(text)
    return plausible and text != data.decode(guess, "ignore")


def _rank(encoding: str) -> int:
    return _CANDIDATES.index(encoding) if encoding in _CANDIDATES else len(_CANDIDATES)


def _not(encoding: str, data: bytes, error: UnicodeDecodeError) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    return f"line {line}: not {shown(encoding)} (byte 0x{data[error.start]:02x})"
