"""nltk's reader of CoNLL's columns: every token in four columns, every tag IOB2, as many entities as there are."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["NLTK_DATA"] = str(Path.cwd())

from common import OURS, expected  # noqa: E402
from nltk.corpus.reader.conll import ConllCorpusReader  # noqa: E402

reader = ConllCorpusReader(str(OURS.resolve()), ["conll2003.conll"], ("words", "pos", "chunk", "ne"), separator=" ")
grids = reader._grids()
rows = [row for grid in grids for row in grid]
if any(len(row) != 4 or any(not cell or cell.isspace() for cell in row) for row in rows):
    raise SystemExit("a row has not four columns")
begun = sum(row[3].startswith("B-") for row in rows)
if begun != len(expected("conll2003")):
    raise SystemExit(f"{begun} entities, not {len(expected('conll2003'))}")
print(f"{len(rows)} rows in {len(grids)} sentences, {begun} entities")
