"""The component that gives each entity a probability, from what the network and the rules say about it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from annotate.news_pipeline.labeller import LOGS
from annotate.news_pipeline.spans import Found, read_ents
from annotate.news_pipeline.tags import LABELS, log_probability
from annotate.news_pipeline.words import Words, words_of

FACTORY = "manicule_scores"
GROUP = "manicule_news"
"""The group in `doc.spans` that holds the entities, with their probabilities in `attrs["scores"]`."""

WEIGHTS = Path(__file__).parent / "weights" / "scores.json"
_FILE = "scores.json"
_LEAST, _MOST = -12.0, 6.0
_PLAIN = (
    "log odds",
    "weakest tag",
    "in the article",
    "opens a line",
    "in capitals or title case",
    "long",
    "single word",
)
FEATURES = (*_PLAIN, *(f"is {label}" for label in LABELS))
"""What a probability is made from, in the order of the weights."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic model over FEATURES; `weights` holds one number each and the constant last."""

    weights: tuple[float, ...]

    def probabilities(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """The probability for each row of features, shape (rows,)."""
        weights = np.array(self.weights)
        result: NDArray[np.float64] = 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))
        return result


def features(words: Words, found: Sequence[Found], logs: NDArray[np.float32] | None) -> NDArray[np.float64]:
    """A row of FEATURES for each entity; without a network's log probabilities as if it knew nothing."""
    if logs is None:
        logs = np.full((len(words), 1 + 4 * len(LABELS)), math.log(0.5), np.float32)
    sure = [_odds(log_probability(logs, one)) for one in found]
    keys = [tuple(words.texts[one.start : one.end]) for one in found]
    by_name: dict[tuple[tuple[str, ...], str], list[float]] = {}
    for key, one, odds in zip(keys, found, sure, strict=True):
        by_name.setdefault((key, one.label), []).append(odds)
    rows = []
    for key, one, odds in zip(keys, found, sure, strict=True):
        told = by_name[key, one.label]
        weakest = float(logs[one.start : one.end].max(axis=1).min())
        plain = (
            odds,
            max(weakest, _LEAST),
            sum(told) / len(told),
            words.opens[one.start],
            words.titled[one.start],
            min(one.end - one.start, 8) / 8,
            one.end - one.start == 1,
        )
        rows.append([*map(float, plain), *(float(one.label == label) for label in LABELS)])
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(FEATURES))


def _odds(log: float) -> float:
    """The log odds of a probability given by its logarithm, within bounds."""
    log = min(max(log, _LEAST), -1e-6)
    return min(log - math.log(-math.expm1(log)), _MOST)


class Scores:
    """Writes the entities into a span group with a probability each."""

    def __init__(self, calibration: Calibration | None = None) -> None:
        self._calibration = calibration

    @property
    def calibration(self) -> Calibration:
        """The model in use, the shipped one unless another was loaded."""
        if self._calibration is None:
            self._calibration = shipped()
        return self._calibration

    def __call__(self, doc: Doc) -> Doc:
        """The document with its scored span group, and without the network's probabilities."""
        logs = doc.user_data.pop(LOGS, None)
        found = read_ents(doc)
        rows = features(words_of(doc), found, logs)
        scores = [round(float(one), 3) for one in self.calibration.probabilities(rows)]
        doc.spans[GROUP] = SpanGroup(doc, name=GROUP, spans=list(doc.ents), attrs={"scores": scores})
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The model as bytes."""
        return json.dumps(dict(zip((*FEATURES, "constant"), self.calibration.weights, strict=True)), indent=1).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Scores:
        """Take over the model from to_bytes."""
        held = json.loads(data)
        self._calibration = Calibration(tuple(float(held[name]) for name in (*FEATURES, "constant")))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Scores:
        """Take over the model from to_disk."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())


@cache
def shipped() -> Calibration:
    """The shipped model, read once."""
    return Scores().from_bytes(WEIGHTS.read_bytes()).calibration


@Language.factory(FACTORY, assigns=["doc.spans"])
def make_scores(nlp: Language, name: str) -> Scores:
    """Build the component."""
    return Scores()
