"""Find what lies at a place in a text at a cost that does not grow with how much lies elsewhere."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")

LONG = 512
"""Longer ranges are few: they are looked at one by one, so that a look around a place goes back no further."""


class PositionIndex(Generic[T]):
    """Items by the half-open range that they cover, in order; changed in place.

    Items that share a range must be comparable with each other.
    """

    def __init__(self, ranges: Iterable[tuple[int, int, T]] = ()) -> None:
        held: list[Any] = sorted(ranges)
        self._short: list[Any] = [one for one in held if one[1] - one[0] <= LONG]
        self._long: list[Any] = [one for one in held if one[1] - one[0] > LONG]

    def __len__(self) -> int:
        return len(self._short) + len(self._long)

    def add(self, start: int, end: int, item: T) -> None:
        """Put `item` at [start, end)."""
        insort(self._kept(start, end), (start, end, item))

    def remove(self, start: int, end: int, item: T) -> None:
        """Take `item` from [start, end) where it was put.

        Raises:
            KeyError: it is not there.
        """
        kept, one = self._kept(start, end), (start, end, item)
        at = bisect_left(kept, one)
        if at == len(kept) or kept[at] != one:
            raise KeyError(one)
        del kept[at]

    def overlapping(self, start: int, end: int) -> Iterator[T]:
        """The items that share a code point with [start, end), each once; long ones last."""
        kept = self._short
        for at in range(bisect_left(kept, (start - LONG,)), bisect_left(kept, (end,))):
            one = kept[at]
            if one[1] > start:
                yield one[2]
        for one in self._long:
            if one[0] < end and start < one[1]:
                yield one[2]

    def _kept(self, start: int, end: int) -> list[Any]:
        return self._long if end - start > LONG else self._short
