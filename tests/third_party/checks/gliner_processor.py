"""GLiNER's own preprocessing, without weights: the spans that it would learn from are ours."""

from __future__ import annotations

import json
from types import SimpleNamespace

from common import OURS, expected
from gliner.data_processing import UniEncoderSpanProcessor
from gliner.data_processing.tokenizer import WordsSplitter

rows = json.loads((OURS / "gliner.json").read_text("utf-8"))
labels = sorted({label for row in rows for _, _, label in row["ner"]})
numbers = {label: number for number, label in enumerate(labels, start=1)}
config = SimpleNamespace(max_width=12, max_len=384, max_types=25, max_neg_type_ratio=1, represent_spans=False)
tokenizer = SimpleNamespace(unk_token="[UNK]", pad_token="[PAD]", eos_token="[SEP]")
processor = UniEncoderSpanProcessor(config, tokenizer, WordsSplitter("whitespace"))
learned = 0
for row in rows:
    made = processor.preprocess_example(row["tokenized_text"], row["ner"], numbers)
    spans, told = made["span_idx"].tolist(), made["span_label"].tolist()
    got = {(first, last, number) for (first, last), number in zip(spans, told, strict=True) if number > 0}
    wanted = {(first, last, numbers[label]) for first, last, label in row["ner"]}
    if got != wanted:
        raise SystemExit(f"{row['tokenized_text']}: learns {got}, not {wanted}")
    learned += len(got)
if learned != len(expected("gliner")):
    raise SystemExit(f"{learned} spans, not {len(expected('gliner'))}")
print(f"{learned} spans of {len(rows)} texts are what it learns from")
