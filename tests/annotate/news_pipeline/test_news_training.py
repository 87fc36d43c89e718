"""Training: the corpus and its split, what varies from epoch to epoch, a run of seconds, calibration, knowledge."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from tiny_encoder import write_encoder

from annotate.news_pipeline import load_rules, train
from annotate.news_pipeline.gold import GoldText
from annotate.news_pipeline.labeller import unpack
from annotate.news_pipeline.network import Network, Shape, first_weights
from annotate.news_pipeline.pieces import Pieces
from annotate.news_pipeline.scores import FEATURES, Scores
from annotate.news_pipeline.tags import LABELS, TAGS
from annotate.news_pipeline.training import calibrate, corpus, knowledge, teacher_labels
from annotate.news_pipeline.training.augment import Names, vary
from annotate.news_pipeline.training.examples import KINDS, Example, allowed, examples
from annotate.news_pipeline.training.trainer import Settings

SMALL = Shape(
    width=16, hidden=16, word_rows=300, gram_rows=300, shape_rows=50, word_width=8, shape_width=4, piece_width=2
)  # fmt: skip
ARTICLE = """=== x-{0} | politics | report
[Velmora|GPE] Signs Pact

[VELMORA|GPE], [Monday|DATE] - Minister [Ossip {1}|PERSON] of the [Kisumu Water Board|ORG] ([KWB|ORG]) met
[{2} {1}|PERSON] in [Lahore|GPE]. [{1}|PERSON] said [two|CARDINAL] things.
"""


def small() -> Network:
    return Network(SMALL, first_weights(SMALL, 0), Pieces(["ken"]), np.ones((1, 2), np.float32))


@pytest.fixture(scope="module")
def rules() -> Language:
    return load_rules()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small corpus: three batches to train on, one that is among the batches for choosing."""
    names = ["Tarvo", "Belgrin", "Osmunde", "Kandro"]
    path = tmp_path / "corpus"
    path.mkdir()
    for number, batch in enumerate(("01-x-a", "01-x-b", "02-y-a", corpus.DEV[0])):
        rows = [ARTICLE.format(k, names[(number + k) % 4], names[k % 4].title()) for k in range(3)]
        (path / f"{batch}.txt").write_text("\n".join(rows), encoding="utf-8")
    return path


# The corpus ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", corpus.batches("all"), ids=lambda path: path.stem)
def test_each_batch_is_well_formed(path: Path) -> None:
    assert list(corpus.faults(path)) == []


def test_the_check_names_faults_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("=== 1 | a | b\n[the Nile|LOC]\n", encoding="utf-8")
    assert corpus.main([str(path)]) == 1
    assert capsys.readouterr().out == "a.txt: 'the Nile' LOC: starts with an article\n"
    assert corpus.main([str(corpus.batches("dev")[0])]) == 0


def test_every_batch_belongs_to_one_part() -> None:
    parts = [corpus.batches(part) for part in ("train", "dev", "test")]
    assert sorted(path for part in parts for path in part) == corpus.batches("all")
    assert len(parts[1]) == len(corpus.DEV) and len(parts[2]) == len(corpus.TEST)


def test_every_label_is_in_every_part() -> None:
    for part in ("train", "dev", "test"):
        assert {label for text in corpus.articles(part) for _, _, label in text.spans} == set(LABELS)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("[the Nile|LOC]", "article"),
        ("[Nile's|LOC]", "possessive"),
        ("[Nile |LOC]", "space"),
        ("[Nile|RIVER]", "unknown label"),
        ("[Dr Tarvo|PERSON]", "title"),
    ],
)
def test_what_the_guidelines_forbid_is_told(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"=== 1 | a | b\n{line}\n", encoding="utf-8")
    assert [fault in told for told in corpus.faults(path)] == [True]


def test_a_header_without_desk_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("=== 1\nx\n", encoding="utf-8")
    assert "header" in next(corpus.faults(path))


# Examples and their variation ------------------------------------------------------------------------------


