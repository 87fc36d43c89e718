"""kill -9 between any two keys loses no decision that the screen had shown."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
import spacy
from terminal import KEYS, Terminal, manicule

KILLS = 10
SENTENCES = 40


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One article with one suggestion a sentence."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Lima"}])
    nlp.to_disk(tmp_path / "tiny")
    text = tmp_path / "rain.txt"
    text.write_text("\n".join(f"On day {day} it rained in Lima." for day in range(SENTENCES)), encoding="utf-8")
    root = tmp_path / "wire"
    manicule(tmp_path, "new", root, "--annotator", "ada")
    settings = root / "manicule.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('"manicule_news"', f'"{tmp_path / "tiny"}"'), encoding="utf-8"
    )
    manicule(tmp_path, "add", root, text)
    manicule(tmp_path, "extract", root)
    return root


def settled_on_disk(home: Path, project: Path) -> int:
    """How many suggestions the annotator has settled, by what the files say."""
    told = json.loads(manicule(home, "stats", project, "--json").stdout)
    return sum(source["settled"] for source in told["sources"].values())


def settled_on_screen(screen: str) -> int:
    """How many are no longer undecided, by the title line."""
    found = re.search(r"(\d+)/(\d+)", screen)
    return SENTENCES - (int(found[2]) - int(found[1])) if found else -1


def test_a_kill_between_any_two_keys_loses_nothing_shown(project: Path, tmp_path: Path) -> None:
    luck = random.Random(7)
    shown = 0
    for kill in range(KILLS):
        with Terminal(project, home=tmp_path) as person:
            person.wait_for("it rained")
            if kill == 0:
                person.press("Enter")
            person.wait_for(lambda screen, count=shown: settled_on_screen(screen) == count, "what was there before")
            for _ in range(luck.randrange(1, 4)):
                person.press(luck.choice(["Space", "x", "O"]))
            shown = settled_on_screen(person.text)
            in_flight = luck.random() < 0.5
            if in_flight:
                person.send(KEYS["Space"])
            person.kill()
        on_disk = settled_on_disk(tmp_path, project)
        assert shown <= on_disk <= shown + in_flight
        shown = on_disk
    assert shown >= KILLS
