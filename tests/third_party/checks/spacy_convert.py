"""`spacy convert` takes CoNLL's columns for what they are, and Prodigy's tasks make the docs that they were made of."""

from __future__ import annotations

import json
import subprocess
import sys

import spacy
from common import OURS, TEXTS, expected, same
from spacy.tokens import Doc, DocBin, Span

nlp = spacy.blank("en")


def letters(text: str) -> str:
    return "".join(text.split())


def converted(name: str, converter: str) -> list[tuple[str, str]]:
    """(label, letters) of each entity that spaCy makes of a file."""
    command = [sys.executable, "-m", "spacy", "convert", str(OURS / name), ".", "-c", converter]
    ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        raise SystemExit(f"{name}: {ran.stderr or ran.stdout}")
    docs = DocBin().from_disk(f"{name.rpartition('.')[0]}.spacy").get_docs(nlp.vocab)
    return sorted((entity.label_, letters(entity.text)) for doc in docs for entity in doc.ents)


for form, name, converter in (("conll2003", "conll2003.conll", "ner"), ("iob2", "iob2.iob", "ner")):
    wanted = sorted((label, letters(surface)) for _, _, _, label, surface in expected(form))
    if (got := converted(name, converter)) != wanted:
        raise SystemExit(f"{name}: {got}, not {wanted}")

found = []
with (OURS / "prodigy.jsonl").open(encoding="utf-8") as file:
    for line in file:
        task = json.loads(line)
        words, spaces = [t["text"] for t in task["tokens"]], [t["ws"] for t in task["tokens"]]
        doc = Doc(nlp.vocab, words=words, spaces=spaces)
        name = task["meta"]["id"]
        if (
            doc.text != task["text"]
            or doc.text != TEXTS[name]
            or [t["start"] for t in task["tokens"]] != [t.idx for t in doc]
        ):
            raise SystemExit(f"{name}: its tokens do not make its text")
        for one in task["spans"]:
            span = Span(doc, one["token_start"], one["token_end"] + 1, label=one["label"])
            if (span.start_char, span.end_char) != (one["start"], one["end"]):
                raise SystemExit(f"{name}: tokens and offsets of {one} differ")
            found.append((name, span.start_char, span.end_char, span.label_, span.text))
print(f"{len(expected('conll2003'))} entities of columns, {same(found, 'prodigy')} spans of tasks")
