"""Replace files so that a reader, and a machine that loses power, sees the old one or the new one, never a mixture."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_MANY = 64
"""Files from which to sync each of them takes longer than to sync all that is unwritten on the disk."""


def write_atomic(path: Path, data: bytes) -> None:
    """Write `data` to `path`: beside it under a hidden name, synced to disk, then renamed over it.

    Folders that are missing are made. A crash leaves at most a hidden file, which no reader looks at.

    Raises:
        OSError: the old file stands; or, where only the last sync failed, the new one, whole.
    """
    make_folder(path.parent)
    beside = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


def write_all(descriptor: int, data: bytes) -> None:
    """Write every byte of `data`, however many calls that takes.

    Raises:
        OSError: some of the bytes may have been written.
    """
    left = memoryview(data)
    while left:
        left = left[os.write(descriptor, left) :]


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, so that they outlast a power cut.

    Raises:
        OSError: it cannot be made.
    """
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def write_unsynced(path: str | Path, data: bytes) -> None:
    """Write a new file; what becomes of it in a power cut is `sync_all`'s to settle.

    Raises:
        OSError: some of it may have been written.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        write_all(descriptor, data)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[str | Path]) -> None:
    """Have files, and the names in folders, written to disk: many of them at once, where the system can.

    Args:
        paths: of one file system.

    Raises:
        OSError: not all were.
    """
    each = list(paths)
    if len(each) < _MANY or not _sync_file_system(each[0]):
        for path in each:
            sync_folder(path)


def _sync_file_system(path: str | Path) -> bool:
    """Sync all of the file system that `path` lies in; False where there is no way to ask for that (but on Linux)."""
    import ctypes

    try:
        sync = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return False
    descriptor = os.open(path, os.O_RDONLY)
    try:
        if sync(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(path))
    finally:
        os.close(descriptor)
    return True


def sync_folder(path: str | Path) -> None:
    """Have the names in a folder written to disk.

    Raises:
        OSError: they were not.
    """
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
