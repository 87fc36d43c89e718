"""A process killed at any moment loses nothing that it had acknowledged."""

from __future__ import annotations

import json
import select
import subprocess
import sys
from pathlib import Path
from random import Random
from time import monotonic

from annotate.decisions import Decision, apply_all
from annotate.layers import Layer
from store.journal_lines import in_groups, read_lines
from store.project import Draft, Project
from store.records import decision_from

HERE = Path(__file__).parent
ROUNDS = 40
TEXTS = ["Gen Ali Khan of the Ministry of Water visited Lima. " * 4, "Kabul and Lima, the Foreign Office said. " * 5]


def run_and_kill(root: Path, seed: int, after: float) -> list[list[Decision]]:
    """The acknowledged groups of a process that is killed `after` seconds of work."""
    command = [sys.executable, str(HERE / "killed_store.py"), str(root), str(seed)]
    environment = {"PYTHONPATH": str(HERE.parents[1]), "PATH": ""}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        output = drained(process.stdout, monotonic() + after)
        process.kill()
        output += process.stdout.read()
    complete = output[: output.rfind(b"\n") + 1]
    told = [json.loads(line) for line in complete.split(b"\n") if line]
    return [[decision_from(doc) for doc in one["decisions"]] for one in told]


def drained(stream, until: float) -> bytes:
    """What comes out of `stream` until then; read meanwhile so that the process never waits for us."""
    output = b""
    while (left := until - monotonic()) > 0:
        if select.select([stream], [], [], left)[0]:
            output += stream.read1()
    return output


def last_group(root: Path) -> list[Decision]:
    """The group that stands last in the newest journal file."""
    files = sorted((root / "layers" / "ann" / "journal").glob("*.jsonl"))
    *_, lines = in_groups(read_lines(files[-1]).lines)
    return [line.decision() for line in lines]


def applied(layers: dict[str, Layer], decisions: list[Decision]) -> dict[str, Layer]:
    return {name: apply_all(layer, decisions) for name, layer in layers.items()}


def test_forty_kills_lose_no_acknowledged_group(tmp_path: Path) -> None:
    project = Project.create(tmp_path)
    names = project.add_articles(Draft(f"text{number}", "", text) for number, text in enumerate(TEXTS))
    model = {name: Layer(name, project.article(name).text_hash) for name in names}
    random = Random(20240)
    total = 0
    for seed in range(ROUNDS):
        acknowledged = run_and_kill(tmp_path, seed, random.uniform(0.0, 0.25))
        total += len(acknowledged)
        for decisions in acknowledged:
            model = applied(model, decisions)
        found = {name: Project.open(tmp_path).layer("ann", name) for name in names}
        if found != model:
            model = applied(model, unacknowledged(tmp_path, acknowledged))
        assert found == model, f"killed with seed {seed}"
    assert total > ROUNDS


def unacknowledged(root: Path, acknowledged: list[list[Decision]]) -> list[Decision]:
    """What the last group on disk has beyond the last acknowledged one."""
    last = last_group(root)
    known = acknowledged[-1] if acknowledged else []
    for size in range(len(last), 0, -1):
        if last[len(last) - size - len(known) : len(last) - size] == known and known:
            return last[len(last) - size :]
    return last
