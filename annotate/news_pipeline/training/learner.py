"""Gradients and steps for the network, written out, so that training needs nothing that reading does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annotate.news_pipeline.network import (
    Floats,
    Groups,
    Layout,
    Network,
    Text,
    Types,
    Weights,
    join,
    log_softmax,
    normalise,
    parts,
    same_words,
)

_DROPOUT = 0.2
_UNKNOWN_WORDS = 0.1
_TABLES = ("word", "gram", "shape", "hint", "flag")


@dataclass(slots=True)
class _Layer:
    """What the way forward leaves for the way back."""

    reach: int
    unit: Floats
    inverse: Floats
    seen: Floats
    hidden: Floats


class Learner:
    """Runs batches of texts forward and back, with dropout."""

    def __init__(self, network: Network, seed: int) -> None:
        self.network = network
        self.random = np.random.default_rng(seed)

    def gradients(self, texts: Sequence[Text], target: Target, dropout: float = _DROPOUT) -> tuple[float, Weights]:
        """The loss of a batch, a mean over its tokens, and the gradient of every weight."""
        net, w = self.network, self.network.weights
        types = Types(texts, net.lexicon)
        places = np.concatenate(types.places)
        found = parts(w, net.piece_table, types.rows)
        known = self._known_words(types, dropout)
        hidden, vectors = join(w, found * known)
        x = vectors[places]
        keep = self._keep(x.shape, dropout)
        x = x * keep
        hints = np.concatenate([text.hints for text in texts])
        flags = np.concatenate([text.flags for text in texts])
        x += w["hint"][hints] + w["flag"][flags]
        layout = Layout([len(text.words) for text in texts])
        groups = Groups(same_words(texts, types))
        layers = []
        for number, reach in enumerate(net.shape.windows):
            x, layer = self._forward(number, reach, x, layout, groups, dropout)
            layers.append(layer)
        unit, inverse = normalise(x)
        u = unit * w["end.scale"] + w["end.shift"]
        loss, d = target.loss(log_softmax(u @ w["tags"] + w["tags.bias"]))
        grads: Weights = {"tags": u.T @ d, "tags.bias": d.sum(axis=0)}
        d = _back_through_norm(grads, "end", d @ w["tags"].T, unit, inverse, w)
        for number in reversed(range(len(layers))):
            d = self._backward(number, layers[number], d, layout, groups, grads)
        grads["hint"] = _scatter(w["hint"].shape, hints, d)
        grads["flag"] = _scatter(w["flag"].shape, flags, d)
        self._back_to_words(types, found * known, known, hidden, _scatter(vectors.shape, places, d * keep), grads)
        return loss, grads

    def _forward(
        self, number: int, reach: int, x: Floats, layout: Layout, groups: Groups, dropout: float
    ) -> tuple[Floats, _Layer]:
        w = self.network.weights
        unit, inverse = normalise(x)
        u = unit * w[f"{number}.scale"] + w[f"{number}.shift"]
        seen = layout.windows(u, reach) if reach else np.concatenate((u, groups.mean(u)), axis=1)
        hidden = np.maximum(seen @ w[f"{number}.in"] + w[f"{number}.in.bias"], 0)
        hidden *= self._keep(hidden.shape, dropout)
        return x + hidden @ w[f"{number}.out"] + w[f"{number}.out.bias"], _Layer(reach, unit, inverse, seen, hidden)

    def _backward(
        self, number: int, layer: _Layer, d: Floats, layout: Layout, groups: Groups, grads: Weights
    ) -> Floats:
        w, width = self.network.weights, self.network.shape.width
        grads[f"{number}.out"] = layer.hidden.T @ d
        grads[f"{number}.out.bias"] = d.sum(axis=0)
        back = d @ w[f"{number}.out"].T
        back *= layer.hidden > 0
        back *= self._scale
        grads[f"{number}.in"] = layer.seen.T @ back
        grads[f"{number}.in.bias"] = back.sum(axis=0)
        seen = back @ w[f"{number}.in"].T
        u = layout.unwindow(seen, layer.reach) if layer.reach else seen[:, :width] + groups.mean(seen[:, width:])
        return d + _back_through_norm(grads, str(number), u, layer.unit, layer.inverse, w)

    def _back_to_words(
        self, types: Types, found: Floats, known: Floats, hidden: Floats, d: Floats, grads: Weights
    ) -> None:
        w, shape = self.network.weights, self.network.shape
        grads["type"] = hidden.T @ d
        grads["type.bias"] = d.sum(axis=0)
        back = (d @ w["type"].T) * (hidden > 0)
        grads["join"] = found.T @ back
        grads["join.bias"] = back.sum(axis=0)
        back = (back @ w["join"].T) * known
        one, two = shape.word_width, 2 * shape.word_width
        grads["word"] = _scatter(w["word"].shape, [row.word for row in types.rows], back[:, :one])
        sizes = np.array([len(row.grams) for row in types.rows])
        flat = [gram for row in types.rows for gram in row.grams]
        grads["gram"] = _scatter(w["gram"].shape, flat, np.repeat(back[:, one:two] / sizes[:, None], sizes, axis=0))
        shapes = [row.shape for row in types.rows]
        grads["shape"] = _scatter(w["shape"].shape, shapes, back[:, two : two + shape.shape_width])

    def _known_words(self, types: Types, dropout: float) -> Floats:
        """Zeros over the own vector and the pieces of some words, so that unknown ones are practised."""
        shape = self.network.shape
        width = 2 * shape.word_width + shape.shape_width + shape.piece_width
        known = np.ones((len(types.words), width), np.float32)
        if dropout:
            known[self.random.random(len(types.words)) < _UNKNOWN_WORDS, : shape.word_width] = 0
            known[self.random.random(len(types.words)) < _UNKNOWN_WORDS, width - shape.piece_width :] = 0
        return known

    def _keep(self, size: tuple[int, ...], dropout: float) -> Floats:
        self._scale = np.float32(1 / (1 - dropout))
        if not dropout:
            return np.ones(size, np.float32)
        return (self.random.random(size, dtype=np.float32) >= dropout) * self._scale


def _back_through_norm(grads: Weights, name: str, d: Floats, unit: Floats, inverse: Floats, w: Weights) -> Floats:
    grads[f"{name}.scale"] = (d * unit).sum(axis=0)
    grads[f"{name}.shift"] = d.sum(axis=0)
    d = d * w[f"{name}.scale"]
    mean = d.mean(axis=1, keepdims=True)
    back: Floats = inverse * (d - mean - unit * (d * unit).mean(axis=1, keepdims=True))
    return back


def _scatter(size: tuple[int, ...], rows: Sequence[int] | NDArray[np.int64], values: Floats) -> Floats:
    """A table of zeros with the values added to their rows."""
    order = np.argsort(rows, kind="stable")
    target, starts = np.unique(np.asarray(rows)[order], return_index=True)
    table = np.zeros(size, np.float32)
    table[target] = np.add.reduceat(values[order], starts, axis=0)
    return table


@dataclass(frozen=True, slots=True)
class Target:
    """What a batch's tags should be.

    Attributes:
        allowed: the tags that each token may have, shape (tokens, tags).
        taught: a teacher's probabilities, of the same shape; a row of zeros where `allowed` counts.
    """

    allowed: NDArray[np.bool_]
    taught: Floats

    def loss(self, found: Floats) -> tuple[float, Floats]:
        """The mean loss over tokens of log probabilities, and its gradient before the softmax."""
        p = np.exp(found)
        held = p * self.allowed
        total = np.maximum(held.sum(axis=1, keepdims=True), np.float32(1e-12))
        by_teacher = self.taught.max(axis=1) > 0
        wanted = np.where(by_teacher[:, None], self.taught, held / total)
        loss = -np.where(by_teacher, (self.taught * found).sum(axis=1), np.log(total[:, 0])).mean()
        return float(loss), (p - wanted) / np.float32(len(p))


class Adam:
    """Adam with weight decay, and a running average of the weights, which is what is kept."""

    def __init__(self, weights: Weights, decay: float = 0.01, average: float = 0.999) -> None:
        self._weights = weights
        self._decay = decay
        self._average = average
        self._first = {name: np.zeros_like(value) for name, value in weights.items()}
        self._second = {name: np.zeros_like(value) for name, value in weights.items()}
        self.averaged = {name: value.copy() for name, value in weights.items()}
        self._steps = 0

    def step(self, grads: Weights, rate: float) -> None:
        """One step down the gradients, which are cut to a norm of 1."""
        self._steps += 1
        norm = float(np.sqrt(sum(float(np.square(grad).sum()) for grad in grads.values())))
        cut = np.float32(min(1.0, 1.0 / (norm + 1e-9)))
        rate *= (1 - 0.999**self._steps) ** 0.5 / (1 - 0.9**self._steps)
        kept = np.float32(min(self._average, (1 + self._steps) / (10 + self._steps)))
        for name, grad in grads.items():
            weight, first, second = self._weights[name], self._first[name], self._second[name]
            grad *= cut
            first *= np.float32(0.9)
            first += np.float32(0.1) * grad
            second *= np.float32(0.999)
            second += np.float32(0.001) * np.square(grad)
            if weight.ndim > 1 and name not in _TABLES:
                weight *= np.float32(1 - rate * self._decay)
            weight -= np.float32(rate) * first / (np.sqrt(second) + np.float32(1e-8))
            self.averaged[name] += (1 - kept) * (weight - self.averaged[name])
