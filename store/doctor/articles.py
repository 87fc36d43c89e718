"""Check articles and suggestions: what they hold can be read, is as it was written, and fits together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from annotate.articles import Article
from annotate.suggestions import SuggestionLayer
from store.article_files import read_article, revisions_of
from store.atomic import write_atomic
from store.doctor.findings import Finding, found_in
from store.doctor.folders import Held, aside
from store.doctor.rewriting import keep_copy, sound_tables
from store.errors import BrokenFileError, ChangedFileError, StoreError
from store.locations import Locations
from store.storage import encode_tables
from store.suggestion_files import read_suggestions


def article_findings(locations: Locations, held: Held) -> Iterator[Finding]:
    """What is wrong with an article's file."""
    try:
        read_article(held.path, held.article_id)
        for text_hash in revisions_of(held.path):
            read_article(held.path, held.article_id, text_hash)
    except ChangedFileError as error:
        yield _changed(locations, held, error)
    except BrokenFileError as error:
        do = "put it back from a backup or another clone; --repair sets it aside"
        yield found_in(error, do, aside(locations, held.path))


def _changed(locations: Locations, held: Held, error: ChangedFileError) -> Finding:
    """The text has a checksum of its own; where that fits, title and metadata are all that may be other."""
    try:
        sound_tables(held.path, lambda copy: read_article(copy, held.article_id))
    except BrokenFileError as worse:
        do = "put it back from a backup or another clone; --repair sets it aside"
        return found_in(worse, do, aside(locations, held.path))
    do = "see that its title is right: the text is as it was added; --accept FILE or --repair takes it as it is"
    return found_in(error, do, lambda: accept_article(locations, held))


def accept_article(locations: Locations, held: Held) -> str:
    """Take an article's file as it is, with a new checksum.

    Raises:
        BrokenFileError: it is no article, or its text is not the one that was added.
        OSError: nothing has changed.
    """
    tables = sound_tables(held.path, lambda copy: read_article(copy, held.article_id))
    kept = keep_copy(locations, held.path)
    write_atomic(held.path, encode_tables(tables))
    return f"taken as it is; as it was: {kept}"


class Texts:
    """The articles that layers and suggestions belong to, whether they are there or in the trash."""

    def __init__(self, locations: Locations) -> None:
        """Read none yet."""
        self._locations = locations

    def exists(self, article_id: str) -> bool:
        """Whether there is such an article, or was until it was removed."""
        return self._path(article_id).exists()

    def article(self, article_id: str, text_hash: str) -> Article | None:
        """An article in that revision; None where it cannot be read, which is told elsewhere.

        Raises:
            BrokenFileError: it can be read, and lacks the revision.
        """
        path = self._path(article_id)
        try:
            read_article(path, article_id)
        except StoreError:
            return None
        return read_article(path, article_id, text_hash)

    def _path(self, article_id: str) -> Path:
        path = self._locations.article(article_id)
        return path if path.exists() else self._locations.trashed(article_id)


def suggestion_findings(locations: Locations, texts: Texts, source: str, held: Held) -> Iterator[Finding]:
    """What is wrong with a source's file for an article."""
    mend = aside(locations, held.path)
    do = "--repair sets it aside; extract again then"
    if not texts.exists(held.article_id):
        yield Finding(held.path, 0, "there is no such article", "put the article back; --repair sets this aside", mend)
        return
    try:
        layer = read_suggestions(held.path, held.article_id)
    except ChangedFileError as error:
        yield found_in(error, f"{do}; --accept FILE takes it as it is", mend)
        return
    except BrokenFileError as error:
        yield found_in(error, do, mend)
        return
    if layer is not None:
        yield from (Finding(held.path, 0, what, do, mend) for what in _suggestions_off(source, layer, texts))


def _suggestions_off(source: str, layer: SuggestionLayer, texts: Texts) -> Iterator[str]:
    if layer.source.name != source:
        yield f"of the source {layer.source.name}, and lies among those of {source}"
    try:
        article = texts.article(layer.article_id, layer.text_hash)
    except BrokenFileError:
        yield f"for a text that the article never had ({layer.text_hash[:12]})"
        return
    outside = [one.span for one in layer.suggestions if article and one.span.end > len(article.text)]
    if article and outside:
        first = f"{outside[0].start}-{outside[0].end}"
        yield f"{len(outside)} of it, {first} first, outside the text of {len(article.text)} characters"


def accept_suggestions(locations: Locations, held: Held) -> str:
    """Take a source's file as it is, with a new checksum.

    Raises:
        BrokenFileError: it holds no suggestions.
        OSError: nothing has changed.
    """
    tables = sound_tables(held.path, lambda copy: read_suggestions(copy, held.article_id))
    kept = keep_copy(locations, held.path)
    write_atomic(held.path, encode_tables(tables))
    return f"taken as it is; as it was: {kept}"
