"""How long it takes to look at a whole corpus, and to decide on it, in the app in a pseudo-terminal.

    python benchmarks/corpus.py [--articles 10000] [--bulk 5000] [--folder DIR]

Articles have 500 words and 40 mentions of names, few of which are frequent and most rare. A time counts from writing
the key to the last piece of output before the screen shows what was asked for; how long keys would have waited is told
by a pulse in the app's event loop. The project is made in DIR and kept there, or in a folder for the time of the run;
the bulk decision is undone in it.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import queue
import re
import struct
import sys
import tempfile
import termios
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pyte

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from large_projects import ANNOTATOR, make_corpus  # noqa: E402
from resident import resident_megabytes  # noqa: E402

COLUMNS, ROWS = 120, 40
LISTED = slice(2, ROWS - 3)
"""The rows of the screen on which lines are listed."""

PATIENCE = 150.0
FEW = 5

APP = """
import asyncio, sys, time
from pathlib import Path
from store.project import Project
from tui.app import ManiculeApp

class Watched(ManiculeApp):
    def on_mount(self):
        self.pulse = asyncio.create_task(self.beat())

    async def beat(self):
        with open(sys.argv[3], "a", buffering=1) as late:
            last = time.monotonic()
            while True:
                await asyncio.sleep(0.005)
                now = time.monotonic()
                if now - last > 0.02:
                    print(now, now - last - 0.005, file=late)
                last = now

