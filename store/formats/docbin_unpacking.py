"""Read spaCy's DocBin document by document, from a decompressed copy on disk.

spaCy's own reader holds the whole message, and every string of it in one vocabulary. Here the documents are made by
it, too, but some at a time, with the strings that these have.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

_BATCH = 64
"""Documents that are made at once."""

_WORDS = 100_000
"""Strings after which a vocabulary is made anew."""

_BLOCK = 1 << 20
_BINS = {0xC4: 1, 0xC5: 2, 0xC6: 4}
"""By the first byte of a value of bytes: in how many its length is."""


def documents(path: Path) -> Iterator[Doc]:
    """The documents of a DocBin, one by one.

    Raises:
        OSError: it cannot be read, or there is no room for a copy.
        Exception: it is damaged: whatever spaCy, msgpack or zlib make of it.
    """
    with path.open("rb") as packed, _copy_beside(path) as plain:
        _decompress(packed, plain)
        yield from _Message(plain).documents()


def _copy_beside(path: Path) -> IO[bytes]:
    """A file without a name: beside it, where there is a disk that holds it, else where such files go."""
    try:
        return TemporaryFile(dir=path.parent)
    except OSError:
        return TemporaryFile()


def _decompress(packed: IO[bytes], plain: IO[bytes]) -> None:
    inflate = zlib.decompressobj()
    while not inflate.eof and (block := packed.read(_BLOCK)):
        while block:
            plain.write(inflate.decompress(block, _BLOCK))
            block = inflate.unconsumed_tail
    plain.write(inflate.flush())
    if not inflate.eof:
        raise ValueError("it ends too early")


class _Message:
    """What a DocBin says: where each of its values lies in the file, and the documents that these make."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._bytes: dict[str, tuple[int, int]] = {}
        self._others: dict[str, int] = {}
        self._find()
        self._strings = _Strings(file, self._others["strings"])

    def documents(self) -> Iterator[Doc]:
        """Make them, some at a time."""
        import numpy
        from spacy.tokens import DocBin
        from spacy.vocab import Vocab

        attrs: Any = self._unpacker("attrs").unpack()
        lengths = numpy.frombuffer(self._read("lengths", 0, self._bytes["lengths"][1]), dtype="int32")
        self._check(len(attrs), int(lengths.sum()))
        lists = {name: self._list(name, len(lengths), empty) for name, empty in _LISTS.items()}
        vocab, most = Vocab(), 0
        at = 0
        for first in range(0, len(lengths), _BATCH):
            if len(vocab.strings) > most:
                vocab = Vocab()
                most = len(vocab.strings) + _WORDS
            held = DocBin()
            held.attrs = attrs
            for length in lengths[first : first + _BATCH].tolist():
                tokens = self._read("tokens", at * 8 * len(attrs), length * 8 * len(attrs))
                held.tokens.append(numpy.frombuffer(tokens, dtype="uint64").reshape(length, len(attrs)))
                held.spaces.append(numpy.frombuffer(self._read("spaces", at, length), dtype=bool).reshape(length, 1))
                at += length
            for name, values in lists.items():
                setattr(held, name, [next(values) for _ in held.tokens])
            held.strings = set(self._strings.of(numpy.unique(numpy.concatenate(held.tokens)), vocab))
            for doc in held.get_docs(vocab):
                self._teach_groups(doc)
                yield doc

    def _find(self) -> None:
        """Find each value; those that are bytes are not read."""
        unpacker = _unpacker(self._file, 0)
        count, end = unpacker.read_map_header(), unpacker.tell()
        for _ in range(count):
            unpacker = _unpacker(self._file, end)
            name = unpacker.unpack()
            start = end + unpacker.tell()
            head = _read_at(self._file, start, 5)
            if (digits := _BINS.get(head[0])) is not None:
                size = int.from_bytes(head[1 : 1 + digits], "big")
                self._bytes[name] = start + 1 + digits, size
                end = start + 1 + digits + size
            else:
                unpacker = _unpacker(self._file, start)
                unpacker.skip()
                self._others[name] = start
                end = start + unpacker.tell()

    def _check(self, attrs: int, tokens: int) -> None:
        if self._bytes["tokens"][1] != tokens * attrs * 8 or self._bytes["spaces"][1] != tokens:
            raise ValueError("its columns are of different lengths")

    def _unpacker(self, name: str) -> Any:
        return _unpacker(self._file, self._others[name])

    def _read(self, name: str, start: int, size: int) -> bytes:
        return _read_at(self._file, self._bytes[name][0] + start, size)

    def _list(self, name: str, count: int, empty: Callable[[], Any]) -> Iterator[Any]:
        """The values of a list, one by one; as many empty ones where there is no such list."""
        if name not in self._others:
            for _ in range(count):
                yield empty()
            return
        unpacker = self._unpacker(name)
        if unpacker.read_array_header() != count:
            raise ValueError("its columns are of different lengths")
        for _ in range(count):
            yield unpacker.unpack()

    def _teach_groups(self, doc: Doc) -> None:
        """Have the vocabulary know the strings of the groups' spans, which no token has."""
        import numpy

        found = {key for group in doc.spans.values() for one in group for key in (one.label, one.kb_id, one.id)}
        for string in self._strings.of(numpy.asarray(sorted(found), dtype="uint64"), doc.vocab):
            doc.vocab.strings.add(string)


_LISTS: dict[str, Callable[[], Any]] = {"cats": dict, "flags": dict, "span_groups": bytes, "user_data": type(None)}
"""The lists of a value a document, with what stands for one where there is no such list."""


class _Strings:
    """The strings of a DocBin by their hashes, which are in memory; they themselves are not."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        import numpy
        from spacy.strings import get_string_id

        self._file = file
        unpacker = _unpacker(file, start)
        keys, places = array("Q"), array("Q")
        for _ in range(unpacker.read_array_header()):
            places.append(start + unpacker.tell())
            keys.append(get_string_id(unpacker.unpack()))
        found, at = numpy.frombuffer(keys, dtype="uint64"), numpy.frombuffer(places, dtype="uint64")
        order = numpy.argsort(found)
        self._keys, self._places = found[order], at[order]

    def of(self, keys: Any, vocab: Vocab) -> Iterator[str]:
        """The strings of those keys (a sorted array) that the vocabulary does not have; a key may be of none."""
        import numpy

        where = numpy.searchsorted(self._keys, keys)
        for key, at in zip(keys.tolist(), where.tolist(), strict=True):
            if at < len(self._keys) and int(self._keys[at]) == key and key not in vocab.strings:
                yield _unpacker(self._file, int(self._places[at]), 64).unpack()


class _From:
    """Reads a file from a place of its own on, whoever else reads it."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        self._file = file
        self._at = at

    def read(self, size: int) -> bytes:
        """Some more bytes."""
        data = _read_at(self._file, self._at, size)
        self._at += len(data)
        return data


def _read_at(file: IO[bytes], at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _unpacker(file: IO[bytes], at: int, size: int = 1 << 14) -> Any:
    from srsly.msgpack._unpacker import Unpacker  # the public one looks for plug-ins each time it is made

    return Unpacker(_From(file, at), raw=False, read_size=size)
