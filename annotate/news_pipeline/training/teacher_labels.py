"""What a teacher said of text that nobody labelled, kept in a file between the teacher's run and the trainer's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from annotate.news_pipeline.gold import GoldText
from annotate.news_pipeline.network import Floats
from annotate.news_pipeline.training.examples import Example, examples
from annotate.news_pipeline.training.trainer import Item, read_with_rules

TEXTS = "voa_text.jsonl"
"""The file of unlabelled text in a folder of open data."""

SHARE = 0.6
"""The share of the labelled texts that an epoch takes."""

_MOST = 4


def unlabelled(nlp: Language, open_data: Path) -> list[Example]:
    """The unlabelled texts of a folder of open data, tokenised."""
    lines = (open_data / TEXTS).read_text(encoding="utf-8").split("\n")
    return examples(nlp, [GoldText(json.loads(line)["text"], ()) for line in lines if line.strip()], "written")


def save(path: Path, logs: Sequence[Floats]) -> None:
    """Write a teacher's log probabilities, one array of shape (tokens, tags) a text, the best few of each token."""
    pairs = [best(one) for one in logs]
    np.savez_compressed(
        path,
        allow_pickle=False,
        lengths=np.array([len(one) for one in logs]),
        tags=np.concatenate([tags for tags, _ in pairs]),
        probabilities=np.concatenate([probabilities for _, probabilities in pairs]),
    )


def best(logs: Floats) -> tuple[NDArray[np.uint8], NDArray[np.float16]]:
    """The most probable tags of each token and their probabilities, which add up to one; shapes (tokens, 4)."""
    tags = np.argsort(-logs, axis=1)[:, :_MOST]
    probabilities = np.exp(np.take_along_axis(logs, tags, axis=1))
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    return tags.astype(np.uint8), probabilities.astype(np.float16)


def items(rules: Language, open_data: Path, taught: Path) -> list[Item]:
    """The unlabelled texts, those at the beginning that the teacher read, with what it said of them.

    Raises:
        ValueError: the file was made for other texts.
    """
    texts = unlabelled(rules, open_data)
    with np.load(taught, allow_pickle=False) as held:
        lengths, tags, probabilities = held["lengths"], held["tags"], held["probabilities"]
    if [len(one.words) for one in texts[: len(lengths)]] != lengths.tolist():
        raise ValueError(f"{taught} was made for other texts than {open_data / TEXTS}")
    ends = np.cumsum(lengths)
    return [
        Item(read_with_rules(rules, one), taught=(tags[end - size : end], probabilities[end - size : end]))
        for one, size, end in zip(texts, lengths, ends, strict=False)
        if size
    ]
