"""The network that labels tokens, in plain numpy: words as vectors, a few layers over their neighbours, a tag each.

A word's vector is made from hashed parts of it (itself, character n-grams, its shape) and from a table of word pieces
that holds what a sentence encoder knows of them. A token adds what the rules before found there, and how its line is
written. Then come residual layers over windows of tokens, one of which also sees the mean of all mentions of the same
word in the text, and a softmax over the tags.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotate.news_pipeline.pieces import Pieces
from annotate.news_pipeline.tags import TAGS

Floats = NDArray[Any]
"""Arrays of single precision; numpy's types lose that in sums with constants."""

Ints = NDArray[np.int64]
Weights = dict[str, Floats]

_LONGEST_WORD = 24
_MOST_CACHED = 100_000
_PAD = 2
_TINY = np.float32(1e-5)
FLAGS = 8
"""Ways in which a token's line and place can be written."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network; the defaults are those of the shipped weights."""

    width: int = 128
    hidden: int = 256
    word_rows: int = 8000
    gram_rows: int = 20000
    shape_rows: int = 512
    word_width: int = 48
    shape_width: int = 24
    piece_width: int = 96
    windows: tuple[int, ...] = (1, 1, 2, 0, 1)
    """A layer each: how far off the neighbours are that it sees, at most 2; 0 for the mentions of the same word."""


@dataclass(frozen=True, slots=True)
class Text:
    """What the network reads of a text.

    Attributes:
        words: the tokens' texts.
        hints: for each token the place in TAGS of the tag that the rules gave it.
        flags: for each token a number below FLAGS that says how its line is written.
    """

    words: Sequence[str]
    hints: Ints
    flags: Ints


@dataclass(frozen=True, slots=True)
class Rows:
    """Where a word's parts stand in the tables."""

    word: int
    shape: int
    grams: tuple[int, ...]
    pieces: tuple[int, ...]


def first_weights(shape: Shape, seed: int) -> Weights:
    """Random weights to train from, in the order in which files hold them."""
    random = np.random.default_rng(seed)

    def table(rows: int, columns: int, size: float) -> Floats:
        return (random.standard_normal((rows, columns)) * size).astype(np.float32)

    def linear(name: str, rows: int, columns: int, gain: float = 2.0) -> Weights:
        return {name: table(rows, columns, (gain / rows) ** 0.5), f"{name}.bias": np.zeros(columns, np.float32)}

    width, hidden = shape.width, shape.hidden
    parts = 2 * shape.word_width + shape.shape_width + shape.piece_width
    weights = {
        "word": table(shape.word_rows, shape.word_width, 0.3),
        "gram": table(shape.gram_rows, shape.word_width, 0.5),
        "shape": table(shape.shape_rows, shape.shape_width, 0.3),
        "hint": table(len(TAGS), width, 0.3),
        "flag": table(FLAGS, width, 0.3),
        **linear("join", parts, hidden),
        **linear("type", hidden, width, 1.0),
    }
    for number, reach in enumerate(shape.windows):
        weights |= {f"{number}.scale": np.ones(width, np.float32), f"{number}.shift": np.zeros(width, np.float32)}
        weights |= linear(f"{number}.in", width * (3 if reach else 2), hidden)
        weights |= linear(f"{number}.out", hidden, width, 0.2)
    weights |= {"end.scale": np.ones(width, np.float32), "end.shift": np.zeros(width, np.float32)}
    return weights | linear("tags", width, len(TAGS), 0.2)


