"""Write the manicule.toml of a new project, with a comment above each key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.items import Table

from annotate.ontonotes import ONTONOTES
from annotate.schemes import Label
from store.atomic import write_atomic
from store.config import FORMAT
from store.config_check import check_labels
from store.errors import ConfigError, ProjectError, reason
from store.locations import CONFIG_NAME, Locations

GIT_ATTRIBUTES = """\
# What git has to know about this project: the files are kept byte for byte. A layer that was worked on in two copies
# keeps the lines of both; the layer is then read from the journals, which have the decisions of both, and written anew.
# Where git stops at an article or at suggestions, it has written no marks into them: keep either side.
* -text
articles/??/*.json -merge
layers/*/??/*.json merge=union
layers/*/journal/*.jsonl merge=union
suggestions/*/??/*.json -merge
"""

_HEAD = "A Manicule project: what all its annotators share. Its articles and annotations lie beside this file."

_LABELS = """\
# The labels, in the order in which they are offered; the first ten also have the digits 1 to 0.
#   name       as it is exported: letters, digits and _ . + -
#   key        one letter from A to Z, pressed as a capital; A D Q S U X are kept free; may be left out
#   color      "#rrggbb"
#   guideline  when to use the label, shown to the annotators
#   examples   short pieces of text that are such entities
"""


_LABEL_MAP = """\

# What labels mean here that a pipeline has and this project has not; "" leaves them out. For one pipeline alone:
# [label_map.NAME], with its name as it stands under suggestions/.
# [label_map]
# PER = "PERSON"
"""


def create_config(locations: Locations, title: str, labels: Path | None) -> None:
    """Write the manicule.toml of a project that is none yet.

    Raises:
        ProjectError: it is one already, or cannot be written.
        ConfigError: the label file cannot be read or has mistakes; the message has a line for each.
    """
    if locations.config.exists():
        raise ProjectError(f"{locations.root}: a Manicule project already (it has a {CONFIG_NAME})")
    shown = " ".join(title.split()) or locations.root.resolve().name
    tables = _labels_of(labels) if labels else _default_labels()
    text = _settings(shown) + "\n" + ("" if _LABELS in tables else _LABELS) + tables
    try:
        if not locations.git_attributes.exists():
            write_atomic(locations.git_attributes, GIT_ATTRIBUTES.encode("utf-8"))
        write_atomic(locations.config, text.encode("utf-8", "replace"))
    except OSError as error:
        raise ProjectError(f"{locations.root}: {reason(error)}") from error


def _settings(title: str) -> str:
    rows: tuple[tuple[str, Any, str], ...] = (
        ("format", FORMAT, "The format of this file."),
        ("title", title, "The project's name, as it is shown."),
        ("language", "en", 'The language of the articles: "en", "de", "fr" …'),
        ("overlap", False, "Whether entities may overlap and nest."),
        (
            "pipelines",
            ["manicule_news"],
            "Who proposes entities: installed spaCy pipelines, or paths of folders that hold one.",
        ),
        ("blind", [], "Annotators who are shown no suggestions, to measure how much these sway the others."),
        ("share_pace", False, "Whether how fast they work is shared, of annotators whose own config.toml agrees."),
        (
            "share_memory",
            False,
            "Whether annotators are reminded of what others decided; not where two have one article.",
        ),
    )
    document = tomlkit.document()
    document.add(tomlkit.comment(_HEAD))
    for key, value, comment in rows:
        document.add(tomlkit.nl())
        document.add(tomlkit.comment(comment))
        document.add(key, tomlkit.item(value))
    return tomlkit.dumps(document) + _LABEL_MAP


def _labels_of(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {reason(error)}") from error
    return check_labels(data, path)


def _default_labels() -> str:
    document = tomlkit.document()
    tables = tomlkit.aot()
    for label in ONTONOTES.labels:
        tables.append(_table(label))
    document.add("labels", tables)
    return tomlkit.dumps(document)


def _table(label: Label) -> Table:
    table = tomlkit.table()
    table.update(
        name=label.name,
        key=label.key,
        color=label.color,
        guideline=label.guideline,
        examples=list(label.examples),
    )
    return table
