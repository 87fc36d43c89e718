"""`manicule keys`: the table of keys as it is in force, ready to be copied from."""

from __future__ import annotations

import json

from annotate.errors import ManiculeError
from store.user_config import read_user_config
from tui.actions import in_force, put_in_force
from tui.keymap import keymap_of

EXAMPLE = "manicule keys"


def keys() -> int:
    """Print the keys in force as a [keys] table for your own config.toml, with what each of them does.

    Raises:
        ManiculeError: your config.toml cannot be read, or its keys have mistakes.
    """
    config = read_user_config()
    if config.problem:
        raise ManiculeError(config.problem)
    put_in_force(keymap_of(config))
    print("[keys]")
    for action in in_force():
        print(f"# {action.help}")
        print(f'"{action.id}" = {json.dumps(list(action.keys), ensure_ascii=False)}')
    return 0
