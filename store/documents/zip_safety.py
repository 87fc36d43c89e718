"""Zip archives that are only looked into as far as that is safe; nothing is ever unpacked under a name of theirs."""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PureWindowsPath
from typing import BinaryIO, cast

from annotate.errors import TextError
from store.documents.scratch import Kept
from store.documents.values import Allowance, Options, Refused, Source, in_megabytes
from store.ids import natural_key

DEEPEST = 3
"""In how many archives a document may lie."""

LARGEST_ARCHIVE = 8 * 2**30
"""Most bytes that an archive, with those in it, may hold unpacked."""

RATIO = 1000
"""How many times larger than it is something may become unpacked."""

_SMALL = 2**20

BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, struct.error)
"""What reading a member of a broken archive raises, besides OSError and ValueError."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An archive that was looked through.

    Attributes:
        file: the archive.
        members: its files, as a person sorts names, or why they are not read.
        inside: its source as those see it that lie in it.
    """

    file: zipfile.ZipFile
    members: list[zipfile.ZipInfo | Refused]
    inside: Source

    def source(self, member: zipfile.ZipInfo) -> Source:
        """A member as a source."""
        return replace(
            self.inside,
            shown=f"{self.inside.shown}: {member.filename}",
            name=f"{self.inside.name}/{member.filename}".lstrip("/"),
            opens=partial(self._open, member),
        )

    def _open(self, member: zipfile.ZipInfo) -> BinaryIO:
        try:
            return cast(BinaryIO, self.file.open(member))
        except (ValueError, OverflowError) as error:  # places outside of the file
            raise zipfile.BadZipFile(str(error)) from error


@contextmanager
def opened_zip(source: Source, options: Options) -> Iterator[Opened]:
    """Look through an archive.

    Raises:
        TextError: it is none, it lies too deep in others, or would unpack to too much.
        OSError: it cannot be read.
    """
    if source.depth >= DEEPEST:
        raise TextError(f"lies in {DEEPEST} archives, one in the other; that is as deep as is looked")
    opens = Kept.of(source.opens(), options.scratch).opens if source.depth else source.opens
    with opens() as file:
        size = file.seek(0, 2)
        try:
            archive = zipfile.ZipFile(file)
        except (*BROKEN, ValueError, OverflowError) as error:
            raise TextError(f"no zip archive that can be read ({error})") from error
        with archive:
            allowance = source.allowance or Allowance(min(LARGEST_ARCHIVE, max(RATIO * size, _SMALL)))
            allowance.left -= sum(member.file_size for member in archive.infolist())
            if allowance.left < 0:
                most = in_megabytes(LARGEST_ARCHIVE)
                raise TextError(f"would unpack to more than {RATIO:,} times its size, or more than {most}")
            inside = replace(source, charset="", media_type="", depth=source.depth + 1, allowance=allowance)
            yield Opened(archive, _members(archive, source, size), inside)


def _members(archive: zipfile.ZipFile, source: Source, size: int) -> list[zipfile.ZipInfo | Refused]:
    found: list[zipfile.ZipInfo | Refused] = []
    for member in sorted(archive.infolist(), key=lambda one: natural_key(one.filename)):
        problem = _problem(member, size)
        if problem:
            found.append(Refused(f"{source.shown}: {member.orig_filename}", problem))
        elif not member.filename.endswith("/"):
            found.append(member)
    return found


def _problem(member: zipfile.ZipInfo, size: int) -> str:
    if not member.filename:
        return "a member without a name"
    path = PureWindowsPath(member.orig_filename)  # takes both slashes for what they are, and sees drives
    if path.drive or path.root:
        return "an absolute path, which no member may have"
    if ".." in path.parts:
        return "a path that leads out of the archive"
    if "\0" in member.orig_filename:
        return "a name with a NUL character"
    if not _is_plain(member.external_attr >> 16):
        return "a link or a device, not a file"
    if member.flag_bits & 1:
        return "encrypted"
    if member.file_size > max(RATIO * min(member.compress_size, size), _SMALL):
        return f"would unpack to more than {RATIO:,} times its size"
    return ""


def _is_plain(mode: int) -> bool:
    return not stat.S_IFMT(mode) or stat.S_ISREG(mode) or stat.S_ISDIR(mode)
