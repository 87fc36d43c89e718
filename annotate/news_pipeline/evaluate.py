"""Measures the pipeline on gold files: `python -m annotate.news_pipeline.evaluate FILE...`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from annotate.news_pipeline.gold import GoldError, GoldText, LabelledRange, read_gold
from annotate.news_pipeline.scoring import Score, map_labels, score, table

PLACES = "PLACE"
THREE_CLASSES = {"PERSON": "PERSON", "ORG": "ORG", "GPE": PLACES, "LOC": PLACES, "FAC": PLACES}
"""For gold that knows only persons, organisations and places."""


def suggest(texts: Sequence[str], batch_size: int = 8) -> list[list[LabelledRange]]:
    """What the built-in pipeline finds in each text."""
    from annotate.news_pipeline import load

    docs = load().pipe(texts, batch_size=batch_size)
    return [[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]


def measure(gold: Sequence[GoldText], mapping: dict[str, str] | None = None) -> dict[str, Score]:
    """Scores of the built-in pipeline; with a mapping, labels on both sides are mapped or left out by it."""
    found = suggest([text.text for text in gold])
    pairs = [(ours, list(text.spans)) for ours, text in zip(found, gold, strict=True)]
    if mapping is not None:
        pairs = [(map_labels(ours, mapping), map_labels(theirs, mapping)) for ours, theirs in pairs]
    return score(pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m annotate.news_pipeline.evaluate", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSONL (text, spans) or marked .txt")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--three", action="store_true", help="compare PERSON, ORG and places (GPE, LOC, FAC) only")
    options = parser.parse_args(arguments)
    try:
        gold = [text for path in options.files for text in read_gold(path)]
    except GoldError as error:
        print(error, file=sys.stderr)
        return 2
    rows = measure(gold, THREE_CLASSES if options.three else None)
    print(_as_json(rows) if options.json else table(rows))
    return 0


def _as_json(rows: dict[str, Score]) -> str:
    figures = {
        label: {**asdict(s), "precision": s.precision, "recall": s.recall, "f1": s.f1} for label, s in rows.items()
    }
    return json.dumps(figures, indent=1)


if __name__ == "__main__":
    sys.exit(main())
