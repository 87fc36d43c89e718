"""What can go wrong with a project's files, in words that a front can show as they are."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from annotate.errors import ManiculeError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.EIO: "the disk reports an error",
    errno.ENAMETOOLONG: "the name is too long",
}


class StoreError(ManiculeError):
    """Something about the project's files."""

    title = "Project"


class ProjectError(StoreError):
    """No project where one was expected, or one that cannot be created."""


class ConfigError(StoreError):
    """A manicule.toml or a label file with mistakes; the message has one line for each."""

    title = "Configuration"


class BrokenFileError(StoreError):
    """A file of the project that cannot be read.

    Attributes:
        path: the file.
    """

    title = "Unreadable file"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.path = path


class ChangedFileError(BrokenFileError):
    """A file of the project that can be read and is not as it was written: damaged, or changed by hand."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "damaged, or changed by hand: its checksum does not fit (manicule doctor DIR)")


class NewerFileError(StoreError):
    """A file that a newer version made, which this one must not write."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: made by a newer Manicule: it can be read only")


class AddError(StoreError):
    """Documents that cannot be added; none of those given was.

    Attributes:
        problems: one line for each document.
        encodings: what those that are not UTF-8 look like.
    """

    title = "Nothing added"

    def __init__(self, problems: Sequence[str], encodings: Sequence[str] = ()) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
        self.encodings = tuple(encodings)


def reason(error: OSError) -> str:
    """What happened to a file, in plain words."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn a failed write of `path` into a StoreError that names it."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{path}: {reason(error)}") from error
