"""Who a pipeline is as a source: a name that can be a folder's, and a fingerprint of all that it is made of."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from pathlib import Path

_NAME_LENGTH = 80


def source_name(name: str) -> str:
    """What a pipeline that calls itself `name` is called as a source."""
    kept = [char if char.isalnum() or char in "._-" else "-" for char in unicodedata.normalize("NFC", name)]
    return "".join(kept).strip("._-")[:_NAME_LENGTH].rstrip("._-") or "pipeline"


def fingerprint_of(folder: Path, files: Iterable[Path], rules: str = "") -> str:
    """A hash, in hex digits, of the names and contents of files in `folder`, and of what else decides what is found."""
    digest = hashlib.sha256(rules.encode("utf-8"))
    for path in files:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
