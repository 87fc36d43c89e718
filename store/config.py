"""A project's manicule.toml as values; one that was checked before is read without checking it again."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotate.schemes import Label, LabelScheme, Translation
from store.errors import ConfigError, ProjectError, reason
from store.locations import CONFIG_NAME, Locations

FORMAT = 1
"""The newest format of manicule.toml that this version reads."""

_RULES = b"2"
"""Changes with what is checked, so that a file that passed earlier rules is checked again."""

_CHECKED = "config.sha256"


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What all annotators of a project share.

    Attributes:
        title: the project's name, one line.
        language: of the articles, as a two- or three-letter code.
        scheme: the labels, whether annotations may overlap, and what sources' labels mean.
        pipelines: names or paths of the pipelines that propose entities.
        blind: annotators who are shown no suggestions.
        share_pace: whether annotators who agree share in their journals how fast they work.
        share_memory: whether what one annotator decided is remembered for the others, too.
    """

    title: str
    language: str
    scheme: LabelScheme
    pipelines: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    share_pace: bool = False
    share_memory: bool = False


def read_config(locations: Locations) -> ProjectConfig:
    """The project's configuration.

    Raises:
        ProjectError: there is no manicule.toml.
        ConfigError: it has mistakes; the message has a line for each.
    """
    path = locations.config
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ProjectError(f"{locations.root}: no Manicule project (no {CONFIG_NAME})") from error
    except OSError as error:
        raise ConfigError(f"{path}: {reason(error)}") from error
    digest = hashlib.sha256(_RULES + data).hexdigest()
    if not _was_checked(locations, digest):
        from store.config_check import check_config

        check_config(data, path)
        locations.try_write_local(_CHECKED, f"{digest}\n".encode("ascii"))
    return _config(tomllib.loads(data.decode("utf-8-sig")))


def _was_checked(locations: Locations, digest: str) -> bool:
    try:
        return (locations.local / _CHECKED).read_text("ascii").strip() == digest
    except (OSError, ValueError):
        return False


def _config(content: Mapping[str, Any]) -> ProjectConfig:
    labels = tuple(label_from(one) for one in content["labels"])
    return ProjectConfig(
        content.get("title", ""),
        content.get("language", "en"),
        LabelScheme(labels, content.get("overlap", False), tuple(_translations(content.get("label_map", {})))),
        tuple(content.get("pipelines", ())),
        tuple(content.get("blind", ())),
        content.get("share_pace", False),
        content.get("share_memory", False),
    )


def _translations(table: Mapping[str, Any], source: str = "") -> Iterator[Translation]:
    for name, meaning in table.items():
        if isinstance(meaning, str):
            yield Translation(name, meaning, source)
        else:
            yield from _translations(meaning, name)


def label_from(table: Mapping[str, Any]) -> Label:
    """A label from a `[[labels]]` table that was checked."""
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return Label(**fields)
