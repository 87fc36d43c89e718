"""Files are replaced whole or not at all, and what is not a database is named with its line."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from store import atomic
from store.atomic import write_atomic
from store.errors import BrokenFileError, StoreError
from store.storage import Database, read_tables

KNOWN = frozenset({"format", "value"})


def failing(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "x.json"
    write_atomic(path, b"old")
    monkeypatch.setattr(os, call, failing)
    with pytest.raises(OSError, match="No space"):
        write_atomic(path, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["x.json"]
    assert path.read_bytes() == b"old"


def test_content_is_synced_before_it_is_renamed_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    fsync, replace, sync_folder = os.fsync, os.replace, atomic.sync_folder
    monkeypatch.setattr(os, "fsync", lambda fd: (calls.append("fsync"), fsync(fd)))
    monkeypatch.setattr(os, "replace", lambda a, b: (calls.append("rename"), replace(a, b)))
    monkeypatch.setattr(atomic, "sync_folder", lambda path: (calls.append("folder"), sync_folder(path)))
    write_atomic(tmp_path / "x", b"content")
    assert calls == ["fsync", "rename", "folder", "fsync"]


def test_one_save_is_one_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    monkeypatch.setattr("store.storage.write_atomic", lambda path, data: written.append(data))
    database = Database(tmp_path / "x.json")
    with database.saving():
        database.replace("about", {"a": {"format": 1}}, KNOWN)
        database.replace("things", {"1-2": {"value": "é"}, "0-1": {"value": 2}}, KNOWN)
    (data,) = written
    assert data.decode() == (
        '{\n "about": {\n  "a": {\n   "format": 1\n  }\n },\n "things": {\n'
        '  "0-1": {\n   "value": 2\n  },\n  "1-2": {\n   "value": "é"\n  }\n },\n'
        ' "check": {\n  "file": {\n   "crc32": "7305ad20"\n  }\n }\n}\n'
    )


def test_an_error_while_saving_writes_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.json")
    with pytest.raises(ZeroDivisionError), database.saving():
        database.replace("about", {"a": {"format": 1}}, KNOWN)
        _ = 1 / 0
    assert not database.path.exists()
    assert database.documents("about") == {}


def test_unknown_tables_and_fields_stay(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"about": {"a": {"format": 1, "value": 1, "more": 2}}, "other": {"x": {"y": 1}}}')
    database = Database(path)
    with database.saving():
        database.replace("about", {"a": {"format": 1}}, KNOWN)
    assert read_tables(path) == {"about": {"a": {"format": 1, "more": 2}}, "other": {"x": {"y": 1}}}


def test_ids_are_names(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.json")
    with database.saving():
        database.replace("things", {"ab": {"value": 1}, "12": {"value": 2}}, KNOWN)
    again = Database(tmp_path / "x.json")
    assert again.documents("things") == {"12": {"value": 2}, "ab": {"value": 1}}
    assert again.table("things").get(doc_id="12") == {"value": 2}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{", "line 1: not JSON"),
        (b'{"a": {},\n "b": {\n', "line 3: not JSON"),
        (b"[]", "no tables"),
        (b'{"a": 1}', "'a' is no table"),
        (b'{"a": {"x": []}}', "'a' is no table"),
        (b'{"a": "\xff"}', "not UTF-8 .byte 0xff"),
        (b"[" * 100_000, "not JSON that this program can read"),
        (b'{"a": {"x": {"y": ' + b"1" * 5000 + b"}}}", "not JSON that this program can read"),
        (b'{"layer": {"a": {"x": NaN}}}', "not JSON that this program can read"),
    ],
)
def test_what_is_no_database_is_named(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(BrokenFileError, match=problem) as caught:
        read_tables(path)
    assert caught.value.path == path
    assert "\n" not in caught.value.message


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=str(tmp_path)):
        read_tables(tmp_path)


def test_a_newer_format_is_read_but_not_written(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"about": {"a": {"format": 2}}}')
    database = Database(path)
    assert database.about("about", "a") == {"format": 2}
    with pytest.raises(StoreError, match="newer Manicule"):
        database.check_writable("about")


def test_a_file_about_something_else_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(b'{"about": {"a": {"format": 1}, "c": {}}}')
    with pytest.raises(BrokenFileError, match="not the about of b"):
        Database(path).about("about", "b")
    with pytest.raises(BrokenFileError, match="does not say its format"):
        Database(path).about("about", "c")
