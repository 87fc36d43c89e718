"""The component that runs the network over a document: its answer takes the place of what the rules before it found."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.network import Floats, Network, Shape, Text, Weights
from annotate.news_pipeline.pieces import Pieces
from annotate.news_pipeline.spans import Found, read_ents, write_ents
from annotate.news_pipeline.tags import LABELS, best_tags, entities, tag_numbers
from annotate.news_pipeline.words import Words, words_of

FACTORY = "manicule_network"
WEIGHTS = Path(__file__).parent / "weights" / "network.npz"
"""The shipped weights."""

LOGS = "manicule_network"
"""Where `doc.user_data` holds the tags' log probabilities until the scores are made from them."""

_FILE = "network.npz"
_TOKENS_AT_ONCE = 4000


class Labeller:
    """Labels tokens with a network that reads what the rules before it found.

    `labels` says which labels are the network's; what the rules found of other labels stays. Without `hints` the
    network does not look at the rules.
    """

    def __init__(self, labels: Sequence[str], hints: bool, network: Network | None = None) -> None:
        self.labels = frozenset(labels)
        self.hints = hints
        self._network = network

    @property
    def network(self) -> Network:
        """The network, the shipped one unless another was loaded."""
        if self._network is None:
            self._network = shipped()
        return self._network

    @network.setter
    def network(self, network: Network) -> None:
        self._network = network

    def __call__(self, doc: Doc) -> Doc:
        """The document with the network's entities."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 8) -> Iterator[Doc]:
        """The documents with the network's entities; several run through it at once."""
        batch: list[Doc] = []
        for doc in stream:
            batch.append(doc)
            if len(batch) == batch_size or sum(map(len, batch)) > _TOKENS_AT_ONCE:
                yield from self._label(batch)
                batch = []
        yield from self._label(batch)

    def _label(self, docs: Sequence[Doc]) -> Iterator[Doc]:
        texts = [read(words_of(doc), read_ents(doc) if self.hints else []) for doc in docs]
        pieces = [list(_cut(text)) for text in texts]
        logs = iter(self._run([piece for cut in pieces for piece in cut]))
        for doc, cut in zip(docs, pieces, strict=True):
            self._set(doc, np.concatenate([next(logs) for _ in cut]))
            yield doc

    def _run(self, texts: Sequence[Text]) -> Iterator[Floats]:
        batch: list[Text] = []
        for text in texts:
            if batch and sum(len(held.words) for held in batch) + len(text.words) > _TOKENS_AT_ONCE:
                yield from self.network.log_probabilities(batch)
                batch = []
            batch.append(text)
        yield from self.network.log_probabilities(batch)

    def _set(self, doc: Doc, logs: Floats) -> None:
        doc.user_data[LOGS] = logs
        found = [one for one in entities(best_tags(logs)) if one.label in self.labels]
        taken = {at for one in found for at in range(one.start, one.end)}
        kept = [one for one in read_ents(doc) if one.label not in self.labels]
        kept = [one for one in kept if taken.isdisjoint(range(one.start, one.end))]
        write_ents(doc, sorted([*found, *kept], key=lambda one: one.start))

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The network as bytes."""
        return pack(self.network)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Labeller:
        """Take over the network from to_bytes."""
        self._network = unpack(data)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the network into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _FILE).write_bytes(pack(self.network))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Labeller:
        """Take over the network from to_disk."""
        return self.from_bytes((Path(path) / _FILE).read_bytes())


def read(words: Words, found: Sequence[Found]) -> Text:
    """What the network reads of a document in which the rules found these entities."""
    flags = [opens + 2 * titled + 4 * loud for opens, titled, loud in _line_styles(words)]
    return Text(words.texts, tag_numbers(found, len(words)), np.array(flags, dtype=np.int64))


def _line_styles(words: Words) -> Iterable[tuple[bool, bool, bool]]:
    return zip(words.opens, words.titled, words.shouted, strict=True)


def _cut(text: Text, most: int = _TOKENS_AT_ONCE) -> Iterator[Text]:
    """The text in parts that fit into memory, at line breaks where there are any; an ordinary article is one part."""
    start, size = 0, len(text.words)
    while size - start > most:
        end = start + most
        breaks = (at for at in range(end, start + most // 2, -1) if "\n" in text.words[at - 1])
        end = next(breaks, end)
        yield Text(text.words[start:end], text.hints[start:end], text.flags[start:end])
        start = end
    yield Text(text.words[start:], text.hints[start:], text.flags[start:])


def pack(network: Network) -> bytes:
    """A network as the bytes of an .npz file: weights in half precision, the table of pieces in eight bits."""
    scale = np.abs(network.piece_table).max(axis=0, initial=1e-6) / 127
    about = json.dumps({"shape": asdict(network.shape), "pieces": network.pieces.names}, ensure_ascii=False)
    arrays: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]] = {
        "about": np.frombuffer(about.encode("utf-8"), np.uint8),
        "piece.table": np.round(network.piece_table / scale).astype(np.int8),
        "piece.scale": scale.astype(np.float32),
    }
    arrays |= {f"weight.{name}": value.astype(np.float16) for name, value in network.weights.items()}
    held = io.BytesIO()
    np.savez_compressed(held, allow_pickle=False, **arrays)
    return held.getvalue()


def unpack(data: bytes) -> Network:
    """The network in the bytes of an .npz file."""
    with np.load(io.BytesIO(data), allow_pickle=False) as held:
        about = json.loads(held["about"].tobytes().decode("utf-8"))
        table = held["piece.table"].astype(np.float32) * held["piece.scale"]
        weights: Weights = {
            name.removeprefix("weight."): held[name].astype(np.float32) for name in held if name.startswith("weight.")
        }
    shape = Shape(**{**about["shape"], "windows": tuple(about["shape"]["windows"])})
    return Network(shape, weights, Pieces(about["pieces"]), table)


@cache
def shipped() -> Network:
    """The network with the shipped weights, read once."""
    return unpack(WEIGHTS.read_bytes())


@Language.factory(FACTORY, default_config={"labels": list(LABELS), "hints": True}, assigns=["doc.ents"])
def make_network(nlp: Language, name: str, labels: list[str], hints: bool) -> Labeller:
    """Build the component; `labels` is a subset of the labels that the network knows."""
    return Labeller(labels, hints)
