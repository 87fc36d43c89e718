"""Files of this machine that only save time: checked when read, written without a sync, lost without a loss."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any
from zlib import crc32

from store.locations import Locations
from store.storage import to_json

FOLDER = "cache"
"""The folder within a project's local one in which these files lie."""


def cache_path(locations: Locations, name: str) -> Path:
    """Where the cache of that name lies."""
    return locations.local / FOLDER / name


def read_cache(path: Path) -> Any:
    """What `write_cache` wrote; None where it is not there, or not whole."""
    try:
        check, _, body = path.read_bytes().partition(b"\n")
        if int(check, 16) == crc32(body):
            return json.loads(body)
    except (OSError, ValueError, RecursionError):
        return None
    return None


def write_cache(locations: Locations, path: Path, content: object) -> bool:
    """Put `content` in the place of a cache; whether that worked.

    A reader sees the old one or the new one. After a power cut it may be torn, which `read_cache` notices.
    """
    body = to_json(content, separators=(",", ":"))
    return replace_unsynced(locations, path, b"%08x\n" % crc32(body) + body)


def replace_unsynced(locations: Locations, path: Path, data: bytes) -> bool:
    """Put `data` in the place of a file of the local folder, all at once but without a sync; whether that worked."""
    beside = path.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        locations.make_local()
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.write_bytes(data)
            os.replace(beside, path)
        except OSError:
            with suppress(OSError):
                beside.unlink()
            raise
    except OSError:
        return False
    return True
