"""Libraries that only some kinds of documents need, each in an extra of the package."""

from __future__ import annotations

import logging
from importlib import import_module
from types import ModuleType

from annotate.errors import TextError


def needed(module: str, extra: str, what: str) -> ModuleType:
    """Import a module that an extra brings; what it logs is not shown.

    Args:
        module: its name.
        extra: the extra.
        what: what needs it, for the message.

    Raises:
        TextError: it is not installed; the message names the extra and the command that installs it.
    """
    logging.getLogger(module.partition(".")[0]).setLevel(logging.CRITICAL + 1)
    try:
        return import_module(module)
    except ImportError as error:
        raise TextError(f'{what} needs the extra [{extra}]: pip install "manicule[{extra}]"') from error
