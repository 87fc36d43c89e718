"""Measures the pipeline: `python -m annotate.news_pipeline.evaluate [FILE...]`; without files all of the model card."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from spacy.language import Language

from annotate.news_pipeline.gold import GoldError, GoldText, LabelledRange, read_gold
from annotate.news_pipeline.scoring import Score, map_labels, score, table

PLACES = "PLACE"
THREE_CLASSES = {"PERSON": "PERSON", "ORG": "ORG", "GPE": PLACES, "LOC": PLACES, "FAC": PLACES}
"""For gold that knows only persons, organisations and places."""


def compare(
    nlp: Language, gold: Sequence[GoldText], mapping: dict[str, str] | None = None, without: Sequence[str] = ()
) -> dict[str, Score]:
    """Scores of a pipeline without some components; a mapping is applied to both sides' labels, others left out."""
    with nlp.select_pipes(disable=list(without)):
        docs = nlp.pipe([text.text for text in gold], batch_size=8)
        found = [[(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]
    pairs: list[tuple[list[LabelledRange], list[LabelledRange]]]
    pairs = [(ours, list(text.spans)) for ours, text in zip(found, gold, strict=True)]
    if mapping is not None:
        pairs = [(map_labels(ours, mapping), map_labels(theirs, mapping)) for ours, theirs in pairs]
    return score(pairs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    from annotate.news_pipeline import card, load

    parser = argparse.ArgumentParser(prog="python -m annotate.news_pipeline.evaluate", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="JSONL (text, spans) or marked .txt")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")
    parser.add_argument("--three", action="store_true", help="compare PERSON, ORG and places (GPE, LOC, FAC) only")
    parser.add_argument("--open-data", type=Path, metavar="DIR", help="for the card: WikiGold, UNER PUD and EWT")
    options = parser.parse_args(arguments)
    try:
        if not options.files:
            for part in card.card(options.open_data):
                print(part, flush=True)
            return 0
        gold = [text for path in options.files for text in read_gold(path)]
    except GoldError as error:
        print(error, file=sys.stderr)
        return 2
    rows = compare(load(), gold, THREE_CLASSES if options.three else None)
    print(_as_json(rows) if options.json else table(rows))
    return 0


def _as_json(rows: dict[str, Score]) -> str:
    figures = {
        label: {**asdict(s), "precision": s.precision, "recall": s.recall, "f1": s.f1} for label, s in rows.items()
    }
    return json.dumps(figures, indent=1)


if __name__ == "__main__":
    sys.exit(main())
