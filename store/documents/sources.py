"""What was asked for, file by file: files as named, folders walked through, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from annotate.errors import TextError
from store.documents.kinds import has_known_ending
from store.documents.scratch import Kept
from store.documents.values import Options, Refused, Source
from store.errors import reason
from store.ids import natural_key

STANDARD_INPUT = Path("-")
"""The path that stands for standard input."""


def sources(paths: Iterable[Path], options: Options) -> Iterator[Source | Refused]:
    """The files at `paths`, in the order given; in a folder as a person sorts names.

    A file that is named is there whatever its ending. Of a folder, and those in it, there are the files that `wanted`
    takes, except hidden ones; links to folders are not followed.
    """
    for path in paths:
        if path == STANDARD_INPUT:
            yield _standard_input(options)
        elif path.is_dir():
            yield from _in_folder(path, options)
        elif path.is_file():
            yield _file(str(path), path.name)
        elif path.exists():
            yield Refused(str(path), "neither a file nor a folder")
        else:
            yield Refused(str(path), "no such file or folder")


def pages(urls: Iterable[str], options: Options) -> Iterator[Source | Refused]:
    """What is at addresses, each fetched when its turn comes."""
    for url in urls:
        from store.documents.web import fetched

        try:
            yield fetched(url, options)
        except TextError as error:
            yield Refused(url, error.message)


def wanted(name: str, options: Options) -> bool:
    """Whether a file at the path `name` in a folder or an archive is read."""
    if name.startswith(".") or "/." in name or is_excluded(name, options):
        return False
    if options.include:
        return _matches(name, options.include)
    return has_known_ending(name, options)


def is_excluded(name: str, options: Options) -> bool:
    """Whether a glob excludes a path in a folder or an archive, or a folder that it lies in."""
    if not options.exclude:
        return False
    parts = PurePosixPath(name).parts
    return any(_matches("/".join(parts[: end + 1]), options.exclude) for end in range(len(parts)))


def _matches(name: str, globs: Iterable[str]) -> bool:
    last = name.rpartition("/")[2]
    return any(fnmatchcase(name, glob) or fnmatchcase(last, glob) for glob in globs)


def _file(path: str, name: str) -> Source:
    return Source(path, name, cast("partial[BinaryIO]", partial(open, path, "rb")))


def _standard_input(options: Options) -> Source | Refused:
    try:
        kept = Kept.of(sys.stdin.buffer, options.scratch)
    except OSError as error:
        return Refused("standard input", reason(error))
    return Source("standard input", "", kept.opens)


def _in_folder(folder: Path, options: Options) -> Iterator[Source | Refused]:
    empty = True
    for one in _walked(folder, options):
        empty = False
        yield one
    if empty:
        yield Refused(str(folder), "no document in it that can be read")


def _walked(folder: Path, options: Options) -> Iterator[Source | Refused]:
    """The files to read, and a line about each of them, and each folder, that cannot be."""
    closed: list[Refused] = []

    def note(error: OSError) -> None:
        closed.append(Refused(str(error.filename), reason(error)))

    for root, folders, names in os.walk(folder, onerror=note):
        within = Path(root).relative_to(folder).as_posix()
        above = "" if within == "." else f"{within}/"
        visible = [name for name in folders if name[0] != "." and not is_excluded(above + name, options)]
        folders[:] = sorted(visible, key=natural_key)
        for name in sorted(names, key=natural_key):
            if not wanted(above + name, options):
                continue
            here = _file(os.path.join(root, name), above + name)
            yield here if os.path.isfile(here.shown) else Refused(here.shown, "no file, or a link that leads nowhere")
    yield from closed
