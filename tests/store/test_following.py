"""What is reckoned from a growing file equals what a reading of all of it gives, whatever became of the file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from small_projects import small_project

from store.disk_state import disk_clock
from store.following import Follower, follow
from store.project import Project

LATER = 1 << 62


class Reading:
    """Adds up the numbers of a file's lines, and keeps from where on it was read."""

    def __init__(self) -> None:
        self.offsets: list[int] = []
        self.follower: Follower[list[int]] = Follower(1, lambda: [0], self.read, list, lambda value: [int(value[0])])

    def read(self, path: Path, offset: int, total: list[int]) -> int:
        self.offsets.append(offset)
        data = path.read_bytes()[offset:]
        whole = data[: data.rfind(b"\n") + 1]
        total[0] += sum(map(int, whole.split()))
        return offset + len(whole)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return small_project(tmp_path / "wire", {"a": "Ada."})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "numbers"
    path.write_bytes(b"1\n20\n3")
    return path


def total(project: Project, path: Path, reading: Reading, now: int = LATER) -> int:
    cache = project.locations.local / "cache" / "numbers.json"
    return follow(project.locations, cache, path, reading.follower, now)[0][0]


def test_only_what_is_new_is_read(project: Project, path: Path) -> None:
    reading = Reading()
    assert total(project, path, reading) == 21
    assert total(project, path, reading) == 21
    with path.open("ab") as file:
        file.write(b"00\n4\n")
    assert total(project, path, reading) == 325
    assert reading.offsets == [0, 5]


def test_a_file_that_has_just_changed_is_looked_at_again(project: Project, path: Path) -> None:
    reading = Reading()
    now = disk_clock(project.locations)
    assert [total(project, path, reading, now) for _ in range(2)] == [21, 21]
    assert reading.offsets == [0, 5]


def replaced(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"5\n60\n7\n")
    os.replace(other, path)


def cut(path: Path) -> None:
    path.write_bytes(b"5\n")


def changed_in_place(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"9")
    os.utime(path, ns=(1, 1))


def changed_and_grown(path: Path) -> None:
    path.write_bytes(b"9\n20\n3\n4\n")


@pytest.mark.parametrize(
    ("change", "expected"), [(replaced, 72), (cut, 5), (changed_in_place, 29), (changed_and_grown, 36)]
)
def test_a_file_that_is_another_is_read_whole(project: Project, path: Path, change: object, expected: int) -> None:
    reading = Reading()
    total(project, path, reading)
    assert callable(change)
    change(path)
    assert total(project, path, reading) == expected
    assert reading.offsets == [0, 0]


@pytest.mark.parametrize("damage", [b"", b"{", b"00000000\n{}", b"[]"])
def test_a_damaged_cache_costs_a_reading(project: Project, path: Path, damage: bytes) -> None:
    reading = Reading()
    total(project, path, reading)
    (project.locations.local / "cache" / "numbers.json").write_bytes(damage)
    assert total(project, path, reading) == 21


def test_where_nothing_can_be_kept_or_read_the_value_is_right_all_the_same(project: Project, path: Path) -> None:
    reading = Reading()
    project.locations.make_local()
    (project.locations.local / "cache").write_text("no folder")
    assert [total(project, path, reading) for _ in range(2)] == [21, 21]
    path.unlink()
    assert total(project, path, reading) == 0
