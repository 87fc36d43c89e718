"""How long the text mechanics and the built-in pipeline take on long and on hostile text.

    python benchmarks/text.py [FILE]

FILE is a text to repeat up to a megabyte; the sample project's articles are used without one. Each figure is the
median of five runs; time that grows in proportion to length shows as the same seconds a megabyte in both columns.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import seeds  # noqa: E402
from annotate.news_pipeline import load  # noqa: E402
from annotate.words import Words  # noqa: E402
from tui.safe_text import drawable  # noqa: E402
from tui.wrapping import wrap  # noqa: E402

RUNS = 5
SHORT, LONG = 100_000, 1_000_000
UNITS = {"CJK": "中国人民", "combining accents": "a\u0301 ", "flags": "🇵🇰", "escapes": "\x1b]0;x\x07 "}


def seconds(act: Callable[[], object], runs: int = RUNS) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(runs):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def cut(unit: str, size: int) -> str:
    """`unit` repeated to `size` characters."""
    return (unit * (size // len(unit) + 1))[:size]


def walk(text: str) -> None:
    """Ask for the next word a thousand times over the text."""
    words = Words(text)
    for offset in range(0, len(text), max(len(text) // 1000, 1)):
        words.next_word(offset)


def main() -> None:
    """Print a Markdown table, in seconds a megabyte of characters."""
    prose = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else ""
    prose = prose or "\n\n".join(article.text for article in seeds.gold()) + "\n\n"
    acts = {"wrap at 80": lambda text: wrap(text, 80), "make safe": drawable, "walk by words": walk}
    print("| what | text | s/MB, 100 kB | s/MB, 1 MB |\n| --- | --- | --- | --- |")
    for name, act in acts.items():
        for kind, unit in {"prose": prose, **UNITS}.items():
            rates = [seconds(partial(act, cut(unit, size))) * LONG / size for size in (SHORT, LONG)]
            print(f"| {name} | {kind} | {rates[0]:.3f} | {rates[1]:.3f} |")
    nlp = load()
    rates = [seconds(partial(nlp, cut(prose, size)), runs=1) * LONG / size for size in (SHORT, LONG)]
    print(f"| extract | prose | {rates[0]:.1f} | {rates[1]:.1f} |")


if __name__ == "__main__":
    main()