def test_open_gold_leaves_open_what_it_did_not_label() -> None:
    outside, place = allowed(["O", "U-GPE"], "three")
    assert {TAGS[at] for at in np.flatnonzero(place)} == {"U-GPE", "U-LOC", "U-FAC"}
    assert outside[TAGS.index("U-DATE")] and not outside[TAGS.index("U-PERSON")]
    assert allowed(["O", "U-GPE"], "written").sum() == 2
    assert allowed(["?"], "written").all()
    assert all(allowed(["O"], kind)[0, 0] for kind in KINDS)


def test_a_span_that_cuts_a_token_is_unknown(rules: Language) -> None:
    (one,) = examples(rules, [GoldText("Kenyans met", ((0, 5, "GPE"),))], "written")
    assert one.tags == ["?", "O"]


def _names(rules: Language) -> Names:
    names = Names()
    names.gather("01", examples(rules, corpus.articles("dev")[:20], "written"))
    return names


@given(st.integers(0, 100_000))
@settings(deadline=None, max_examples=60)
def test_a_varied_example_keeps_its_entities_whole(seed: int) -> None:
    random, rules = Random(seed), load_rules_once()
    gold = examples(rules, [random.choice(corpus.articles("dev")[:20])], "written")[0]
    varied = vary(gold, NAMES_ONCE[0], random)
    assert len(varied.words) == len(varied.spaces) == len(varied.tags)
    assert all(varied.words)
    for before, after in pairwise(["O", *varied.tags, "O"]):
        goes_on = before[:2] in ("B-", "I-")
        assert goes_on == (after[:2] in ("I-", "L-"))
        assert not goes_on or before[2:] == after[2:]


_RULES_ONCE: list[Language] = []
NAMES_ONCE: list[Names] = []


def load_rules_once() -> Language:
    if not _RULES_ONCE:
        _RULES_ONCE.append(load_rules())
        NAMES_ONCE.append(_names(_RULES_ONCE[0]))
    return _RULES_ONCE[0]


def test_variation_reaches_names_titles_acronyms_datelines_and_capitals(rules: Language) -> None:
    load_rules_once()
    gold = examples(rules, corpus.articles("dev")[:1], "written")[0]
    seen = [vary(gold, NAMES_ONCE[0], Random(seed)) for seed in range(60)]
    assert any(len(one.words) > len(gold.words) for one in seen)
    assert any(all(not word.islower() for word in one.words) for one in seen)
    assert any(one.tags == gold.tags and one.words != gold.words for one in seen)
    assert any(one == gold for one in seen)


# Training --------------------------------------------------------------------------------------------------


def build(folder: Path, out: Path, seed: int = 1, **options: Path) -> list[str]:
    told: list[str] = []
    settings_of_seconds = Settings(epochs=3, rate=0.01, tokens=100, seed=seed)
    train.build(out, settings_of_seconds, told.append, folder=folder, like=small(), **options)
    return told


def test_the_same_seed_gives_the_same_weights(folder: Path, tmp_path: Path) -> None:
    told = build(folder, tmp_path / "one")
    build(folder, tmp_path / "two")
    build(folder, tmp_path / "three", seed=2)
    one, two, three = ((tmp_path / name / "network.npz").read_bytes() for name in ("one", "two", "three"))
    assert one == two != three
    assert (tmp_path / "one" / "scores.json").read_bytes() == (tmp_path / "two" / "scores.json").read_bytes()
    assert [line.split(":")[0] for line in told if line.startswith("epoch")] == [f"epoch {n} of 3" for n in (1, 2, 3)]


def test_training_lowers_the_loss_and_what_it_wrote_can_be_read(folder: Path, tmp_path: Path) -> None:
    told = build(folder, tmp_path / "out")
    losses = [float(line.split("loss ")[1].split(",")[0]) for line in told if line.startswith("epoch")]
    assert losses[-1] < losses[0]
    assert unpack((tmp_path / "out" / "network.npz").read_bytes()).shape == SMALL
    assert len(Scores().from_disk(tmp_path / "out").calibration.weights) == len(FEATURES) + 1


