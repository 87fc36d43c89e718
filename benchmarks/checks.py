"""How many mistakes the checks find in gold into which they were put on purpose, and at what precision.

    python benchmarks/checks.py [GOLD...] [--share 0.05] [--seed 7] [--cross-validate]
    python benchmarks/checks.py GOLD... --times 10

A GOLD file is JSONL, as `manicule export --format jsonl` writes it, or a text with entities marked [surface|LABEL] and
articles parted by lines that begin with ===; without one it is the sample project's, with the suggestions that it comes
with. A share of the labels is changed to others at random, and of the boundaries a word further or nearer. Each rule is
then asked alone: of the mistakes, how many are among the places that it suspects, and of these places and findings, how
many are mistakes. What was wrong in the gold before counts as no mistake, so the precision is at least what is printed.
A second table is of gold of which a share of the mentions was taken out. With --cross-validate models are trained on
the first, which takes minutes. With --times the articles are checked as often, each time with other names, one after
the other as from a disk: what that takes, beside the memory that their mentions take as the app holds them.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[1])]

import seeds  # noqa: E402
from annotate.checks import CHECKS, pipeline  # noqa: E402
from annotate.checks.corpus import CheckedArticle  # noqa: E402
from annotate.checks.cross_validation import cross_validate  # noqa: E402
from annotate.checks.findings import Finding, Spot  # noqa: E402
from annotate.checks.rule import Check, Options  # noqa: E402
from annotate.checks.running import find  # noqa: E402
from annotate.entities.grouping import Mention  # noqa: E402
from annotate.entities.index import NameIndex  # noqa: E402
from annotate.news_pipeline.gold import read_gold  # noqa: E402
from annotate.spans import Span  # noqa: E402
from annotate.words import Words  # noqa: E402
from seeds.suggestions import shipped_suggestions  # noqa: E402

SEED = 7
SHARE = 0.05
STRONG = 0.8
"""Weight from which a finding is counted as a strong one."""

THRESHOLDS = (0.95, 0.9, 0.8, 0.7)
"""Scores from which models of the cross-validation count as sure."""

CONSONANTS = "bcdfghjklmnpqrstvwxz"

Key = tuple[str, int, int]


class Held:
    """Articles in memory."""

    def __init__(self, articles: Sequence[CheckedArticle]) -> None:
        self.articles = articles
        self._texts = {one.article_id: one.text for one in articles}

    def __iter__(self) -> Iterator[CheckedArticle]:
        return iter(self.articles)

    def text(self, article_id: str) -> str:
        return self._texts[article_id]


class Renamed:
    """Articles many times over, each time with other names in them; made when it is their turn."""

    def __init__(self, articles: Sequence[CheckedArticle], times: int) -> None:
        self._articles = {one.article_id: one for one in articles}
        self._times = times

    def __iter__(self) -> Iterator[CheckedArticle]:
        for time_ in range(self._times):
            letters = list(CONSONANTS)
            Random(time_).shuffle(letters)
            table = str.maketrans(CONSONANTS + CONSONANTS.upper(), "".join(letters) + "".join(letters).upper())
            for one in self._articles.values():
                text = list(one.text)
                for span in one.spans:
                    text[span.start : span.end] = one.text[span.start : span.end].translate(table)
                yield replace(one, article_id=f"{one.article_id}/{time_}", text="".join(text))

    def text(self, article_id: str) -> str:
        return self._articles[article_id.rpartition("/")[0]].text


@dataclass(frozen=True, slots=True)
class Spoiled:
    """Gold with mistakes in it: where they are, by kind."""

    corpus: Held
    labels: frozenset[Key]
    boundaries: frozenset[Key]
    gone: frozenset[Key] = frozenset()


def gold_articles(paths: Sequence[Path]) -> list[CheckedArticle]:
    if not paths:
        suggested = {layer.article_id: layer.suggestions for layer in shipped_suggestions()}
        return [
            CheckedArticle(
                one.id, one.text, True, tuple(sorted(Span(*span) for span in one.spans)), (), suggested[one.id]
            )
            for one in seeds.gold()
        ]
    texts = [text for path in paths for text in read_gold(path)]
    return [
        CheckedArticle(f"{number:05}", one.text, True, tuple(sorted(Span(*span) for span in one.spans)))
        for number, one in enumerate(texts)
    ]


def spoil(articles: Sequence[CheckedArticle], share: float, random: Random, drop: float = 0.0) -> Spoiled:
    """Change a share of the labels and of the boundaries, and take mentions out."""
    names = sorted({span.label for one in articles for span in one.spans})
    labels: set[Key] = set()
    boundaries: set[Key] = set()
    gone: set[Key] = set()
    spoiled = []
    for one in articles:
        words = Words(one.text)
        spans = list(one.spans)
        for at, span in enumerate(spans):
            fate = random.random()
            if fate < share:
                spans[at] = replace(span, label=random.choice([name for name in names if name != span.label]))
                labels.add((one.article_id, span.start, span.end))
            elif fate < 2 * share:
                moved = _moved(words, span, [other for other in spans if other != span], random)
                if moved != span:
                    spans[at] = moved
                    boundaries.add((one.article_id, moved.start, moved.end))
            elif fate < 2 * share + drop:
                gone.add((one.article_id, span.start, span.end))
        spans = [span for span in spans if (one.article_id, span.start, span.end) not in gone]
        spoiled.append(replace(one, spans=tuple(sorted(spans))))
    return Spoiled(Held(spoiled), frozenset(labels), frozenset(boundaries), frozenset(gone))


def _moved(words: Words, span: Span, others: Sequence[Span], random: Random) -> Span:
    """The span with one edge moved by a word, where that leaves something and touches no other."""
    ranges = [
        (words.previous_edge(span.start), span.end),
        (span.start, words.next_edge(span.end)),
        (words.next_start(span.start), span.end),
        (span.start, words.previous_end(span.end)),
    ]
    fit = [
        one
        for one in ranges
        if one[0] < one[1] and one != (span.start, span.end) and not any(other.overlaps(*one) for other in others)
    ]
    return Span(*random.choice(fit), span.label) if fit else span


def measure(spoiled: Spoiled, checks: Sequence[Check]) -> tuple[list[Finding], float]:
    """The findings, and the seconds that they took."""
    began = time.perf_counter()
    return find(spoiled.corpus, checks, Options()), time.perf_counter() - began


def row(name: str, findings: Sequence[Finding], spoiled: Spoiled) -> str:
    """A line of the table: how many of each kind were found, and the precision by place and by finding."""
    mistakes = spoiled.labels | spoiled.boundaries | spoiled.gone
    spots = {_key(case.spot): case.spot for one in findings for case in one.suspects}
    hits = {key for key, spot in spots.items() if _names(spot, mistakes)}
    found = {mistake for spot in spots.values() for mistake in _names(spot, mistakes)}
    true = sum(any(_names(case.spot, mistakes) for case in one.suspects) for one in findings)
    share = [
        _percent(len(found & kind), len(kind)) for kind in (mistakes, spoiled.labels, spoiled.boundaries, spoiled.gone)
    ]
    places = f"{len(spots):6,} {_percent(len(hits), len(spots))}"
    return f"{name:16} {' '.join(share)}  {places}  {len(findings):6,} {_percent(true, len(findings))}"


def _key(spot: Spot) -> Key:
    return spot.article_id, spot.start, spot.end


def _names(spot: Spot, mistakes: frozenset[Key]) -> set[Key]:
    """The mistakes that a suspected place points at: the mention itself, or one that its mending would touch."""
    found = {_key(spot)} & mistakes
    fix = spot.fix
    if not found and fix and not spot.label:
        found = {(spot.article_id, fix.start, fix.end)} & mistakes
    return found


def _percent(part: int, whole: int) -> str:
    return f"{part / whole:6.1%}" if whole else "     –"


def print_table(articles: Sequence[CheckedArticle], spoiled: Spoiled, checks: Sequence[Check]) -> None:
    mentions = sum(len(one.spans) for one in articles)
    print(
        f"\n{len(articles):,} articles · {mentions:,} mentions · mistakes: {len(spoiled.labels):,} labels, "
        f"{len(spoiled.boundaries):,} boundaries, {len(spoiled.gone):,} mentions gone"
    )
    print(f"{'rule':16}  found labels bounds   gone  places precis. findings precis.")
    for check in checks:
        found, _ = measure(spoiled, [check])
        print(row(check.name, found, spoiled))
    found, seconds = measure(spoiled, checks)
    print(row("all", found, spoiled))
    print(row(f"all from {STRONG} on", [one for one in found if one.weight >= STRONG], spoiled))
    print(f"{seconds:.1f} s")


def print_cost(corpus: Renamed) -> None:
    """What checking takes, and what holding the mentions does, each in a process of its own."""
    for measured in (_print_checking, _print_holding):
        sys.stdout.flush()
        child = os.fork()
        if not child:
            measured(corpus)
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


def _print_checking(corpus: Renamed) -> None:
    before, began = _megabytes(), time.process_time()
    found = find(corpus, CHECKS, Options())
    taken = _megabytes() - before
    print(f"checked: {len(found):,} findings, {time.process_time() - began:.0f} s of one core, {taken:.0f} MB")


def _print_holding(corpus: Renamed) -> None:
    before, index = _megabytes(), NameIndex()
    for one in corpus:
        quotes = ((span, one.text[span.start : span.end]) for span in one.spans)
        index.put(one.article_id, [Mention(one.article_id, at.start, at.end, at.label, text) for at, text in quotes])
    print(f"the mentions by themselves, as the app holds them: {len(index):,}, {_megabytes() - before:.0f} MB")


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def print_cross_validation(spoiled: Spoiled, checks: Sequence[Check]) -> None:
    began = time.perf_counter(), time.process_time()
    doubts = cross_validate(spoiled.corpus, Options(threshold=min(THRESHOLDS)))
    seconds = time.perf_counter() - began[0], time.process_time() - began[1]
    for threshold in THRESHOLDS:
        kept = [one for one in doubts if one.weight >= threshold]
        print(row(f"cross-val. {threshold}", find(spoiled.corpus, [], Options(), more=kept), spoiled))
    sure = [one for one in doubts if one.weight >= Options().threshold]
    print(row("with all", find(spoiled.corpus, checks, Options(), more=sure), spoiled))
    print(f"{seconds[0]:.0f} s, {seconds[1]:.0f} s of one core")


def main() -> None:
    """Print two tables: labels and boundaries changed, mentions taken out."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path)
    parser.add_argument("--share", type=float, default=SHARE)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--cross-validate", action="store_true")
    parser.add_argument("--times", type=int, default=0)
    options = parser.parse_args()
    articles = gold_articles(options.gold)
    if options.times:
        print_cost(Renamed(spoil(articles, options.share, Random(options.seed)).corpus.articles, options.times))
        return
    suggested = any(one.suggestions for one in articles)
    checks = [one for one in CHECKS if suggested or one.name != pipeline.NAME]
    spoiled = spoil(articles, options.share, Random(options.seed))
    print_table(articles, spoiled, checks)
    if options.cross_validate:
        print_cross_validation(spoiled, checks)
    print_table(articles, spoil(articles, 0.0, Random(options.seed), options.share), checks)


if __name__ == "__main__":
    main()
