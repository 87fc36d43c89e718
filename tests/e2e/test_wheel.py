"""What is installed from the wheel alone, with no network, suggests entities for the sample."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXTRACT = """
import socket, sys
sys.path[:0] = sys.argv[1:3]
def refuse(*of, **these):
    raise OSError("no network here")
socket.socket.connect = socket.getaddrinfo = refuse
import annotate, seeds
assert annotate.__file__.startswith(sys.argv[1]), annotate.__file__
from annotate.extractor import extract
from seeds.suggestions import shipped_suggestions
found = list(extract([(one.id, one.text) for one in seeds.gold()], "manicule_news"))
assert not [one.error for one in found if one.error]
assert {one.source for one in found} == {one.source for one in shipped_suggestions()}
print(sum(len(one.suggestions) for one in found), all(s.score is not None for one in found for s in one.suggestions))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        timeout=120,
    )
    return next(out.glob("*.whl"))


def test_the_wheel_holds_the_weights_but_not_the_corpus_and_stays_small(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        names = {one.filename: one.compress_size for one in held.infolist()}
    assert "annotate/news_pipeline/weights/network.npz" in names
    assert not [name for name in names if "/corpus/" in name]
    assert sum(size for name, size in names.items() if "/weights/" in name) < 12_000_000


def test_the_installed_wheel_suggests_for_the_sample_without_a_network(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as held:
        held.extractall(tmp_path / "site")
    run = subprocess.run(
        [sys.executable, "-S", "-c", EXTRACT, str(tmp_path / "site"), sysconfig.get_paths()["purelib"]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    count, scored = run.stdout.split()
    assert int(count) > 100 and scored == "True"
