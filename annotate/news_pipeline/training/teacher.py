"""Fine-tunes a sentence encoder on the gold and has it label plain text, from which the small network then learns.

`python -m annotate.news_pipeline.training.teacher ENCODER --open-data DIR --out FILE` needs PyTorch, which nothing else
here does. ENCODER is a folder as `knowledge` reads it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray

from annotate.news_pipeline import load_rules
from annotate.news_pipeline.network import Floats
from annotate.news_pipeline.pieces import Pieces
from annotate.news_pipeline.tags import TAGS
from annotate.news_pipeline.train import gather
from annotate.news_pipeline.training import corpus, teacher_labels
from annotate.news_pipeline.training.augment import vary
from annotate.news_pipeline.training.examples import Example, allowed, examples, open_examples
from annotate.news_pipeline.training.knowledge import Encoder
from annotate.news_pipeline.training.trainer import read_with_rules

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError:
    sys.exit("the teacher needs PyTorch: pip install torch")

_LONGEST = 250
"""Pieces that are read at once."""
_AT_ONCE = 3500
_CASES = 16
_NO_HINTS = 0.15
_WARM_UP = 0.06
_FROZEN = ("we", "pe", "te", "ln", "layers.0")
_FRESH = ("case", "hint", "conv", "out")
_RATE, _FRESH_RATE = 1e-4, 1e-3


@dataclass(frozen=True, slots=True)
class Part:
    """A run of tokens that the teacher reads at once: their pieces, cases, the rules' tags, and their gold tags."""

    pieces: list[tuple[int, ...]]
    cases: list[int]
    hints: list[int]
    tags: list[str]
    kind: str

    @property
    def size(self) -> int:
        """Pieces, with those that open and close."""
        return sum(map(len, self.pieces)) + 2


