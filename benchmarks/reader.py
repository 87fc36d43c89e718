"""How long the reader takes from a key to a settled screen, with pagers and a bare Textual app beside it.

    python benchmarks/reader.py [--keys N]

A pseudo-terminal of 120×40 cells; the time counts from writing the key to the last byte of what it made the program
write, before a pause of 40 ms. Articles: 1 MB with 20,000 entities, the same with all of them confirmed already, and
5 KB with 100. In the same run `less` and `vim` on the same text, where they are installed, and the smallest Textual app
that draws a page of lines. Times are medians and 95th percentiles of N keys each. Each press of “confirm” and “relabel”
is a decision, which is looked up in the journal, and a key that writes nothing ends the measuring.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import select
import shutil
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from resident import resident_megabytes  # noqa: E402

import seeds  # noqa: E402
from annotate import acts  # noqa: E402
from annotate.articles import Article  # noqa: E402
from annotate.layers import Layer  # noqa: E402
from annotate.ontonotes import ONTONOTES  # noqa: E402
from annotate.spans import Span  # noqa: E402
from annotate.suggestions import Source, Suggestion, SuggestionLayer  # noqa: E402
from annotate.view import View  # noqa: E402
from store.project import Draft, Project  # noqa: E402
from store.session import Session  # noqa: E402

COLUMNS, ROWS = 120, 40
PAUSE = 0.04
"""Seconds without output after which the screen counts as settled."""

BETWEEN = 0.11
"""Seconds between presses, so that a key counts as pressed and not as held."""

BARE = """
import sys
from rich.segment import Segment
from textual.app import App
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

class Page(ScrollView, can_focus=True, inherit_bindings=False):
    cursor = 0
    def on_mount(self):
        text = open(sys.argv[1], encoding="utf-8").read()
        self.lines = [text[i:i + 92] for i in range(0, len(text), 92)]
        self.virtual_size = Size(92, len(self.lines))
    def render_line(self, y):
        line = self.scroll_offset.y + y
        text = self.lines[line].replace("\\n", " ") if line < len(self.lines) else ""
        style = self.rich_style
        at = self.cursor % 90 if line == self.cursor // 90 else -1
        if at < 0:
            return Strip([Segment(text, style)])
        mark = style + type(style)(reverse=True)
        return Strip([Segment(text[:at], style), Segment(text[at:at + 1], mark), Segment(text[at + 1:], style)])
    def key_right(self):
        old, self.cursor = self.cursor, self.cursor + 1
        for place in {old // 90, self.cursor // 90}:
            self.refresh_lines(place, 1)
    def key_pagedown(self):
        self.scroll_to(y=self.scroll_offset.y + self.size.height - 2, animate=False, immediate=True)

class Bare(App):
    def compose(self):
        yield Page()

Bare().run()
"""


class SilentError(Exception):
    """A key that must draw wrote nothing: what is measured is not what it should be."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key!r} wrote nothing")


@dataclass(slots=True)
class Figures:
    """What was measured of one kind of key."""

    seconds: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def add(self, key: str, seconds: float, size: int) -> None:
        """Count one press.

        Raises:
            SilentError: it wrote nothing.
        """
        if not size:
            raise SilentError(key)
        self.seconds.append(seconds)
        self.sizes.append(size)

    def row(self, name: str, what: str) -> str:
        """A line of the table."""
        ordered = sorted(self.seconds)
        p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
        median = statistics.median(ordered)
        return f"| {name} | {what} | {median * 1000:.1f} | {p95 * 1000:.1f} | {statistics.median(self.sizes):.0f} |"


