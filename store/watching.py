"""Which articles other programs have changed since the last look: other sessions, annotators, commands, a git pull."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from store.disk_state import states_in
from store.ids import is_name, shard
from store.journal import journal_files
from store.project import Project

_ARTICLES = "articles"


@dataclass(frozen=True, slots=True)
class Changes:
    """What has happened since the last look.

    Attributes:
        articles: those of which something that the annotator sees may be other than it was, removed ones too.
        listed: whether there are other articles than there were.
    """

    articles: frozenset[str] = frozenset()
    listed: bool = False


class Watcher:
    """Looks at the times of folders, of which only those that changed are looked through. For one thread at a time."""

    def __init__(
        self, project: Project, annotator: str, ids: Callable[[], Iterable[str]], own_journal: Callable[[], str]
    ) -> None:
        """Nothing is looked at yet.

        Args:
            project: the project.
            annotator: whose layers are watched, and nobody else's.
            ids: gives the articles that were there at the first look; asked when others come or go.
            own_journal: gives the stem of the journal file that this program itself writes, which is no news.
        """
        self._project = project
        self._annotator = annotator
        self._first_ids = ids
        self._own_journal = own_journal
        self._folders: dict[Path, int] | None = None
        self._ids: dict[str, set[str]] | None = None
        self._journals: dict[Path, int] = {}

    def look(self) -> Changes:
        """What has changed since the last look; nothing the first time."""
        with suppress(OSError):
            return self._look()
        return Changes()

    def _look(self) -> Changes:
        folders = dict(self._times())
        before, self._folders = self._folders, folders
        decided = set(self._decided(first=before is None))
        if before is None:
            return Changes()
        changed = decided
        listed = False
        for path in folders.keys() | before.keys():
            if folders.get(path) != before.get(path):
                changed |= self._changed(path, before.get(path, 0))
                if path.parent.name == _ARTICLES and path.parent.parent == self._project.root:
                    listed |= self._relist(path, changed)
        return Changes(frozenset(changed), listed)

    def _times(self) -> Iterator[tuple[Path, int]]:
        """The time of the last change of each folder that holds files of articles."""
        root = self._project.root
        tops = [root / _ARTICLES, root / "layers" / self._annotator]
        tops += [root / "suggestions" / one for one in self._project.sources_for(self._annotator)]
        for top in tops:
            with suppress(FileNotFoundError, NotADirectoryError), os.scandir(top) as entries:
                for entry in entries:
                    if len(entry.name) == 2:
                        with suppress(OSError):
                            yield top / entry.name, os.stat(entry.path).st_mtime_ns

    def _changed(self, folder: Path, since: int) -> set[str]:
        """The articles whose file in the folder is as new as its last change; all of the shard where none is."""
        found = {
            name
            for file, (_, _, content, anything) in states_in(folder)
            if max(content, anything) >= since and (name := _article_of(file))
        }
        return found or set(self._ids_by_shard().get(folder.name, ()))

    def _ids_by_shard(self) -> dict[str, set[str]]:
        if self._ids is None:
            self._ids = {}
            for name in self._first_ids():
                self._ids.setdefault(shard(name), set()).add(name)
        return self._ids

    def _relist(self, folder: Path, changed: set[str]) -> bool:
        """Bring the ids of a shard up to date; whether they are others."""
        names = (_article_of(file) for file, _ in states_in(folder))
        fresh = {name for name in names if shard(name) == folder.name} if folder.is_dir() else set()
        before = self._ids_by_shard().get(folder.name, set())
        self._ids_by_shard()[folder.name] = fresh
        changed |= fresh ^ before
        return fresh != before

    def _decided(self, *, first: bool) -> Iterator[str]:
        """The articles that other sessions of the annotator have decided on, as the journal says before layers do."""
        own = self._own_journal()
        for path in journal_files(self._project.locations.journal(self._annotator)):
            size = path.stat().st_size
            known = self._journals.get(path, 0)
            self._journals[path] = size
            if not first and size != known and path.stem != own:
                yield from _articles_in(path, known if size > known else 0)


def _article_of(file: str) -> str:
    name = normalize("NFC", file.removesuffix(".json"))
    return name if file.endswith(".json") and is_name(name) else ""


def _articles_in(path: Path, offset: int) -> Iterator[str]:
    with path.open("rb") as file:
        file.seek(offset)
        for raw in file:
            with suppress(ValueError, RecursionError):
                doc = json.loads(raw)
                article_id = doc.get("article") if isinstance(doc, Mapping) else None
                if isinstance(article_id, str) and is_name(article_id):
                    yield article_id
