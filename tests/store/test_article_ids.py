"""The kept order of articles is the one that listing all folders gives."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store import article_ids
from store.article_ids import sorted_ids
from store.cache_files import cache_path, write_cache
from store.ids import natural_key
from store.locations import Locations


@pytest.fixture(autouse=True)
def kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the order of few articles, too, and take folders for old."""
    monkeypatch.setattr(article_ids, "_WORTH_KEEPING", 1)
    monkeypatch.setattr(article_ids, "disk_clock", lambda locations: 1 << 62)


def put(where: Locations, name: str, time: int) -> None:
    """Make an article's file, and have its folder bear that time."""
    path = where.article(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    os.utime(path.parent, (time, time))


def listed(where: Locations) -> list[str]:
    """The order without what was kept."""
    return sorted(where.article_ids(), key=natural_key)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30), max_size=20), st.randoms(use_true_random=False))
def test_the_kept_order_is_that_of_the_folders(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], chooser: random.Random
) -> None:
    where = Locations(tmp_path_factory.mktemp("wire"))
    for time, number in enumerate(numbers, start=1):
        path = where.article(f"page-{number}")
        if path.exists():
            path.unlink()
            os.utime(path.parent, (time, time))
        else:
            put(where, path.stem, time)
        if chooser.random() < 0.7:
            assert sorted_ids(where) == listed(where)
    assert sorted_ids(where) == listed(where)


def test_only_folders_that_changed_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = Locations(tmp_path)
    for number in range(8):
        put(where, f"a{number}", 1)
    first = sorted_ids(where)
    shards: list[str] = []
    real = Locations.ids_in
    monkeypatch.setattr(Locations, "ids_in", lambda self, names: real(self, [shards.append(n) or n for n in names]))
    assert sorted_ids(where) == first
    assert shards == []
    put(where, "b", 2)
    assert sorted_ids(where) == [*first, "b"]
    assert len(shards) == 1


@pytest.mark.parametrize("content", [b"", b"{}", b"00000000\n{}", b"\xff\n"])
def test_a_torn_copy_is_passed_over(tmp_path: Path, content: bytes) -> None:
    where = Locations(tmp_path)
    put(where, "a", 1)
    sorted_ids(where)
    cache_path(where, "ids.json").write_bytes(content)
    assert sorted_ids(where) == ["a"]


@pytest.mark.parametrize(
    "content",
    [[], {"ids": [1], "shards": "aa", "folders": {}}, {"ids": ["a"], "shards": "", "folders": {}}],
)
def test_a_copy_of_another_kind_is_passed_over(tmp_path: Path, content: object) -> None:
    where = Locations(tmp_path)
    put(where, "a", 1)
    write_cache(where, cache_path(where, "ids.json"), content)
    assert sorted_ids(where) == ["a"]
