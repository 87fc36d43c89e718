"""Texts as tokens with tags: what the trainer and the augmentation work on, and which tags a gold set leaves open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.gold import GoldText
from annotate.news_pipeline.tags import LABELS, TAGS, range_tags

UNKNOWN = "?"
"""The tag of a token about which the gold says nothing."""

_NUMBERS = ("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "LANGUAGE")
_PLACES = frozenset(("GPE", "LOC", "FAC"))
_OPEN = {
    "written": (),
    "crossner": (*_NUMBERS, "LAW", "NORP", "PRODUCT", "WORK_OF_ART", "FAC"),
    "three": (*_NUMBERS, "LAW", "NORP", "PRODUCT", "WORK_OF_ART", "FAC", "EVENT"),
}
KINDS = tuple(_OPEN)
"""How a set was labelled: all eighteen labels; CrossNER's; persons, organisations and places only."""

_OPEN_FILES = {
    "crossner_politics.jsonl": "crossner",
    "crossner_other.jsonl": "crossner",
    "uner_ewt.jsonl": "three",
    "re3d.jsonl": "three",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A tokenised text.

    Attributes:
        words: the tokens' texts.
        spaces: whether a space follows the token.
        tags: one of TAGS or UNKNOWN for each token.
        kind: one of KINDS.
    """

    words: list[str]
    spaces: list[bool]
    tags: list[str]
    kind: str

    def ranges(self) -> Iterator[tuple[int, int, str]]:
        """The tagged entities as (start, end, label), half-open."""
        start = 0
        for i, tag in enumerate(self.tags):
            if tag[:2] in ("B-", "U-"):
                start = i
            if tag[:2] in ("L-", "U-"):
                yield start, i + 1, tag[2:]


def examples(nlp: Language, texts: Iterable[GoldText], kind: str) -> list[Example]:
    """The texts as tokens of the pipeline's tokenizer; a span that cuts a token leaves its tokens unknown."""
    return [_example(nlp.make_doc(text.text), text, kind) for text in texts]


def _example(doc: Doc, text: GoldText, kind: str) -> Example:
    tags = ["O"] * len(doc)
    for start, end, label in text.spans:
        held = doc.char_span(start, end, alignment_mode="expand")
        if held is None:
            continue
        exact = held.start_char == start and held.end_char == end and label in LABELS
        fresh = range_tags(held.end - held.start, label) if exact else [UNKNOWN] * (held.end - held.start)
        if all(tag == "O" for tag in tags[held.start : held.end]):
            tags[held.start : held.end] = fresh
    return Example([t.text for t in doc], [bool(t.whitespace_) for t in doc], tags, kind)


def open_examples(nlp: Language, folder: Path) -> tuple[list[Example], list[Example]]:
    """The openly licensed gold in a folder: what is trained on, and CrossNER's politics test part for choosing epochs.

    Evaluation sets in the folder (WikiGold, UNER PUD, the test part of UNER EWT) are never read here.
    """
    train: list[Example] = []
    choose: list[Example] = []
    for name, kind in _OPEN_FILES.items():
        for split, text in _lines(folder / name):
            if name == "crossner_politics.jsonl" and split == "test":
                choose += examples(nlp, [text], kind)
            elif name != "uner_ewt.jsonl" or split == "train":
                train += examples(nlp, [text], kind)
    return train, choose


def _lines(path: Path) -> Iterator[tuple[str, GoldText]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            row = json.loads(line)
            spans = tuple((span["start"], span["end"], span["label"]) for span in row["spans"])
            yield row.get("split", ""), GoldText(row["text"], spans)


def allowed(tags: Sequence[str], kind: str) -> NDArray[np.bool_]:
    """Which of TAGS each token may have, shape (tokens, len(TAGS)): one, or several where the gold leaves it open."""
    table = _allowed_table(kind)
    return np.array([table[tag] for tag in tags], dtype=np.bool_).reshape(len(tags), len(TAGS))


@cache
def _allowed_table(kind: str) -> dict[str, list[bool]]:
    free = frozenset(_OPEN[kind])
    table = {UNKNOWN: [True] * len(TAGS)}
    for tag in TAGS:
        label = tag[2:]
        if tag == "O":
            table[tag] = [other == "O" or other[2:] in free for other in TAGS]
        elif free and label in _PLACES:
            table[tag] = [other[:2] == tag[:2] and other[2:] in _PLACES for other in TAGS]
        else:
            table[tag] = [other == tag for other in TAGS]
    return table
