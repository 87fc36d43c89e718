"""Add documents as articles, a thousand at a time: written beside, synced at once and renamed, so that none is torn."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from annotate.articles import Article, hash_text
from store.article_files import encode_article, read_article
from store.article_ids import sorted_ids
from store.errors import BrokenFileError, StoreError
from store.file_batch import FileBatch
from store.ids import IdGiver
from store.locations import Locations
from store.project import Addition, Draft
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
        self._there = {one: name for name, one in text_hashes(locations).items() if one}
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
        there, broken = self._known(text_hash)
        if there:
            return Addition(draft.stem, there, False), text_hash, None
        if text_hash in self._removed:
            return Addition(draft.stem, self._removed[text_hash], False, True), text_hash, None
        name, path = self._free(draft.stem)
        self._new[text_hash] = name
        return Addition(draft.stem, name, True, broken=broken), text_hash, path

    def _free(self, stem: str) -> tuple[str, Path]:
        """An id of which there is no file either, not even one that is no article."""
        while True:
            name = self._giver.give(stem)
            path = self._locations.article(name)
            if not os.path.lexists(path):
                return name, path

    def _known(self, text_hash: str) -> tuple[str, str]:
        """The article that has this text, "" where there is none, and why the one that had it cannot be read.

        What was kept of a file is held against it.
        """
        if text_hash in self._new:
            return self._new[text_hash], ""
        name = self._there.get(text_hash, "")
        if not name:
            return "", ""
        try:
            return name if read_article(self._locations.article(name), name).text_hash == text_hash else "", ""
        except BrokenFileError as error:
            return "", error.message
        except StoreError:
            return "", ""

    def _hash_of(self, path: Path, name: str) -> str:
        try:
            return read_article(path, name).text_hash
        except StoreError:
            return ""


def _finish(batch: FileBatch, additions: list[Addition]) -> Iterator[Addition]:
    """Have all that is written there, and tell of it once."""
    told = additions.copy()
    additions.clear()
    batch.finish()
    yield from told
