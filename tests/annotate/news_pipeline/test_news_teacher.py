"""The teacher needs PyTorch: where that is missing it says so in a line, and where it is there it learns and labels."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_encoder import write_encoder

from annotate.news_pipeline.training import corpus, teacher_labels

MODULE = "annotate.news_pipeline.training.teacher"
THERE = importlib.util.find_spec("torch") is not None


@pytest.mark.skipif(THERE, reason="PyTorch is there")
def test_without_pytorch_it_says_what_to_install() -> None:
    run = subprocess.run([sys.executable, "-m", MODULE], capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 1
    assert run.stderr == "the teacher needs PyTorch: pip install torch\n"


@pytest.mark.skipif(not THERE, reason="needs PyTorch")
def test_a_teacher_learns_and_labels(tmp_path: Path) -> None:
    from annotate.news_pipeline.training import teacher

    data, batches = tmp_path / "open", tmp_path / "corpus"
    data.mkdir()
    batches.mkdir()
    row = {"text": "Tarvo met in Lahore.", "spans": [{"start": 13, "end": 19, "label": "GPE"}], "split": "train"}
    for name in ("crossner_politics", "crossner_other", "uner_ewt", "re3d"):
        (data / f"{name}.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (data / teacher_labels.TEXTS).write_text(
        '{"text": "Kenya said\\n."}\n{"text": ""}\n{"text": "It"}\n', encoding="utf-8"
    )
    for name in ("01-x-a", corpus.DEV[0]):
        (batches / f"{name}.txt").write_text("=== 1 | a | b\nHe left [Kenya|GPE].\n" * 3, encoding="utf-8")
    out = tmp_path / "taught.npz"
    arguments = [str(write_encoder(tmp_path)), "--open-data", str(data), "--corpus", str(batches), "--out", str(out)]
    assert teacher.main([*arguments, "--epochs", "2", "--texts", "2"]) == 0
    (item,) = teacher_labels.items(teacher.load_rules(), data, out)
    assert item.text.words == ["Kenya", "said", "\n", "."]
    assert item.taught is not None and item.taught[0].shape == (4, 4)
