"""What is still to settle in an article, in the order in which an annotator wants to go through it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable

EntryKey = tuple[int, int, str]
"""(start, -end, annotation id or ""): sorts entries as they are read, outer before inner."""

Rank = tuple[float, EntryKey]
"""(score, key): sorts the least certain first, those without a score last."""

_NO_SCORE = 2.0
_BEFORE_ALL: Rank = (-1.0, (0, 0, ""))


def rank_of(key: EntryKey, score: float | None) -> Rank:
    """Where an entry of that score stands when the least certain come first."""
    return (_NO_SCORE if score is None else score), key


class Undecided:
    """Keys of undecided entries: in the order of the text and, once that is asked for, from the least certain on."""

    def __init__(self, keys: Iterable[EntryKey], score_of: Callable[[EntryKey], float | None]) -> None:
        """Take the keys; `score_of` gives an undecided entry's best score, and is not asked before it matters."""
        self.keys = sorted(keys)
        self._score_of = score_of
        self._ranks: list[Rank] | None = None
        self._rank_of: dict[EntryKey, Rank] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, key: EntryKey) -> None:
        """An entry has become undecided."""
        insort(self.keys, key)
        if self._ranks is not None:
            insort(self._ranks, self._ranked(key))

    def discard(self, key: EntryKey) -> None:
        """An entry is no longer undecided, if it was."""
        at = bisect_left(self.keys, key)
        if at == len(self.keys) or self.keys[at] != key:
            return
        del self.keys[at]
        if self._ranks is not None:
            del self._ranks[bisect_left(self._ranks, self._rank_of.pop(key))]

    def after(self, key: EntryKey) -> EntryKey | None:
        """The first one after `key` in the text."""
        at = bisect_right(self.keys, key)
        return self.keys[at] if at < len(self.keys) else None

    def before(self, key: EntryKey) -> EntryKey | None:
        """The last one before `key` in the text."""
        at = bisect_left(self.keys, key)
        return self.keys[at - 1] if at else None

    def by_certainty(self, rank: Rank | None, step: int) -> EntryKey | None:
        """The next one (`step` 1) or previous one (-1) from a rank on, round the ends; None where nothing is left.

        Args:
            rank: from where; None for before the least certain.
            step: 1 towards the more certain, -1 towards the less certain.
        """
        if self._ranks is None:
            self._ranks = sorted(map(self._ranked, self.keys))
        if not self._ranks:
            return None
        rank = rank or _BEFORE_ALL
        at = bisect_right(self._ranks, rank) if step > 0 else bisect_left(self._ranks, rank) - 1
        return self._ranks[at % len(self._ranks)][1]

    def _ranked(self, key: EntryKey) -> Rank:
        rank = self._rank_of[key] = rank_of(key, self._score_of(key))
        return rank
