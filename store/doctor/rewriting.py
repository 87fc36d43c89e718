"""Take what a file says, whatever its checksum says, and keep a copy of the file before it is written anew."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from store.atomic import make_folder, sync_folder
from store.checksums import TABLE
from store.errors import BrokenFileError, reason
from store.locations import Locations
from store.storage import Tables, encode_tables, tables_in


def sound_tables(path: Path, read: Callable[[Path], object]) -> Tables:
    """The tables of a file without its checksum.

    Args:
        path: the file.
        read: reads a copy of it with a checksum that fits; raises BrokenFileError where that is not what it should be.

    Raises:
        BrokenFileError: the file is not what it should be.
    """
    try:
        tables = tables_in(path, path.read_bytes())
    except OSError as error:
        raise BrokenFileError(path, reason(error)) from error
    tables.pop(TABLE, None)
    with tempfile.TemporaryDirectory(prefix="manicule-") as folder:
        copy = Path(folder) / path.name
        copy.write_bytes(encode_tables(tables))
        try:
            read(copy)
        except BrokenFileError as error:
            raise BrokenFileError(path, error.message.removeprefix(f"{copy}: ")) from error
    return tables


def keep_copy(locations: Locations, path: Path) -> str:
    """Keep a file as it is among what is set aside; where, as seen from the project.

    Raises:
        OSError: it is not kept.
    """
    kept = locations.place_aside(path)
    make_folder(kept.parent)
    shutil.copyfile(path, kept)
    with kept.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(kept.parent)
    return kept.relative_to(locations.root).as_posix()
