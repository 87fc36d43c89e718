"""Transformers models as pipelines.

What needs the library runs where it is installed: `pip install transformers torch`, then pytest on this file.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate import transformer_pipeline
from annotate.errors import PipelineError
from annotate.extraction import suggest
from annotate.outcomes import Pipeline
from annotate.pipelines import load_pipeline, taken_from
from annotate.suggestions import Source
from annotate.transformer_pipeline import TransformersPipeline

needs_transformers = pytest.mark.skipif(
    not all(map(importlib.util.find_spec, ("transformers", "torch"))), reason="transformers is not installed"
)


def _answering(text: str) -> list[dict[str, Any]]:
    """What transformers would answer of a text in which Lima and York are places."""
    if "bad" in text:
        raise RuntimeError("out of memory\nsecond line")
    found = []
    for town in ("Lima", "York"):
        if town in text:
            start = text.index(town) - 1 if text.index(town) else 0
            found.append({"entity_group": "LOC", "score": 0.5, "start": start, "end": text.index(town) + 4})
    return found


def _run(given: str | list[str], batch_size: int = 1) -> Any:
    return _answering(given) if isinstance(given, str) else [_answering(one) for one in given]


def test_answers_are_suggestions_without_space_at_their_edges_and_with_scores() -> None:
    found = suggest(TransformersPipeline(_run, Source("towns", "abc")), "In Lima and York")
    assert [(one.span.start, one.span.end, one.span.label, one.score) for one in found] == [
        (3, 7, "LOC", 0.5),
        (12, 16, "LOC", 0.5),
    ]
    assert {(one.source, one.version) for one in found} == {("towns", "abc")}


def test_one_text_that_fails_does_not_take_its_batch_with_it() -> None:
    outcomes = TransformersPipeline(_run, Source("towns")).read(["Lima", "bad Lima", "York"])
    assert [problem for _, problem in outcomes] == ["", "RuntimeError: out of memory", ""]
    assert [len(found) for found, _ in outcomes] == [1, 0, 1]


@pytest.mark.parametrize("missing", [["torch"], ["transformers", "torch"]])
def test_without_the_library_the_command_that_installs_it_is_said(
    missing: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transformer_pipeline, "find_spec", lambda name: None if name in missing else object())
    (tmp_path / "config.json").write_text("{}")
    for name in ("transformers:some/model", str(tmp_path)):
        with pytest.raises(PipelineError) as caught:
            load_pipeline(name)
        assert "\n" not in caught.value.message
        assert f"needs {' and '.join(missing)}, which " in caught.value.message
        assert caught.value.message.endswith(" ".join(missing))


def test_a_path_behind_the_prefix_is_the_project_s(tmp_path: Path) -> None:
    (tmp_path / "models" / "ner").mkdir(parents=True)
    assert taken_from(tmp_path, "transformers:models/ner") == f"transformers:{tmp_path / 'models/ner'}"
    assert taken_from(tmp_path, "transformers:some/model") == "transformers:some/model"
    assert taken_from(tmp_path, "models/ner") == str(tmp_path / "models/ner")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Pipeline]]:
    """A model with weights set by hand: lima is B-LOC; new and ##york are B-LOC and I-LOC."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("models") / "tiny"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "in", ".", "lima", "new", "##york"]
    (folder / "vocab.txt").write_text("\n".join(words) + "\n")
    labels = {0: "O", 1: "B-LOC", 2: "I-LOC"}
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=4,
        num_hidden_layers=0,
        num_attention_heads=1,
        max_position_embeddings=32,
        id2label=labels,
        label2id={name: number for number, name in labels.items()},
    )
    model = transformers.BertForTokenClassification(config)
    with torch.no_grad():
        for weights in model.parameters():
            weights.zero_()
        model.bert.embeddings.LayerNorm.weight.fill_(1.0)
        kinds = [1 if word in ("lima", "new") else 2 if word == "##york" else 0 for word in words]
        for number, kind in enumerate(kinds):
            model.bert.embeddings.word_embeddings.weight[number, kind] = 1.0
        model.classifier.weight[:3, :3] = 5.0 * torch.eye(3)
    model.save_pretrained(folder)
    transformers.BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=True).save_pretrained(folder)
    yield folder, load_pipeline(str(folder))


@needs_transformers
def test_a_folder_of_a_model_is_a_source_of_its_name(tiny: tuple[Path, Pipeline]) -> None:
    folder, pipeline = tiny
    assert (pipeline.source.name, pipeline.source.version) == ("tiny", "")
    assert load_pipeline(f"transformers:{folder}").source == pipeline.source
    before = pipeline.source.fingerprint
    (folder / "more.txt").write_text("x")
    assert load_pipeline(str(folder)).source.fingerprint != before


@needs_transformers
def test_pieces_of_words_become_entities_and_long_texts_are_read_to_their_end(tiny: tuple[Path, Pipeline]) -> None:
    _, pipeline = tiny
    text = "In Newyork. " + "in . " * 500 + "\U0001f600 in Lima.\n\nLIMA."
    found = suggest(pipeline, text)
    assert [text[one.span.start : one.span.end] for one in found] == ["Newyork", "Lima", "LIMA"]
    assert {one.span.label for one in found} == {"LOC"}
    assert all(one.score is not None and 0.5 < one.score <= 1.0 for one in found)


@needs_transformers
def test_texts_together_give_what_each_gives_alone(tiny: tuple[Path, Pipeline]) -> None:
    _, pipeline = tiny
    texts = ["", " \n", "Lima", "in . " * 40 + "Lima", "日本 Lima"]
    assert pipeline.read(texts) == [pipeline.read([text])[0] for text in texts]
    assert [problem for _, problem in pipeline.read(texts)] == [""] * 5


@needs_transformers
def test_a_model_for_something_else_is_refused(tiny: tuple[Path, Pipeline], tmp_path: Path) -> None:
    config = (tiny[0] / "config.json").read_text()
    (tmp_path / "config.json").write_text(config.replace("BertForTokenClassification", "BertForMaskedLM"))
    with pytest.raises(PipelineError, match="it is no model for token classification"):
        load_pipeline(str(tmp_path))
