"""The user's config.toml is read without a stumble and written without losing anything in it."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from store.errors import ConfigError, StoreError
from store.user_config import read_user_config, remember_choice


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config" / "config.toml"
    monkeypatch.setattr("store.user_config.user_config_path", lambda: path)
    return path


def _write(path: Path, data: str | bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def test_a_file_that_is_not_there_says_nothing(path: Path) -> None:
    config = read_user_config()
    assert (config.path, config.values, config.problem, config.string("theme")) == (path, {}, "", "")


def test_what_it_says_is_read(path: Path) -> None:
    _write(path, '\ufefftheme = "light"\n[keys]\n"reader.done" = "z"\n')
    config = read_user_config()
    assert config.string("theme") == "light"
    assert config.values["keys"] == {"reader.done": "z"}


@pytest.mark.parametrize("data", [b"theme = ", b"\xff\xfe", b"a = 1\na = 2\n"])
def test_a_file_that_cannot_be_read_is_a_problem_that_names_it_and_no_error(path: Path, data: bytes) -> None:
    _write(path, data)
    config = read_user_config()
    assert config.problem.startswith(f"{path}: ") and "\n" not in config.problem
    assert config.values == {}


def test_a_folder_in_its_place_is_a_problem(path: Path) -> None:
    path.mkdir(parents=True)
    assert read_user_config().problem.startswith(f"{path}: ")


def test_a_value_that_is_no_text_is_named(path: Path) -> None:
    _write(path, "theme = 3\n")
    with pytest.raises(ConfigError, match="theme: is not a text in quotes"):
        read_user_config().string("theme")


def test_a_choice_makes_the_file(path: Path) -> None:
    remember_choice("theme", "light")
    assert path.read_text() == 'theme = "light"\n'


def test_a_choice_leaves_everything_else_as_it_is(path: Path) -> None:
    _write(path, '# mine\nannotator = "ada"  # me\ntheme = "dark" # night\n\n[keys]\n"reader.done" = "z"\n')
    remember_choice("theme", "light")
    assert path.read_text() == (
        '# mine\nannotator = "ada"  # me\ntheme = "light" # night\n\n[keys]\n"reader.done" = "z"\n'
    )


def test_a_first_choice_goes_before_the_tables(path: Path) -> None:
    _write(path, '[keys]\n"reader.done" = "z"\n')
    remember_choice("theme", "light")
    assert tomllib.loads(path.read_text()) == {"theme": "light", "keys": {"reader.done": "z"}}


def test_a_link_stays_a_link(path: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles.toml"
    real.write_text("# kept\n")
    path.parent.mkdir()
    path.symlink_to(real)
    remember_choice("theme", "light")
    assert path.is_symlink()
    assert real.read_text() == '# kept\ntheme = "light"\n'


def test_a_broken_file_is_not_written_over(path: Path) -> None:
    _write(path, "theme = ")
    with pytest.raises(ConfigError):
        remember_choice("theme", "light")
    assert path.read_text() == "theme = "


def test_a_file_that_cannot_be_written_is_named(path: Path) -> None:
    path.parent.write_bytes(b"")
    with pytest.raises(StoreError, match=f"{os.sep}config"):
        remember_choice("theme", "light")