class Program:
    """A program in a pseudo-terminal, and a clock."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self.started = time.perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            os.environ |= {
                "HOME": str(home),
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "PYTHONPATH": str(ROOT),
            }
            os.execvp(command[0], list(command))
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.output = b""

    def settle(self, since: float, patience: float = 10.0, pause: float = PAUSE) -> tuple[float, int]:
        """Read until a pause; seconds from `since` to the last byte, and how many bytes came."""
        last, size, wait = since, 0, patience
        while select.select([self._fd], [], [], wait)[0]:
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:
                break
            if not data:
                break
            last, size, wait = time.perf_counter(), size + len(data), pause
            self.output = (self.output + data)[-200_000:]
        return last - since, size

    def until(self, text: str, patience: float = 20.0) -> float:
        """Read until that text has come; seconds since the program was started.

        Raises:
            SilentError: it has not come.
        """
        due = time.perf_counter() + patience
        while time.perf_counter() < due and select.select([self._fd], [], [], due - time.perf_counter())[0]:
            self.output += os.read(self._fd, 1 << 16)
            if text.encode() in self.output:
                return time.perf_counter() - self.started
        raise SilentError(text)

    def press(self, keys: str, patience: float = 2.0, pause: float = PAUSE) -> tuple[float, int]:
        """Send keys and wait for the screen to settle."""
        sent = time.perf_counter()
        os.write(self._fd, keys.encode())
        return self.settle(sent, patience, pause)

    def measure(self, keys: Sequence[str], times: int) -> Figures:
        """Press these keys in turn, again and again.

        Raises:
            SilentError: a press wrote nothing, so that there was nothing to measure.
        """
        figures = Figures()
        for number in range(times):
            due = time.perf_counter() + BETWEEN
            figures.add(keys[number % len(keys)], *self.press(keys[number % len(keys)]))
            while (left := due - time.perf_counter()) > 0:
                select.select([self._fd], [], [], left)
        return figures

    def megabytes(self) -> float:
        """The memory that the program holds, where the system tells (Linux); else 0."""
        return resident_megabytes(self._pid)

    def end(self) -> None:
        """Kill it."""
        os.kill(self._pid, 9)
        os.waitpid(self._pid, 0)
        os.close(self._fd)


def prose(size: int) -> str:
    """About `size` characters of the sample's sentences in random order, in paragraphs."""
    chooser = random.Random(7)
    lines = [line for article in seeds.gold() for line in article.text.split("\n") if len(line) > 80]
    chosen: list[str] = []
    while sum(map(len, chosen[-50:])) * max(len(chosen) / 50, 1) < size:
        chosen.append(chooser.choice(lines))
    return "\n\n".join(chosen)[:size]


def make_project(root: Path, text: str, entities: int, *, confirmed: bool) -> Project:
    """A project of one article with so many suggestions, spread over the text."""
    project = Project.create(root)
    (article_id,) = project.add_articles([Draft("article", "A long article", text)])
    article = project.article(article_id)
    layer = SuggestionLayer(article_id, article.text_hash, Source("bench", "1"), tuple(_spread(article, entities)))
    project.write_suggestions(layer)
    if confirmed:
        session = Session(project, "bench")
        view = View(article, ONTONOTES, layer.suggestions, Layer(article_id, article.text_hash))
        session.commit(acts.confirm_rest(view))
        session.close()
    return project


