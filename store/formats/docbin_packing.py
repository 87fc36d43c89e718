"""Write spaCy's DocBin document by document: its columns grow in files beside it, and are packed when all are there.

spaCy's own writer holds every document until the last. The message is the same, byte for byte, before it is
compressed; `store/formats/docbin_unpacking.py` reads it in the same memory.
"""

from __future__ import annotations

import heapq
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from store.errors import StoreError

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin

_BATCH = 64
"""Documents that are packed at once."""

_MOST_STRINGS = 200_000
"""Different strings that are held before they go to a file."""

_BLOCK = 1 << 20
_LARGEST = (1 << 32) - 1
"""Bytes of the largest column that the format has a length for."""

_BYTES = ("tokens", "spaces", "lengths")
_LISTS = ("cats", "flags", "span_groups", "user_data")


class DocBinPacker:
    """A DocBin that is being written; its files have no name and are gone when it is left."""

    def __init__(self, folder: Path, attributes: Sequence[str]) -> None:
        """Nothing is written yet.

        Args:
            folder: where there is room for all of it, not compressed.
            attributes: of the tokens, as for spaCy's DocBin; user data are stored always.
        """
        self._folder = folder
        self._attributes = attributes
        self._open = ExitStack()
        self._columns = {name: _file(self._open, folder) for name in (*_BYTES, *_LISTS)}
        self._strings = _Strings(self._open, folder)
        self._count = 0
        self._batch = self._empty()

    def __enter__(self) -> Self:
        """Nothing more."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what was held."""
        self._open.close()

    def add(self, doc: Doc) -> None:
        """Add a document, as it is now.

        Raises:
            OSError: there is no room.
        """
        self._batch.add(doc)
        if len(self._batch) == _BATCH:
            self._drain()

    def write(self, path: Path) -> None:
        """Write the file.

        Raises:
            StoreError: it would be larger than a DocBin can be.
            OSError: there is no room.
        """
        self._drain()
        squeeze = zlib.compressobj()
        with path.open("wb") as file:
            for piece in self._message():
                file.write(squeeze.compress(piece))
            file.write(squeeze.flush())

    def _empty(self) -> DocBin:
        from spacy.tokens import DocBin

        return DocBin(attrs=self._attributes, store_user_data=True)

    def _drain(self) -> None:
        """Move what the batch holds into the files."""
        import numpy

        held = self._batch
        self._count += len(held)
        lengths = numpy.asarray([len(one) for one in held.tokens], dtype="int32")
        for name, arrays in (("tokens", held.tokens), ("spaces", held.spaces), ("lengths", [lengths])):
            self._columns[name].writelines(one.tobytes("C") for one in arrays)
        for name in _LISTS:
            self._columns[name].writelines(map(_packed, getattr(held, name)))
        self._strings.update(held.strings)
        self._batch = self._empty()

    def _message(self) -> Iterator[bytes]:
        head = {"version": self._batch.version, "attrs": self._batch.attrs}
        yield bytes([0x80 + len(head) + len(_BYTES) + 1 + len(_LISTS)])
        for name, value in head.items():
            yield _packed(name) + _packed(value)
        for name in _BYTES:
            yield from self._bytes(name)
        with TemporaryFile(dir=self._folder) as file:
            count = self._strings.write(file)
            yield from self._list("strings", count, file)
        for name in _LISTS:
            yield from self._list(name, self._count, self._columns[name])

    def _bytes(self, name: str) -> Iterator[bytes]:
        size = self._columns[name].tell()
        if size > _LARGEST:
            raise StoreError(f"{self._count:,} articles are more than one DocBin can hold; --shard 2000 writes several")
        yield _packed(name) + _bin_header(size)
        yield from _blocks(self._columns[name])

    def _list(self, name: str, count: int, file: IO[bytes]) -> Iterator[bytes]:
        yield _packed(name) + _array_header(count)
        yield from _blocks(file)


class _Strings:
    """Different strings in their order, of which few are in memory."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        self._folder = folder
        self._held: set[str] = set()
        self._runs: list[IO[bytes]] = []

    def update(self, strings: Iterable[str]) -> None:
        """Take strings in, also such as came before."""
        self._held.update(strings)
        if len(self._held) >= _MOST_STRINGS:
            run = _file(self._stack, self._folder)
            run.writelines(map(_packed, sorted(self._held)))
            self._runs.append(run)
            self._held = set()

    def write(self, file: IO[bytes]) -> int:
        """Write each of them once; how many they are."""
        count = 0
        for string, _ in groupby(heapq.merge(*map(_read, self._runs), sorted(self._held))):
            file.write(_packed(string))
            count += 1
        return count


def _file(stack: ExitStack, folder: Path) -> IO[bytes]:
    return stack.enter_context(TemporaryFile(dir=folder))


def _read(run: IO[bytes]) -> Iterator[str]:
    from srsly.msgpack._unpacker import Unpacker

    run.seek(0)
    yield from Unpacker(run, raw=False)


def _packed(value: Any) -> bytes:
    packed: bytes = _packer().pack(value)
    return packed


@cache
def _packer() -> Any:
    """What packs as spaCy does; it is dear to make, since it looks for plug-ins."""
    from srsly.msgpack import Packer

    return Packer(use_bin_type=True)


def _bin_header(size: int) -> bytes:
    if size < 1 << 8:
        return b"\xc4" + size.to_bytes(1, "big")
    return b"\xc5" + size.to_bytes(2, "big") if size < 1 << 16 else b"\xc6" + size.to_bytes(4, "big")


def _array_header(count: int) -> bytes:
    if count < 1 << 4:
        return bytes([0x90 + count])
    return b"\xdc" + count.to_bytes(2, "big") if count < 1 << 16 else b"\xdd" + count.to_bytes(4, "big")


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(_BLOCK):
        yield block
