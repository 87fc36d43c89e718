"""Who annotates here: asked once, kept on this machine, never taken from a shared file."""

from __future__ import annotations

import os
from pathlib import Path

from store.errors import ConfigError, StoreError, naming
from store.ids import check_name, folded
from store.locations import Locations
from store.user_config import UserConfig, read_user_config

VARIABLE = "MANICULE_ANNOTATOR"
"""The environment variable that names the annotator."""

_FILE = "annotator"


def annotator_name(project_root: Path, given: str | None, user: UserConfig | None = None) -> str | None:
    """The annotator's name, or None when they have to be asked.

    The first of these that says it: `given`, the environment, what the project's local folder remembers, the
    `annotator` of the user's own config.toml.

    Args:
        project_root: the project's folder.
        given: the name that was said with the command.
        user: the user's config.toml, from a caller that tells its problem itself; read here otherwise.

    Raises:
        StoreError: what was found cannot be a name.
        ConfigError: the user's config.toml cannot be read.
    """
    found = given or os.environ.get(VARIABLE) or _remembered(project_root) or _configured(user)
    return known_as(project_root, check_annotator(found)) if found else None


def known_as(project_root: Path, name: str) -> str:
    """The annotator's name as the project writes it: no two of one project's differ in case only."""
    known = Locations(project_root).annotators()
    return next((one for one in known if folded(one) == folded(name)), name)


def remember_annotator(project_root: Path, name: str) -> None:
    """Remember who annotates this project on this machine.

    Raises:
        StoreError: that cannot be a name, or cannot be written.
    """
    name = check_annotator(name)
    locations = Locations(project_root)
    with naming(locations.local / _FILE):
        locations.write_local(_FILE, f"{name}\n".encode())


def check_annotator(name: str) -> str:
    """The name as it is used: in NFC, without white space around it.

    Raises:
        StoreError: it cannot be an annotator's name.
    """
    name = check_name(name.strip(), "annotator")
    if name.startswith("_"):
        raise StoreError(f"annotator {name!r}: a name begins with a letter or a digit")
    return name


def agrees_to_share_pace() -> bool:
    """Whether the user's own config.toml says `share_pace = true`; nothing else counts as agreement."""
    return read_user_config().values.get("share_pace") is True


def _remembered(project_root: Path) -> str:
    try:
        return (Locations(project_root).local / _FILE).read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _configured(user: UserConfig | None) -> str:
    config = user or read_user_config()
    if config.problem and user is None:
        raise ConfigError(config.problem)
    return config.string("annotator")
