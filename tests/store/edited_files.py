"""Change what a project's file says, and have it look as written by a version that knew no checksums."""

from __future__ import annotations

from pathlib import Path


def without_checksum(data: bytes) -> bytes:
    """A database file as it was before files had checksums."""
    head, found, _ = data.rpartition(b',\n "check": {')
    return head + b"\n}\n" if found else data


def edit(path: Path, *changes: tuple[str, str]) -> None:
    """Replace each text by another in a database file; each must be there."""
    text = without_checksum(path.read_bytes()).decode("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text.encode("utf-8"))
