"""Where everything lies in a project folder; the only place that makes a path of an id, an annotator or a source."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path
from unicodedata import normalize

from store.atomic import make_folder, sync_folder, write_atomic
from store.ids import check_name, is_name, shard

CONFIG_NAME = "manicule.toml"
ADJUDICATED = "_adjudicated"
"""The annotator whose layers hold what adjudication settled."""


@dataclass(frozen=True, slots=True)
class Locations:
    """The paths of one project. Those made of a name raise StoreError for one that could not be a file's."""

    root: Path

    @property
    def config(self) -> Path:
        """The project's manicule.toml."""
        return self.root / CONFIG_NAME

    @property
    def git_attributes(self) -> Path:
        """What git has to know about the project."""
        return self.root / ".gitattributes"

    @property
    def local(self) -> Path:
        """What belongs to this machine only."""
        return self.root / ".manicule"

    @property
    def articles(self) -> Path:
        """The folder of the articles' files."""
        return self.root / "articles"

    def article(self, article_id: str) -> Path:
        """An article's file."""
        return _file(self.articles, article_id)

    def suggestions(self, source: str, article_id: str) -> Path:
        """A source's layer of an article."""
        return _file(self.root / "suggestions" / check_name(source, "source"), article_id)

    def layer(self, annotator: str, article_id: str) -> Path:
        """An annotator's layer of an article."""
        return _file(self.root / "layers" / check_name(annotator, "annotator"), article_id)

    def journal(self, annotator: str) -> Path:
        """The folder of an annotator's journal files."""
        return self.root / "layers" / check_name(annotator, "annotator") / "journal"

    def journal_index(self, annotator: str) -> Path:
        """What this machine knows of an annotator's journal files, so as not to read them again."""
        return self.local / "journals" / f"{check_name(annotator, 'annotator')}.json"

    def pace(self, annotator: str) -> Path:
        """What this machine keeps of how fast an annotator works."""
        return self.local / "pace" / f"{check_name(annotator, 'annotator')}.jsonl"

    def claim(self, annotator: str, article_id: str) -> Path:
        """Which session of an annotator has an article open."""
        return _file(self.local / "open" / check_name(annotator, "annotator"), article_id)

    def place(self, annotator: str = "") -> Path:
        """Where this machine remembers an annotator's place, or without a name the one where everybody begins."""
        return self._own("places", annotator) if annotator else self.local / "place.json"

    def sieve(self, annotator: str) -> Path:
        """Where this machine remembers which suggestions an annotator wants to see."""
        return self._own("sieves", annotator)

    def _own(self, folder: str, annotator: str) -> Path:
        return self.local / folder / f"{check_name(annotator, 'annotator')}.json"

    def article_ids(self) -> Iterator[str]:
        """The ids of the articles that have a file, in no order; nothing is read."""
        return _ids_in(self.articles, _shards(self.articles))

    def ids_in(self, shards: Iterable[str]) -> Iterator[str]:
        """Those of the articles in these shards."""
        return _ids_in(self.articles, shards)

    @property
    def trash(self) -> Path:
        """The folder of the removed articles' files."""
        return self.root / "trash"

    def trashed(self, article_id: str) -> Path:
        """A removed article's file."""
        return _file(self.trash, article_id)

    def trashed_ids(self) -> Iterator[str]:
        """The ids of the articles that were removed, in no order; nothing is read."""
        return _ids_in(self.trash, _shards(self.trash))

    def sources(self) -> list[str]:
        """The sources that have a folder."""
        return _names(self.root / "suggestions")

    def annotators(self) -> list[str]:
        """The annotators that have a folder."""
        return _names(self.root / "layers")

    def holds(self, path: Path) -> bool:
        """Whether a resolved path is, or lies among, the files that this module makes names for."""
        root = self.root.resolve()
        own = (CONFIG_NAME, "articles", "suggestions", "layers", "trash", "set-aside", ".manicule")
        return any(path.is_relative_to(root / name) for name in own)

    @property
    def aside(self) -> Path:
        """What files that could not be read had in them."""
        return self.root / "set-aside"

    def place_aside(self, path: Path) -> Path:
        """A name among what is set aside, in use by nobody, for what the project's file `path` holds."""
        kept = self.aside / path.relative_to(self.root)
        return kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")

    def copies_aside(self, path: Path) -> list[Path]:
        """What was set aside of the project's file `path`."""
        kept = self.aside / path.relative_to(self.root)
        return sorted(kept.parent.glob(f"{escape(kept.name)}.*"))

    def set_aside(self, path: Path) -> Path:
        """Move a file of the project that cannot be read to where no reader looks, and tell where.

        Raises:
            OSError: it is where it was.
        """
        kept = self.place_aside(path)
        make_folder(kept.parent)
        os.rename(path, kept)
        sync_folder(kept.parent)
        sync_folder(path.parent)
        return kept

    def make_local(self) -> None:
        """Make this machine's folder, which git is told to ignore.

        Raises:
            OSError: it could not be made.
        """
        ignore = self.local / ".gitignore"
        if ignore.exists():
            return
        if not self.root.is_dir():
            raise FileNotFoundError(errno.ENOENT, "the project's folder is gone", str(self.root))
        write_atomic(ignore, b"*\n")

    def write_local(self, name: str, data: bytes) -> None:
        """Write a file of this machine's folder.

        Raises:
            OSError: it could not be written.
        """
        self.make_local()
        write_atomic(self.local / name, data)

    def try_write_local(self, name: str, data: bytes) -> None:
        """Write such a file where it only saves time or comfort; a folder that cannot be written is no error."""
        with suppress(OSError):
            self.write_local(name, data)


def _file(folder: Path, article_id: str) -> Path:
    name = check_name(article_id, "article")
    return folder.joinpath(shard(name), f"{name}.json")


def _ids_in(folder: Path, shards: Iterable[str]) -> Iterator[str]:
    for part in shards:
        for file in _visible(folder / part):
            name = normalize("NFC", file.name.removesuffix(".json"))
            if file.suffix == ".json" and is_name(name) and shard(name) == part:
                yield name


def _shards(folder: Path) -> Iterator[str]:
    return (part.name for part in _visible(folder))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in _visible(folder) if path.is_dir() and is_name(path.name))


def _visible(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if not path.name.startswith("."))
    except (FileNotFoundError, NotADirectoryError):
        return
