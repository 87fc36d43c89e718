"""RSS and Atom feeds: an article of each entry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from typing import Any

from annotate.errors import TextError
from store.documents.extras import needed
from store.documents.markup import refuse_entities, shown_text
from store.documents.patience import patiently
from store.documents.values import Item, Note, Options, Refused, Source, draft

_LARGEST_FEED = 16 * 2**20


def read(source: Source, options: Options) -> Iterator[Item]:
    """The articles of the entries, with their content, else their summary, as text; entries without are passed over.

    Raises:
        TextError: it is no feed, or no entry holds text; or feedparser is not installed.
        OSError: it cannot be read.
    """
    parser = needed("feedparser", "feeds", "a feed")
    needed("lxml.html", "feeds", "a feed")
    data = source.data(_LARGEST_FEED)
    refuse_entities(data)
    try:
        with patiently():
            found = parser.parse(io.BytesIO(data))  # as a file: of bytes it would think that they might name one
    except TextError:
        raise
    except Exception as error:  # what a broken feed can make the parser raise is not bounded
        raise TextError(f"no feed that can be read ({type(error).__name__})") from error
    if not found.get("version") and not found.entries:
        raise TextError("no RSS or Atom feed")
    yield from _notes(source, found)
    yield from _articles(source, found)


def _notes(source: Source, found: Any) -> Iterator[Item]:
    problem = found.get("bozo_exception")
    if hasattr(problem, "getLineNumber"):
        what = f"line {problem.getLineNumber()}: no well-formed XML; see whether all its entries are there"
        yield Note(source.shown, what)


def _articles(source: Source, found: Any) -> Iterator[Item]:
    without = 0
    for number, entry in enumerate(found.entries, start=1):
        try:
            text = _text(entry)
            if text.strip():
                yield _draft(source, found.feed, entry, text, number)
            else:
                without += 1
        except TextError as error:
            yield Refused(source.shown, f"entry {number}: {error.message}")
    if without == len(found.entries):
        raise TextError("no entry in it holds text")
    if without:
        yield Note(source.shown, f"{without:,} of {len(found.entries):,} entries hold no text")


def _text(entry: Any) -> str:
    contents = (_said(one, "value") for one in entry.get("content") or ())
    texts = (shown_text(html) for html in (*contents, _said(entry, "summary")))
    return next((text for text in texts if text.strip()), "")


def _draft(source: Source, feed: Any, entry: Any, text: str, number: int) -> Item:
    title = shown_text(_said(entry, "title"))
    return draft(
        source,
        text,
        "feed",
        stem=title or f"{source.stem}-{number}".strip("-"),
        title=title,
        metadata={
            "author": _said(entry, "author"),
            "date": _date(entry),
            "site": shown_text(_said(feed, "title")),
            "url": _said(entry, "link"),
            "entry": _said(entry, "id"),
        },
        changes=("HTML made plain text",),
    )


def _said(about: Any, key: str) -> str:
    """A value that is text; the parser leaves others where a feed is broken."""
    value = about.get(key)
    return value if isinstance(value, str) else ""


def _date(entry: Any) -> str:
    when = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    try:
        return date(*when[:3]).isoformat() if when else ""
    except ValueError:
        return ""
