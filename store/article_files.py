"""An article's file: the revisions of its text and what is known about each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from annotate.articles import Article, hash_text
from store.errors import BrokenFileError, StoreError
from store.records import RecordError, characters, field
from store.storage import FORMAT, Database, encode_tables

_ABOUT = frozenset({"format", "title", "text"})
_REVISION = frozenset({"text", "added", "metadata"})


def read_article(path: Path, article_id: str, text_hash: str = "") -> Article:
    """The article as it now is, or as it was in the revision `text_hash`.

    Raises:
        StoreError: there is no such article.
        BrokenFileError: its file cannot be read, or lacks the revision.
    """
    database = Database(path)
    if not database.exists():
        raise StoreError(f"there is no article {article_id}")
    about = database.about("article", article_id)
    try:
        wanted = text_hash or field(about, "text", str)
        revision = database.documents("revisions").get(wanted)
        if revision is None and text_hash:
            raise BrokenFileError(path, f"there is no revision {text_hash[:12]}")
        return _article(article_id, characters(about, "title"), wanted, revision or {})
    except RecordError as error:
        raise BrokenFileError(path, str(error)) from error


def revisions_of(path: Path) -> list[str]:
    """The hashes of the texts that an article has had.

    Raises:
        BrokenFileError: its file cannot be read.
    """
    return list(Database(path).documents("revisions"))


def _article(article_id: str, title: str, text_hash: str, revision: Mapping[str, Any]) -> Article:
    text = field(revision, "text", str)
    metadata = field(revision, "metadata", dict, {})
    try:
        if hash_text(text) != text_hash:
            raise RecordError("the text is not what it was when it was added")
    except UnicodeEncodeError as error:
        raise RecordError("the text holds a lone surrogate") from error
    return Article(article_id, title, text, text_hash, {str(key): str(metadata[key]) for key in metadata})


def write_article(path: Path, article: Article) -> None:
    """Write an article; its text becomes the newest revision, earlier ones stay.

    Raises:
        BrokenFileError: there is a file that cannot be read.
        NewerFileError: a newer version made the file.
        OSError: nothing has changed.
    """
    database = Database(path)
    database.check_writable("article")
    about, revision = _documents(article)
    with database.saving():
        revisions = database.documents("revisions") | {article.text_hash: revision}
        database.replace("article", {article.id: about}, _ABOUT)
        database.replace("revisions", revisions, _REVISION)


def encode_article(article: Article) -> bytes:
    """The file of an article that is new."""
    about, revision = _documents(article)
    return encode_tables({"article": {article.id: about}, "revisions": {article.text_hash: revision}})


def _documents(article: Article) -> tuple[dict[str, Any], dict[str, Any]]:
    """What an article's file says of it, and of its newest revision."""
    added = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    about = {"format": FORMAT, "title": article.title, "text": article.text_hash}
    return about, {"text": article.text, "added": added, "metadata": dict(article.metadata)}
