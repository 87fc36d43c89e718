"""iobes: every sequence of tags is legal."""

from __future__ import annotations

from common import OURS
from iobes import parse_spans_bio_with_errors

sentences = (OURS / "conllu.conllu").read_text("utf-8").split("\n\n")
spans = 0
for sentence in sentences:
    rows = [line.split("\t") for line in sentence.split("\n") if line and not line.startswith("#")]
    tags = [dict(part.partition("=")[::2] for part in row[9].split("|")).get("NER", "O") for row in rows]
    found, errors = parse_spans_bio_with_errors(tags)
    if errors:
        raise SystemExit(f"{tags}: {errors}")
    spans += len(found)
print(f"{spans} entities in {len(sentences)} sentences, every transition legal")
