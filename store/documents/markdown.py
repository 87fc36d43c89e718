"""Markdown: the text that it shows."""

from __future__ import annotations

from collections.abc import Iterator

from annotate.articles import clean_text
from store.documents.decoding import decoded
from store.documents.patience import patiently
from store.documents.values import Item, Options, Source, draft
from store.markdown_text import plain_text


def read(source: Source, options: Options) -> Iterator[Item]:
    """The one article of a Markdown file; its first heading is the title.

    Raises:
        TextError: it can be none.
        OSError: it cannot be read.
    """
    raw, changes = decoded(source.data(), options)
    cleaned, also = clean_text(raw)
    with patiently():
        plain = plain_text(cleaned)
    made = (*changes, *also, "Markdown made plain text")
    yield draft(source, plain.text, "markdown", title=plain.title, changes=made)
