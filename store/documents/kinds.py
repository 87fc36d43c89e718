"""The kinds of documents that can be read, in one table, and how to tell of which kind something is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from posixpath import splitext
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
        Kind("html", (".html", ".htm", ".xhtml"), "page", ("text/html", "application/xhtml+xml")),
        Kind("epub", (".epub",), "epub", ("application/epub+zip",)),
        Kind("pdf", (".pdf",), "pdf", ("application/pdf",)),
        Kind("feed", (".rss", ".atom"), "feed", ("application/rss+xml", "application/atom+xml", "application/rdf+xml")),
        Kind("jsonl", (".jsonl", ".ndjson"), "json_lines", ("application/jsonl", "application/x-ndjson")),
        Kind("csv", (".csv", ".tsv"), "table", ("text/csv", "text/tab-separated-values")),
        Kind("zip", (".zip",), "archive", ("application/zip", "application/x-zip-compressed")),
    )
}
"""The kinds by their names."""

_BY_ENDING = {ending: kind for kind in KINDS.values() for ending in kind.endings}
_BY_MEDIA_TYPE = {media_type: kind for kind in KINDS.values() for media_type in kind.media_types}
_UNTOLD = ("", ".xml")
"""Endings that say too little: the first bytes say more."""

_SPACE = b" \t\r\n\f"
_EPUB = b"mimetypeapplication/epub+zip"
_FEEDS = (b"<rss", b"<feed", b"<rdf:rdf")
_PAGES = (b"<!doctype html", b"<html")

_LOOKS: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    ("pdf", lambda start: start.startswith(b"%pdf-")),
    ("epub", lambda start: start.startswith(b"pk\3\4") and _EPUB in start[:100]),
    ("zip", lambda start: start.startswith(b"pk\3\4")),
    ("jsonl", lambda start: start.startswith((b'{"', b"{ "))),
    ("html", lambda start: start.startswith(_PAGES) or (start.startswith(b"<?xml") and b"<html" in start)),
    ("feed", lambda start: start.startswith(b"<") and any(tag in start for tag in _FEEDS)),
)
"""The kinds that can be told by their first bytes, in lower case and without white space before them."""


def has_known_ending(name: str, options: Options) -> bool:
    """Whether a file of that name is read where it was not named itself, in a folder or an archive."""
    kind = _BY_ENDING.get(_ending(name))
    return kind is not None and (options.kind in ("", kind.name) or kind.name == "zip")


def kind_of(source: Source, options: Options) -> Kind:
    """The kind of a source: as the options say, its server, its ending, or its first bytes.

    Raises:
        TextError: it is of none that can be read.
        OSError: it cannot be looked into.
    """
    found = _told(source, options)
    if found is None and (source.media_type or _ending(source.name) in _UNTOLD):
        found = _sniffed(source.head())
    if found is None and (not source.name or source.media_type == "text/plain"):
        found = KINDS["text"]
    if found is None:
        raise TextError("of no kind that can be read; --as KIND says what it is")
    return found


def _told(source: Source, options: Options) -> Kind | None:
    """What it is said to be; what is said of an archive is said of what lies in it."""
    if options.kind and not (_ending(source.name) == ".zip" and options.kind != "epub"):
        return KINDS[options.kind]
    return _BY_MEDIA_TYPE.get(source.media_type) or _BY_ENDING.get(_ending(source.name))


def _ending(name: str) -> str:
    return splitext(name)[1].lower()


def _sniffed(head: bytes) -> Kind | None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE).lower()
    found = next((name for name, looks in _LOOKS if looks(start)), "")
    return KINDS.get(found)
