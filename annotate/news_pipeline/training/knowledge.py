"""Distils what a sentence encoder knows of word pieces into a small table.

`python -m annotate.news_pipeline.training.knowledge FOLDER --out FILE` reads a BERT of the kind of all-MiniLM-L6-v2
from a folder with `model.safetensors`, `config.json` and `vocab.txt`. Each piece is run through it alone and in two
plain contexts; its input vector, its vector in the middle and its last one are brought together and reduced to their
strongest directions.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from annotate.news_pipeline.network import Floats
from annotate.news_pipeline.pieces import Pieces

WIDTH = 96
_AT_ONCE = 2000
_LATIN = 0x250
_CONTEXTS = (("[CLS]", "?", "[SEP]"), ("[CLS]", "the", "?", "said", "[SEP]"), ("[CLS]", "in", "?", ".", "[SEP]"))
_EPSILON = np.float32(1e-12)
_TYPES: dict[str, type[np.generic]] = {"F32": np.float32, "F16": np.float16, "I64": np.int64}


class Encoder:
    """A BERT encoder in plain numpy, for short rows of pieces of one length."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.layers, self.heads = int(config["num_hidden_layers"]), int(config["num_attention_heads"])
        self.names = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.weights = read_safetensors(folder / "model.safetensors")

    @property
    def inputs(self) -> Floats:
        """The vectors of pieces before any layer, shape (pieces, width)."""
        return self.weights["embeddings.word_embeddings.weight"]

    def states(self, rows: NDArray[np.int64]) -> list[Floats]:
        """What each layer makes of rows of pieces, shape (rows, length, width) each."""
        w = self.weights
        x = self.inputs[rows] + w["embeddings.position_embeddings.weight"][: rows.shape[1]]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        states = []
        for number in range(self.layers):
            name = f"encoder.layer.{number}"
            x = self._norm(x + self._attend(x, f"{name}.attention"), f"{name}.attention.output.LayerNorm")
            inner = self._linear(x, f"{name}.intermediate.dense")
            x = self._norm(x + self._linear(_gelu(inner), f"{name}.output.dense"), f"{name}.output.LayerNorm")
            states.append(x)
        return states

    def _attend(self, x: Floats, name: str) -> Floats:
        rows, length, width = x.shape
        size = width // self.heads
        q, k, v = (
            self._linear(x, f"{name}.self.{part}").reshape(rows, length, self.heads, size).transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        weights = q @ k.transpose(0, 1, 3, 2) / np.float32(math.sqrt(size))
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return self._linear((weights @ v).transpose(0, 2, 1, 3).reshape(rows, length, width), f"{name}.output.dense")

    def _linear(self, x: Floats, name: str) -> Floats:
        result: Floats = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _norm(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(axis=-1, keepdims=True)
        x = x / np.sqrt(np.square(x).mean(axis=-1, keepdims=True) + _EPSILON)
        return x * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]


def _gelu(x: Floats) -> Floats:
    """The usual approximation by tanh."""
    result: Floats = x * np.float32(0.5) * (1 + np.tanh(np.float32(0.7978846) * (x + np.float32(0.044715) * x**3)))
    return result


def read_safetensors(path: Path) -> dict[str, Floats]:
    """The arrays of a safetensors file as single precision. Raises ValueError where it is none."""
    data = path.read_bytes()
    size = int.from_bytes(data[:8], "little")
    if size > len(data) - 8:
        raise ValueError(f"{path} is no safetensors file")
    arrays = {}
    for name, about in json.loads(data[8 : 8 + size]).items():
        if name != "__metadata__":
            start, end = (8 + size + at for at in about["data_offsets"])
            held = np.frombuffer(data[start:end], _TYPES[about["dtype"]]).reshape(about["shape"])
            arrays[name] = held.astype(np.float32)
    return arrays


def distil(encoder: Encoder, width: int = WIDTH) -> tuple[list[str], Floats]:
    """The Latin pieces of an encoder and a vector for each, shape (pieces, width)."""
    places = {name: at for at, name in enumerate(encoder.names)}
    names = [name for name in encoder.names if name and name[0] != "[" and all(ord(char) < _LATIN for char in name)]
    ids = np.array([places[name] for name in names])
    middle = np.zeros((len(ids), encoder.inputs.shape[1]), np.float32)
    last = np.zeros_like(middle)
    for context in _CONTEXTS:
        hole = context.index("?")
        row = np.array([places.get(name, 0) for name in context])
        for start in range(0, len(ids), _AT_ONCE):
            rows = np.repeat(row[None], len(ids[start : start + _AT_ONCE]), axis=0)
            rows[:, hole] = ids[start : start + _AT_ONCE]
            states = encoder.states(rows)
            middle[start : start + _AT_ONCE] += states[len(states) // 2][:, hole]
            last[start : start + _AT_ONCE] += states[-1][:, hole]
    return names, reduced(np.concatenate([_centred(one) for one in (encoder.inputs[ids], middle, last)], axis=1), width)


def _centred(vectors: Floats) -> Floats:
    vectors = vectors - vectors.mean(axis=0)
    lengths: Floats = np.linalg.norm(vectors, axis=1)
    result: Floats = vectors / lengths.mean()
    return result


def reduced(vectors: Floats, width: int) -> Floats:
    """The strongest directions of centred vectors, weaker ones raised a little, with a deviation of 1 over all."""
    values, directions = np.linalg.eigh(vectors.T @ vectors)
    strongest = np.maximum(values[::-1][:width], 0)
    found = vectors @ directions[:, ::-1][:, :width]
    found = found / found.std(axis=0) * (strongest / strongest[0]) ** 0.25
    limit = 4 * found.std()
    found = np.clip(found, -limit, limit)
    result: Floats = (found / found.std()).astype(np.float32)
    return result


def load(path: Path) -> tuple[Pieces, Floats]:
    """A table that `main` wrote. Raises OSError or ValueError."""
    with np.load(path, allow_pickle=False) as held:
        return Pieces(held["names"].tolist()), held["table"].astype(np.float32)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m annotate.news_pipeline.training.knowledge")
    parser.add_argument("encoder", type=Path, help="folder with model.safetensors, config.json and vocab.txt")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the table, as .npz")
    options = parser.parse_args(arguments)
    names, table = distil(Encoder(options.encoder))
    np.savez_compressed(options.out, allow_pickle=False, names=np.array(names), table=table)
    print(f"{len(names)} pieces, {table.shape[1]} numbers each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
