"""Find what lies at a place in a text at a cost that does not grow with how much lies elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

_BUCKET = 512


class PositionIndex(Generic[T]):
    """Items by the half-open range that they cover; changed in place."""

    def __init__(self) -> None:
        self._buckets: dict[int, dict[T, tuple[int, int]]] = {}

    def add(self, start: int, end: int, item: T) -> None:
        """Put `item` at [start, end)."""
        for bucket in range(start // _BUCKET, (end - 1) // _BUCKET + 1):
            self._buckets.setdefault(bucket, {})[item] = (start, end)

    def remove(self, start: int, end: int, item: T) -> None:
        """Take `item` from [start, end) where it was put.

        Raises:
            KeyError: it is not there.
        """
        for bucket in range(start // _BUCKET, (end - 1) // _BUCKET + 1):
            del self._buckets[bucket][item]

    def overlapping(self, start: int, end: int) -> Iterator[T]:
        """The items that share a code point with [start, end), each once, in no order."""
        first = start // _BUCKET
        for bucket in range(first, (end - 1) // _BUCKET + 1):
            for item, (low, high) in self._buckets.get(bucket, {}).items():
                begins_here = low // _BUCKET == bucket or bucket == first
                if begins_here and low < end and start < high:
                    yield item
