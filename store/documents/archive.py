"""Zip archives of documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from store.documents.dispatch import items_of
from store.documents.sources import wanted
from store.documents.values import Item, Options, Refused, Source
from store.documents.zip_safety import BROKEN, opened_zip


def read(source: Source, options: Options) -> Iterator[Item]:
    """The articles of the documents in an archive, chosen as in a folder; members that are not safe are refused.

    Raises:
        TextError: it is no archive that can be read.
        OSError: it cannot be read.
    """
    options = replace(options, kind="" if options.kind == "zip" else options.kind)
    empty = True
    with opened_zip(source, options) as archive:
        for member in archive.members:
            if isinstance(member, Refused):
                yield member
            elif wanted(member.filename, options):
                yield from _items(archive.source(member), options)
            else:
                continue
            empty = False
    if empty:
        yield Refused(source.shown, "no document in it that can be read")


def _items(source: Source, options: Options) -> Iterator[Item]:
    try:
        yield from items_of(source, options)
    except BROKEN as error:
        yield Refused(source.shown, f"cannot be unpacked ({error})")
