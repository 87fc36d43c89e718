"""Trains a network: batches of texts with what their tags should be, the rate going down, the best epoch kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.labeller import read
from annotate.news_pipeline.network import Network, Text, Weights
from annotate.news_pipeline.scoring import ALL, map_labels, score
from annotate.news_pipeline.spans import read_ents
from annotate.news_pipeline.tags import TAGS, best_tags, entities
from annotate.news_pipeline.training.examples import Example, allowed
from annotate.news_pipeline.training.learner import Adam, Learner, Target
from annotate.news_pipeline.words import words_of

_NO_HINTS = 0.1
_WARM_UP = 200
_TEXTS_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Item:
    """A text and what its tags should be.

    Attributes:
        text: what the network reads.
        tags: gold tags, or none where a teacher tells.
        kind: how they were labelled, one of KINDS.
        taught: the teacher's best tags and their probabilities, both of shape (tokens, some).
    """

    text: Text
    tags: Sequence[str] = ()
    kind: str = "written"
    taught: tuple[NDArray[np.uint8], NDArray[np.float16]] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how fast to train."""

    epochs: int = 7
    rate: float = 0.002
    tokens: int = 1800
    seed: int = 1


def read_with_rules(rules: Language, example: Example) -> Text:
    """What the network reads of an example after the rules have run over it."""
    doc = Doc(rules.vocab, words=example.words, spaces=example.spaces)
    for _, component in rules.pipeline:
        doc = component(doc)
    return read(words_of(doc), read_ents(doc))


def items(rules: Language, examples: Sequence[Example]) -> list[Item]:
    """Examples as the trainer takes them; empty texts are left out."""
    return [Item(read_with_rules(rules, one), one.tags, one.kind) for one in examples if one.words]


def train(
    network: Network,
    epoch_items: Callable[[int], list[Item]],
    measure: Callable[[Network], float],
    settings: Settings,
    tell: Callable[[str], None],
) -> Network:
    """The network of the epoch that `measure` likes best.

    `epoch_items` gives an epoch's texts, which may differ from epoch to epoch; `tell` gets a line of progress each.
    """
    learner, random = Learner(network, settings.seed), Random(settings.seed)
    adam = Adam(network.weights)
    best, kept, steps, total = -1.0, network.weights, 0, 0
    for epoch in range(settings.epochs):
        batches = list(_batches(epoch_items(epoch), settings.tokens, random))
        total = total or len(batches) * settings.epochs
        losses = []
        for batch in batches:
            slope = min(1.0, (steps + 1) / min(_WARM_UP, total)) * max(0.02, 1 - steps / total)
            loss, grads = learner.gradients([_with_or_without_hints(one.text, random) for one in batch], _target(batch))
            adam.step(grads, settings.rate * slope)
            losses.append(loss)
            steps += 1
        averaged = _copy(network, adam.averaged)
        figure = measure(averaged)
        if figure > best:
            best, kept = figure, averaged.weights
        mean = sum(losses) / max(len(losses), 1)
        tell(f"epoch {epoch + 1} of {settings.epochs}: loss {mean:.4f}, F1 for choosing {100 * figure:.2f}")
    return _copy(network, kept)


def _copy(network: Network, weights: Weights) -> Network:
    copied = {name: value.copy() for name, value in weights.items()}
    return Network(network.shape, copied, network.pieces, network.piece_table)


def _batches(found: list[Item], tokens: int, random: Random) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for one in random.sample(found, len(found)):
        batch.append(one)
        size += len(one.text.words)
        if size >= tokens:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _with_or_without_hints(text: Text, random: Random) -> Text:
    return Text(text.words, np.zeros_like(text.hints), text.flags) if random.random() < _NO_HINTS else text


def _target(batch: Sequence[Item]) -> Target:
    size = sum(len(one.text.words) for one in batch)
    may, taught = np.zeros((size, len(TAGS)), np.bool_), np.zeros((size, len(TAGS)), np.float32)
    start = 0
    for one in batch:
        end = start + len(one.text.words)
        if one.taught is None:
            may[start:end] = allowed(one.tags, one.kind)
        else:
            tags, probabilities = one.taught
            taught[np.arange(start, end)[:, None], tags] = probabilities
        start = end
    return Target(may, taught)


def f1(network: Network, gold: Sequence[Item], mapping: dict[str, str] | None) -> float:
    """Exact F1 of the network's entities over texts with gold tags; a mapping is applied to both sides' labels."""
    pairs = []
    for start in range(0, len(gold), _TEXTS_AT_ONCE):
        some = gold[start : start + _TEXTS_AT_ONCE]
        for logs, one in zip(network.log_probabilities([held.text for held in some]), some, strict=True):
            ours = [(found.start, found.end, found.label) for found in entities(best_tags(logs))]
            pairs.append((_mapped(ours, mapping), _mapped(list(_gold_ranges(one)), mapping)))
    return score(pairs)[ALL].f1


def _gold_ranges(one: Item) -> Iterator[tuple[int, int, str]]:
    yield from Example(list(one.text.words), [], list(one.tags), one.kind).ranges()


def _mapped(ranges: list[tuple[int, int, str]], mapping: dict[str, str] | None) -> list[tuple[int, int, str]]:
    return ranges if mapping is None else map_labels(ranges, mapping)
