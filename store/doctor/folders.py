"""Walk the folders of a project one file at a time, and name what does not belong there."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from store.atomic import make_folder, sync_folder
from store.doctor.findings import Finding, Mend
from store.errors import StoreError, reason
from store.ids import folded, is_name, shard
from store.locations import Locations

_SHARD = re.compile(r"[0-9a-f]{2}")
_LEFT = re.compile(r"\.[0-9a-f]{12}\.tmp")
_LEFT_AFTER = 3600.0
"""Seconds after which a file that is being written is one that never will be."""


@dataclass(frozen=True, slots=True)
class Held:
    """A file where one of an article should be.

    Attributes:
        article_id: the article.
        path: the file.
    """

    article_id: str
    path: Path


def files_in(locations: Locations, folder: Path, beside: frozenset[str] = frozenset()) -> Iterator[Held | Finding]:
    """The articles' files in a folder of shards, in order, and what else is there.

    Args:
        locations: the project's.
        folder: `articles`, `trash`, or that of a source or an annotator.
        beside: names of folders that may be there, too.
    """
    for part in _entries(folder):
        if isinstance(part, Finding):
            yield part
        elif part.name in beside:
            continue
        elif part.is_dir() and _SHARD.fullmatch(part.name):
            yield from _files_of(locations, part)
        else:
            yield from _other(locations, part)


def _files_of(locations: Locations, part: Path) -> Iterator[Held | Finding]:
    seen: dict[str, Path] = {}
    for path in _entries(part):
        if isinstance(path, Finding):
            yield path
            continue
        name = normalize("NFC", path.name.removesuffix(".json"))
        if path.suffix != ".json" or not is_name(name) or path.name.startswith(".") or path.is_dir():
            yield from _other(locations, path)
        elif shard(name) != part.name:
            yield _misplaced(path, part.parent / shard(name) / path.name)
        elif folded(name) in seen:
            yield Finding(path, 0, f"its name and that of {seen[folded(name)].name} differ in case only", "rename one")
        else:
            seen[folded(name)] = path
            yield Held(name, path)


def _misplaced(path: Path, right: Path) -> Finding:
    what = f"lies in {path.parent.name}, where no reader looks; it belongs in {right.parent.name}"
    if right.exists():
        return Finding(path, 0, f"{what}, which holds one of that name", "compare the two, and delete one")
    return Finding(path, 0, what, "move it, or run with --repair", lambda: _move(path, right))


def _move(path: Path, right: Path) -> str:
    make_folder(right.parent)
    if right.exists():
        raise StoreError(f"{right}: is there already")
    os.rename(path, right)
    sync_folder(right.parent)
    sync_folder(path.parent)
    return f"moved to {right.parent.name}"


def _other(locations: Locations, path: Path) -> Iterator[Finding]:
    """What is no file of the project; hidden files of other programs are none of the doctor's business."""
    if _LEFT.fullmatch(path.name):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFT_AFTER:
                what = "left behind by a program that was stopped while it wrote"
                yield Finding(path, 0, what, "delete it, or run with --repair", lambda: _remove(path))
    elif not path.name.startswith("."):
        yield Finding(
            path, 0, "no file of a project", "move it elsewhere, or run with --repair", aside(locations, path)
        )


def _remove(path: Path) -> str:
    path.unlink(missing_ok=True)
    return "deleted"


def aside(locations: Locations, path: Path) -> Mend:
    """Sets a file aside."""

    def mend() -> str:
        kept = locations.set_aside(path)
        return f"moved to {kept.relative_to(locations.root).as_posix()}"

    return mend


def _entries(folder: Path) -> Iterator[Path | Finding]:
    try:
        yield from sorted(folder.iterdir())
    except FileNotFoundError:
        return
    except OSError as error:
        yield Finding(folder, 0, reason(error), "see that the folder can be read")
