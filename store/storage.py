"""TinyDB over files that are replaced whole: one logical save is one atomic write."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document, Table

from store.atomic import write_atomic
from store.checksums import TABLE, Checksum, checksum_of, with_checksum
from store.errors import BrokenFileError, ChangedFileError, NewerFileError, reason
from store.indented_json import indented
from store.merged_by_git import MergedFileError, is_merged_by_git

FORMAT = 1
"""The newest format of the project's database files that this version writes."""

Tables = dict[str, dict[str, Any]]
"""What a file holds: documents by their id, by the table's name."""


def read_tables(path: Path) -> Tables | None:
    """The tables of a file, or None where there is none.

    Raises:
        BrokenFileError: it cannot be read, or is no database.
        MergedFileError: it holds the lines of two versions.
        ChangedFileError: it is a database, and not as it was written.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise BrokenFileError(path, reason(error)) from error
    checksum = checksum_of(data)
    if checksum is not Checksum.FITS and is_merged_by_git(data):
        raise MergedFileError(path, data)
    tables = tables_in(path, data)
    if checksum is Checksum.OFF or (checksum is Checksum.ABSENT and TABLE in tables):
        raise ChangedFileError(path)
    tables.pop(TABLE, None)
    return tables


def tables_in(path: Path, data: bytes) -> Tables:
    """The tables that the bytes of a file hold, whatever its checksum says.

    Raises:
        BrokenFileError: they are no database.
    """
    try:
        tables = json.loads(data.decode("utf-8"), parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise BrokenFileError(path, _why_no_json(data, error)) from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(path, f"not UTF-8 (byte 0x{error.object[error.start]:02x})") from error
    except (ValueError, RecursionError) as error:
        raise BrokenFileError(path, "not JSON that this program can read") from error
    _check(path, tables)
    return tables  # type: ignore[no-any-return]


def _why_no_json(data: bytes, error: json.JSONDecodeError) -> str:
    if not data.strip(b"\0 \t\r\n"):
        return "empty" if not data else "nothing but blanks and zero bytes"
    if b"\n<<<<<<< " in b"\n" + data:
        return (
            "holds the marks of a merge that was not ended: keep either side, the journals have the decisions of both"
        )
    return f"line {error.lineno}: not JSON ({error.msg})"


def _no_number(name: str) -> None:
    """Refuse NaN and Infinity, which are no JSON and could not be written back."""
    raise ValueError(name)


def _check(path: Path, tables: object) -> None:
    if not isinstance(tables, dict):
        raise BrokenFileError(path, "not a database: no tables")
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(one, dict) for one in table.values()):
            raise BrokenFileError(path, f"not a database: {name!r} is no table")


def to_json(value: object, **options: Any) -> bytes:
    """`value` as JSON in UTF-8; what UTF-8 cannot hold is escaped."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, **options).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, **options).encode("ascii")


def encode_tables(tables: Tables) -> bytes:
    """The content of the file that holds `tables`, with its checksum."""
    try:
        data = indented(tables).encode("utf-8")
    except UnicodeEncodeError:
        data = indented(tables, ascii_only=True).encode("ascii")
    return with_checksum(data + b"\n")


class AtomicStorage(Storage):
    """A TinyDB storage that reads its file once and replaces it atomically."""

    def __init__(self, path: Path) -> None:
        """Nothing is read before it is asked for."""
        self._path = path
        self._tables: Tables | None = None
        self._loaded = False
        self._holding = False

    def read(self) -> Tables | None:
        """The tables, or None where there is no file.

        Raises:
            BrokenFileError: the file cannot be read.
        """
        if not self._loaded:
            self._tables = read_tables(self._path)
            self._loaded = True
        return self._tables

    def begin_anew(self) -> None:
        """Take the file for one that is not there."""
        self._tables, self._loaded = None, True

    def write(self, data: Tables) -> None:
        """Replace the file, or wait for the end of `one_write`.

        Raises:
            OSError: the file is as it was.
        """
        self._tables = data
        self._loaded = True
        if not self._holding:
            write_atomic(self._path, encode_tables(data))

    @contextmanager
    def one_write(self) -> Iterator[None]:
        """What is written meanwhile reaches the file as one write at the end; nothing of it after an error."""
        self._holding = True
        try:
            yield
        except BaseException:
            self._loaded = False
            raise
        finally:
            self._holding = False
        if self._tables is not None:
            self.write(self._tables)


class NamedTable(Table):
    """A table whose document ids are names."""

    document_id_class = str  # type: ignore[assignment]


class Database(TinyDB):
    """One file of a project: a table with one document about the whole, and tables of what it holds."""

    table_class = NamedTable

    def __init__(self, path: Path) -> None:
        """Nothing is read before it is asked for."""
        super().__init__(path, storage=AtomicStorage)
        self.path = path

    def exists(self) -> bool:
        """Whether there is such a file.

        Raises:
            BrokenFileError: there is, and it cannot be read.
        """
        return self.storage.read() is not None

    def begin_anew(self) -> None:
        """Go by what is written from now on, whatever the file holds."""
        storage = self.storage
        assert isinstance(storage, AtomicStorage)
        storage.begin_anew()

    def documents(self, table: str) -> dict[str, dict[str, Any]]:
        """A table's documents by id; they are the storage's own, to be read only."""
        return dict((self.storage.read() or {}).get(table, {}))

    def about(self, table: str, article_id: str) -> dict[str, Any]:
        """The one document of `table`, which says what the file is.

        Raises:
            BrokenFileError: it is not there, or is about something else.
        """
        found = self.table(table).get(doc_id=article_id)  # type: ignore[call-overload]
        if found is None:
            raise BrokenFileError(self.path, f"not the {table} of {article_id}")
        if not isinstance(found.get("format"), int):
            raise BrokenFileError(self.path, "it does not say its format")
        return dict(found)

    def check_writable(self, table: str) -> None:
        """Refuse to change a file that a newer version made.

        Raises:
            NewerFileError: it did.
        """
        for document in self.documents(table).values():
            version = document.get("format", FORMAT)
            if not isinstance(version, int) or version > FORMAT:
                raise NewerFileError(self.path)

    @contextmanager
    def saving(self) -> Iterator[None]:
        """Every change made meanwhile reaches the file as one write."""
        storage = self.storage
        assert isinstance(storage, AtomicStorage)
        with storage.one_write():
            yield

    def replace(self, table: str, documents: Mapping[str, Mapping[str, Any]], known: frozenset[str]) -> None:
        """Make `documents` the content of `table`; fields of theirs that are not `known` stay."""
        merged = self.merged(table, documents, known)
        held = self.table(table)
        held.truncate()
        held.insert_multiple(
            Document(document, name)  # type: ignore[arg-type]
            for name, document in merged.items()
        )

    def merged(
        self, table: str, documents: Mapping[str, Mapping[str, Any]], known: frozenset[str]
    ) -> dict[str, dict[str, Any]]:
        """`documents` with those fields of the ones that `table` holds that are not `known`."""
        old = self.documents(table)
        return {name: _unknown(old.get(name, {}), known) | dict(document) for name, document in documents.items()}

    def tables_held(self) -> Tables:
        """All tables by name; they are the storage's own, to be read only."""
        return dict(self.storage.read() or {})


def _unknown(document: Mapping[str, Any], known: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key not in known}
