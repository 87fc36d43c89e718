"""A question that one key answers, in the reader and the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered with one key; any key that is no answer leaves things as they are.

    Attributes:
        text: the question, as shown.
        answers: what to do, by Textual's name of the key.
        keys: the answers, as shown, where the text does not hold them.
    """

    text: str
    answers: dict[str, Callable[[], None]]
    keys: str = ""
