"""spaCy's own commands: `debug data` finds no error, 20 steps of training run, `evaluate` scores them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import spacy
from common import OURS, same, theirs
from spacy.tokens import DocBin

CONFIG = """[paths]
[nlp]
lang = "en"
pipeline = ["tok2vec", "ner"]
[components]
[components.tok2vec]
factory = "tok2vec"
[components.ner]
factory = "ner"
[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 32
maxout_pieces = 2
use_upper = true
[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
[corpora]
[corpora.train]
@readers = "spacy.Corpus.v1"
path = "many.spacy"
[corpora.dev]
@readers = "spacy.Corpus.v1"
path = "many.spacy"
[training]
max_steps = 20
eval_frequency = 10
dropout = 0.0
[training.optimizer]
@optimizers = "Adam.v1"
learn_rate = 0.01
[training.batcher]
@batchers = "spacy.batch_by_words.v1"
size = 2000
tolerance = 0.2
discard_oversize = false
"""


def spacy_says(*arguments: str, accept: tuple[int, ...] = (0,)) -> str:
    ran = subprocess.run([sys.executable, "-m", "spacy", *arguments], capture_output=True, text=True)
    said = ran.stdout + ran.stderr
    if ran.returncode not in accept:
        raise SystemExit(f"spacy {arguments[0]}: exit code {ran.returncode}: {said}")
    return said


nlp = spacy.blank("en")
docs = list(DocBin().from_disk(OURS / "spacy.spacy").get_docs(nlp.vocab))
spans = same(((d.user_data["id"], e.start_char, e.end_char, e.label_, e.text) for d in docs for e in d.ents), "spacy")
if any(token.ent_iob == 0 for doc in docs for token in doc):
    raise SystemExit("a token of a finished article is missing its tag")
DocBin(docs=docs, store_user_data=True).to_disk(theirs("spacy.spacy"))
many = [doc for doc in docs for _ in range(300 // len(docs) + 1)]
DocBin(docs=many).to_disk("many.spacy")
Path("base.cfg").write_text(CONFIG, "utf-8")
spacy_says("init", "fill-config", "base.cfg", "config.cfg")
found = [line for line in spacy_says("debug", "data", "config.cfg", accept=(0, 1)).split("\n") if "✘" in line]
if any("whitespace" in line or "crossing" in line or "invalid" in line for line in found):
    raise SystemExit("\n".join(found))
spacy_says("train", "config.cfg", "--output", "trained")
spacy_says("evaluate", "trained/model-last", "many.spacy", "--output", "scores.json")
score = json.loads(Path("scores.json").read_text("utf-8"))["ents_f"]
if not score > 0.5:
    raise SystemExit(f"after 20 steps on its own data F is {score}")
print(f"{spans} entities in {len(docs)} docs; debug data without errors; 20 steps of training, F {score:.2f} on them")