def test_open_gold_and_a_teachers_labels_are_trained_on(folder: Path, tmp_path: Path, rules: Language) -> None:
    data = tmp_path / "open"
    data.mkdir()
    row = {"text": "Tarvo met in Lahore.", "spans": [{"start": 13, "end": 19, "label": "GPE"}], "split": "train"}
    for name in ("crossner_politics", "crossner_other", "uner_ewt", "re3d"):
        rows = [row, {**row, "split": "test"}]
        (data / f"{name}.jsonl").write_text("\n".join(json.dumps(one) for one in rows), encoding="utf-8")
    (data / teacher_labels.TEXTS).write_text('{"text": "Kandro left."}\n{"text": "It rained."}\n', encoding="utf-8")
    texts = teacher_labels.unlabelled(rules, data)
    logs = [np.log(np.random.default_rng(1).dirichlet(np.ones(len(TAGS)), len(one.words))) for one in texts]
    teacher_labels.save(tmp_path / "taught.npz", logs)
    told = build(folder, tmp_path / "out", open_data=data, taught=tmp_path / "taught.npz")
    assert told[0] == "9 articles, 6 texts of open gold, 2 texts labelled by the teacher"


def test_training_goes_on_from_weights(folder: Path, tmp_path: Path) -> None:
    build(folder, tmp_path / "one")
    start = str(tmp_path / "one" / "network.npz")
    again = ["--out", str(tmp_path / "two"), "--from", start, "--corpus", str(folder), "--epochs", "1", "--rate", "0"]
    assert train.main(again) == 0
    assert (tmp_path / "two" / "network.npz").read_bytes() == Path(start).read_bytes()


def test_a_teachers_labels_for_other_texts_are_refused(tmp_path: Path, rules: Language) -> None:
    (tmp_path / teacher_labels.TEXTS).write_text('{"text": "It rained."}\n', encoding="utf-8")
    teacher_labels.save(tmp_path / "taught.npz", [np.zeros((1, len(TAGS)), np.float32)])
    with pytest.raises(ValueError, match="other texts"):
        teacher_labels.items(rules, tmp_path, tmp_path / "taught.npz")


def test_the_command_says_what_is_wrong_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert train.main(["--out", str(tmp_path), "--open-data", str(tmp_path / "none")]) == 2
    assert "none" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        train.main(["--taught", "x.npz"])
    assert "--open-data" in capsys.readouterr().err


# Scores ----------------------------------------------------------------------------------------------------


def test_calibration_finds_the_model_that_made_the_data() -> None:
    random = np.random.default_rng(0)
    rows = random.standard_normal((4000, 3))
    right = random.random(4000) < 1 / (1 + np.exp(-(rows @ np.array([1.5, -1.0, 0.0]) + 0.5)))
    np.testing.assert_allclose(calibrate.fit(rows, right).weights, [1.5, -1.0, 0.0, 0.5], atol=0.15)


def test_reliability_counts_by_bin_and_above_the_threshold() -> None:
    held = calibrate.reliability([0.96, 0.98, 0.2, 0.2], [True, False, False, False])
    assert held.above == 0.5 and held.right_above == 0.5
    assert held.error == pytest.approx((0.94 + 0.4) / 4)
    assert calibrate.reliability([], []).error == 0


# Knowledge -------------------------------------------------------------------------------------------------


def test_an_encoder_is_distilled_into_a_table_of_its_latin_pieces(tmp_path: Path) -> None:
    encoder = knowledge.Encoder(write_encoder(tmp_path))
    names, table = knowledge.distil(encoder, 4)
    assert names == ["the", "said", "in", ".", "ken", "##ya"]
    assert table.shape == (6, 4) and table.std() == pytest.approx(1, abs=0.01)
    assert knowledge.main([str(tmp_path), "--out", str(tmp_path / "table.npz")]) == 0
    network = train.knowing(tmp_path / "table.npz")
    assert network.pieces.of("Kenya") == (4, 5)


def test_a_file_that_is_no_safetensors_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"\xff" * 20)
    with pytest.raises(ValueError, match="no safetensors"):
        knowledge.read_safetensors(path)


def test_an_example_gives_its_ranges() -> None:
    one = Example(["a", "B", "C", "D"], [True] * 4, ["O", "B-ORG", "L-ORG", "U-GPE"], "written")
    assert list(one.ranges()) == [(1, 3, "ORG"), (3, 4, "GPE")]
