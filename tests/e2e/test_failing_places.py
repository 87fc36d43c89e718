"""When the disk is full or the folder is gone the app says so, and saves what was decided once it can."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from store_helpers import TEXT, suggest, view_of
from terminal import ROOT, Terminal, environment, manicule

from annotate import acts
from store.project import Draft, Project
from store.session import Session

SIZE = 4 << 20


def decided(root: Path) -> int:
    """How many annotations are on disk."""
    return len(Session(Project.open(root), "ada").layer("rain").annotations)


def new_project(root: Path, home: Path) -> Path:
    manicule(home, "new", root, "--annotator", "ada")
    settings = root / "manicule.toml"
    settings.write_text(settings.read_text("utf-8").replace('pipelines = ["manicule_news"]', "pipelines = []"), "utf-8")
    project = Project.open(root)
    project.add_articles([Draft("rain", "Rain", TEXT)])
    suggest(project, "rain", ("Gen Ali Khan", "PERSON"), ("Lima", "GPE"), ("Ministry of Water", "ORG"))
    return root


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder that holds very little; only the administrator can make one."""
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no mount command here")
    if done.returncode:
        pytest.skip("no disk of its own can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> Path:
    """Leave no room on a disk."""
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 512)
    return filler


def open_article(person: Terminal) -> None:
    person.wait_for("Rain")
    person.press("Enter")
    person.wait_for("Space ✓")


def test_a_full_disk_is_told_and_what_was_decided_is_saved_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    root = new_project(small_disk / "wire", tmp_path)
    with Terminal(root, home=tmp_path) as person:
        open_article(person)
        filler = fill(small_disk)
        person.press("Space")
        person.wait_for("NOT SAVED: the disk is full")
        assert decided(root) == 0
        filler.unlink()
        person.wait_for(lambda screen: "NOT SAVED" not in screen, "saved again, with no key pressed")
        person.kill()
    assert decided(root) == 1


def test_what_cannot_be_saved_at_the_end_is_told_and_is_no_success(tmp_path: Path) -> None:
    root = new_project(tmp_path / "wire", tmp_path)
    with Terminal(root, home=tmp_path) as person:
        open_article(person)
        root.rename(tmp_path / "elsewhere")
        person.press("Space")
        person.wait_for("NOT SAVED: the project's folder is gone")
        os.kill(person.pid, signal.SIGTERM)
        assert person.wait_end() == 1
        assert b"manicule: not saved: the project's folder is gone" in person.raw
    assert not root.exists()


def test_a_folder_that_is_gone_is_told_and_not_made_anew(tmp_path: Path) -> None:
    root = new_project(tmp_path / "wire", tmp_path)
    moved = tmp_path / "elsewhere"
    with Terminal(root, home=tmp_path) as person:
        open_article(person)
        root.rename(moved)
        person.press("Space")
        person.wait_for("NOT SAVED: the project's folder is gone")
        assert not root.exists()
        moved.rename(root)
        person.wait_for(lambda screen: "NOT SAVED" not in screen, "saved again")
        person.kill()
    assert decided(root) == 1


def test_a_folder_that_is_gone_keeps_the_list_and_what_is_decided_where_a_layer_is_on_disk(tmp_path: Path) -> None:
    root = new_project(tmp_path / "wire", tmp_path)
    session = Session(Project.open(root), "ada")
    view = view_of(session, "rain")
    session.commit(acts.confirm(view, view.undecided()[0]))
    session.close()
    assert list((root / "layers" / "ada").glob("??/rain.json"))
    moved = tmp_path / "elsewhere"
    with Terminal(root, home=tmp_path) as person:
        open_article(person)
        root.rename(moved)
        person.wait_for("the project's folder is gone")
        person.press("x")
        person.wait_for("NOT SAVED: the project's folder is gone")
        person.press("q")
        person.wait_for(lambda screen: "filter" in screen and "folder is gone" in screen, "the library, which says so")
        assert "No articles yet" not in person.text and "Rain" in person.text
        assert not root.exists()
        moved.rename(root)
        person.wait_for(lambda screen: "folder is gone" not in screen and "saved" in screen, "saved again")
        person.kill()
    assert decided(root) == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_line_mode_with_all_put_away(number: signal.Signals, tmp_path: Path) -> None:
    root = new_project(tmp_path / "wire", tmp_path)
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "review", str(root), "--plain", "--annotator", "ada"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"y\n")
        process.stdin.flush()
        while process.poll() is None and decided(root) == 0:
            pass
        process.send_signal(number)
        _, told = process.communicate()
    assert (process.returncode, told) == (130, b"")
    assert decided(root) == 1
    (layer,) = (root / "layers" / "ada").glob("??/rain.json")
    assert len(json.loads(layer.read_bytes())["annotations"]) == 1, "the layer is folded into its file"
