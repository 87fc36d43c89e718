"""The tags that the network gives to tokens, and how entities are read off them: begin, inside, last, unit, outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from annotate.news_pipeline.spans import Found

LABELS = (
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
    "DATE",
    "TIME",
    "PERCENT",
    "MONEY",
    "QUANTITY",
    "ORDINAL",
    "CARDINAL",
)
"""The labels that the network knows, those of OntoNotes 5."""

TAGS = ("O", *(f"{place}-{label}" for label in LABELS for place in "BILU"))
"""Outside, then four tags a label; this order is that of the network's output."""


def range_tags(length: int, label: str) -> list[str]:
    """The tags of an entity of that many tokens."""
    if length == 1:
        return [f"U-{label}"]
    return [f"B-{label}", *[f"I-{label}"] * (length - 2), f"L-{label}"]


_NEVER = np.float32(-1e9)
_OPENS = np.array([tag[:2] in ("B-", "I-") for tag in TAGS])
"""Tags after which the same entity must go on."""
_CONTINUES = np.array([tag[:2] in ("I-", "L-") for tag in TAGS])
_LABEL = np.array([LABELS.index(tag[2:]) if tag != "O" else -1 for tag in TAGS])
_FOLLOWS = np.where(_OPENS[:, None], _CONTINUES[None, :] & (_LABEL[:, None] == _LABEL[None, :]), ~_CONTINUES[None, :])
"""Whether a tag (column) may follow another (row)."""
_PENALTY = np.where(_FOLLOWS, np.float32(0), _NEVER)
_SURELY_OUTSIDE = np.log(np.float32(0.999))


def tag_numbers(ranges: Sequence[Found], length: int) -> NDArray[np.int64]:
    """The places in TAGS of the tags of a text of that many tokens with these entities."""
    numbers = np.zeros(length, np.int64)
    for found in ranges:
        if found.label in LABELS:
            numbers[found.start : found.end] = [
                TAGS.index(tag) for tag in range_tags(found.end - found.start, found.label)
            ]
    return numbers


def best_tags(logs: NDArray[np.float32]) -> NDArray[np.int64]:
    """The most probable tags that make whole entities, given log probabilities of shape (tokens, len(TAGS))."""
    best: NDArray[np.int64] = logs.argmax(axis=1)
    outside = np.flatnonzero(logs[:, 0] > _SURELY_OUTSIDE) if len(best) else best
    ends = [-1, *outside.tolist(), len(best)]
    for before, after in zip(ends, ends[1:], strict=False):
        part = best[before + 1 : after]
        if len(part) and not _sound(part):
            best[before + 1 : after] = _viterbi(logs[before + 1 : after])
    return best


def _sound(tags: NDArray[np.int64]) -> bool:
    edges = not _CONTINUES[tags[0]] and not _OPENS[tags[-1]]
    return bool(edges and _FOLLOWS[tags[:-1], tags[1:]].all())


def _viterbi(logs: NDArray[np.float32]) -> list[int]:
    total = logs[0] + np.where(_CONTINUES, _NEVER, np.float32(0))
    back = []
    for row in logs[1:]:
        ways = total[:, None] + _PENALTY
        back.append(ways.argmax(axis=0))
        total = ways.max(axis=0) + row
    path = [int((total + np.where(_OPENS, _NEVER, np.float32(0))).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def entities(tags: NDArray[np.int64]) -> Iterator[Found]:
    """The entities that whole tags say, in order."""
    start = 0
    for at in np.flatnonzero(tags).tolist():
        name = TAGS[tags[at]]
        if name[0] in "BU":
            start = at
        if name[0] in "LU":
            yield Found(start, at + 1, name[2:])


def log_probability(logs: NDArray[np.float32], found: Found) -> float:
    """The logarithm of the product of the probabilities of an entity's tags."""
    if found.label not in LABELS:
        return float(_NEVER)
    tags = range_tags(found.end - found.start, found.label)
    return float(sum(logs[found.start + at, TAGS.index(tag)] for at, tag in enumerate(tags)))
