"""The formats that an export can write: one file each, imported when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from store.formats.values import FormatOptions, Writer


@dataclass(frozen=True, slots=True)
class Format:
    """A format's entry in the registry.

    Attributes:
        name: as in `--format`.
        module: where its `open_writer(path, options)` lives.
        about: what it is, in a few words.
        streams: whether it may go to standard output.
        tokenized: whether every span has to begin and end with a token.
    """

    name: str
    module: str
    about: str
    streams: bool
    tokenized: bool


FORMATS = {
    one.name: one
    for one in (
        Format("jsonl", "store.formats.jsonl", "one JSON object a line", streams=True, tokenized=False),
        Format("spacy", "store.formats.docbin", "spaCy's DocBin, for training", streams=False, tokenized=True),
    )
}
"""The formats by name."""


def open_writer(form: Format, path: Path, options: FormatOptions) -> Writer:
    """Start a file of that format at `path`."""
    writer: Writer = import_module(form.module).open_writer(path, options)
    return writer
