"""The network: its gradients, its decoding, what it does with text of any length, and its file."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from annotate.news_pipeline.labeller import _cut, pack, unpack
from annotate.news_pipeline.network import Network, Shape, Text, first_weights, same_words, shape_of
from annotate.news_pipeline.network import Types as WordTypes
from annotate.news_pipeline.pieces import Pieces
from annotate.news_pipeline.spans import Found
from annotate.news_pipeline.tags import TAGS, best_tags, entities, log_probability, tag_numbers
from annotate.news_pipeline.training.learner import Learner, Target

SMALL = Shape(
    width=6, hidden=8, word_rows=11, gram_rows=13, shape_rows=7, word_width=3, shape_width=2, piece_width=4
)  # fmt: skip
PIECES = Pieces(["ken", "##ya", "said", "velmor"])


def network(double: bool = False) -> Network:
    weights = first_weights(SMALL, 1)
    if double:
        weights = {name: value.astype(np.float64) for name, value in weights.items()}
    return Network(SMALL, weights, PIECES, np.random.default_rng(0).standard_normal((4, 4)).astype(np.float32))


def text(words: str, seed: int = 2) -> Text:
    random = np.random.default_rng(seed)
    split = words.split()
    return Text(split, random.integers(0, len(TAGS), len(split)), random.integers(0, 8, len(split)))


TEXTS = [text("Kenya said KENYA x Kenya"), text("Foo said y", 3)]


def test_gradients_are_the_slopes_of_the_loss() -> None:
    net, random = network(double=True), np.random.default_rng(4)
    may = np.zeros((8, len(TAGS)), np.bool_)
    may[np.arange(8), random.integers(0, len(TAGS), 8)] = True
    may[0, :20] = True
    taught = np.zeros((8, len(TAGS)), np.float32)
    taught[3, 5:9] = 0.25
    learner, target = Learner(net, 0), Target(may, taught)
    grads = learner.gradients(TEXTS, target, dropout=0)[1]
    assert set(grads) == set(net.weights)
    for name, grad in grads.items():
        at = np.unravel_index(np.abs(grad).argmax(), grad.shape)
        held, losses = net.weights[name][at], []
        for step in (0.001, -0.001):
            net.weights[name][at] = held + step
            losses.append(learner.gradients(TEXTS, target, dropout=0)[0])
        net.weights[name][at] = held
        assert (losses[0] - losses[1]) / 0.002 == pytest.approx(grad[at], rel=0.03, abs=1e-5), name


def test_reading_gives_what_training_without_dropout_gave() -> None:
    net = network()
    may = np.zeros((8, len(TAGS)), np.bool_)
    may[:, 3] = True
    loss = Learner(net, 0).gradients(TEXTS, Target(may, np.zeros(may.shape, np.float32)), dropout=0)[0]
    assert -np.concatenate(net.log_probabilities(TEXTS))[:, 3].mean() == pytest.approx(loss, rel=1e-4)


def test_a_text_reads_the_same_alone_and_beside_others() -> None:
    net = network()
    together, alone = net.log_probabilities(TEXTS), [net.log_probabilities([one])[0] for one in TEXTS]
    for ours, theirs in zip(together, alone, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-5)


def test_no_text_and_empty_texts_have_no_tokens() -> None:
    assert network().log_probabilities([]) == []
    assert [len(one) for one in network().log_probabilities([text("")])] == [0]
    assert [len(one) for one in network().log_probabilities([text(""), text("Kenya")])] == [0, 1]


def test_mentions_of_a_capitalised_word_are_one_group_in_their_text_only() -> None:
    numbers = same_words(TEXTS, WordTypes(TEXTS, network().lexicon)).tolist()
    assert numbers[0] == numbers[2] == numbers[4]
    assert len(set(numbers)) == 6
    assert numbers[1] != numbers[6], "said and said"


def test_words_are_cut_into_the_longest_pieces() -> None:
    assert PIECES.of("Kenya") == (0, 1)
    assert PIECES.of("Kényá") == (0, 1)
    assert PIECES.of("said") == (2,)
    assert PIECES.of("kenx") == ()
    assert PIECES.of("東京") == PIECES.of("") == PIECES.of("\n") == ()


def test_shapes_keep_case_digits_and_signs() -> None:
    assert [shape_of(word) for word in ("Kenya", "KENYA", "G20", "d'Or")] == ["Xxxx", "XXX", "Xdd", "x'Xx"]


def test_a_packed_network_reads_alike() -> None:
    net = network()
    again = unpack(pack(net))
    assert pack(again) == pack(unpack(pack(net)))
    assert again.shape == SMALL and again.pieces.names == PIECES.names
    ours, theirs = net.log_probabilities(TEXTS)[0], again.log_probabilities(TEXTS)[0]
    np.testing.assert_allclose(ours, theirs, atol=0.05)


@given(st.lists(st.integers(0, 3), max_size=60), st.integers(3, 20))
def test_long_texts_are_cut_into_parts_that_join_to_them(kinds: list[int], most: int) -> None:
    words = ["\n" if kind == 0 else "x" for kind in kinds]
    whole = Text(words, np.arange(len(words)), np.arange(len(words)))
    parts = list(_cut(whole, most))
    assert [word for part in parts for word in part.words] == words
    assert [hint for part in parts for hint in part.hints.tolist()] == list(range(len(words)))
    assert all(len(part.words) <= most for part in parts)


# Decoding --------------------------------------------------------------------------------------------------


def random_logs(seed: int, tokens: int) -> NDArray[np.float32]:
    logs = np.random.default_rng(seed).standard_normal((tokens, len(TAGS))).astype(np.float32) * 3
    shifted: NDArray[np.float32] = logs - np.log(np.exp(logs).sum(axis=1, keepdims=True))
    return shifted


@given(st.integers(0, 10_000), st.integers(0, 12))
@settings(deadline=None)
def test_tags_always_make_whole_entities(seed: int, tokens: int) -> None:
    tags = best_tags(random_logs(seed, tokens))
    found = list(entities(tags))
    assert tag_numbers(found, tokens).tolist() == tags.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_the_tags_are_the_best_of_all_that_make_whole_entities(seed: int) -> None:
    logs = random_logs(seed, 3)
    logs[:, 9:] -= 50  # two labels are enough to try all
    best = -np.inf
    for tags in product(range(9), repeat=3):
        numbers = np.array(tags)
        if tag_numbers(list(entities(numbers)), 3).tolist() == list(tags):
            best = max(best, float(logs[np.arange(3), numbers].sum()))
    assert logs[np.arange(3), best_tags(logs)].sum() == pytest.approx(best)


def test_an_entitys_probability_is_that_of_its_tags() -> None:
    logs = random_logs(1, 3)
    wanted = logs[0, TAGS.index("B-ORG")] + logs[1, TAGS.index("I-ORG")] + logs[2, TAGS.index("L-ORG")]
    assert log_probability(logs, Found(0, 3, "ORG")) == pytest.approx(float(wanted))
    assert log_probability(logs, Found(0, 3, "FOO")) < -1000