class Lexicon:
    """Words' rows in the tables, remembered while the program runs."""

    def __init__(self, shape: Shape, pieces: Pieces) -> None:
        self._shape = shape
        self._pieces = pieces
        self._known: dict[str, Rows] = {}

    def rows(self, word: str) -> Rows:
        """Where the parts of a word stand."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _MOST_CACHED:
                self._known.clear()
            found = self._known[word] = self._look_up(word)
        return found

    def _look_up(self, word: str) -> Rows:
        short = word[:_LONGEST_WORD].lower()
        grams = _grams(f"<{short}>")
        return Rows(
            _hash(short) % self._shape.word_rows,
            _hash(shape_of(word)) % self._shape.shape_rows,
            tuple(_hash("#" + gram) % self._shape.gram_rows for gram in grams),
            self._pieces.of(word),
        )


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))


def _grams(marked: str) -> list[str]:
    """The runs of two to four characters of a word with marks at both ends."""
    return [marked[at : at + size] for size in (2, 3, 4) for at in range(len(marked) - size + 1)]


def shape_of(word: str) -> str:
    """Capitals as X, other letters as x, digits as d, runs cut after three."""
    shape = ""
    for char in word[:_LONGEST_WORD]:
        kind = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        if not shape.endswith(3 * kind):
            shape += kind
    return shape


class Types:
    """The different words of some texts, and which of them each token is."""

    def __init__(self, texts: Iterable[Text], lexicon: Lexicon) -> None:
        index: dict[str, int] = {}
        places = [[index.setdefault(word, len(index)) for word in text.words] for text in texts]
        self.places = [np.array(one, dtype=np.int64) for one in places]
        self.rows = [lexicon.rows(word) for word in index]
        self.words = list(index)


def means(table: Floats, groups: Sequence[tuple[int, ...]]) -> Floats:
    """The mean of some rows of a table for each group, zero for an empty one, shape (groups, columns)."""
    sums = np.zeros((len(groups), table.shape[1]), np.float32)
    sizes = np.array([len(group) for group in groups])
    filled = np.flatnonzero(sizes)
    if len(filled):
        flat = np.fromiter((row for group in groups for row in group), np.int64, int(sizes.sum()))
        starts = (np.cumsum(sizes) - sizes)[filled]
        sums[filled] = np.add.reduceat(table[flat], starts, axis=0) / sizes[filled, None]
    return sums


def same_words(texts: Sequence[Text], types: Types) -> Ints:
    """A number for each token, the same for mentions of one capitalised word in one text whatever its case."""
    numbers: list[int] = []
    for text in texts:
        known: dict[str, int] = {}
        base = len(numbers)
        for at, word in enumerate(text.words):
            numbers.append(known.setdefault(word.lower(), base + at) if word[:1].isupper() else base + at)
    return np.unique(np.array(numbers, dtype=np.int64), return_inverse=True)[1]


class Layout:
    """Where the tokens of several texts stand in one long array with empty rows between texts."""

    def __init__(self, lengths: Sequence[int]) -> None:
        starts = np.cumsum([0, *(length + _PAD for length in lengths)])
        self.rows = int(starts[-1]) + _PAD
        self.at = np.concatenate(
            [np.arange(start + _PAD, start + _PAD + length) for start, length in zip(starts, lengths, strict=False)]
            or [np.zeros(0, np.int64)]
        )

    def windows(self, values: Floats, reach: int) -> Floats:
        """Each token's row between those `reach` before and after it, zero outside the text, (tokens, 3 * columns)."""
        spread = np.zeros((self.rows, values.shape[1]), np.float32)
        spread[self.at] = values
        return np.concatenate((spread[self.at - reach], values, spread[self.at + reach]), axis=1)

    def unwindow(self, gradient: Floats, reach: int) -> Floats:
        """The gradient with respect to what `windows` was given."""
        width = gradient.shape[1] // 3
        spread = np.zeros((self.rows, width), np.float32)
        spread[self.at] = gradient[:, width : 2 * width]
        spread[self.at - reach] += gradient[:, :width]
        spread[self.at + reach] += gradient[:, 2 * width :]
        gathered: Floats = spread[self.at]
        return gathered


class Groups:
    """Means over the mentions of the same word."""

    def __init__(self, numbers: Ints) -> None:
        self._numbers = numbers
        self._order = np.argsort(numbers, kind="stable")
        sizes = np.bincount(numbers)
        self._starts = np.cumsum(sizes) - sizes
        self._sizes = sizes[:, None].astype(np.float32)

    def mean(self, values: Floats) -> Floats:
        """For each token the mean over its group; its own gradient, as the groups are symmetric."""
        sums = np.add.reduceat(values[self._order], self._starts, axis=0) / self._sizes
        spread: Floats = sums[self._numbers]
        return spread


