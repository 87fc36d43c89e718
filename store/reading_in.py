"""Read documents in: every one is read before the first is handed on, so that a mistake adds nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from store.documents.dispatch import items_of
from store.documents.sources import pages, sources
from store.documents.spool import Spool
from store.documents.values import Item, Note, OnRead, Options, Refused
from store.errors import AddError, naming
from store.project import Draft

_TOLD = 20


@dataclass(slots=True)
class Findings:
    """What a person should know of documents that were read.

    Attributes:
        encodings: what texts that are not UTF-8 look like, each once.
        notes: what refuses nothing, a line each.
    """

    _lines: dict[str, list[str]] = field(default_factory=dict)
    _more: dict[str, int] = field(default_factory=dict)
    encodings: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def problems(self) -> list[str]:
        """A line for each document that cannot be added; of one file, the first 20 and how many more."""
        return [line for shown, lines in self._lines.items() for line in (*lines, *self._untold(shown))]

    def take(self, item: Refused | Note) -> None:
        """Keep what is to be told of an item."""
        if isinstance(item, Note):
            self.notes.append(str(item))
            return
        if item.looks_like and item.looks_like not in self.encodings:
            self.encodings.append(item.looks_like)
        lines = self._lines.setdefault(item.shown, [])
        if len(lines) < _TOLD:
            lines.append(str(item))
        else:
            self._more[item.shown] = self._more.get(item.shown, 0) + 1

    def _untold(self, shown: str) -> list[str]:
        return [f"{shown}: {self._more[shown]:,} more"] if shown in self._more else []


@dataclass(slots=True)
class ReadIn:
    """What was read.

    Attributes:
        drafts: what can be added.
        findings: what cannot, and what else to tell.
    """

    drafts: Spool
    findings: Findings

    def check(self) -> None:
        """Raise AddError, with a line for each document, if some cannot be added."""
        if self.findings.problems:
            raise AddError(self.findings.problems, self.findings.encodings)


def look_through(paths: Iterable[Path], options: Options, urls: Iterable[str] = ()) -> Iterator[Item]:
    """What is in files, folders and standard input ("-"), then at addresses; one document at a time is in memory."""
    for one in chain(sources(paths, options), pages(urls, options)):
        if isinstance(one, Refused):
            yield one
        else:
            yield from items_of(one, options)


def read_in(
    paths: Iterable[Path], options: Options, urls: Iterable[str] = (), on_read: OnRead = lambda count: None
) -> ReadIn:
    """Read everything, in files, folders and standard input ("-"), and keep it to be added.

    Args:
        paths: of files and folders.
        options: how to read.
        urls: addresses of pages to fetch.
        on_read: told of each document.

    Raises:
        StoreError: there is no room for what was read.
    """
    read = ReadIn(Spool(options.scratch), Findings())
    for item in look_through(paths, options, urls):
        if isinstance(item, Draft):
            with naming(options.scratch or Path(tempfile.gettempdir())):
                read.drafts.add(item)
            on_read(len(read.drafts))
        else:
            read.findings.take(item)
    return read


def read_documents(paths: Iterable[Path], options: Options | None = None) -> Iterator[Draft]:
    """The documents at `paths`; nothing is yielded before all were read.

    Raises:
        AddError: some cannot be added; it has a line for each.
        StoreError: there is no room for what was read.
    """
    read = read_in(paths, options or Options())
    read.check()
    yield from read.drafts
