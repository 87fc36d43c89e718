"""A sample of the faults that a project survives; `python -m tests.faults` has them all."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from surviving import failing_disk, flips, hammering, kills, truncations
from workers import nursery


def test_fifty_kills_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with nursery() as one:
        survived = kills(tmp_path, one, 50)
    assert sum(survived.values()) == 50


def test_processes_at_once_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    with nursery() as one:
        assert sum(hammering(tmp_path, one, 3).values()) == 3


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("lasting", [False, True])
def test_a_failing_disk_is_told_and_loses_nothing(tmp_path: Path, number: int, lasting: bool) -> None:
    assert sum(failing_disk(tmp_path, number, lasting=lasting, every=7).values()) > 5


def test_a_file_cut_short_is_named_and_mended(tmp_path: Path) -> None:
    assert len(truncations(tmp_path, every=7)) == 4


def test_a_flipped_bit_is_named_and_mended(tmp_path: Path) -> None:
    assert len(flips(tmp_path, every=23)) == 4