def normalise(values: Floats) -> tuple[Floats, Floats]:
    """Rows with mean 0 and variance 1, and the reciprocals of their deviations, (tokens, 1)."""
    centred = values - values.mean(axis=1, keepdims=True)
    inverse = 1 / np.sqrt(np.square(centred).mean(axis=1, keepdims=True) + _TINY)
    return centred * inverse, inverse


def log_softmax(values: Floats) -> Floats:
    """The logarithms of the probabilities of each row."""
    shifted: Floats = values - values.max(axis=1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logs


class Network:
    """Weights and how a text runs through them."""

    def __init__(self, shape: Shape, weights: Weights, pieces: Pieces, piece_table: Floats) -> None:
        self.shape = shape
        self.weights = weights
        self.pieces = pieces
        self.piece_table = piece_table
        self.lexicon = Lexicon(shape, pieces)
        self._vectors: dict[str, int] = {}
        self._held = np.zeros((0, shape.width), np.float32)

    def log_probabilities(self, texts: Sequence[Text]) -> list[Floats]:
        """For each text the logarithm of each tag's probability at each token, (tokens, len(TAGS))."""
        lengths = [len(text.words) for text in texts]
        if not sum(lengths):
            return [np.zeros((0, len(TAGS)), np.float32) for _ in texts]
        w = self.weights
        types = Types(texts, self.lexicon)
        x = self._type_vectors(types)[np.concatenate(types.places)]
        x += w["hint"][np.concatenate([text.hints for text in texts])]
        x += w["flag"][np.concatenate([text.flags for text in texts])]
        layout, groups = Layout(lengths), Groups(same_words(texts, types))
        for number, reach in enumerate(self.shape.windows):
            u = normalise(x)[0] * w[f"{number}.scale"] + w[f"{number}.shift"]
            z = layout.windows(u, reach) if reach else np.concatenate((u, groups.mean(u)), axis=1)
            hidden = np.maximum(z @ w[f"{number}.in"] + w[f"{number}.in.bias"], 0)
            x += hidden @ w[f"{number}.out"] + w[f"{number}.out.bias"]
        u = normalise(x)[0] * w["end.scale"] + w["end.shift"]
        return np.split(log_softmax(u @ w["tags"] + w["tags.bias"]), np.cumsum(lengths)[:-1])

    def _type_vectors(self, types: Types) -> Floats:
        """The vectors of words, made once and kept while the program runs."""
        fresh = [at for at, word in enumerate(types.words) if word not in self._vectors]
        if len(self._vectors) + len(fresh) > _MOST_CACHED:
            self._vectors.clear()
            self._held = self._held[:0]
            fresh = list(range(len(types.words)))
        if fresh:
            for at in fresh:
                self._vectors[types.words[at]] = len(self._vectors)
            made = join(self.weights, parts(self.weights, self.piece_table, [types.rows[at] for at in fresh]))[1]
            self._held = np.concatenate((self._held, made))
        return self._held[[self._vectors[word] for word in types.words]]


def parts(weights: Weights, piece_table: Floats, rows: Sequence[Rows]) -> Floats:
    """What the tables say about words, side by side, shape (words, parts)."""
    return np.concatenate(
        (
            weights["word"][[row.word for row in rows]],
            means(weights["gram"], [row.grams for row in rows]),
            weights["shape"][[row.shape for row in rows]],
            means(piece_table, [row.pieces for row in rows]),
        ),
        axis=1,
    )


def join(weights: Weights, found: Floats) -> tuple[Floats, Floats]:
    """The hidden layer over words' parts, and the words' vectors."""
    hidden = np.maximum(found @ weights["join"] + weights["join.bias"], 0)
    return hidden, hidden @ weights["type"] + weights["type.bias"]
