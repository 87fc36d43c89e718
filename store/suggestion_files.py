"""A source's file for an article: all that it proposes for one revision of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from annotate.suggestions import Source, SuggestionLayer
from store.atomic import write_atomic
from store.errors import BrokenFileError
from store.records import SUGGESTION_FIELDS, RecordError, field, suggestion_doc, suggestion_from
from store.storage import FORMAT, Database, encode_tables

_ABOUT = frozenset({"format", "text", "source", "version", "fingerprint"})


def read_suggestions(path: Path, article_id: str) -> SuggestionLayer | None:
    """What a source proposes, in the order of the text; None where it has not looked at the article.

    Raises:
        BrokenFileError: the file cannot be read.
    """
    database = Database(path)
    if not database.exists():
        return None
    about = database.about("layer", article_id)
    try:
        source = Source(
            field(about, "source", str), field(about, "version", str, ""), field(about, "fingerprint", str, "")
        )
        found = [
            suggestion_from(doc, source.name, source.version) for doc in database.documents("suggestions").values()
        ]
        found.sort(key=lambda one: (one.span.start, one.span.end, one.span.label))
        return SuggestionLayer(article_id, field(about, "text", str), source, tuple(found))
    except RecordError as error:
        raise BrokenFileError(path, str(error)) from error


def write_suggestions(path: Path, layer: SuggestionLayer) -> None:
    """Make `layer` all that its source proposes for the article; of equal spans the last one stays.

    Raises:
        BrokenFileError: there is a file that cannot be read.
        NewerFileError: a newer version made the file.
        OSError: nothing has changed.
    """
    write_atomic(path, encode_over(path, layer))


def encode_over(path: Path, layer: SuggestionLayer) -> bytes:
    """The file that is to take the place of `path`, with what a newer version may have added to it.

    Raises:
        BrokenFileError: there is a file that cannot be read.
        NewerFileError: a newer version made the file.
    """
    database = Database(path)
    if not database.exists():
        return encode_suggestions(layer)
    database.check_writable("layer")
    about, documents = _documents(layer)
    tables = {
        "layer": database.merged("layer", {layer.article_id: about}, _ABOUT),
        "suggestions": database.merged("suggestions", documents, SUGGESTION_FIELDS),
    }
    return encode_tables({**database.tables_held(), **tables})


def encode_suggestions(layer: SuggestionLayer) -> bytes:
    """The file of a source that has not looked at the article before."""
    about, documents = _documents(layer)
    return encode_tables({"layer": {layer.article_id: about}, "suggestions": documents})


def _documents(layer: SuggestionLayer) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the file says of the layer, and the suggestions by their span."""
    source = layer.source
    about = {
        "format": FORMAT,
        "text": layer.text_hash,
        "source": source.name,
        "version": source.version,
        "fingerprint": source.fingerprint,
    }
    return about, {
        f"{one.span.start}-{one.span.end}-{one.span.label}": suggestion_doc(one) for one in layer.suggestions
    }
