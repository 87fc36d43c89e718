"""Rows with named columns, of JSONL or CSV, as articles."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from annotate.errors import TextError
from store.documents.values import Options, Source, draft
from store.project import Draft

_NAMED = 12
"""Most columns that a message names."""

_LONGEST = 40


def row_draft(
    source: Source, options: Options, number: int, row: Mapping[str, Any], kind: str, changes: Iterable[str]
) -> Draft:
    """The article of the row on line `number`: its text, id and title by their columns, all others as metadata.

    Raises:
        TextError: it has no text, or one that cannot be an article.
    """
    text = row.get(options.text_column)
    if not isinstance(text, str):
        raise TextError(_no_text(options.text_column, row))
    rest = {key: _flat(value) for key, value in row.items() if key not in _settled(options)}
    return draft(
        source,
        text,
        kind,
        stem=_flat(row.get(options.id_column)).strip() or f"{source.stem}-{number}".strip("-"),
        title=_flat(row.get(options.title_column)),
        metadata={"line": str(number), **rest},
        changes=changes,
    )


def no_column(name: str, columns: Iterable[str]) -> str:
    """What to say where the text's column is missing."""
    known = [_short(column) for column in islice(columns, _NAMED + 1)]
    more = ", …" if len(known) > _NAMED else ""
    return f"no column {name!r} (--text-column); there is {', '.join(known[:_NAMED]) or 'none'}{more}"


def _short(column: str) -> str:
    shown = column.encode("utf-8", "backslashreplace").decode()
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"


def _settled(options: Options) -> tuple[str, str, str]:
    return options.text_column, options.id_column, options.title_column


def _no_text(name: str, row: Mapping[str, Any]) -> str:
    return f"{name!r} is no text" if name in row else no_column(name, row)


def _flat(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
