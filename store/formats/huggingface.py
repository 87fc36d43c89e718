"""A folder for Hugging Face's datasets: JSONL or Parquet, and a card that says what the numbers of the tags mean."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any

from annotate.schemes import LabelScheme
from store.formats.json_files import object_lines, parse, to_line
from store.formats.model import (
    Capabilities,
    Format,
    FormatError,
    GoldArticle,
    ReadArticle,
    ReadOptions,
    WriteOptions,
)
from store.formats.rows import read_row, row_of
from store.formats.tokens import tokenizer
from store.records import Doc, RecordError

CARD = "README.md"
SPLITS = {"": "train", "train": "train", "dev": "validation", "test": "test"}
"""What datasets calls the parts of a corpus."""


def tag_names(scheme: LabelScheme) -> list[str]:
    """The tags in the order of their numbers: O, then B and I of each label, sorted."""
    return ["O", *(f"{prefix}-{label}" for label in sorted(one.name for one in scheme.labels) for prefix in "BI")]


def write(path: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write data/SPLIT.jsonl for each part, and the card."""
    cut, names = tokenizer(options.language), tag_names(options.scheme)
    numbers = {name: number for number, name in enumerate(names)}
    (path / "data").mkdir()
    files: dict[str, IO[str]] = {}
    counts: dict[str, int] = {}
    with ExitStack() as stack:
        for article in articles:
            split = SPLITS[article.part]
            if split not in files:
                part = (path / "data" / f"{split}.jsonl").open("w", encoding="utf-8", newline="\n")
                files[split] = stack.enter_context(part)
            files[split].write(to_line(row_of(article, cut(article.text), numbers)) + "\n")
            counts[split] = counts.get(split, 0) + 1
    if not counts:
        (path / "data" / "train.jsonl").touch()
        counts["train"] = 0
    (path / CARD).write_text(card(options, names, counts, "jsonl"), "utf-8", newline="\n")
    return []


def card(options: WriteOptions, names: Sequence[str], counts: dict[str, int], suffix: str) -> str:
    """The card: what datasets reads in its head, and a few words for people."""
    order = [split for split in ("train", "validation", "test") if split in counts]
    files = "".join(f"  - split: {split}\n    path: data/{split}.{suffix}\n" for split in order)
    tags = "".join(
        f"          '{number}': {json.dumps(name, ensure_ascii=False)}\n" for number, name in enumerate(names)
    )
    sizes = "".join(f"  - name: {split}\n    num_examples: {counts[split]}\n" for split in order)
    title = options.title or "A corpus"
    return (
        "---\n"
        f"language:\n- {options.language}\n"
        "task_categories:\n- token-classification\n"
        "task_ids:\n- named-entity-recognition\n"
        f"pretty_name: {json.dumps(title, ensure_ascii=False)}\n"
        f"configs:\n- config_name: default\n  data_files:\n{files}"
        "dataset_info:\n  features:\n"
        "  - name: id\n    dtype: string\n"
        "  - name: title\n    dtype: string\n"
        "  - name: text\n    dtype: string\n"
        "  - name: tokens\n    sequence: string\n"
        "  - name: ner_tags\n    sequence:\n      class_label:\n        names:\n"
        f"{tags}"
        "  - name: spans\n    list:\n    - name: start\n      dtype: int64\n    - name: end\n      dtype: int64\n"
        "    - name: label\n      dtype: string\n"
        f"  splits:\n{sizes}"
        "---\n\n"
        f"# {' '.join(title.split())}\n\n"
        "Exported by Manicule. `ner_tags` are IOB2 tags of `tokens`; `spans` are the same entities as half-open\n"
        "ranges of Unicode code points in `text`.\n"
    )


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every row of a folder's JSONL and Parquet files, or of one such file."""
    names = _names_in_card(path / CARD) if path.is_dir() else []
    found = sorted(one for one in path.rglob("*") if one.suffix in (".jsonl", ".parquet")) if path.is_dir() else [path]
    if not found:
        raise FormatError(path, 0, "no .jsonl and no .parquet file in it")
    for file in found:
        for line, doc in _rows(file):
            row_names = doc.pop("__tags__", None) or names
            yield read_row(file, line, doc, row_names)


def _rows(file: Path) -> Iterator[tuple[int, Doc]]:
    if file.suffix == ".parquet":
        from store.formats.parquet import rows

        return rows(file)
    return object_lines(file)


def _names_in_card(path: Path) -> list[str]:
    """The tags' names in a card's head; none where it has no such thing."""
    if not path.is_file():
        return []
    import srsly

    text = path.read_text("utf-8", errors="replace")
    head = text.split("\n---", 1)[0].removeprefix("---")
    try:
        about = srsly.yaml_loads(head)
    except Exception as error:  # the YAML reader raises errors of its own kinds
        raise FormatError(path, 0, "its head is no YAML") from error
    return parse(_class_names, about or {}, path, 0)


def _class_names(about: Doc) -> list[str]:
    found = _find(about, "names")
    if isinstance(found, dict):
        wrong = [key for key in found if not str(key).isdecimal()]
        if wrong:
            raise RecordError(f"names: {wrong[0]!r} is no number of a tag")
        return [str(found[key]) for key in sorted(found, key=int)]
    return [str(one) for one in found] if isinstance(found, list) else []


def _find(doc: Any, key: str) -> Any:
    """The first value of that key, however deep."""
    if isinstance(doc, dict):
        if key in doc:
            return doc[key]
        return next((found for one in doc.values() if (found := _find(one, key)) is not None), None)
    if isinstance(doc, list):
        return next((found for one in doc if (found := _find(one, key)) is not None), None)
    return None


CAN = Capabilities(nesting=False, crossing=False, tokens=True, titles=True)

FORMAT = Format(
    "huggingface", "a folder for datasets.load_dataset: JSONL and a card", "", CAN, write, read, splits=True
)
