"""Journal lines count in whole groups, and a damaged one harms no other."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.decisions import Decision
from annotate.layers import Marks, Part
from store.errors import BrokenFileError
from store.journal import Journal
from store.journal_lines import Entry, encode, in_groups, last_time, read_lines, scan_lines


def entry(group: str, *notes: str) -> Entry:
    decisions = tuple(Decision("a", "0", Part(marks=Marks()), Part(marks=Marks(note=note))) for note in notes)
    return Entry(group, decisions, "2026-01-31T09:30:00.123Z")


def written(path: Path, *entries: Entry) -> list[bytes]:
    lines: list[bytes] = []
    for one in entries:
        lines.extend(encode(one, len(lines)))
    path.write_bytes(b"".join(lines))
    return lines


def notes(path: Path, offset: int = 0) -> list[str]:
    return [line.decision().after.marks.note for line in read_lines(path, offset).lines]


def test_lines_come_back_in_order_with_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    written(path, entry("g1", "one", "two"), entry("g2", "three"))
    reading = read_lines(path)
    assert notes(path) == ["one", "two", "three"]
    assert [(line.session, line.seq, line.group, line.article) for line in reading.lines] == [
        ("s", 0, "g1", "a"),
        ("s", 1, "g1", "a"),
        ("s", 2, "g2", "a"),
    ]
    assert reading.length == path.stat().st_size
    assert reading.problems == {}


@given(st.integers(0, 2000))
def test_a_file_cut_anywhere_holds_the_groups_before_the_cut(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "s.jsonl"
    lines = written(path, entry("g1", "one", "two"), entry("g2", "three"), entry("g2", "four"), entry("g3", "five"))
    data = path.read_bytes()
    path.write_bytes(data[:cut])
    ends = {0: [], 2: ["one", "two"], 3: ["one", "two", "three"], 4: ["one", "two", "three", "four"]}
    ends[5] = [*ends[4], "five"]
    whole = max(count for count in ends if len(b"".join(lines[:count])) <= cut)
    reading = read_lines(path)
    assert notes(path) == ends[whole]
    assert reading.length == len(b"".join(lines[:whole]))
    assert reading.problems == {}


@given(st.integers(0, 4), st.data())
def test_a_damaged_byte_costs_its_group_only(
    tmp_path_factory: pytest.TempPathFactory, number: int, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("damage") / "s.jsonl"
    lines = written(path, *(entry(f"g{n}", f"note {n}") for n in range(5)))
    broken = bytearray(lines[number])
    place = data.draw(st.integers(0, len(broken) - 2))
    broken[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte not in (broken[place], 10)))
    path.write_bytes(b"".join([*lines[:number], bytes(broken), *lines[number + 1 :]]))
    assert notes(path) == [f"note {n}" for n in range(5) if n != number]
    ((line, problem),) = read_lines(path).problems.items()
    assert (line, problem.partition(":")[0]) == (number + 1, "a damaged line")


def test_a_group_without_its_end_does_not_count(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    lines = written(path, entry("g1", "one", "two"), entry("g2", "three"))
    path.write_bytes(lines[0] + lines[2])
    assert notes(path) == ["three"]
    assert read_lines(path).problems == {1: "a group of decisions lacks lines after this one and does not count"}


@pytest.mark.parametrize("lost", range(3))
def test_a_group_that_lost_any_of_its_lines_does_not_count(tmp_path: Path, lost: int) -> None:
    path = tmp_path / "s.jsonl"
    lines = written(path, entry("g0", "zero"), entry("g1", "one", "two", "three"), entry("g1", "four"))
    lines[1 + lost] = lines[1 + lost].replace(b'"verb"', b'"werb"')
    path.write_bytes(b"".join(lines))
    assert notes(path) == ["zero", "four"]
    assert 2 + lost in read_lines(path).problems


def test_groups_of_files_without_numbered_parts_count_as_before(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    lines = written(path, entry("g1", "one", "two"), entry("g2", "three"))
    for number in (0, 1):
        body = lines[number].partition(b',"check"')[0].replace(f',"part":{number}'.encode(), b"")
        lines[number] = body + b',"check":"%08x"}\n' % crc32(body + b"}")
    path.write_bytes(b"".join(lines))
    assert notes(path) == ["one", "two", "three"]
    assert read_lines(path).problems == {}


def test_reading_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl"
    lines = written(path, entry("g1", "one"), entry("g1", "two"), entry("g2", "three"))
    offset = len(lines[0])
    assert notes(path, offset) == ["two", "three"]
    path.write_bytes(lines[0] + lines[1] + b"junk\n" + lines[2])
    assert read_lines(path, offset).problems == {3: "a damaged line: its check does not fit"}


def test_runs_of_a_group_are_told_apart_by_file(tmp_path: Path) -> None:
    one, two = tmp_path / "s1.jsonl", tmp_path / "s2.jsonl"
    written(one, entry("g", "one", "two"))
    written(two, entry("g", "three"))
    runs = list(in_groups(read_lines(one).lines + read_lines(two).lines))
    assert [len(run) for run in runs] == [2, 1]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=r"gone\.jsonl"):
        read_lines(tmp_path / "gone.jsonl")


def test_sessions_and_times_stay_in_order_though_the_clock_be_set_back(tmp_path: Path) -> None:
    future = "99991231T000000000-00000000"
    lines = encode(Entry("g", entry("g", "x").decisions, "9999-12-31T00:00:00.000Z"), 0)
    (tmp_path / f"{future}.jsonl").write_bytes(b"".join(lines))
    journal = Journal(tmp_path)
    assert journal.now() >= "9999-12-31T00:00:00.000Z"
    session, _ = journal.append([entry("h", "y")])
    assert session > future


def test_a_stray_file_does_not_name_the_next_session(tmp_path: Path) -> None:
    (tmp_path / "zzz.jsonl").write_bytes(b"")
    session, first = Journal(tmp_path).append([entry("h", "y")])
    assert (session < "zzz", first) == (True, 0)


@pytest.mark.parametrize("ending", [b"", b"\n", b"torn", b"not a line\n", b"x" * 200 + b"\n"])
def test_the_last_time_is_that_of_the_last_line_that_can_be_read(tmp_path: Path, ending: bytes) -> None:
    path = tmp_path / "a.jsonl"
    times = [f"2026-01-31T09:30:00.{number:03d}Z" for number in range(400)]
    lines = written(path, *(replace(entry(time, "note " * 40), time=time) for time in times))
    path.write_bytes(b"".join(lines) + ending)
    assert last_time(path) == times[-1]


def test_there_is_no_last_time_where_nothing_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"nothing of the kind\n")
    assert last_time(path) == ""
    with pytest.raises(BrokenFileError):
        last_time(tmp_path / "gone.jsonl")


def test_a_scan_finds_what_reading_finds_from_any_group_on_and_holds_no_line(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    lines = written(path, entry("a", "1", "2"), entry("b", "3"), entry("c", "4", "5"), entry("d", "6"))
    whole = b"".join(lines)
    for damaged in (whole, whole.replace(lines[2], b"{}\n"), whole[:-3], whole[: -len(lines[-1]) - 4]):
        path.write_bytes(damaged)
        for offset in (0, len(lines[0] + lines[1])):
            reading, scan = read_lines(path, offset), scan_lines(path, offset)
            assert scan.last == {line.article: line.seq for line in reading.lines}
            assert (scan.problems, scan.length) == (reading.problems, reading.length)


def test_a_scan_of_a_large_file_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "1.jsonl"
    written(path, *(entry(str(number), "x" * 2000) for number in range(1000)))
    assert path.stat().st_size > 2_000_000
    tracemalloc.start()
    scan_lines(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500_000
