"""Hugging Face's folder in Parquet, for corpora that are large or go to its hub; needs the extra `parquet`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from store.formats.huggingface import CAN, CARD, SPLITS, card, read, tag_names
from store.formats.model import Format, FormatError, GoldArticle, WriteOptions
from store.formats.rows import row_of
from store.formats.tokens import tokenizer
from store.records import Doc

_ROWS = 1000
"""Rows of a group, which is what is in memory at a time."""


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write data/SPLIT.parquet for each part, and the card.

    Raises:
        FormatError: the extra is not installed.
    """
    cut, names = tokenizer(options.language), tag_names(options.scheme)
    numbers = {name: number for number, name in enumerate(names)}
    (path / "data").mkdir()
    parts: dict[str, _Part] = {}
    for article in articles:
        split = SPLITS[article.part]
        if split not in parts:
            parts[split] = _Part(path / "data" / f"{split}.parquet", names)
        parts[split].add(row_of(article, cut(article.text), numbers))
    if not parts:
        parts["train"] = _Part(path / "data" / "train.parquet", names)
    counts = {split: part.close() for split, part in parts.items()}
    (path / CARD).write_text(card(options, names, counts, "parquet"), "utf-8", newline="\n")
    return []


class _Part:
    """One file in the making."""

    def __init__(self, path: Path, names: list[str]) -> None:
        self._arrow, parquet = _pyarrow(path)
        arrow = self._arrow
        number, text = arrow.int64(), arrow.string()
        span = arrow.struct([("start", number), ("end", number), ("label", text)])
        self._schema = arrow.schema(
            [
                ("id", text),
                ("title", text),
                ("text", text),
                ("tokens", arrow.list_(text)),
                ("ner_tags", arrow.list_(number)),
                ("spans", arrow.list_(span)),
            ],
            metadata={"huggingface": json.dumps({"info": {"features": _features(names)}}, ensure_ascii=False)},
        )
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Doc] = []
        self._count = 0

    def add(self, row: Doc) -> None:
        self._rows.append(row)
        self._count += 1
        if len(self._rows) == _ROWS:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, self._schema))
        self._rows = []

    def close(self) -> int:
        self._flush()
        self._writer.close()
        return self._count


def _features(names: list[str]) -> Doc:
    text, number = {"dtype": "string", "_type": "Value"}, {"dtype": "int64", "_type": "Value"}
    return {
        "id": text,
        "title": text,
        "text": text,
        "tokens": {"feature": text, "_type": "Sequence"},
        "ner_tags": {"feature": {"names": names, "_type": "ClassLabel"}, "_type": "Sequence"},
        "spans": [{"start": number, "end": number, "label": text}],
    }


def rows(path: Path) -> Iterator[tuple[int, Doc]]:
    """A file's rows with their numbers, from 1; the tags' names are under "__tags__" where the file has them.

    Raises:
        FormatError: it is no Parquet, or the extra is not installed.
    """
    arrow, parquet = _pyarrow(path)
    try:
        with parquet.ParquetFile(path) as file:
            names = _names(file.schema_arrow.metadata or {})
            number = 0
            for batch in file.iter_batches(_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    yield number, {**row, "__tags__": names}
    except (arrow.ArrowException, OSError) as error:
        line = str(error).split("\n")[0]
        raise FormatError(path, 0, f"no Parquet, or a damaged one: {line}") from error


def _names(metadata: dict[bytes, bytes]) -> list[str]:
    try:
        features = json.loads(metadata.get(b"huggingface", b"{}"))["info"]["features"]
        names = features["ner_tags"]["feature"]["names"]
        return [str(one) for one in names]
    except (ValueError, KeyError, TypeError):
        return []


def _pyarrow(path: Path) -> tuple[Any, Any]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise FormatError(
            path, 0, "Parquet needs pyarrow: pip install 'manicule[parquet]' (pipx inject manicule pyarrow)"
        ) from error
    return pyarrow, parquet


FORMAT = Format("huggingface-parquet", "the same in Parquet", "", CAN, write, read, splits=True)
