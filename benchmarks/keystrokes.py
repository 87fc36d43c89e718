"""How many keys an article costs: an oracle that knows the gold plans a skilled person's keys, and the app is played.

    python benchmarks/keystrokes.py GOLD.jsonl

GOLD.jsonl holds one article a line, as `manicule export --format jsonl` writes it. Each article is extracted with the
built-in pipeline, its keys are planned with the documented keymap, typed into the real program in a pseudo-terminal,
and what the program then exports is held against the gold to the last span.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "tests" / "e2e")]

from terminal import Terminal, manicule  # noqa: E402

from annotate.ontonotes import ONTONOTES  # noqa: E402
from annotate.spans import Span  # noqa: E402
from annotate.words import Words  # noqa: E402
from store.project import Project  # noqa: E402

ANNOTATOR = "oracle"
PURPOSES = ("confirm", "relabel", "boundary", "reject", "add", "move", "finish")


@dataclass(frozen=True, slots=True)
class Gold:
    """An article with what should be found in it."""

    id: str
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Keys pressed for one purpose: "confirm", "relabel", "boundary", "reject", "add", "move" or "finish"."""

    purpose: str
    keys: tuple[str, ...]


class Oracle:
    """Plans one article: settles the suggestions in order, adding what is missing on the way."""

    def __init__(self, text: str, suggestions: Iterable[Span], gold: Iterable[Span]) -> None:
        self._words = Words(text)
        self._left = sorted(suggestions, key=lambda span: (span.start, -span.end))
        self._gold = sorted(gold)
        self._placed: list[Span] = []

    def plan(self) -> Iterator[Step]:
        """The steps from the article's opening to its end."""
        for missing in self._missing_before(self._left[0].start if self._left else None):
            yield from self._add(missing, self._words.word_at(0)[0], forward=True)
        while self._left:
            yield from self._settle(self._left.pop(0))
        yield Step("finish", ("d",))

    def _settle(self, suggestion: Span) -> Iterator[Step]:
        wanted = self._wanted(suggestion)
        following = self._left[0].start if self._left else None
        here = suggestion.start
        if wanted is None:
            yield Step("reject", ("x",))
            moved_on = True
        elif (wanted.start, wanted.end) == (suggestion.start, suggestion.end):
            same = wanted.label == suggestion.label
            yield Step("confirm", ("Space",)) if same else Step("relabel", (_key(wanted.label),))
            self._place(wanted)
            moved_on = True
        else:
            keys = self._boundary_keys(suggestion, wanted)
            if wanted.label != suggestion.label:
                keys = (*keys, _key(wanted.label))
            yield Step("boundary", keys)
            self._place(wanted)
            here, moved_on = wanted.start, False
        following = self._left[0].start if self._left else None
        missing = self._missing_before(following)
        at = following if moved_on and following is not None else here
        for one in missing:
            yield from self._add(one, at, forward=one.start > at)
            at, moved_on = one.start, False
        if not moved_on and self._left:
            yield Step("move", ("Space",))

    def _wanted(self, suggestion: Span) -> Span | None:
        found = [
            one for one in self._gold if one.overlaps(suggestion.start, suggestion.end) and one not in self._placed
        ]
        return max(found, key=lambda one: (_shared(one, suggestion), -one.start), default=None)

    def _place(self, span: Span) -> None:
        self._placed.append(span)
        self._left = [one for one in self._left if not one.overlaps(span.start, span.end)]

    def _missing_before(self, offset: int | None) -> list[Span]:
        """Gold before `offset` that no suggestion that is left will lead to."""
        return [
            one
            for one in self._gold
            if one not in self._placed
            and (offset is None or one.start < offset)
            and not any(one.overlaps(other.start, other.end) for other in self._left)
        ]

    def _add(self, span: Span, at: int, *, forward: bool) -> Iterator[Step]:
        yield Step("move", self._way(at, span.start))
        start, end = self._words.word_at(span.start)
        grown = self._boundary_keys(Span(start, end, span.label), span)
        yield Step("add", (_key(span.label), *grown))
        self._place(span)

    def _way(self, at: int, target: int) -> tuple[str, ...]:
        here = self._words.word_at(at)[0]
        goal = self._words.word_at(target)[0]
        key, step = ("Right", self._words.next_word) if here < goal else ("Left", self._words.previous_word)
        keys = []
        while here != goal:
            word = step(here)
            if word is None:
                raise ValueError(f"no way from {at} to {target}")
            here = word[0]
            keys.append(key)
        return tuple(keys)

    def _boundary_keys(self, have: Span, want: Span) -> tuple[str, ...]:
        """Presses that move the edges; growing first, so that something is always left."""
        words = self._words
        start, left = _presses(have.start, want.start, words.previous_edge, "[")
        end, right = _presses(have.end, want.end, words.next_edge, "]")
        start, less_left = _presses(start, want.start, words.next_start, "{")
        end, less_right = _presses(end, want.end, words.previous_end, "}")
        if (start, end) != (want.start, want.end):
            raise ValueError(f"no words end where {want} does")
        return (*left, *right, *less_left, *less_right)


