"""Draws docs/reader.svg from the running app: `python docs/make_picture.py`."""

from __future__ import annotations

import asyncio
import os
import tempfile
from itertools import count
from pathlib import Path

from store.project import Project
from tui.app import ManiculeApp
from tui.sample import sample_project

KEYS = (*["space"] * 15, "right_curly_bracket", "G", "space", "space")


async def draw(out: Path) -> None:
    """Decide on a few suggestions of the sample and take a picture."""
    ticks = count()
    app = ManiculeApp(Project.open(sample_project()), "ada", clock=lambda: float(next(ticks)), extract=False)
    async with app.run_test(size=(132, 34)) as pilot:
        await pilot.pause()
        for key in KEYS:
            await pilot.press(key)
            await pilot.pause()
        out.write_text(app.export_screenshot(title="manicule"), encoding="utf-8")


def main() -> None:
    """Draw it with a home of its own, so that no one's data is touched."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"HOME": home, "XDG_DATA_HOME": home, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        asyncio.run(draw(Path(__file__).with_name("reader.svg")))


if __name__ == "__main__":
    main()
