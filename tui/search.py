"""A search in an article: what is looked for, where it stands, and which hit is shown."""

from __future__ import annotations

import re
from bisect import bisect_left

from annotate.words import Range
from tui.safe_text import drawable


class Search:
    """Finds what a person reads, whatever the case and the white space: the text as it is drawn is searched.

    Attributes:
        origin: where the search began.
        hits: where the query stands, in order.
    """

    def __init__(self, text: str, origin: int) -> None:
        self.origin = origin
        self.hits: list[Range] = []
        self._text = drawable(text)
        self._shown = 0

    def look_for(self, query: str) -> None:
        """Find a query; the first hit from the origin on is shown."""
        pattern = r"\s+".join(map(re.escape, drawable(query).split()))
        found = re.finditer(pattern, self._text, re.IGNORECASE) if pattern else ()
        self.hits = [hit.span() for hit in found]
        self._shown = bisect_left(self.hits, (self.origin, 0)) % max(len(self.hits), 1)

    def step(self, step: int) -> None:
        """Show the next hit (1) or the previous one (-1), round the ends."""
        self._shown = (self._shown + step) % max(len(self.hits), 1)

    @property
    def current(self) -> Range | None:
        """The hit that is shown."""
        return self.hits[self._shown] if self.hits else None

    @property
    def told(self) -> str:
        """Which hit of how many is shown."""
        return f"{self._shown + 1} of {len(self.hits)}" if self.hits else "not found"
