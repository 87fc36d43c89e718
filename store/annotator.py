"""Who annotates here: asked once, kept on this machine, never taken from a shared file."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from store.errors import ConfigError, StoreError, naming
from store.ids import check_name, folded
from store.locations import Locations

VARIABLE = "MANICULE_ANNOTATOR"
"""The environment variable that names the annotator."""

_FILE = "annotator"


def annotator_name(project_root: Path, given: str | None) -> str | None:
    """The annotator's name, or None when they have to be asked.

    The first of these that says it: `given`, the environment, what the project's local folder remembers, the
    `annotator` of the user's own config.toml.

    Raises:
        StoreError: what was found cannot be a name.
        ConfigError: the user's config.toml cannot be read.
    """
    found = given or os.environ.get(VARIABLE) or _remembered(project_root) or _from_user_config()
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


def user_config() -> Path:
    """The user's own configuration file, for all projects."""
    import platformdirs

    return Path(platformdirs.user_config_dir("manicule")) / "config.toml"


def _remembered(project_root: Path) -> str:
    try:
        return (Locations(project_root).local / _FILE).read_text("utf-8").strip()
    except (OSError, ValueError):
        return ""


def _from_user_config() -> str:
    path = user_config()
    try:
        name = tomllib.loads(path.read_text("utf-8")).get("annotator", "")
    except OSError:
        return ""
    except ValueError as error:
        raise ConfigError(f"{path}: {error}") from error
    if not isinstance(name, str):
        raise ConfigError(f"{path}: annotator: is not a text in quotes")
    return name
