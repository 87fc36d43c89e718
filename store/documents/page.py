"""HTML pages: the main text, without menus, adverts and comments, and what the page says about itself."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from annotate.errors import TextError
from store.documents.extras import needed
from store.documents.markup import decoded_markup, parse_html, text_of
from store.documents.patience import patiently
from store.documents.values import Item, Options, Source, draft

_LARGEST_PAGE = 16 * 2**20
_LIBRARIES = ("courlan", "htmldate", "justext", "trafilatura")
_AS_HTML = {
    "head": "h2",
    "list": "ul",
    "item": "li",
    "lb": "br",
    "quote": "blockquote",
    "row": "tr",
    "cell": "td",
    "graphic": "svg",
}
"""What the extractor's elements are in HTML."""


def read(source: Source, options: Options) -> Iterator[Item]:
    """The one article of a page.

    Raises:
        TextError: it has no main text, or one that can be no article; or trafilatura is not installed.
        OSError: it cannot be read.
    """
    html, changes = decoded_markup(source.data(_LARGEST_PAGE), source.charset, options)
    if "\0" in html:
        raise TextError("holds a NUL character")
    tree = parse_html(html)
    found = _extracted(html, source.metadata.get("fetched"))
    made = f"HTML made plain text by trafilatura {version('trafilatura')}"
    yield draft(
        source,
        text_of(_as_html(found.body)),
        "html",
        title=found.title or "",
        metadata=_metadata(found) | {"author": _author(tree, found.author or "")},
        changes=(*changes, made),
    )


def _extracted(html: str, url: str | None) -> Any:
    trafilatura = needed("trafilatura", "html", "HTML")
    for name in _LIBRARIES:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        with patiently():
            found = trafilatura.bare_extraction(html, url=url, include_comments=False, with_metadata=True)
    except TextError:
        raise
    except Exception as error:  # what a page can make a parser raise is not bounded
        raise TextError(f"no page that can be read ({type(error).__name__})") from error
    if found is None or found.body is None:
        raise TextError("no main text found in the page")
    return found


def _as_html(body: Any) -> Any:
    for element in body.iter(*_AS_HTML):
        element.tag = _AS_HTML[element.tag]
    return body


def _author(tree: Any, author: str) -> str:
    """The author as the page writes it; the extractor takes dots away."""
    written = [] if tree is None else [one.get("content", "") for one in tree.iter("meta")]
    return next((" ".join(one.split()) for one in written if one.replace(".", "") == author), author)


def _metadata(found: Any) -> dict[str, str]:
    return {
        "date": found.date or "",
        "site": found.sitename or found.hostname or "",
        "url": found.url or "",
    }
