"""Give labels names that a format can write, no two the same, and find the labels again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import count


def slugs(labels: Iterable[str], allowed: str, first: str) -> dict[str, str]:
    """A name for each label: itself where the format can write it, else with `_` for what it cannot.

    Args:
        labels: all labels, in their order.
        allowed: a character class of regular expressions: what may be in a name.
        first: a character class: what it may begin with.
    """
    labels = list(labels)
    whole = re.compile(f"{first}{allowed}*")
    given = {label: label for label in labels if whole.fullmatch(label)}
    taken = set(given.values())
    for label in labels:
        if label not in given:
            given[label] = _free(_made(label, allowed, first), taken)
            taken.add(given[label])
    return given


def _made(label: str, allowed: str, first: str) -> str:
    name = "".join(char if re.fullmatch(allowed, char) else "_" for char in label)
    return name if re.match(first, name) else f"L{name}"


def _free(name: str, taken: set[str]) -> str:
    numbered = (f"{name}_{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)
