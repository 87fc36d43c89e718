"""JSON Lines: an object a line, one of its values the text; read line by line, however long the file is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from annotate.errors import TextError
from store.documents.columns import row_draft
from store.documents.decoding import opened
from store.documents.values import LARGEST_DOCUMENT, Item, Options, Refused, Source, in_megabytes


def read(source: Source, options: Options) -> Iterator[Item]:
    """The articles of the lines; a line that can be none is refused, the others count.

    Raises:
        TextError: the characters of the file cannot be made out.
        OSError: it cannot be read.
    """
    file, changes = opened(source, options)
    with file:
        for number, line in _lines(file):
            if not line.strip():
                continue
            try:
                yield row_draft(source, options, number, _object(line), "jsonl", changes)
            except TextError as error:
                yield Refused(source.shown, f"line {number}: {error.message}")


def _lines(file: TextIO) -> Iterator[tuple[int, str]]:
    number = 1
    while line := file.readline(LARGEST_DOCUMENT):
        if not line.endswith("\n") and len(line) == LARGEST_DOCUMENT:
            raise TextError(f"line {number}: longer than {in_megabytes(LARGEST_DOCUMENT)}")
        yield number, line.removeprefix("\ufeff") if number == 1 else line
        number += 1


def _object(line: str) -> dict[str, Any]:
    try:
        value = json.loads(line.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        raise TextError(f"no JSON ({error.msg}, character {error.pos + 1})") from error
    except (ValueError, RecursionError) as error:
        raise TextError("no JSON that can be read (nested too deeply, or a number too long)") from error
    if not isinstance(value, dict):
        raise TextError("no JSON object")
    return value