Watched(Project.open(Path(sys.argv[1])), sys.argv[2]).run()
"""

_WHOLE = r"[\d,]+ lines? · [\d,]+ articles?"
_MOVED = re.compile(r"[\d,]+ of [\d,]+ articles …|… \d+ %")

Row = tuple[str, str, str]
Shows = Callable[[list[str]], bool]


class NeverCameError(Exception):
    """What was waited for has not come."""


class Terminal:
    """The app in a pseudo-terminal, its screen, and a clock.

    Args:
        project: the folder of the project.
        late: the file to which the app writes when its event loop was late.
    """

    def __init__(self, project: Path, late: Path) -> None:
        self._late = late
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._came: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self.started = time.monotonic()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ |= {"HOME": str(late.parent), "TERM": "xterm-256color", "PYTHONPATH": str(ROOT)}
            os.execvp(sys.executable, [sys.executable, "-c", APP, str(project), ANNOTATOR, str(late)])
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        """Note when output came, whatever the looking at it takes."""
        while True:
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:
                return
            self._came.put((time.monotonic(), data))

    @property
    def lines(self) -> list[str]:
        """The screen."""
        return [line.rstrip() for line in self._screen.display]

    def send(self, keys: str) -> float:
        """Send keys; when."""
        sent = time.monotonic()
        os.write(self._fd, keys.encode())
        return sent

    def until(self, shows: Shows, since: float, what: str, each: Callable[[list[str]], object] = bool) -> float:
        """Seconds from `since` to the output with which the screen shows it; `each` is called with screens till then.

        Raises:
            NeverCameError: it does not.
        """
        due = time.monotonic() + PATIENCE
        while time.monotonic() < due:
            try:
                came, data = self._came.get(timeout=1)
            except queue.Empty:
                continue
            self._stream.feed(data)
            each(self.lines)
            if came >= since and shows(self.lines):
                return came - since
        raise NeverCameError(what + "\n" + "\n".join(self.lines))

    def press(self, keys: str, shows: Shows, what: str) -> float:
        """Send keys and wait; the seconds that took."""
        return self.until(shows, self.send(keys), what)

    def settle(self, seconds: float = 0.5) -> None:
        """Read until nothing has come for so long."""
        while True:
            try:
                self._stream.feed(self._came.get(timeout=seconds)[1])
            except queue.Empty:
                return

    def longest_stall(self, since: float) -> float:
        """The longest that the event loop was late since then, in seconds."""
        rows = (line.split() for line in self._late.read_text().split("\n")) if self._late.exists() else ()
        return max((float(row[1]) for row in rows if len(row) == 2 and float(row[0]) >= since), default=0.0)

    def megabytes(self) -> float:
        """The memory that the program holds, where the system tells (Linux); else 0."""
        return resident_megabytes(self._pid)

    def end(self) -> None:
        """Kill it."""
        os.kill(self._pid, 9)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


@dataclass(frozen=True, slots=True)
class Names:
    """What is looked for: a text that very many mentions have, one that few have, and one that `bulk` of them have."""

    frequent: str
    rare: str
    bulk: str

    @classmethod
    def of(cls, counts: Counter[str], bulk: int) -> Names:
        words = {text: count for text, count in counts.items() if text.istitle() and text.isalpha()}
        nearest = min(words, key=lambda text: abs(words[text] - bulk))
        return cls(max(words, key=words.__getitem__), min(words, key=lambda text: abs(words[text] - FEW)), nearest)


def lists(pattern: str, at_least: int = 1) -> Shows:
    """Whether so many lines are listed that hold it."""
    wanted = re.compile(pattern)
    return lambda lines: sum(wanted.search(line) is not None for line in lines[LISTED]) >= at_least


def says(pattern: str) -> Shows:
    """Whether the screen says it anywhere."""
    wanted = re.compile(pattern)
    return lambda lines: any(map(wanted.search, lines))


def asks(lines: list[str]) -> bool:
    """Whether a query is being typed: nothing is listed then, or what was."""
    return says("Enter look for it")(lines)


def in_library(lines: list[str]) -> bool:
    """Whether the library is shown."""
    return says("/ filter")(lines)


def query(terminal: Terminal, typed: str, shows: Shows) -> tuple[float, float]:
    """Ask for a concordance in the library; when Enter was sent, and the seconds until its first lines."""
    terminal.press("c", asks, "the question what to look for")
    terminal.settle()
    terminal.press(typed, says(re.escape(typed)), typed)
    sent = terminal.send("\r")
    return sent, terminal.until(lambda lines: not asks(lines) and shows(lines), sent, typed)


def all_lines(terminal: Terminal, sent: float) -> float:
    """The seconds until the concordance says that it is whole."""
    if says(_WHOLE)(terminal.lines):
        return 0.0
    return terminal.until(says(_WHOLE), sent, "all lines")


def measure_concordance(terminal: Terminal, names: Names) -> Iterator[Row]:
    """The first lines of each kind of query, first and again; then how long all lines take."""
    asked = {
        "a frequent word": (names.frequent, lists(names.frequent, 20)),
        "a rare word": (names.rare, lists(names.rare)),
        "a regular expression": (f"/{names.frequent[:3]}\\w+ (said|told|of|and)/", lists(names.frequent[:3])),
    }
    for what, (typed, shows) in asked.items():
        found = []
        for _ in range(2):
            sent, first = query(terminal, typed, shows)
            found.append(milliseconds(first))
            if len(found) == 1:
                terminal.press("\x1b", in_library, "the library")
        yield f"concordance of {what}: first lines", found[0], found[1]
        yield f"concordance of {what}: all lines", seconds(max(first, all_lines(terminal, sent))), ""
        terminal.press("\x1b", in_library, "the library")


def measure_entity(terminal: Terminal, what: str, name: str) -> Iterator[Row]:
    """The page of the entity that the first line of a concordance of the name is; first and again."""
    whole: Shows = lambda lines: "mentions ·" in lines[0] and "reading" not in lines[0] and lists(name)(lines)  # noqa: E731
    query(terminal, name, lists(name))
    terminal.press("\r", says("Report "), "the article")
    terminal.settle()
    found = []
    for _ in range(2):
        found.append(terminal.press("e", whole, f"the page of {name}"))
        terminal.press("\x1b", lambda lines: "mentions ·" not in lines[0], "the article")
        terminal.settle()
    yield f"page of {what} entity", *map(milliseconds, found)
    terminal.press("q", in_library, "the library")
    terminal.settle()


def measure_bulk(terminal: Terminal, name: str) -> Iterator[Row]:
    """One decision on all lines of a name, and its undo."""
    sent, _ = query(terminal, name, lists(name))
    all_lines(terminal, sent)
    terminal.press("a", says("ticked"), "ticks")
    terminal.settle()
    ticked = next(found[1] for line in terminal.lines if (found := re.search(r"([\d,]+) of [\d,]+ ticked", line)))
    for what, key, ended in (
        (f"decision on {ticked} ticked", "O", "undoes them as one"),
        ("undo of it", "u", "undone:"),
    ):
        told: set[str] = set()
        sent = terminal.send(key)
        taken = terminal.until(
            says(ended), sent, ended, lambda lines, told=told: told.update(_MOVED.findall("\n".join(lines[-3:])))
        )
        terminal.settle()
        yield what, seconds(taken), f"longest stall {milliseconds(terminal.longest_stall(sent))}"
        yield f"{what}: progress told", f"{len(told)} times", ""


def measure(project: Path, names: Names, late: Path) -> Iterator[Row]:
    """All rows, in one run of the app; a project that was measured before opens with its last article."""
    terminal = Terminal(project, late)
    yield "shown", seconds(terminal.until(says(r"\? help"), terminal.started, "the program")), ""
    terminal.settle()
    if not in_library(terminal.lines):
        terminal.press("q", in_library, "the library")
    yield from measure_concordance(terminal, names)
    sent = terminal.started
    yield from measure_entity(terminal, "a frequent", names.frequent)
    yield from measure_entity(terminal, "a rare", names.rare)
    yield "memory", f"{terminal.megabytes():.0f} MB", ""
    yield "longest stall so far", milliseconds(terminal.longest_stall(sent)), ""
    yield from measure_bulk(terminal, names.bulk)
    yield "memory after that", f"{terminal.megabytes():.0f} MB", ""
    terminal.end()


def milliseconds(taken: float) -> str:
    return f"{taken * 1000:.0f} ms"


def seconds(taken: float) -> str:
    return f"{taken:.1f} s"


def made(folder: Path, articles: int) -> tuple[Path, Counter[str]]:
    """The project in the folder, made if it is not there, and how often each text is a mention."""
    root, counted = folder / str(articles), folder / f"{articles}.json"
    if not counted.exists():
        counted.write_text(json.dumps(make_corpus(root, articles)[1]), "utf-8")
        os.sync()
    return root, Counter(json.loads(counted.read_text("utf-8")))


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--bulk", type=int, default=5_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        root, counts = made(folder, given.articles)
        print(f"| {given.articles:,} articles, {counts.total():,} mentions | | again |\n| --- | --- | --- |")
        for row in measure(root, Names.of(counts, given.bulk), Path(name, "late")):
            print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
