"""The checks by other people's tools that are quick and need only the `dev` extra; `make third-party` runs them all."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
FAST = ["iobes_tags", "conllu_parser", "cassis_cas"]


@pytest.fixture(scope="module")
def harness() -> ModuleType:
    spec = importlib.util.spec_from_file_location("third_party_run", HERE / "run.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FAST)
def test_a_tool_reads_every_span_and_we_read_what_it_writes(harness: ModuleType, name: str) -> None:
    (check,) = (one for one in harness.CHECKS if one.name == name)
    problem, proved = harness.run(check, sys.executable)
    assert not problem
    assert proved


def test_these_are_all_the_fast_ones(harness: ModuleType) -> None:
    assert [one.name for one in harness.CHECKS if one.fast] == FAST


def test_every_check_has_its_script_and_requirements(harness: ModuleType) -> None:
    scripts = {one.stem for one in (HERE / "checks").glob("*.py")} - {"common"}
    assert scripts == {one.name for one in harness.CHECKS}
    needed = {one.name for one in harness.CHECKS if not one.here}
    assert {one.stem for one in (HERE / "checks").glob("*.txt")} == needed


@pytest.mark.parametrize("change", ["start", "missing"])
def test_a_check_fails_where_a_span_differs(harness: ModuleType, tmp_path: Path, change: str) -> None:
    wanted = {form: harness.export(form, tmp_path) for form in ("cas-json", "cas-xmi")}
    article, start, end, label, surface = wanted["cas-xmi"].pop()
    if change == "start":
        wanted["cas-xmi"].append((article, start + 1, end, label, surface))
    (tmp_path / "expected.json").write_text(json.dumps(wanted), "utf-8")
    texts = {one.id: one.text for one in harness.corpus()}
    (tmp_path / "articles.json").write_text(json.dumps(texts), "utf-8")
    script = str(HERE / "checks" / "cassis_cas.py")
    ran = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True)
    assert ran.returncode == 1
    assert "cas-xmi: missing" in ran.stderr


def test_what_a_tool_writes_has_to_hold_every_span(harness: ModuleType, tmp_path: Path) -> None:
    wanted = harness.export("csv", tmp_path)
    (tmp_path / "ours").rename(tmp_path / "theirs")
    assert harness.read_back("csv", tmp_path, wanted) == ""
    assert "missing [('none'" in harness.read_back("csv", tmp_path, [*wanted, ("none", 0, 7, "ORG", "Nothing")])
