"""What is not needed for the first screen is not imported before it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from terminal import ROOT, environment, manicule

HEAVY = ("spacy", "pydantic", "typer", "tomlkit", "numpy", "babel", "markdown_it.main", "plotext")

SHOW_LIBRARY = """
import asyncio, json, sys
from pathlib import Path
import tui.main
from store.project import Project
from tui.app import ManiculeApp
from tui.screens.library import Library

async def show():
    app = ManiculeApp(Project.open(Path(sys.argv[1])), "ada")
    async with app.run_test(size=(80, 24)) as pilot:
        while not isinstance(app.screen, Library) or not app.desk.rows:
            await pilot.pause()
        print(json.dumps(sorted(sys.modules)))

asyncio.run(show())
"""


def test_the_library_is_shown_without_heavy_imports(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Rain in Lima.", encoding="utf-8")
    root = tmp_path / "wire"
    manicule(tmp_path, "new", root, "--annotator", "ada")
    manicule(tmp_path, "add", root, tmp_path / "one.txt")
    manicule(tmp_path, "extract", root)
    shown = subprocess.run(
        [sys.executable, "-c", SHOW_LIBRARY, str(root)],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert shown.returncode == 0, shown.stderr
    modules = json.loads(shown.stdout)
    assert "textual.app" in modules
    assert [name for name in HEAVY if name in modules] == []
