"""The user's own keys: read from the [keys] table of their config.toml, all mistakes told at once."""

from __future__ import annotations

import difflib
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from store.errors import ConfigError
from store.user_config import UserConfig
from tui.actions import ACTIONS, PUNCTUATION, Action, Clash, find_clashes, punctuation_name, shown_key

_MODIFIERS = frozenset({"ctrl", "shift", "alt"})

_SAME_BYTES = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+h": "backspace", "ctrl+left_square_bracket": "escape"}
"""Keys that reach a program as another key: a terminal sends the same byte for both."""

_NAMED = frozenset(
    "left right up down home end pageup pagedown insert delete backspace tab enter escape space".split()
) | {f"f{number}" for number in range(1, 25)}

Keys = dict[str, tuple[str, ...]]
"""Textual's names of the keys that do an action, by the action's id."""


def keymap_of(config: UserConfig) -> Keys:
    """The user's own keys, for `tui.actions.put_in_force`.

    Raises:
        ConfigError: with one line for each mistake, naming file and line; nothing of the table is usable then.
    """
    table = config.values.get("keys", {})
    if not isinstance(table, dict):
        raise ConfigError(_at(config, "keys", "is no table: write [keys] above your keys"))
    own: Keys = {}
    problems = []
    for action_id, value in _entries(table):
        found = list(_problems_of(action_id, value))
        problems += [_at(config, f"keys.{action_id}", problem) for problem in found]
        if not found:
            own[action_id] = tuple(_name(key) for key in _listed(value))
    problems += [_clash_line(config, own, clash) for clash in find_clashes(_with(own))]
    if problems:
        raise ConfigError("\n".join(problems))
    return own


def _entries(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """The ids with what stands for them; `reader.done = …` is a table in a table to TOML."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _entries(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _with(own: Keys) -> list[Action]:
    return [replace(action, keys=own.get(action.id, action.keys)) for action in ACTIONS]


# What can be wrong ---------------------------------------------------------------------------------------------


def _problems_of(action_id: str, value: Any) -> Iterator[str]:
    action = next((action for action in ACTIONS if action.id == action_id), None)
    if action is None:
        near = difflib.get_close_matches(action_id, [one.id for one in ACTIONS], 1)
        yield f"no such action{f'; do you mean {near[0]}?' if near else ''}"
        return
    keys = _listed(value)
    if not keys or not all(isinstance(key, str) and key for key in keys):
        yield 'give a key in quotes, or several: ["space", "enter"]'
        return
    found = [problem for key in keys for problem in _problems_of_key(key)]
    yield from found
    plain = any(_is_plain(key) for key in action.keys)
    if plain and not found and not any(_is_plain(_name(key)) for key in keys):
        yield "at least one of its keys must do without Ctrl, Alt and Shift, which not every terminal passes on"


def _problems_of_key(key: str) -> Iterator[str]:
    name = _name(key)
    *modifiers, last = name.split("+")
    if name in _SAME_BYTES:
        yield f"{key!r} is the same as {_SAME_BYTES[name]!r} to a terminal"
    elif _labels(name):
        yield f"{key!r} labels: upper-case letters and digits are kept for labels"
    elif not set(modifiers) <= _MODIFIERS or not _is_key(last):
        yield f"{key!r} is no key; keys are called as in “a”, “space”, “ctrl+r”, “shift+left”, “f5”, “/”"


def _is_key(last: str) -> bool:
    return last in _NAMED or last in PUNCTUATION or (len(last) == 1 and last.islower())


def _labels(name: str) -> bool:
    return len(name) == 1 and (name.isupper() or name.isdigit())


def _is_plain(name: str) -> bool:
    return "+" not in name


def _name(key: str) -> str:
    """Textual's name of a key as people write it: "/" gives "slash", "shift+a" gives "A"."""
    before, _, last = key[:-1].rpartition("+")
    last += key[-1:]
    modifiers = before.lower().split("+") if before else []
    if len(last) == 1 and last in string.punctuation:
        last = punctuation_name(last)
    elif len(last) > 1 or modifiers:
        last = last.lower()
    if modifiers == ["shift"] and len(last) == 1 and last.islower():
        return last.upper()
    return "+".join([*modifiers, last]) if last != " " else "space"


# Where it stands -----------------------------------------------------------------------------------------------


def _clash_line(config: UserConfig, own: Keys, clash: Clash) -> str:
    mine = clash.other if clash.other in own else clash.one
    return _at(config, f"keys.{mine}", f"{shown_key(clash.key)} does {clash.one} and {clash.other}")


def _at(config: UserConfig, name: str, problem: str) -> str:
    return f"{config.path}:{line_of(config.text, name)}: {name}: {problem}"


_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]")
_ASSIGNED = re.compile(r"\s*([\w.\s\"'-]+?)\s*=")


def line_of(text: str, name: str) -> int:
    """The line, from 1, on which a TOML text gives a value that name; 1 where that cannot be told.

    Args:
        text: the TOML.
        name: with its tables before it, as in "keys.reader.done"; a table itself is found by its header.
    """
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        header, assigned = _HEADER.match(line), _ASSIGNED.match(line)
        if header:
            table = _bare(header[1])
        found = table if header else _joined(table, _bare(assigned[1])) if assigned else ""
        if found == name:
            return number
    return 1


def _joined(table: str, name: str) -> str:
    return f"{table}.{name}" if table else name


def _bare(name: str) -> str:
    return re.sub(r"[\s\"']", "", name)
