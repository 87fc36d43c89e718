"""A mapping that shares its entries with the one that it was made from: a change costs the same at any size."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, MutableMapping, ValuesView
from typing import Any, Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")

_LARGE = 1000
"""Entries from which a mapping is shared; fewer are copied in no time."""

_MANY = 256
"""Changes after which they are taken into a mapping of their own, so that no look-up or copy grows slow."""


def to_change(mapping: Mapping[K, V]) -> MutableMapping[K, V]:
    """A mapping with the same entries to make changes in; `mapping` must not change any more."""
    if len(mapping) < _LARGE:
        return dict(mapping)
    if isinstance(mapping, _Overlay):
        return mapping.branch()
    return _Overlay(mapping, {}, len(mapping))


class _Overlay(MutableMapping[K, V], Generic[K, V]):
    """Entries of a mapping that is shared, and what is otherwise here: None stands for what is gone."""

    __slots__ = ("_changes", "_length", "_merged", "_shared")

    def __init__(self, shared: Mapping[K, V], changes: dict[K, V | None], length: int) -> None:
        self._shared = shared
        self._changes = changes
        self._length = length
        self._merged: dict[K, V] | None = None

    def branch(self) -> _Overlay[K, V]:
        """The same entries to make changes in."""
        if len(self._changes) > _MANY:
            return _Overlay(self._all(), {}, self._length)
        return _Overlay(self._shared, dict(self._changes), self._length)

    def __getitem__(self, key: K) -> V:
        value = self._changes[key] if key in self._changes else self._shared[key]
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key: K, value: V) -> None:
        self._length += key not in self
        self._changes[key] = value
        self._merged = None

    def __delitem__(self, key: K) -> None:
        if key not in self:
            raise KeyError(key)
        self._length -= 1
        self._changes[key] = None
        self._merged = None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[K]:
        return (key for key, _ in self.pairs())

    def keys(self) -> KeysView[K]:
        """The keys of all entries."""
        return self._all().keys()

    def values(self) -> ValuesView[V]:
        """The values of all entries; who stops at the first pays for no more."""
        return _Values(self) if self._merged is None else self._merged.values()

    def items(self) -> ItemsView[K, V]:
        """All entries."""
        return self._all().items()

    def pairs(self) -> Iterator[tuple[K, V]]:
        """All entries, one after the other."""
        if self._merged is not None:
            yield from self._merged.items()
            return
        for key, shared in self._shared.items():
            value = self._changes.get(key, shared)
            if value is not None:
                yield key, value
        for key, changed in self._changes.items():
            if changed is not None and key not in self._shared:
                yield key, changed

    def __repr__(self) -> str:
        return repr(self._all())

    def _all(self) -> dict[K, V]:
        if self._merged is None:
            merged = {**self._shared, **self._changes}
            self._merged = {key: value for key, value in merged.items() if value is not None}
        return self._merged


class _Values(ValuesView[V]):
    """The values of entries that are not brought together before somebody asks for all of them."""

    __slots__ = ("_entries",)

    def __init__(self, entries: _Overlay[Any, V]) -> None:
        super().__init__(entries)
        self._entries = entries

    def __iter__(self) -> Iterator[V]:
        return (value for _, value in self._entries.pairs())
