"""PDF: the text of its pages, in the lines that they are set in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

from annotate.errors import TextError
from store.documents.extras import needed
from store.documents.patience import patiently
from store.documents.values import Item, Options, Source, draft


def read(source: Source, options: Options) -> Iterator[Item]:
    """The one article of a PDF; pages are apart by an empty line.

    Raises:
        TextError: it holds no text, needs a password or is broken; or pypdf is not installed.
        OSError: it cannot be read.
    """
    pypdf = needed("pypdf", "pdf", "PDF")
    with source.opens() as file:
        try:
            with patiently():
                pages, metadata = _contents(pypdf.PdfReader(file))
        except (TextError, OSError):
            raise
        except Exception as error:  # what a broken file can make the parser raise is not bounded
            why = " ".join(str(error).split())
            raise TextError(f"no PDF that can be read ({why or type(error).__name__})") from error
    if not pages:
        raise TextError("holds no text: pages that were scanned have none")
    made = f"PDF made plain text by pypdf {version('pypdf')}"
    title = metadata.pop("title", "")
    yield draft(source, "\n\n".join(pages), "pdf", title=title, metadata=metadata, changes=(made,))


def _contents(reader: Any) -> tuple[list[str], dict[str, str]]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise TextError("needs a password")
    texts = (page.extract_text().strip("\n") for page in reader.pages)
    pages = [text for text in texts if text.strip()]
    return pages, dict(_metadata(reader.metadata)) | {"pages": str(len(reader.pages))}


def _metadata(about: Any) -> Mapping[str, str]:
    if about is None:
        return {}
    date = about.creation_date
    return {
        "title": about.title or "",
        "author": about.author or "",
        "date": date.date().isoformat() if date else "",
    }