def _presses(at: int, goal: int, step: Callable[[int], int], key: str) -> tuple[int, list[str]]:
    """Where `key` takes an edge from `at` towards `goal`, and the presses; none where it leads away."""
    keys = []
    while at != goal and (step(at) > at) == (goal > at) and step(at) != at:
        at = step(at)
        keys.append(key)
    return at, keys


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _key(label: str) -> str:
    found = ONTONOTES.label(label)
    if found is None:
        raise ValueError(f"no label {label}")
    return found.key


def read_gold(path: Path) -> list[Gold]:
    """The articles of an exported JSONL file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return [
        Gold(row["id"], row["text"], tuple(Span(one["start"], one["end"], one["label"]) for one in row["spans"]))
        for row in rows
    ]


def make_project(folder: Path, gold: Sequence[Gold]) -> Project:
    """A project of these articles, extracted with the built-in pipeline."""
    texts = folder / "texts"
    texts.mkdir()
    for number, article in enumerate(gold):
        (texts / f"{number:04d}.txt").write_text(article.text + "\n", encoding="utf-8")
    root = folder / "project"
    manicule(folder, "new", root, "--annotator", ANNOTATOR)
    manicule(folder, "add", root, texts)
    manicule(folder, "extract", root)
    return Project.open(root)


def plans(project: Project, gold: Sequence[Gold]) -> list[list[Step]]:
    """The steps for each article in the order in which the program opens them."""
    planned = []
    for number, article in enumerate(gold):
        suggestions = project.suggestions(project.article(f"{number:04d}"))
        oracle = Oracle(article.text, [one.span for one in suggestions], article.spans)
        planned.append(list(oracle.plan()))
    return planned


def play(project: Project, planned: Sequence[Sequence[Step]], home: Path) -> int:
    """Type the keys into the program; how many there were, opening and finishing included."""
    with Terminal(project.root, home=home, columns=100, rows=40) as person:
        person.wait_for(f"0 of {len(planned)} done", "the library")
        person.press("Enter")
        for number, steps in enumerate(planned):
            person.wait_for(f"{number + 1} of {len(planned)}", "the article")
            for step in steps:
                person.press(*step.keys)
        person.wait_for(f"{len(planned)} of {len(planned)} done", "the library at the end")
        typed = person.keys_typed
        person.press("Ctrl+Q")
        person.wait_end()
    return typed


def check_export(project: Project, gold: Sequence[Gold], home: Path) -> None:
    """Hold what the program exports against the gold.

    Raises:
        AssertionError: they differ.
    """
    out = home / "gold.jsonl"
    manicule(home, "export", project.root, "--format", "jsonl", "--out", out)
    for have, want in zip(read_gold(out), gold, strict=True):
        difference = set(have.spans) ^ set(want.spans)
        assert not difference, f"{want.id}: {sorted(difference)}"


def report(gold: Sequence[Gold], planned: Sequence[Sequence[Step]], typed: int) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| article | entities | keys | a gold entity | " + " | ".join(PURPOSES) + " |",
        "|" + " --- |" * (4 + len(PURPOSES)),
    ]
    for article, steps in zip(gold, planned, strict=True):
        keys = sum(len(step.keys) for step in steps)
        counts = Counter[str]()
        for step in steps:
            counts[step.purpose] += len(step.keys)
        cells = [article.id, len(article.spans), keys, f"{keys / max(len(article.spans), 1):.2f}"]
        lines.append("| " + " | ".join(map(str, [*cells, *(counts[one] for one in PURPOSES)])) + " |")
    entities = sum(len(article.spans) for article in gold)
    per_article = statistics.median(sum(len(step.keys) for step in steps) for steps in planned)
    lines.append(
        f"\n{typed} keys for {entities} gold entities in {len(gold)} articles, opening and finishing included:"
    )
    lines.append(
        f"{typed / max(entities, 1):.2f} a gold entity, median {per_article:g} an article; export equals the gold."
    )
    return "\n".join(lines)


def main() -> None:
    """Plan, play, check, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    gold = read_gold(parser.parse_args().gold)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        project = make_project(home, gold)
        planned = plans(project, gold)
        typed = play(project, planned, home)
        check_export(project, gold, home)
    print(report(gold, planned, typed))


if __name__ == "__main__":
    main()
