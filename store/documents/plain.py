"""Plain text: taken as it is."""

from __future__ import annotations

from collections.abc import Iterator

from store.documents.decoding import decoded
from store.documents.values import Item, Options, Source, draft


def read(source: Source, options: Options) -> Iterator[Item]:
    """The one article of a text file.

    Raises:
        TextError: it can be none.
        OSError: it cannot be read.
    """
    raw, changes = decoded(source.data(), options)
    yield draft(source, raw, "text", changes=changes)
