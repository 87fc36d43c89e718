"""Articles are added a batch at a time: whole, each once, under ids that nothing else has."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from store_helpers import project_in

from store import adding, atomic, file_batch
from store.errors import StoreError
from store.project import Draft, Project

ROOT = Path(__file__).parents[2]


def drafts(count: int, first: int = 0) -> Iterator[Draft]:
    """Documents with a text each."""
    return (Draft("page", "Page", f"Text {number}") for number in range(first, first + count))


def files_in(root: Path) -> list[str]:
    """The names of all files among the articles, hidden ones too."""
    return sorted(path.name for path in (root / "articles").rglob("*") if path.is_file())


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adding, "BATCH", 5)


def test_a_batch_is_synced_before_it_is_renamed_and_told_of_after(
    tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(tmp_path)
    events: list[str] = []
    replace = os.replace
    monkeypatch.setattr(file_batch, "sync_all", lambda paths: events.append(f"sync {len(list(paths))}"))

    def rename(one: str, other: str) -> None:
        if Path(other).parent.parent.name == "articles":
            events.append("rename")
        replace(one, other)

    monkeypatch.setattr(os, "replace", rename)
    for _ in project.adding(drafts(7)):
        events.append("told")
    files, folders = events[0], events[6]
    assert (files, folders.split()[0]) == ("sync 5", "sync")
    assert events[1:6] + events[7:12] == ["rename"] * 5 + ["told"] * 5
    assert events[12:] == ["sync 2", "rename", "rename", events[15], "told", "told"]


@pytest.mark.parametrize("how", ["at once", "each"])
def test_many_files_are_synced_whether_or_not_the_system_can_do_it_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(atomic, "_MANY", 2 if how == "at once" else 1000)
    project = project_in(tmp_path)
    assert len(project.add_articles(drafts(20))) == 20
    assert len(files_in(tmp_path)) == len(project.article_ids()) == 20


def test_equal_texts_are_one_article_within_a_batch_and_beyond(tmp_path: Path, small_batches: None) -> None:
    project = project_in(tmp_path)
    twice = [*drafts(7), *drafts(7)]
    assert [one.added for one in project.adding(twice)] == [True] * 7 + [False] * 7
    assert not any(one.added for one in Project(tmp_path, project.config).adding(drafts(7)))


def test_what_was_kept_of_a_text_is_held_against_its_file(tmp_path: Path) -> None:
    project = project_in(tmp_path, "Text 0")
    list(project.planned(drafts(1)))
    path = project.locations.article("a")
    state = path.parent.stat()
    path.write_bytes(path.read_bytes().replace(b"Text 0", b"Text 9"))
    os.utime(path.parent, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert [one.added for one in project.adding(drafts(1))] == [True]


def test_no_file_is_written_over(tmp_path: Path) -> None:
    project = project_in(tmp_path)
    path = project.locations.article("page")
    path.parent.mkdir(parents=True)
    path.symlink_to("nowhere")
    assert project.add_articles(drafts(1)) == ["page-2"]


def test_a_full_disk_leaves_those_before_it_and_nothing_beside(
    tmp_path: Path, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(tmp_path)
    write = file_batch.write_unsynced
    left = iter(range(7))

    def full(path: str, data: bytes) -> None:
        if next(left, None) is None:
            write(path, data[:3])
            raise OSError(errno.ENOSPC, "full")
        write(path, data)

    monkeypatch.setattr(file_batch, "write_unsynced", full)
    told: list[str] = []
    with pytest.raises(StoreError, match="the disk is full"):
        for one in project.adding(drafts(12)):
            told.append(one.article_id)
    assert sorted(told) == sorted(project.article_ids())
    assert len(told) == 7
    assert all(name.startswith("page") for name in files_in(tmp_path))


ADD = """
import sys
from pathlib import Path
from store import adding
from store.project import Draft, Project
adding.BATCH = 40
project = Project.open(Path(sys.argv[1]))
drafts = (Draft("page", "Page", f"Text {number} {sys.argv[2]} " * 50) for number in range(100_000))
for count, one in enumerate(project.adding(drafts)):
    print(one.article_id, flush=True)
"""


def test_a_kill_leaves_whole_articles_only_and_all_that_were_told_of(tmp_path: Path) -> None:
    root = tmp_path / "wire"
    Project.create(root)
    told: set[str] = set()
    for stop in (1, 41, 133):
        command = [sys.executable, "-c", ADD, str(root), str(stop)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            told.update(line.strip() for line, _ in zip(process.stdout, range(stop), strict=False))
            process.kill()
            told.update(line.strip() for line in process.stdout if line.endswith("\n"))
        project = Project.open(root)
        ids = project.article_ids()
        assert told <= set(ids)
        for article_id in ids:
            assert project.article(article_id).text.startswith("Text ")
