"""Keep what was reckoned from a file that only grows, so that of a long one only what is new is read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar
from zlib import crc32

from store.cache_files import read_cache, write_cache
from store.disk_state import State, is_settled, state_of
from store.locations import Locations

T = TypeVar("T")

_TAIL = 4096
"""Bytes before the place from which on a file is new; where they differ it was written anew."""


@dataclass(frozen=True, slots=True)
class Follower(Generic[T]):
    """How a value is reckoned from a file that only grows.

    Attributes:
        rules: changes with what is reckoned of the same file.
        begin: the value of an empty file.
        read: takes what the file has from so many bytes on into a value; gives the bytes up to where it came.
        encode: the value as JSON holds it.
        decode: the value; ValueError, TypeError or LookupError where it is none.
    """

    rules: int
    begin: Callable[[], T]
    read: Callable[[Path, int, T], int]
    encode: Callable[[T], Any]
    decode: Callable[[Any], T]


@dataclass(frozen=True, slots=True)
class _Known(Generic[T]):
    state: State
    settled: bool
    length: int
    tail: int
    value: T


def follow(locations: Locations, cache: Path, path: Path, follower: Follower[T], now: int) -> tuple[T, bool]:
    """What is reckoned of a file as it is now, and whether that is kept.

    A file of which only the end is new is read from there on. One that was replaced, cut or changed in place is
    read whole.

    Args:
        locations: the project's.
        cache: where the value is kept.
        path: the file; where it cannot be read the value is that of an empty one.
        follower: how it is reckoned.
        now: the disk's clock.
    """
    state = state_of(path)
    if state is None:
        return follower.begin(), False
    known = _known(cache, follower)
    if known and known.state == state and known.settled:
        return known.value, True
    value, length = follower.begin(), 0
    if known and _goes_on(known, state, path):
        value, length = known.value, known.length
    length = follower.read(path, length, value)
    content = {
        "rules": follower.rules,
        "state": state,
        "settled": is_settled(state, now),
        "length": length,
        "tail": _tail(path, length),
        "value": follower.encode(value),
    }
    return value, write_cache(locations, cache, content)


def _known(cache: Path, follower: Follower[T]) -> _Known[T] | None:
    content = read_cache(cache)
    try:
        if content["rules"] != follower.rules:
            return None
        state: State = (*map(int, content["state"]),)  # type: ignore[assignment]
        length, tail = int(content["length"]), int(content["tail"])
        return _Known(state, bool(content["settled"]), length, tail, follower.decode(content["value"]))
    except (ValueError, TypeError, LookupError, AttributeError):
        return None


def _goes_on(known: _Known[T], state: State, path: Path) -> bool:
    """Whether the file is the one that is known, with something more at its end at the most."""
    grown = state[0] == known.state[0] and state[1] > known.state[1]
    return (grown or state == known.state) and _tail(path, known.length) == known.tail


def _tail(path: Path, length: int) -> int:
    """A check of what stands before a place in a file; -1 where it cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(max(length - _TAIL, 0))
            return crc32(file.read(min(length, _TAIL)))
    except OSError:
        return -1
