"""The articles as a person asked for them: sorted seldom, found again with every key of the words that they type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.arrangement import Arrangement, Shown, folded_title

if TYPE_CHECKING:
    from store.library import Row


class Listing:
    """Holds the articles in order. Sorting takes longer than a key of a filter may, looking up each title, too."""

    def __init__(self) -> None:
        """Nothing is listed."""
        self._sorted: list[str] = []
        self._made_of: tuple[int, Shown] | None = None
        self._ids: list[str] = []
        self._titles: list[str] = []
        self._found: Sequence[int] = ()
        self._words = ""

    def sort(self, arrangement: Arrangement, ids: Sequence[str], rows: Mapping[str, Row]) -> None:
        """Put articles in order; those whose row is not read yet come last."""
        self._sorted = arrangement.sort(ids, rows)
        self._made_of = None

    def find(
        self, arrangement: Arrangement, rows: Mapping[str, Row], titles: Mapping[str, str], changes: int
    ) -> list[str]:
        """The ids of the articles that are listed, in the order of the last sorting.

        Args:
            arrangement: what is listed.
            rows: of the articles that are read.
            titles: what each of these is found by.
            changes: another number when rows are other than they were.
        """
        if self._made_of != (changes, arrangement.shown):
            self._made_of = changes, arrangement.shown
            self._ids = arrangement.select(self._sorted, rows)
            # Titles stand beside the ids and not in pairs with them: the collector would go through the pairs.
            self._titles = [titles.get(name) or folded_title(name, None) for name in self._ids]
            self._words = ""
        if not self._words or not arrangement.words.startswith(self._words):
            self._found = range(len(self._ids))
        for word in arrangement.words.casefold().split():
            self._found = [at for at in self._found if word in self._titles[at]]
        self._words = arrangement.words
        return [self._ids[at] for at in self._found]
