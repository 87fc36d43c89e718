"""Tell every mistake in a manicule.toml or a label file, each with its line; loaded only for a file that changed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from annotate.articles import decode
from annotate.errors import TextError
from annotate.schemes import scheme_problems
from store.config import FORMAT, label_from
from store.errors import ConfigError
from store.ids import is_name

Place = tuple[str | int, ...]
"""Where a value stands: ("labels", 3, "key")."""

_OneLine = Annotated[str, StringConstraints(pattern=r"^[^\n]*$")]
_Name = Annotated[str, StringConstraints(min_length=1)]
_Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")]

_HEADER = re.compile(r"\s*\[\[\s*([\w-]+)\s*\]\]")
_NAME = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_TABLE = re.compile(rf"\s*\[\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_KEY = re.compile(rf"\s*({_NAME})\s*=")
_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")

_MEANINGS = {
    "missing": "is missing",
    "string_type": "is not a text in quotes",
    "int_type": "is not a whole number",
    "bool_type": "is not true or false",
    "list_type": "is not a list in brackets",
    "dict_type": "is not a table",
    "model_type": "is not a table",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "cannot be used",
}


class _LabelTable(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    key: str = ""
    color: str = ""
    guideline: str = ""
    examples: list[str] = []


class _LabelFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    labels: list[_LabelTable]


class _ConfigFile(_LabelFile):
    format: int
    title: _OneLine = ""
    language: _Language = "en"
    overlap: bool = False
    pipelines: list[_Name] = []
    blind: list[_Name] = []
    share_pace: bool = False
    label_map: dict[str, Any] = {}
    share_memory: bool = False


def check_config(data: bytes, path: Path) -> None:
    """Check a manicule.toml.

    Raises:
        ConfigError: it has mistakes; the message has a line for each.
    """
    content, lines = _parsed(data, path)
    version = content.get("format")
    if type(version) is int and version > FORMAT:
        raise ConfigError(f"{path}: made by a newer Manicule (format {version})")
    problems = list(_problems(content, _ConfigFile))
    if not problems:
        blind = enumerate(content.get("blind", ()))
        problems = [
            (("blind", index), f"{name!r} is no annotator's name") for index, name in blind if not is_name(name)
        ]
        names = [label["name"] for label in content["labels"]]
        problems += _label_map_problems(content.get("label_map", {}), names, ("label_map",))
    _raise(problems, lines, path)


def check_labels(data: bytes, path: Path) -> str:
    """Check a file of `[[labels]]` tables, or another project's manicule.toml, and give the text of its labels.

    Raises:
        ConfigError: it has mistakes; the message has a line for each.
    """
    content, lines = _parsed(data, path)
    whole = "format" in content
    if whole:
        check_config(data, path)
    else:
        _raise(list(_problems(content, _LabelFile)), lines, path)
    return _labels_in(_text(data, path)) if whole else _text(data, path)


def _labels_in(text: str) -> str:
    """The labels of a manicule.toml, with the comments among them."""
    import tomlkit

    labels = tomlkit.document()
    labels.add("labels", tomlkit.parse(text)["labels"])
    return tomlkit.dumps(labels).strip("\n") + "\n"


def _text(data: bytes, path: Path) -> str:
    try:
        return decode(data).removeprefix("\ufeff").replace("\r\n", "\n")
    except TextError as error:
        raise ConfigError(f"{path}: {error.message}") from error


def _parsed(data: bytes, path: Path) -> tuple[dict[str, Any], dict[Place, int]]:
    text = _text(data, path)
    try:
        return tomllib.loads(text), _lines(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _AT_LINE.search(message)
        line = int(found[1]) if found else text.count("\n") + 1
        raise ConfigError(f"{path}:{line}: {_AT_LINE.sub('', message)}") from error


def _problems(content: Mapping[str, Any], model: type[_LabelFile]) -> Iterator[tuple[Place, str]]:
    try:
        model.model_validate(content)
    except ValidationError as error:
        for one in error.errors(include_url=False, include_context=False):
            yield one["loc"], _meaning(one["type"], one["loc"], one["msg"], model)
        return
    labels = [label_from(table) for table in content["labels"]]
    for problem in scheme_problems(labels):
        yield ("labels", problem.index, problem.field) if problem.field else ("labels",), problem.message


def _label_map_problems(table: Mapping[str, Any], labels: Sequence[str], place: Place) -> Iterator[tuple[Place, str]]:
    """What is wrong with what labels of sources mean; a table in it is about one source."""
    for name, meaning in table.items():
        here = (*place, name)
        if isinstance(meaning, dict) and len(place) == 1:
            if is_name(name):
                yield from _label_map_problems(meaning, labels, here)
            else:
                yield here, f"{name!r} is no source's name"
        elif not isinstance(meaning, str):
            yield here, 'is not a label in quotes, nor "" to leave such suggestions out'
        elif meaning and meaning not in labels:
            near = get_close_matches(meaning, labels, n=1)
            yield here, f"there is no label {meaning}" + (f"; is {near[0]} meant?" if near else "")


def _meaning(kind: str, place: Place, message: str, model: type[_LabelFile]) -> str:
    if kind != "extra_forbidden":
        return _MEANINGS.get(kind, message.lower())
    known = _LabelTable.model_fields if len(place) > 1 else model.model_fields
    near = get_close_matches(str(place[-1]), known, n=1)
    return "no such key" + (f"; is {near[0]} meant?" if near else f"; there are {', '.join(known)}")


def _raise(problems: Sequence[tuple[Place, str]], lines: Mapping[Place, int], path: Path) -> None:
    if problems:
        told = sorted((_line_of(place, lines), _shown(place), problem) for place, problem in problems)
        raise ConfigError("\n".join(f"{path}:{line}: {place}: {problem}" for line, place, problem in told))


def _shown(place: Place) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


def _line_of(place: Place, lines: Mapping[Place, int]) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _bare(name: str) -> str:
    return name[1:-1] if name[0] in "\"'" else name


def _lines(text: str) -> dict[Place, int]:
    """The line of each key and of each table's header."""
    lines: dict[Place, int] = {}
    table: Place = ()
    counts: dict[str, int] = {}
    quoted = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not quoted:
            if header := _HEADER.match(line):
                counts[header[1]] = counts.get(header[1], -1) + 1
                table = (header[1], counts[header[1]])
                lines[table] = number
            elif header := _TABLE.match(line):
                table = tuple(_bare(name) for name in re.findall(_NAME, header[1]))
                lines.setdefault(table, number)
            elif key := _KEY.match(line):
                lines.setdefault((*table, _bare(key[1])), number)
        for quotes in ('"""', "'''"):
            if quoted in ("", quotes) and line.count(quotes) % 2:
                quoted = "" if quoted else quotes
    return lines
