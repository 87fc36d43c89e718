"""Add documents as articles, a thousand at a time: written beside, synced at once and renamed, so that none is torn."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from annotate.articles import Article, hash_text
from store.article_files import encode_article, read_article
from store.article_ids import sorted_ids
from store.errors import BrokenFileError, StoreError
from store.file_batch import FileBatch
from store.ids import IdGiver, folded, plain_id
from store.layer_files import read_layer
from store.locations import Locations
from store.project import Addition, Draft
from store.suggestion_files import read_suggestions
from store.texts_index import text_hashes

BATCH = 1000
"""Articles that are synced at once; so many are lost at most when the machine stops."""


class Adder:
    """Gives documents ids and tells those whose text the project has already. The project's lock is its caller's."""

    def __init__(self, locations: Locations) -> None:
        """Learn which ids and texts there are.

        Args:
            locations: of the project.
        """
        self._locations = locations
        trashed = list(locations.trashed_ids())
        self._giver = IdGiver(chain(sorted_ids(locations), trashed))
        self._removed = {one: name for name in trashed if (one := self._hash_of(locations.trashed(name), name))}
        hashes = text_hashes(locations)
        self._there = {one: name for name, one in hashes.items() if one}
        self._unreadable = Unreadable(locations, (name for name, one in hashes.items() if not one))
        self._new: dict[str, str] = {}

    def plan(self, drafts: Iterable[Draft]) -> Iterator[tuple[Draft, Addition]]:
        """What would become of documents; nothing is written."""
        for draft in drafts:
            yield draft, self._planned(draft)[0]

    def add(self, drafts: Iterable[Draft]) -> Iterator[Addition]:
        """Add documents; each is on disk before it is yielded.

        Raises:
            StoreError: a file cannot be written; those before it are added.
        """
        batch = FileBatch(self._locations.root)
        additions: list[Addition] = []
        try:
            try:
                for draft in drafts:
                    additions.append(self._write(draft, batch))
                    if len(additions) == BATCH:
                        yield from _finish(batch, additions)
            except Exception:
                yield from _finish(batch, additions)
                raise
            yield from _finish(batch, additions)
        finally:
            batch.drop()

    def _write(self, draft: Draft, batch: FileBatch) -> Addition:
        addition, text_hash, path = self._planned(draft)
        if path:
            article = Article(addition.article_id, draft.title, draft.text, text_hash, draft.metadata)
            batch.write(path, encode_article(article))
        return addition

    def _planned(self, draft: Draft) -> tuple[Addition, str, Path | None]:
        """What would become of a document, the revision of its text, and the file to write, if one is."""
        text_hash = hash_text(draft.text)
        there, broken = self._known(text_hash, draft.stem)
        if there:
            return Addition(draft.stem, there, False, broken=broken), text_hash, None
        if text_hash in self._removed:
            return Addition(draft.stem, self._removed[text_hash], False, True), text_hash, None
        name, path = self._free(draft.stem)
        self._new[text_hash] = name
        return Addition(draft.stem, name, True), text_hash, path

    def _free(self, stem: str) -> tuple[str, Path]:
        """An id of which there is no file either, not even one that is no article."""
        while True:
            name = self._giver.give(stem)
            path = self._locations.article(name)
            if not os.path.lexists(path):
                return name, path

    def _known(self, text_hash: str, stem: str) -> tuple[str, str]:
        """The article that has this text, "" where there is none, and why it cannot be read, if it is one that cannot.

        What was kept of a file is held against it.
        """
        if text_hash in self._new:
            return self._new[text_hash], ""
        name = self._there.get(text_hash, "") or self._unreadable.find(text_hash, stem)
        if not name:
            return "", ""
        try:
            return name if read_article(self._locations.article(name), name).text_hash == text_hash else "", ""
        except BrokenFileError as error:
            return name, error.message
        except StoreError:
            return "", ""

    def _hash_of(self, path: Path, name: str) -> str:
        try:
            return read_article(path, name).text_hash
        except StoreError:
            return ""


class Unreadable:
    """Articles that cannot be read, found again by what else tells of their texts.

    Suggestions and layers name the revision that they belong to. Of an article that nobody has looked at only the id
    is known, which came from a document's name.
    """

    def __init__(self, locations: Locations, ids: Iterable[str]) -> None:
        """Look what is known of each of these articles."""
        self._by_hash: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        for name in ids:
            hashes = set(_hashes_told(locations, name))
            self._by_hash.update(dict.fromkeys(hashes, name))
            if not hashes:
                self._by_name[folded(name)] = name

    def find(self, text_hash: str, stem: str) -> str:
        """The article that a document is, as far as can be told; "" where none is."""
        return self._by_hash.get(text_hash) or (self._by_name and self._by_name.get(folded(plain_id(stem)))) or ""


def _hashes_told(locations: Locations, article_id: str) -> Iterator[str]:
    """The revisions of an article that its suggestions and layers belong to."""
    for source in locations.sources():
        with suppress(StoreError):
            proposed = read_suggestions(locations.suggestions(source, article_id), article_id)
            yield from [proposed.text_hash] if proposed else []
    for annotator in locations.annotators():
        with suppress(StoreError):
            stored = read_layer(locations.layer(annotator, article_id), article_id)
            yield from [stored.layer.text_hash] if stored else []


def _finish(batch: FileBatch, additions: list[Addition]) -> Iterator[Addition]:
    """Have all that is written there, and tell of it once."""
    told = additions.copy()
    additions.clear()
    batch.finish()
    yield from told
