"""EPUB books: an article of each chapter, in reading order."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from annotate.errors import TextError
from store.documents.extras import needed
from store.documents.markup import decoded_markup, heading_of, parse_html, parse_xml, text_of
from store.documents.values import Item, Options, Refused, Source, draft
from store.documents.zip_safety import BROKEN, Opened, opened_zip

_LARGEST_CHAPTER = 16 * 2**20
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_FONTS_ONLY = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_METADATA = {"book": "title", "author": "creator", "publisher": "publisher", "date": "date", "book_id": "identifier"}
"""What articles remember of a book, by its name in Dublin Core."""


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package document of a book says: metadata, and the members that are its chapters."""

    metadata: Mapping[str, str]
    chapters: list[str]


def read(source: Source, options: Options) -> Iterator[Item]:
    """The articles of the chapters that hold text; covers and the like are passed over.

    Raises:
        TextError: it is no EPUB, is locked, or holds no text; or lxml is not installed.
        OSError: it cannot be read.
    """
    needed("lxml.etree", "html", "EPUB")
    with opened_zip(source, options) as archive:
        members = _checked(archive)
        try:
            book = _book(archive, members)
            empty = True
            for item in _chapters(archive, members, book, source, options):
                empty = False
                yield item
        except BROKEN as error:
            raise TextError(f"cannot be unpacked ({error})") from error
    if empty:
        raise TextError("no chapter in it holds text")


def _checked(archive: Opened) -> Mapping[str, zipfile.ZipInfo]:
    members = {}
    for member in archive.members:
        if isinstance(member, Refused):
            raise TextError(f"{member.shown.removeprefix(archive.inside.shown + ': ')}: {member.why}")
        members[member.filename] = member
    return members


def _book(archive: Opened, members: Mapping[str, zipfile.ZipInfo]) -> _Book:
    _refuse_locked(archive, members)
    container = _xml(archive, members, _CONTAINER)
    path = next((found.get("full-path", "") for found in container.iter("{*}rootfile")), "")
    package = _xml(archive, members, path)
    metadata = {key: _said(package, name) for key, name in _METADATA.items()}
    pages = {
        item.get("id"): posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(item.get("href", ""))))
        for item in package.iter("{*}item")
        if item.get("media-type") in _PAGES
    }
    chapters = [pages[name] for item in package.iter("{*}itemref") if (name := item.get("idref")) in pages]
    return _Book(metadata, chapters)


def _refuse_locked(archive: Opened, members: Mapping[str, zipfile.ZipInfo]) -> None:
    if _ENCRYPTION not in members:
        return
    methods = _xml(archive, members, _ENCRYPTION).iter("{*}EncryptionMethod")
    if any(method.get("Algorithm") not in _FONTS_ONLY for method in methods):
        raise TextError("its text is encrypted")


def _said(package: Any, name: str) -> str:
    values = (
        " ".join((found.text or "").split()) for found in package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
    )
    return "; ".join(value for value in values if value)


def _xml(archive: Opened, members: Mapping[str, zipfile.ZipInfo], name: str) -> Any:
    if name not in members:
        raise TextError(f"no EPUB: {name or 'a package document'} is not in it")
    try:
        return parse_xml(archive.source(members[name]).data(_LARGEST_CHAPTER))
    except TextError as error:
        raise TextError(f"{name}: {error.message}") from error


def _chapters(
    archive: Opened, members: Mapping[str, zipfile.ZipInfo], book: _Book, source: Source, options: Options
) -> Iterator[Item]:
    width = len(str(len(book.chapters)))
    for number, name in enumerate(book.chapters, start=1):
        if name not in members:
            yield Refused(source.shown, f"{name}: not in the archive")
            continue
        try:
            item = _chapter(archive.source(members[name]), source, options, f"{number:0{width}}", book)
        except TextError as error:
            item = Refused(source.shown, f"{name}: {error.message}")
        if item is not None:
            yield item


def _chapter(page: Source, source: Source, options: Options, number: str, book: _Book) -> Item | None:
    html, changes = decoded_markup(page.data(_LARGEST_CHAPTER), "", options)
    tree = parse_html(html)
    text = "" if tree is None else text_of(tree)
    if not text.strip():
        return None
    return draft(
        source,
        text,
        "epub",
        stem=f"{source.stem}-{number}",
        title=heading_of(tree),
        metadata={**book.metadata, "chapter": number.lstrip("0")},
        changes=(*changes, "EPUB made plain text"),
    )
