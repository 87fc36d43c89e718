"""CSV and TSV: a table whose first row names the columns, one of them the text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from typing import TextIO

from annotate.errors import TextError
from store.documents.columns import no_column, row_draft
from store.documents.decoding import opened
from store.documents.values import LARGEST_DOCUMENT, Item, Options, Refused, Source

_DELIMITERS = ",;\t|"


def read(source: Source, options: Options) -> Iterator[Item]:
    """The articles of the rows; a row that can be none is refused, the others count.

    Raises:
        TextError: it is no table with the text's column, or its characters cannot be made out.
        OSError: it cannot be read.
    """
    file, changes = opened(source, options)
    with file:
        rows = _rows(file, _delimiter(source, options))
        _, header = next(rows, (1, []))
        if options.text_column not in header:
            raise TextError(f"line 1: {no_column(options.text_column, header)}")
        twice = next((name for name in header if name and header.count(name) > 1), "")
        if twice:
            raise TextError(f"line 1: two columns {twice!r}")
        for number, row in rows:
            try:
                yield row_draft(source, options, number, _named(header, row), "csv", changes)
            except TextError as error:
                yield Refused(source.shown, f"line {number}: {error.message}")


def _rows(file: TextIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the lines they begin on.

    Raises:
        TextError: quotes do not match, or a field is too long.
    """
    csv.field_size_limit(LARGEST_DOCUMENT)
    reader = csv.reader(_without_mark(file), delimiter=delimiter, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise TextError(f"line {number}: no row of a table ({error})") from error
        if row is None:
            return
        if row:
            yield number, row


def _without_mark(file: TextIO) -> Iterator[str]:
    for number, line in enumerate(iter(lambda: file.readline(LARGEST_DOCUMENT), "")):
        yield line.removeprefix("\ufeff") if number == 0 else line


def _delimiter(source: Source, options: Options) -> str:
    """The one by which the first row has the text's column; else the one by which it has most columns."""
    file, _ = opened(source, options)
    with file:
        head = file.readline(2**16).removeprefix("\ufeff")

    def fits(delimiter: str) -> tuple[bool, int]:
        with suppress(csv.Error):
            header = next(csv.reader([head], delimiter=delimiter), [])
            return options.text_column in header, len(header)
        return False, 0

    return max(_DELIMITERS, key=fits)


def _named(header: list[str], row: list[str]) -> dict[str, str]:
    if len(row) > len(header):
        raise TextError(f"{len(row)} fields under {len(header)} columns")
    return {name: value for name, value in zip(header, row, strict=False) if name}
