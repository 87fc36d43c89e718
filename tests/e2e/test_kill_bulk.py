"""kill -9 in the middle of one decision over many articles leaves all of it or nothing, and one undo takes it back."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from small_projects import propose, small_project
from terminal import PATIENCE, Terminal, manicule

from annotate.layers import State
from store.annotator import remember_annotator
from store.project import Project

ARTICLES = 120
SEEDS = (3, 17)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Articles that each mention one place twice, one of them suggested."""
    texts = {f"a{number:03d}": f"Day {number}: rain in Lima.\n\nLima was wet." for number in range(ARTICLES)}
    opened = small_project(tmp_path / "wire", texts)
    for name in texts:
        propose(opened, name, [("Lima", "ORG")])
    settings = opened.root / "manicule.toml"
    settings.write_text(settings.read_text("utf-8").replace('["manicule_news"]', "[]"), "utf-8")
    remember_annotator(opened.root, "ada")
    return opened.root


def decided(root: Path) -> list[int]:
    """How many mentions are confirmed in each article, by what the files say."""
    opened = Project.open(root)
    layers = (opened.layer("ada", name) for name in opened.article_ids())
    return [sum(one.state is State.CONFIRMED for one in layer.annotations.values()) for layer in layers]


def tick_all(person: Terminal) -> None:
    """Every line of the place, ticked."""
    person.wait_for("A000")
    person.press("c")
    person.wait_for("Enter look for it")
    person.type("Lima")
    person.wait_for("Lima")
    person.press("Enter")
    person.wait_for(f"{2 * ARTICLES} lines")
    person.press("a")
    person.wait_for(f"{2 * ARTICLES} of {2 * ARTICLES} ticked")


def written(root: Path) -> int:
    """How many bytes the annotator's journal has."""
    return sum(path.stat().st_size for path in root.glob("layers/ada/journal/*.jsonl"))


def layers(root: Path) -> int:
    """How many layers the annotator's folder has."""
    return sum(1 for _ in root.glob("layers/ada/??/a*.json"))


def wait_until(happened: Callable[[], bool], what: str) -> None:
    """Look until it has happened."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"never came: {what}"


def kill_while_committing(root: Path, person: Terminal, luck: random.Random) -> None:
    """Kill the program somewhere in its write of the journal, or a moment before it or after."""
    before, grown = written(root), luck.randrange(-15_000, 30_000)
    person.send("G")
    wait_until(lambda: written(root) >= before + grown, f"{grown} bytes of the journal")
    person.kill()


def kill_while_folding(root: Path, person: Terminal, luck: random.Random) -> None:
    """Kill the program when some of the layers are up to date, and others not."""
    at_least = luck.randrange(1, ARTICLES * 2 // 3)
    person.send("G")
    wait_until(lambda: layers(root) >= at_least, f"{at_least} layers")
    person.kill()


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("kill", [kill_while_committing, kill_while_folding])
def test_a_killed_bulk_decision_is_there_wholly_or_not_and_one_undo_takes_it_back(
    project: Path, tmp_path: Path, seed: int, kill: Callable[[Path, Terminal, random.Random], None]
) -> None:
    with Terminal(project, home=tmp_path) as person:
        tick_all(person)
        kill(project, person, random.Random(seed))
    held = decided(project)
    assert held in ([0] * ARTICLES, [2] * ARTICLES)
    if kill is kill_while_folding:
        assert held[0] == 2
    assert "all in order" in manicule(tmp_path, "doctor", project).stderr
    with Terminal(project, home=tmp_path) as person:
        person.wait_for("A000")
        person.press("u")
        person.wait_for("undone" if held[0] else "nothing to undo")
        person.press("Ctrl+Q")
        person.wait_end()
    assert decided(project) == [0] * ARTICLES
    assert "all in order" in manicule(tmp_path, "doctor", project).stderr
