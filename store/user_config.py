"""The user's own config.toml, for all projects: read at start without a stumble, written with its comments kept."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.atomic import write_atomic
from store.errors import ConfigError, naming, reason


@dataclass(frozen=True, slots=True)
class UserConfig:
    """What the user's config.toml says.

    Attributes:
        path: the file, whether it is there or not.
        text: what it holds.
        values: the same as TOML reads it; empty when the file is missing or cannot be read.
        problem: one line about why it cannot be read, or "".
    """

    path: Path
    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""

    def string(self, name: str) -> str:
        """The text in quotes of that name, "" where there is none.

        Raises:
            ConfigError: it is something else.
        """
        value = self.values.get(name, "")
        if not isinstance(value, str):
            raise ConfigError(f"{self.path}: {name}: is not a text in quotes")
        return value


def user_config_path() -> Path:
    """Where the user's config.toml lies."""
    import platformdirs

    return Path(platformdirs.user_config_dir("manicule")) / "config.toml"


def read_user_config() -> UserConfig:
    """Read the user's config.toml; a file that cannot be read is a `problem` of the value, not an error."""
    path = user_config_path()
    try:
        text = path.read_text("utf-8-sig")
        return UserConfig(path, text, tomllib.loads(text))
    except FileNotFoundError:
        return UserConfig(path)
    except OSError as error:
        return UserConfig(path, problem=f"{path}: {reason(error)}")
    except ValueError as error:
        return UserConfig(path, problem=f"{path}: {error}")


def remember_choice(name: str, value: str) -> None:
    """Write `name = "value"` into the user's config.toml; everything else in it stays as it is, comments too.

    Raises:
        ConfigError: the file is there, but cannot be read; it stays as it is.
        StoreError: it cannot be written.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    found = read_user_config()
    if found.problem:
        raise ConfigError(found.problem)
    try:
        document = tomlkit.parse(found.text)
        document[name] = value
    except TOMLKitError as error:
        raise ConfigError(f"{found.path}: {error}") from error
    with naming(found.path):
        write_atomic(found.path.resolve(), tomlkit.dumps(document).encode("utf-8"))
