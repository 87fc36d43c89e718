"""`manicule formats`: what can be written and read, and what each format can hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from store.formats import loaded_formats
from store.formats.model import Capabilities, Format
from tui.command_line.telling import tell

EXAMPLE = "manicule formats"

_WORDS = {
    "nesting": "no span inside another",
    "crossing": "no spans that cross",
    "newlines": "no span over a line break",
    "edges": "no span with white space at its edge",
    "controls": "no control characters",
    "statuses": "confirmed spans only",
    "notes": "no notes",
    "empty": "no article without a span",
    "ids": "no ids",
    "titles": "no titles",
    "metadata": "no metadata",
    "texts": "no texts",
    "spacing": "white space not as it was",
}


def formats(as_json: Annotated[bool, typer.Option("--json", help="Say it in JSON.")] = False) -> int:
    """List the formats of export and import with what each cannot hold."""
    known, problems = loaded_formats()
    for problem in problems:
        tell(problem)
    if as_json:
        print(json.dumps([_record(one) for one in known], indent=2))
        return 0
    wide = max(len(one.name) for one in known)
    for one in known:
        print(f"{one.name.ljust(wide)}  {_ways(one).ljust(6)}  {one.title}")
        if limits := _limits(one.can):
            print(f"{' ' * (wide + 10)}{'; '.join(limits)}")
    return 0


def _ways(form: Format) -> str:
    return " ".join(word for word, way in (("in", form.read), ("out", form.write)) if way)


def _limits(can: Capabilities) -> list[str]:
    tokens = ["spans begin and end with tokens"] if can.tokens else []
    return tokens + [words for name, words in _WORDS.items() if not getattr(can, name)]


def _record(form: Format) -> dict[str, Any]:
    return {
        "name": form.name,
        "title": form.title,
        "suffix": form.suffix,
        "writes": form.write is not None,
        "reads": form.read is not None,
        "can": asdict(form.can),
    }
