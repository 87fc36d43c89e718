"""How long the reader's event loop ever stands still while spaCy is loaded and articles are extracted behind it.

    python benchmarks/stalls.py PROJECT FIGURES

Opens the project in this terminal, has a task wake up every millisecond until the extraction is over, and writes to
FIGURES how late it came: the number of times, then the 50th, 99th and 99.9th percentile and the longest, in
milliseconds. `benchmarks/reader.py` runs it in a pseudo-terminal.
"""

from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from store.project import Project  # noqa: E402
from tui.app import ExtractionEnded, ManiculeApp  # noqa: E402

_EVERY = 0.001


class Watched(ManiculeApp):
    """The app with a pulse that is measured; it ends when the extraction does."""

    def __init__(self, project: Project) -> None:
        super().__init__(project, "bench")
        self.late: list[float] = []

    def on_mount(self) -> None:
        """Begin the pulse; Textual has the app's own handler called as well."""
        self._pulse = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(_EVERY)
            now = time.perf_counter()
            self.late.append(now - last - _EVERY)
            last = now

    def on_extraction_ended(self, event: ExtractionEnded) -> None:
        """Nothing more is to be measured."""
        self.set_timer(0.2, self.exit)


def main() -> None:
    """Measure, and write the figures."""
    app = Watched(Project.open(Path(sys.argv[1])))
    app.run()
    late = sorted(app.late)
    shares = [late[min(int(len(late) * share), len(late) - 1)] * 1000 for share in (0.5, 0.99, 0.999, 1)]
    Path(sys.argv[2]).write_text(" ".join([str(len(late)), *(f"{one:.1f}" for one in shares)]), encoding="utf-8")


if __name__ == "__main__":
    main()