def _spread(article: Article, entities: int) -> list[Suggestion]:
    labels = [label.name for label in ONTONOTES.labels]
    words = [at for at in range(1, len(article.text)) if article.text[at - 1] == " " and article.text[at].isalnum()]
    found = []
    for number in range(entities):
        start = words[number * len(words) // entities]
        end = start
        while end < len(article.text) and article.text[end].isalnum():
            end += 1
        found.append(Suggestion(Span(start, end, labels[number % len(labels)]), "bench", "1"))
    return list(dict.fromkeys(found))


RIGHT, PAGE_DOWN, PAGE_UP, HOME, TAB = "\x1b[C", "\x1b[6~", "\x1b[5~", "\x1b[H", "\t"

LABELS = ("P", "O")
"""Keys of two labels: pressed in turn on one entity, each press is a decision."""


def measure_reader(name: str, project: Project, home: Path, keys: int) -> list[str]:
    """The rows of the table for one article.

    Raises:
        RuntimeError: a press that should have decided something has not.
    """
    before = decisions(project)
    program = Program([sys.executable, "-m", "tui", str(project.root), "--annotator", "bench"], home)
    first = program.until("▸")
    still, _ = program.settle(program.started, pause=0.4)
    opening, _ = program.press("\r", 20, 0.4)
    rows = [
        f"| {name} | start to first paint | {first * 1000:.0f} | | |",
        f"| {name} | start until the library stands still | {still * 1000:.0f} | | |",
        f"| {name} | open | {opening * 1000:.0f} | | |",
    ]
    rows.append(program.measure((RIGHT,), keys).row(name, "cursor"))
    rows.append(program.measure((TAB,), keys).row(name, "next entity"))
    if not before:
        rows.append(program.measure((" ",), keys).row(name, "confirm"))
    program.press(LABELS[-1])  # so that the first of them changes something whatever the label was
    rows.append(program.measure(LABELS, keys).row(name, "relabel"))
    program.press(HOME)
    long = len(project.article("article").text) > ROWS * COLUMNS * keys
    rows.append(program.measure((PAGE_DOWN,) if long else (PAGE_DOWN, PAGE_UP), keys).row(name, "page"))
    program.settle(0, 8, 8)  # what waited for the keys is read now
    rows.append(f"| {name} | memory, MB | {program.megabytes():.0f} | | |")
    program.end()
    made, least = decisions(project) - before, keys if before else 2 * keys
    if made < least:
        raise RuntimeError(f"{name}: {made} decisions of {least} keys")
    return rows


def decisions(project: Project) -> int:
    """How many decisions on the article are on disk."""
    session = Session(Project.open(project.root), "bench")
    try:
        return sum(past.decision.verb != "show" for past in session.past("article"))
    finally:
        session.close()


def measure_done(folder: Path, home: Path, articles: int = 30) -> list[str]:
    """How alive the keys are while all is extracted; from `d` to the next article painted; the memory then."""
    project = Project.create(folder)
    texts = (f"Article {number}\n\n{prose(2500 + number)}" for number in range(articles))
    project.add_articles(Draft(f"a{number:03d}", f"Article {number}", text) for number, text in enumerate(texts))
    figures_file = folder / "stalls"
    watched = Program([sys.executable, str(ROOT / "benchmarks/stalls.py"), str(folder), str(figures_file)], home)
    watched.settle(watched.started, 600, 600)  # until the built-in pipeline has read them all, and the program ends
    watched.end()
    _, median, _, p999, longest = figures_file.read_text(encoding="utf-8").split()
    rows = [f"| {articles} × 400 words | event loop late while extracting | {median} | {p999} (p99.9) | |"]
    rows.append(f"| {articles} × 400 words | the same, longest | {longest} | | |")
    program = Program([sys.executable, "-m", "tui", str(project.root), "--annotator", "bench"], home)
    program.settle(program.started, pause=0.4)
    program.press("\r", 20)
    figures = Figures()
    for _ in range(articles - 2):
        program.press("a")
        program.press(" ", BETWEEN)  # what `a` asks when part has not been on screen
        figures.add("d", *program.press("d"))
    rows.append(figures.row("400 words", "`d` to the next article"))
    rows.append(f"| 400 words | memory, MB | {program.megabytes():.0f} | | |")
    program.end()
    return rows


def measure_peer(
    name: str, command: Sequence[str], keys: dict[str, str], times: int, home: Path, first_words: str
) -> list[str]:
    """The rows of the table for another program on the same text; its first words tell that it has been painted."""
    program = Program(command, home)
    first = program.until(first_words)
    program.settle(program.started, pause=0.4)
    rows = [f"| {name} | start to first paint | {first * 1000:.0f} | | |"]
    rows += [program.measure((key,), times).row(name, what) for what, key in keys.items()]
    program.end()
    return rows


def measure_sync(folder: Path, times: int) -> str:
    """A bare append of a journal line's size and fsync on the same disk."""
    figures = Figures()
    with (folder / "bare").open("ab", buffering=0) as file:
        for _ in range(times):
            started = time.perf_counter()
            file.write(b"x" * 700)
            os.fsync(file.fileno())
            figures.add("", time.perf_counter() - started, 700)
    return figures.row("disk", "append and fsync")


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keys", type=int, default=60)
    keys = parser.parse_args().keys
    rows = ["| program | what | median ms | p95 ms | bytes |", "| --- | --- | --- | --- | --- |"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text = prose(1_000_000)
        (folder / "text.txt").write_text(text, encoding="utf-8")
        (folder / "bare.py").write_text(BARE, encoding="utf-8")
        for peer, command in (("less", ["less"]), ("vim", ["vim", "-u", "NONE", "-c", "set wrap"])):
            if shutil.which(command[0]):
                asked = {"cursor": "l" if peer == "vim" else "j", "page": "\x06"}
                rows += measure_peer(peer, [*command, str(folder / "text.txt")], asked, keys, folder, text[:12])
        bare = [sys.executable, str(folder / "bare.py"), str(folder / "text.txt")]
        rows += measure_peer("bare Textual", bare, {"cursor": RIGHT, "page": PAGE_DOWN}, keys, folder, text[1:12])
        small = make_project(folder / "small", prose(5_000), 100, confirmed=False)
        rows += measure_reader("5 KB, 100", small, folder, keys)
        large = make_project(folder / "large", text, 20_000, confirmed=False)
        rows += measure_reader("1 MB, 20,000", large, folder, keys)
        full = make_project(folder / "full", text, 20_000, confirmed=True)
        rows += measure_reader("1 MB, all confirmed", full, folder, keys)
        rows += measure_done(folder / "many", folder)
        rows.append(measure_sync(folder, keys))
    print("\n".join(rows))


if __name__ == "__main__":
    main()
