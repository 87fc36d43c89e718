"""Fits the model that turns what is known of an entity into a probability, and says how well the probabilities hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from annotate.news_pipeline.gold import GoldText
from annotate.news_pipeline.labeller import LOGS
from annotate.news_pipeline.scores import FACTORY, GROUP, Calibration, features
from annotate.news_pipeline.spans import read_ents
from annotate.news_pipeline.words import words_of

_STEPS = 50
_RIDGE = 1.0
_BINS = 10


def evidence(nlp: Language, gold: Sequence[GoldText]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The features of what the pipeline finds in gold texts, and whether each is exactly right."""
    rows, right = [], []
    with nlp.select_pipes(disable=[FACTORY]):
        docs = list(nlp.pipe([text.text for text in gold], batch_size=8))
    for doc, text in zip(docs, gold, strict=True):
        true = set(text.spans)
        rows.append(features(words_of(doc), read_ents(doc), doc.user_data.get(LOGS)))
        right += [(ent.start_char, ent.end_char, ent.label_) in true for ent in doc.ents]
    return np.concatenate(rows), np.array(right, dtype=np.bool_)


def fit(rows: NDArray[np.float64], right: NDArray[np.bool_]) -> Calibration:
    """Logistic regression by Newton's method, with a small penalty on every weight but the constant."""
    x = np.column_stack((rows, np.ones(len(rows))))
    weights = np.zeros(x.shape[1])
    ridge = np.diag([_RIDGE] * rows.shape[1] + [1e-6])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - right) + ridge @ weights
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-9:
            break
    return Calibration(tuple(round(float(one), 6) for one in weights))


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far probabilities hold.

    Attributes:
        error: expected calibration error over ten bins of equal width.
        above: share of the suggestions that are above the threshold.
        right_above: share of these that are right.
    """

    error: float
    above: float
    right_above: float


def reliability(scores: Sequence[float], right: Sequence[bool], threshold: float = 0.95) -> Reliability:
    """What scores are worth, given which suggestions are right; zeros where there are none."""
    if not scores:
        return Reliability(0.0, 0.0, 0.0)
    p, hit = np.array(scores), np.array(right, dtype=np.float64)
    bins = np.minimum((p * _BINS).astype(int), _BINS - 1)
    error = sum(abs(float((p[bins == at] - hit[bins == at]).sum())) for at in range(_BINS)) / len(p)
    above = p >= threshold
    return Reliability(error, float(above.mean()), float(hit[above].mean()) if above.any() else 0.0)


def measured(nlp: Language, gold: Sequence[GoldText]) -> Reliability:
    """The reliability of a whole pipeline's scores on gold texts."""
    scores: list[float] = []
    right: list[bool] = []
    for doc, text in zip(nlp.pipe([one.text for one in gold], batch_size=8), gold, strict=True):
        true = set(text.spans)
        group = doc.spans[GROUP]
        scores += group.attrs["scores"]
        right += [(span.start_char, span.end_char, span.label_) in true for span in group]
    return reliability(scores, right)
