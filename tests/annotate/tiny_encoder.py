"""A sentence encoder of random weights, small enough for tests, in the files that real ones come in."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np


def write_encoder(folder: Path) -> Path:
    """An encoder of two layers with random weights, in the files that real ones come in."""
    names = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "said", "in", ".", "ken", "##ya", "東"]
    random, width = np.random.default_rng(5), 8
    shapes = {
        "embeddings.word_embeddings.weight": (len(names), width),
        "embeddings.position_embeddings.weight": (300, width),
        "embeddings.token_type_embeddings.weight": (2, width),
        "embeddings.LayerNorm.weight": (width,),
        "embeddings.LayerNorm.bias": (width,),
    }
    for number in range(2):
        layer = f"encoder.layer.{number}."
        for part, rows, columns in (
            *((f"attention.self.{part}", width, width) for part in ("query", "key", "value")),
            ("attention.output.dense", width, width),
            ("intermediate.dense", 16, width),
            ("output.dense", width, 16),
        ):
            shapes |= {f"{layer}{part}.weight": (rows, columns), f"{layer}{part}.bias": (rows,)}
        for part in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{layer}{part}.weight": (width,), f"{layer}{part}.bias": (width,)}
    about, data = {}, b""
    for name, size in shapes.items():
        held = random.standard_normal(size).astype(np.float32).tobytes()
        about[name] = {"dtype": "F32", "shape": size, "data_offsets": [len(data), len(data) + len(held)]}
        data += held
    head = json.dumps({"__metadata__": {}, **about}).encode()
    (folder / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + data)
    (folder / "config.json").write_text('{"num_hidden_layers": 2, "num_attention_heads": 2}')
    (folder / "vocab.txt").write_text("\n".join(names), encoding="utf-8")
    return folder
