"""An article: the text that is annotated, and what is known about it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from annotate.errors import TextError

_TITLE_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Article:
    r"""One text with an id, a title and metadata.

    Attributes:
        id: unique in its project regardless of case, at most 80 characters, never a path.
        title: one line, as found; it may hold any character and is made safe where it is drawn.
        text: Unicode code points with "\n" as the only newline; offsets everywhere count these.
        text_hash: names the revision: SHA-256 of the text's UTF-8, as hex digits.
        metadata: flat strings: where the text came from and what was changed when it was added.
    """

    id: str
    title: str
    text: str
    text_hash: str
    metadata: Mapping[str, str] = field(default_factory=dict)


def hash_text(text: str) -> str:
    """The name of a text revision: SHA-256 of its UTF-8, as hex digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def title_of(text: str) -> str:
    """The first line that holds something, cut at a word to at most 120 characters."""
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    if len(line) <= _TITLE_LENGTH:
        return line
    cut = line.rfind(" ", 0, _TITLE_LENGTH)
    return line[: cut if cut > 0 else _TITLE_LENGTH - 1] + "…"


def decode(data: bytes) -> str:
    """The characters of UTF-8 `data`.

    Raises:
        TextError: the bytes are not UTF-8; the message names the line and the byte.
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TextError(f"line {line}: not UTF-8 (byte 0x{data[error.start]:02x})") from error


def clean_text(raw: str) -> tuple[str, tuple[str, ...]]:
    r"""Make the text that an article keeps: (text, what was changed).

    A byte order mark is dropped, "\r\n" and "\r" become "\n", newlines at the end are dropped.

    Raises:
        TextError: NUL, a lone surrogate, or nothing but white space.
    """
    changes = []
    text = raw
    if text.startswith("\ufeff"):
        text = text[1:]
        changes.append("byte order mark dropped")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        changes.append("newlines made \\n")
    text = text.rstrip("\n")
    _refuse(text)
    return text, tuple(changes)


def _refuse(text: str) -> None:
    if not text.strip():
        raise TextError("the text is empty")
    if "\0" not in text and _fits_utf_8(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        if "\0" in line:
            raise TextError(f"line {number}: holds a NUL character")
        if not line.isascii() and any("\ud800" <= char <= "\udfff" for char in line):
            raise TextError(f"line {number}: holds a lone surrogate, which is no character")


def _fits_utf_8(text: str) -> bool:
    """Whether there is no lone surrogate in it: much sooner known of a whole text than of each of its lines."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