class Layer(nn.Module):  # type: ignore[misc]
    """One layer of the encoder."""

    def __init__(self, weights: dict[str, Floats], name: str, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v = (
            _linear(weights, f"{name}.attention.self.{part}") for part in ("query", "key", "value")
        )
        self.o = _linear(weights, f"{name}.attention.output.dense")
        self.n1 = _norm(weights, f"{name}.attention.output.LayerNorm")
        self.f1 = _linear(weights, f"{name}.intermediate.dense")
        self.f2 = _linear(weights, f"{name}.output.dense")
        self.n2 = _norm(weights, f"{name}.output.LayerNorm")
        self.d = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The layer's output, shape (rows, pieces, width)."""
        rows, size, width = x.shape
        q, k, v = (one(x).view(rows, size, self.heads, -1).transpose(1, 2) for one in (self.q, self.k, self.v))
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.n1(x + self.d(self.o(seen.transpose(1, 2).reshape(rows, size, width))))
        return self.n2(x + self.d(self.f2(functional.gelu(self.f1(x)))))


class Teacher(nn.Module):  # type: ignore[misc]
    """The encoder with letter case added at its input, and the rules' tags and a small convolution at its output."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        encoder = Encoder(folder)
        weights = encoder.weights
        width = encoder.inputs.shape[1]
        self.pieces = Pieces(encoder.names)
        self.marks = [encoder.names.index(name) for name in ("[CLS]", "[SEP]", "[UNK]")]
        self.we = nn.Embedding.from_pretrained(torch.from_numpy(encoder.inputs))
        self.pe = nn.Embedding.from_pretrained(torch.from_numpy(weights["embeddings.position_embeddings.weight"]))
        self.te = nn.Parameter(torch.from_numpy(weights["embeddings.token_type_embeddings.weight"][0]))
        self.ln = _norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList(
            Layer(weights, f"encoder.layer.{number}", encoder.heads) for number in range(encoder.layers)
        )
        self.case = nn.Embedding(_CASES, width)
        nn.init.normal_(self.case.weight, std=0.01)
        self.hint, self.case2 = nn.Embedding(len(TAGS), 48), nn.Embedding(_CASES, 32)
        self.conv = nn.Conv1d(width + 80, width, 3, padding=1)
        self.out = nn.Linear(width, len(TAGS))
        self.d = nn.Dropout(0.15)
        for name, parameter in self.named_parameters():
            parameter.requires_grad = not name.startswith(_FROZEN)

    def forward(self, parts: Sequence[Part]) -> torch.Tensor:
        """Scores of tags before the softmax, shape (parts, most tokens, tags)."""
        ids, case, mask, ends, cases, hints = self._arrays(parts)
        places = torch.arange(ids.shape[1])[None]
        x = self.d(self.ln(self.we(ids) + self.pe(places) + self.te + self.case(case)))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        rows = torch.arange(len(parts))[:, None]
        x = (x[rows, ends[0]] + x[rows, ends[1]]) / 2
        x = torch.cat([x, self.case2(cases), self.hint(hints)], -1)
        return self.out(self.d(functional.gelu(self.conv(x.transpose(1, 2)).transpose(1, 2))))

    def _arrays(self, parts: Sequence[Part]) -> list[torch.Tensor]:
        most, tokens = max(part.size for part in parts), max(len(part.pieces) for part in parts)
        ids, case = np.zeros((2, len(parts), most), np.int64)
        mask = np.zeros((len(parts), most), np.bool_)
        ends = np.zeros((2, len(parts), tokens), np.int64)
        cases, hints = np.full((len(parts), tokens), _CASES - 1), np.zeros((len(parts), tokens), np.int64)
        for row, part in enumerate(parts):
            flat = [piece for pieces in part.pieces for piece in pieces]
            sizes = np.array([len(pieces) for pieces in part.pieces])
            ids[row, : part.size] = [self.marks[0], *flat, self.marks[1]]
            case[row, 1 : part.size - 1] = np.repeat(part.cases, sizes)
            mask[row, : part.size] = True
            last = np.cumsum(sizes)
            ends[:, row, : len(sizes)] = last - sizes + 1, last
            cases[row, : len(sizes)], hints[row, : len(sizes)] = part.cases, part.hints
        return [torch.from_numpy(one) for one in (ids, case, mask, ends, cases, hints)]

    def read(self, example: Example, hints: NDArray[np.int64]) -> Iterator[Part]:
        """An example in parts, at line breaks where there are any."""
        pieces = [self.pieces.of(word) or (self.marks[2],) for word in example.words]
        start = 0
        while start < len(pieces):
            end = self._end(pieces, example.words, start)
            cases = [case_of(word) for word in example.words[start:end]]
            yield Part(pieces[start:end], cases, hints[start:end].tolist(), example.tags[start:end], example.kind)
            start = end

    def _end(self, pieces: list[tuple[int, ...]], words: list[str], start: int) -> int:
        size, end, after_break = 0, start, start
        while end < len(pieces) and size + len(pieces[end]) <= _LONGEST:
            size += len(pieces[end])
            end += 1
            after_break = end if "\n" in words[end - 1] else after_break
        return after_break if end < len(pieces) and after_break > start else end


def _linear(weights: dict[str, Floats], name: str) -> nn.Linear:
    weight = torch.from_numpy(weights[f"{name}.weight"])
    linear = nn.Linear(weight.shape[1], weight.shape[0])
    linear.weight.data, linear.bias.data = weight, torch.from_numpy(weights[f"{name}.bias"])
    return linear


def _norm(weights: dict[str, Floats], name: str) -> nn.LayerNorm:
    weight = torch.from_numpy(weights[f"{name}.weight"])
    norm = nn.LayerNorm(weight.shape[0], eps=1e-12)
    norm.weight.data, norm.bias.data = weight, torch.from_numpy(weights[f"{name}.bias"])
    return norm


def case_of(word: str) -> int:
    """How a word is written: a number below _CASES - 1."""
    tests = (
        word.isspace(),
        word.islower(),
        word.isupper() and len(word) == 1,
        word.isupper(),
        word.istitle(),
        word[:1].isupper(),
        word.isdigit(),
        any(char.isdigit() for char in word),
        any(char.isupper() for char in word),
    )
    kinds = (0, 1, 2, 3, 4, 5, 6, 7, 8)
    return next((kind for kind, true in zip(kinds, tests, strict=True) if true), 9)


def _batches(parts: Sequence[Part], random: Random | None) -> list[list[int]]:
    """Numbers of parts of like length, a batch each; in random order to train."""
    sizes = [part.size + (random.random() * 30 if random else 0.0) for part in parts]
    batches: list[list[int]] = [[]]
    for number in sorted(range(len(parts)), key=sizes.__getitem__):
        held = batches[-1]
        most = max([parts[number].size, *(parts[other].size for other in held)])
        if held and most * (len(held) + 1) > _AT_ONCE:
            batches.append([])
        batches[-1].append(number)
    if random:
        random.shuffle(batches)
    return batches


def fine_tune(
    teacher: Teacher, epoch_parts: Callable[[int], list[Part]], epochs: int, seed: int, tell: Callable[[str], None]
) -> None:
    """Train the teacher's upper layers on gold, the rate going up shortly and then down to nothing."""
    random, step, total = Random(seed), 0, 0
    trained = [(name, one) for name, one in teacher.named_parameters() if one.requires_grad]
    groups = [(_RATE, False), (_FRESH_RATE, True)]
    optimizer = torch.optim.AdamW(
        [
            {"params": [one for name, one in trained if name.startswith(_FRESH) == fresh], "top": top}
            for top, fresh in groups
        ],
        weight_decay=0.01,
    )
    teacher.train()
    for epoch in range(epochs):
        parts = epoch_parts(epoch)
        batches = _batches(parts, random)
        total = total or epochs * len(batches)
        losses = []
        for batch in batches:
            slope = min(1.0, step / (_WARM_UP * total)) * max(0.0, 1 - step / total)
            for group in optimizer.param_groups:
                group["lr"] = group["top"] * slope
            loss = _loss(teacher, [parts[number] for number in batch])
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([one for _, one in trained], 1.0)
            optimizer.step()
            losses.append(float(loss.detach()))
            step += 1
        tell(f"epoch {epoch + 1} of {epochs}: loss {sum(losses) / len(losses):.4f}")


def _loss(teacher: Teacher, parts: Sequence[Part]) -> torch.Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        found = teacher(parts)
    logs = functional.log_softmax(found.float(), -1)
    logs = torch.cat([row[: len(part.tags)] for row, part in zip(logs, parts, strict=True)])
    may = torch.from_numpy(np.concatenate([allowed(part.tags, part.kind) for part in parts]))
    return -torch.logsumexp(logs.masked_fill(~may, -1e9), -1).mean()


def label(teacher: Teacher, texts: Sequence[tuple[Example, NDArray[np.int64]]]) -> list[Floats]:
    """The tags' log probabilities in each text, given with the rules' tags, shape (tokens, tags) each."""
    teacher.eval()
    parts: list[Part] = []
    owners: list[int] = []
    for number, (example, hints) in enumerate(texts):
        for part in teacher.read(example, hints):
            parts.append(part)
            owners.append(number)
    logs: list[Floats] = [np.zeros((0, len(TAGS)), np.float32)] * len(parts)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in _batches(parts, None):
            if batch:
                found = functional.log_softmax(teacher([parts[at] for at in batch]).float(), -1).numpy()
                for row, at in enumerate(batch):
                    logs[at] = found[row, : len(parts[at].pieces)]
    nothing = np.zeros((0, len(TAGS)), np.float32)
    joined: list[list[Floats]] = [[nothing] for _ in texts]
    for owner, one in zip(owners, logs, strict=True):
        joined[owner].append(one)
    return [np.concatenate(one) for one in joined]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m annotate.news_pipeline.training.teacher")
    parser.add_argument("encoder", type=Path, help="folder with model.safetensors, config.json and vocab.txt")
    parser.add_argument("--open-data", type=Path, required=True, metavar="DIR", help="gold and plain text, JSONL")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the labels, as .npz")
    parser.add_argument("--corpus", type=Path, default=corpus.FOLDER, metavar="DIR", help="the batches")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--texts", type=int, metavar="N", help="label only the first N plain texts")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    torch.manual_seed(options.seed)
    rules, teacher = load_rules(), Teacher(options.encoder)
    written = examples(rules, corpus.articles("train", options.corpus), "written")
    gold, _ = open_examples(rules, options.open_data)
    names = gather(rules, options.corpus)

    def epoch_parts(epoch: int) -> list[Part]:
        """The corpus varied, and a part of the open gold, so that each of its texts is seen once."""
        random = Random(1000 * options.seed + epoch)
        parts: list[Part] = []
        for one in [*written, *gold[epoch % options.epochs :: options.epochs]]:
            varied = vary(one, names, random)
            hints = read_with_rules(rules, varied).hints
            parts += teacher.read(varied, hints * 0 if random.random() < _NO_HINTS else hints)
        return parts

    fine_tune(teacher, epoch_parts, options.epochs, options.seed, print)
    texts = teacher_labels.unlabelled(rules, options.open_data)[: options.texts]
    teacher_labels.save(options.out, label(teacher, [(one, read_with_rules(rules, one).hints) for one in texts]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
