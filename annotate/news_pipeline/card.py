"""The model card's figures, measured anew: what rules and network find alone and together, scores, speed, size."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from annotate.news_pipeline import AFTERWARDS, RULES, labeller, load
from annotate.news_pipeline.evaluate import THREE_CLASSES, compare
from annotate.news_pipeline.gold import GoldText, read_gold
from annotate.news_pipeline.scoring import ALL, Score, table
from annotate.news_pipeline.training import calibrate, corpus

_SAMPLE = Path(__file__).parents[2] / "seeds" / "gold.jsonl"
_AFTER = [name for name in AFTERWARDS if name not in (labeller.FACTORY, "manicule_scores")]
CONFIGURATIONS = {
    "rules alone": [labeller.FACTORY, *_AFTER],
    "network alone": [*RULES, *_AFTER],
    "both": [],
}
"""The names of the components that each configuration leaves out."""

_OPEN_SETS = {
    "WikiGold": ("wikigold.jsonl", ""),
    "UNER PUD": ("uner_pud.jsonl", ""),
    "UNER EWT test": ("uner_ewt.jsonl", "test"),
}
_LOAD = (
    "import time, spacy; start = time.perf_counter(); import annotate.news_pipeline as pipeline; "
    "pipeline.load()('x'); print(time.perf_counter() - start)"
)


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A gold set and, where it knows fewer labels, how they are compared."""

    name: str
    texts: Sequence[GoldText]
    mapping: dict[str, str] | None = None


def gold_sets(open_data: Path | None) -> list[GoldSet]:
    """What there is to measure on: the corpus's test batches, the sample, and evaluation sets in a folder if given."""
    sets = [GoldSet("own test", corpus.articles("test"))] if corpus.FOLDER.is_dir() else []
    if _SAMPLE.is_file():
        sets.append(GoldSet("sample", read_gold(_SAMPLE)))
    if open_data is not None:
        for name, (file, split) in _OPEN_SETS.items():
            sets.append(GoldSet(name, read_gold(open_data / file, split), THREE_CLASSES))
    return sets


def card(open_data: Path | None) -> Iterator[str]:
    """The card's figures as text, part by part, as they are measured. Raises GoldError."""
    nlp, sets = load(), gold_sets(open_data)
    yield "Exact F1 (precision, recall) in percent"
    for one in sets:
        for name, without in CONFIGURATIONS.items():
            yield f"{one.name:<14} {name:<14} {_figures(_measure(nlp, one, without)[ALL])}"
    for one in sets:
        yield f"\n{one.name}, both, by label\n{table(_measure(nlp, one, []))}"
    yield "\nWhat F1 loses without a component"
    yield f"{'component':<24}" + "".join(f"{one.name:>16}" for one in sets)
    whole = [_measure(nlp, one, [])[ALL].f1 for one in sets]
    for name in (*RULES, *_AFTER):
        lost = [before - _measure(nlp, one, [name])[ALL].f1 for one, before in zip(sets, whole, strict=True)]
        yield f"{name:<24}" + "".join(f"{100 * one:16.2f}" for one in lost)
    for one in sets:
        if one.mapping is None:
            held = calibrate.measured(nlp, one.texts)
            yield (
                f"\nScores on {one.name}: expected calibration error {held.error:.3f}; {100 * held.above:.0f} % of the "
                f"suggestions are at or above 0.95, and {100 * held.right_above:.1f} % of these are right"
            )
    yield from _costs(nlp, sets)


def _measure(nlp: Language, gold: GoldSet, without: Sequence[str]) -> dict[str, Score]:
    return compare(nlp, gold.texts, gold.mapping, without)


def _figures(found: Score) -> str:
    return f"{100 * found.f1:5.1f} ({100 * found.precision:.1f}, {100 * found.recall:.1f})"


def _costs(nlp: Language, sets: Sequence[GoldSet]) -> Iterator[str]:
    texts = [text.text for one in sets[:1] for text in one.texts]
    words = sum(len(text.split()) for text in texts)
    started = time.process_time()
    for _ in nlp.pipe(texts, batch_size=16):
        pass
    spent = max(time.process_time() - started, 1e-9)
    loading = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True).stdout
    size = sum(path.stat().st_size for path in labeller.WEIGHTS.parent.glob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"\nSpeed {words / spent:,.0f} words a second of processor time; weights {size / 1e6:.1f} MB"
    yield f"Loading and a first text {float(loading):.2f} s after spaCy; {memory:,.0f} MB at most while measuring"
