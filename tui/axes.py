"""Say where an axis has its marks, for the report and the terminal alike."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

_MARKS = 5


def tick_step(most: float, marks: int = _MARKS) -> float:
    """The distance of about so many marks from nought to at least `most`: 1, 2 or 5 · 10ⁿ, no less than one."""
    if most <= marks:
        return 1.0
    rough = most / marks
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999999)


def ticks(most: float, marks: int = _MARKS) -> list[float]:
    """The marks, the last of them at `most` or above."""
    step = tick_step(most, marks)
    return [number * step for number in range(max(math.ceil(most / step - 1e-9), 1) + 1)]


def apart(places: Sequence[float], lengths: Sequence[float], end: float) -> Iterator[int]:
    """The numbers of those texts that can stand side by side, each beginning at its place, none beyond `end`."""
    free = -math.inf
    for number, (place, length) in enumerate(zip(places, lengths, strict=True)):
        if place >= free and place + length <= end:
            yield number
            free = place + length
