"""A database file that is not as it was written is found, and one of a version that wrote no checksum is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.checksums import Checksum, checksum_of, with_checksum
from store.errors import BrokenFileError, ChangedFileError
from store.storage import Database, encode_tables, read_tables

TABLES = {"about": {"a": {"format": 1, "title": "Ä", "text": "x, }\n"}}, "things": {"1-2": {"start": 1, "end": 2}}}
DATA = encode_tables(TABLES)

tables = st.dictionaries(
    st.text(max_size=5).filter(lambda name: name != "check"),
    st.dictionaries(st.text(max_size=5), st.dictionaries(st.text(max_size=5), st.integers() | st.text(), max_size=3)),
    max_size=3,
)


@given(tables)
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, content: dict) -> None:
    path = tmp_path_factory.mktemp("tables") / "x.json"
    data = encode_tables(content)
    path.write_bytes(data)
    assert checksum_of(data) is Checksum.FITS
    assert read_tables(path) == content
    assert json.loads(data).keys() == {*content, "check"}


def test_every_cut_of_a_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    for length in range(len(DATA)):
        path.write_bytes(DATA[:length])
        with pytest.raises(BrokenFileError):
            read_tables(path)


def test_every_flipped_bit_is_found_or_harmless(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    missed = []
    for place in range(len(DATA)):
        for bit in range(8):
            path.write_bytes(DATA[:place] + bytes([DATA[place] ^ 1 << bit]) + DATA[place + 1 :])
            try:
                found = read_tables(path)
            except BrokenFileError:
                continue
            assert found is not None and {name: found[name] for name in TABLES} == TABLES
            missed.append(place)
    name = DATA.rindex(b'"check"')
    assert {*missed} <= {*range(name + 1, name + 6)}, "only the name of the checksum's own table"


def test_line_breaks_of_another_system_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(DATA.replace(b"\n", b"\r\n"))
    assert read_tables(path) == TABLES


def test_a_file_without_a_checksum_is_read_and_gets_one_when_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(TABLES))
    assert read_tables(path) == TABLES
    database = Database(path)
    with database.saving():
        database.replace("things", {"1-2": {"start": 1, "end": 3}}, frozenset({"start", "end"}))
    assert checksum_of(path.read_bytes()) is Checksum.FITS


@pytest.mark.parametrize(
    "change", [lambda data: data.replace(b"1", b"3"), lambda data: json.dumps(json.loads(data)).encode()]
)
def test_a_file_changed_by_hand_is_told_in_one_line_that_helps(tmp_path: Path, change) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(change(DATA))
    with pytest.raises(ChangedFileError, match="changed by hand: its checksum") as caught:
        read_tables(path)
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"\0" * 50, "zero bytes"),
        (DATA.replace(b' "about"', b'<<<<<<< ours\n "about"'), "merge that was not ended: keep either side"),
    ],
)
def test_what_happens_to_files_has_its_own_words(tmp_path: Path, data: bytes, problem: str) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(BrokenFileError, match=problem):
        read_tables(path)


def test_the_checksum_covers_what_a_reader_sees() -> None:
    assert with_checksum(b"{}\n").startswith(b'{\n "check"')
    assert checksum_of(with_checksum(b"{}\n")) is Checksum.FITS
    assert checksum_of(DATA + b" ") is Checksum.ABSENT
