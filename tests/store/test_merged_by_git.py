"""What git makes of two versions of a layer's file, line by line, is told from a file that was damaged."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.layers import Annotation, Layer, State
from annotate.spans import Span
from store.errors import BrokenFileError, NewerFileError
from store.layer_files import StoredLayer, read_applied, read_layer, write_layer
from store.merged_by_git import MergedFileError, is_merged_by_git

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
HOME, AWAY = "20260131T093000123-5f0c1a2b", "20260131T101500456-00c0ffee"


def layer(*starts: int) -> Layer:
    held = [Annotation(f"a{start}", Span(start, start + 3, "ORG"), "abc", State.CONFIRMED) for start in starts]
    return Layer("rain", "0c4d", {one.id: one for one in held})


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """Two versions of a layer, one file of both."""
    base = StoredLayer(layer(0), {HOME: 0}, until="2026-01-31T09:30:00.123Z")
    home = replace(base, layer=layer(0, 10, 20), applied={HOME: 2})
    away = replace(base, layer=layer(0, 15), applied={HOME: 0, AWAY: 4})
    for name, stored in (("base", base), ("home", home), ("away", away)):
        write_layer(tmp_path / name, stored)
    command = ["git", "merge-file", "--union", "home", "base", "away"]
    subprocess.run(command, cwd=tmp_path, check=True)
    return tmp_path / "home"


def test_it_says_which_journal_lines_either_version_holds(merged: Path) -> None:
    assert is_merged_by_git(merged.read_bytes())
    with pytest.raises(MergedFileError) as raised:
        read_layer(merged, "rain")
    assert raised.value.applied == {HOME: 2, AWAY: 4}
    assert read_applied(merged, "rain") == {HOME: 2, AWAY: 4}


def test_line_breaks_of_another_system_make_no_difference(merged: Path) -> None:
    merged.write_bytes(merged.read_bytes().replace(b"\n", b"\r\n"))
    assert read_applied(merged, "rain") == {HOME: 2, AWAY: 4}


def test_it_is_replaced_by_what_the_journal_comes_to(merged: Path) -> None:
    stored = StoredLayer(layer(0, 10, 15, 20), {HOME: 2, AWAY: 4})
    write_layer(merged, stored)
    assert read_layer(merged, "rain") == stored


def test_a_newer_version_of_it_is_not_written(merged: Path) -> None:
    merged.write_bytes(merged.read_bytes().replace(b'"format": 1', b'"format": 2'))
    with pytest.raises(NewerFileError):
        write_layer(merged, StoredLayer(layer(0)))


def test_no_file_that_was_written_or_cut_or_hit_is_taken_for_one(tmp_path: Path) -> None:
    path = tmp_path / "layer"
    write_layer(path, StoredLayer(layer(0, 10), {HOME: 2}))
    whole = path.read_bytes()
    for end in range(len(whole)):
        flipped = whole[:end] + bytes([whole[end] ^ 4]) + whole[end + 1 :]
        assert not is_merged_by_git(whole[:end]) and not is_merged_by_git(flipped)


def test_a_merged_file_that_was_cut_before_its_checksums_is_a_broken_one(merged: Path) -> None:
    merged.write_bytes(merged.read_bytes()[:-60])
    with pytest.raises(BrokenFileError, match="not JSON"):
        read_layer(merged, "rain")
