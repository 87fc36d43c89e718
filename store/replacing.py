"""Put a file or folder in its place only when it is whole."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.atomic import sync_folder
from store.errors import naming


@contextmanager
def replacing(out: Path, *, folder: bool) -> Iterator[Path]:
    """A file or empty folder beside `out` that takes its place when all went well, and is gone when not."""
    beside = out.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with naming(out):
            if folder:
                beside.mkdir()
            yield beside
            _sync(beside)
            os.replace(beside, out)
            sync_folder(out.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True) if beside.is_dir() else beside.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    if path.is_dir():
        for one in path.iterdir():
            _sync(one)
        sync_folder(path)
        return
    with path.open("rb") as file:
        os.fsync(file.fileno())
