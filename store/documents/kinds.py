"""The kinds of documents that can be read, in one table, and how to tell of which kind something is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePosixPath
from typing import cast

from annotate.errors import TextError
from store.documents.values import Item, Options, Source

Read = Callable[[Source, Options], Iterator[Item]]
"""Reads the articles of a source; raises TextError or OSError where there are none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of documents.

    Attributes:
        name: what it is called on the command line and in lists.
        endings: of the names of its files.
        module: where, beside this module, its `read` is.
        media_types: what servers call it.
    """

    name: str
    endings: tuple[str, ...]
    module: str
    media_types: tuple[str, ...] = ()

    def reader(self) -> Read:
        """What reads it."""
        return cast(Read, import_module(f"store.documents.{self.module}").read)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("text", (".txt",), "plain"),
        Kind("markdown", (".md", ".markdown"), "markdown", ("text/markdown",)),
        Kind("jsonl", (".jsonl", ".ndjson"), "json_lines", ("application/jsonl", "application/x-ndjson")),
        Kind("csv", (".csv", ".tsv"), "table", ("text/csv", "text/tab-separated-values")),
    )
}
"""The kinds by their names."""

_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_BY_MEDIA_TYPE = {media_type: kind for kind in KINDS.values() for media_type in kind.media_types}
_SPACE = b" \t\r\n\f"


def has_known_ending(name: str, options: Options) -> bool:
    """Whether a file of that name is read where it was not named itself, in a folder or an archive."""
    kind = _BY_ENDING.get(_ending(name))
    return kind is not None and options.kind in ("", kind.name)


def kind_of(source: Source, options: Options) -> Kind:
    """The kind of a source: as the options say, its server, its ending, or its first bytes.

    Raises:
        TextError: it is of none that can be read.
        OSError: it cannot be looked into.
    """
    found = _told(source, options) or _sniffed(source.head())
    if found is None and (not source.name or source.media_type == "text/plain"):
        found = KINDS["text"]
    if found is None:
        raise TextError("of no kind that can be read; --as KIND says what it is")
    return found


def _told(source: Source, options: Options) -> Kind | None:
    if options.kind:
        return KINDS[options.kind]
    return _BY_MEDIA_TYPE.get(source.media_type) or _BY_ENDING.get(_ending(source.name))


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _sniffed(head: bytes) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE).lower()
    return KINDS["jsonl"] if start.startswith((b'{"', b"{ ")) else None
