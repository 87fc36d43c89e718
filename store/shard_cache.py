"""What was reckoned from each article's files, kept by hash shard: a large project is not read whole each time."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar
from unicodedata import normalize

from store.cache_files import cache_path, read_cache, write_cache
from store.disk_state import State, disk_clock, is_settled, state_of, states_in
from store.ids import is_name, shard
from store.locations import Locations

T = TypeVar("T")

ARTICLES = "articles"
"""The folder, of those that a value is made from, that says which articles there are."""

Marks = Mapping[str, Mapping[str, str]]
"""What a value depends on besides files, by shard and article; an article that is not there has none."""


def stamp_of(*rules: object) -> str:
    """A stamp for values that are made after these rules."""
    return hashlib.blake2b(repr(rules).encode("utf-8", "replace"), digest_size=9).hexdigest()


@dataclass(frozen=True, slots=True)
class Recipe(Generic[T]):
    """How the values of a cache are made.

    Attributes:
        name: of the cache; a path within the folder of caches.
        stamp: differs when values would be made otherwise from the same files.
        folders: those in whose shards the files lie, by a name; one of them is `ARTICLES`.
        make: the value of an article, and whether it may be kept.
        encode: the value as JSON holds it.
        decode: the value of the article; ValueError, TypeError or LookupError where it is none.
        marks: what else values depend on.
    """

    name: str
    stamp: str
    folders: Callable[[], Mapping[str, Path]]
    make: Callable[[str], tuple[T, bool]]
    encode: Callable[[T], Any]
    decode: Callable[[str, Any], T]
    marks: Callable[[], Marks] = dict


@dataclass(slots=True)
class _Shard(Generic[T]):
    """What is known of one shard.

    Attributes:
        folders: state of the shard's folders when they were looked through; without those that were too young, and
            empty where a value must be made again.
        marks: of its articles.
        values: for each article what its files and its mark were like, "" for a value that must be made again, and
            the value.
    """

    folders: dict[str, State] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    values: dict[str, tuple[str, T]] = field(default_factory=dict)


class ShardCache(Generic[T]):
    """Values of a project's articles. Files and folders are trusted over it, never the other way round.

    A shard's folder bears another time when a file was made in it, removed, or replaced, as the store does on every
    write: `check` looks only into those. A file that something else has changed in place is found by a thorough
    check, which looks at every file. What changed less than a few seconds before it was looked at is looked at again.
    """

    def __init__(self, locations: Locations, recipe: Recipe[T]) -> None:
        """Nothing is read yet."""
        self._locations = locations
        self._recipe = recipe
        self._folder = cache_path(locations, recipe.name)
        self._seen: dict[str, tuple[dict[str, State], Mapping[str, str]]] = {}
        self._unwritten: dict[str, _Shard[T]] = {}

    def kept(self) -> Iterator[dict[str, T]]:
        """What is in the cache, shard by shard, unchecked."""
        self._seen.clear()
        for name in self._shards():
            known = self._load(name)
            if known is not None:
                self._seen[name] = known.folders, known.marks
                yield {article_id: value for article_id, (_, value) in known.values.items()}

    def check(self, *, thorough: bool = False, rest: Callable[[], object] = bool) -> Iterator[tuple[str, T | None]]:
        """Bring the cache up to date.

        Args:
            thorough: whether to look at every file.
            rest: called after each shard.

        Yields:
            Each article whose value is another than was kept, with None where it is gone.
        """
        now = disk_clock(self._locations)
        folders, marks = self._recipe.folders(), self._recipe.marks()
        for name in sorted({*self._shards(), *_names(folders[ARTICLES])}):
            shards = {key: path / name for key, path in folders.items()}
            yield from self._check_shard(name, shards, marks.get(name, {}), now, thorough)
            rest()

    def current(self, *, thorough: bool = False, stop: threading.Event | None = None) -> dict[str, T]:
        """The values of all articles after a check; of some only where `stop` ended it."""
        values = {article_id: value for shard in self.kept() for article_id, value in shard.items()}
        for article_id, value in self.check(thorough=thorough):
            if stop is not None and stop.is_set():
                break
            if value is None:
                values.pop(article_id, None)
            else:
                values[article_id] = value
        return values

    def _check_shard(
        self, name: str, shards: Mapping[str, Path], marks: Mapping[str, str], now: int, thorough: bool
    ) -> Iterator[tuple[str, T | None]]:
        states = {key: state for key, path in shards.items() if (state := state_of(path))}
        if not thorough and self._seen.get(name) == (states, marks):
            return
        known = self._load(name) or _Shard()
        if not thorough and known.folders == states and known.marks == marks:
            self._seen[name] = states, marks
            return
        fresh = _Shard[T]({key: state for key, state in states.items() if is_settled(state, now)}, marks)
        for article_id, print_ in self._prints(name, shards, marks, now):
            old = known.values.get(article_id)
            if old and print_ and old[0] == print_:
                fresh.values[article_id] = old
                continue
            value, lasting = self._recipe.make(article_id)
            fresh.values[article_id] = print_ if lasting else "", value
            if old is None or old[1] != value:
                yield article_id, value
        for article_id in known.values.keys() - fresh.values.keys():
            yield article_id, None
        if not all(print_ for print_, _ in fresh.values.values()):
            fresh.folders.clear()
        self._save(name, known, fresh)
        self._seen[name] = fresh.folders, marks

    def _prints(
        self, name: str, shards: Mapping[str, Path], marks: Mapping[str, str], now: int
    ) -> Iterator[tuple[str, str]]:
        """For each article of a shard what its files and its mark are like; "" where that may not last."""
        files: dict[str, list[tuple[str, State] | None]] = {}
        for key in (ARTICLES, *sorted(shards.keys() - {ARTICLES})):
            for file, state in states_in(shards[key]):
                article_id = normalize("NFC", file.removesuffix(".json"))
                if key == ARTICLES and file.endswith(".json") and is_name(article_id) and shard(article_id) == name:
                    files[article_id] = []
                if article_id in files and file.endswith(".json"):
                    files[article_id].append((key, state) if is_settled(state, now) else None)
        for article_id, found in files.items():
            if None in found:
                yield article_id, ""
            else:
                seen = repr((found, marks.get(article_id))).encode("utf-8", "surrogateescape")
                yield article_id, hashlib.blake2b(seen, digest_size=9).hexdigest()

    # Files ------------------------------------------------------------------------------------------------

    def _shards(self) -> list[str]:
        """The shards of which something is kept."""
        return sorted({*self._unwritten, *(name.removesuffix(".json") for name in _names(self._folder))})

    def _load(self, name: str) -> _Shard[T] | None:
        if name in self._unwritten:
            return self._unwritten[name]
        content = read_cache(self._folder / f"{name}.json")
        try:
            if content["stamp"] != self._recipe.stamp:
                return None
            values = {
                article_id: (str(print_), self._recipe.decode(article_id, value))
                for article_id, (print_, value) in content["values"].items()
            }
            folders = {key: (*map(int, state),) for key, state in content["folders"].items()}
            return _Shard(folders, dict(content["marks"]), values)  # type: ignore[arg-type]
        except (ValueError, TypeError, LookupError, AttributeError):
            return None

    def _save(self, name: str, known: _Shard[T], fresh: _Shard[T]) -> None:
        if fresh == known:
            return
        path = self._folder / f"{name}.json"
        if not fresh.values:
            self._unwritten.pop(name, None)
            with suppress(OSError):
                path.unlink()
            return
        encode = self._recipe.encode
        content = {
            "stamp": self._recipe.stamp,
            "folders": fresh.folders,
            "marks": fresh.marks,
            "values": {article_id: (print_, encode(value)) for article_id, (print_, value) in fresh.values.items()},
        }
        if write_cache(self._locations, path, content):
            self._unwritten.pop(name, None)
        else:
            self._unwritten[name] = fresh


def _names(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    except (FileNotFoundError, NotADirectoryError):
        return []
