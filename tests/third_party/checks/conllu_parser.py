"""conllu: reads every sentence and writes the same bytes."""

from __future__ import annotations

import conllu
from common import OURS, expected, theirs

text = (OURS / "conllu.conllu").read_text("utf-8")
sentences = conllu.parse(text)
written = "".join(sentence.serialize() for sentence in sentences)
if written != text:
    raise SystemExit("it writes other bytes than it read")
found = sum(str((token["misc"] or {}).get("NER", "")).startswith("B-") for sentence in sentences for token in sentence)
if found != len(expected("conllu")):
    raise SystemExit(f"{found} entities, not {len(expected('conllu'))}")
for sentence in sentences:
    said = "".join(
        token["form"] + ("" if (token["misc"] or {}).get("SpaceAfter") == "No" else " ") for token in sentence
    )
    if said.strip() != sentence.metadata["text"]:
        raise SystemExit(f"# text = {sentence.metadata['text']} is not its tokens")
theirs("conllu.conllu").write_text(written, "utf-8")
print(f"{len(sentences)} sentences, {found} entities, the same bytes again")
