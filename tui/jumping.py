"""Jump tags: short codes on the words in sight, so that a few letters lead to any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LETTERS = "fjdkslahrueiwoqptyvncmxbz"
"""What tags are made of: first the letters on which the fingers rest, then those near them.

There is no g: it is the key that asks for the tags, and may still be down.
"""


@dataclass(frozen=True, slots=True)
class Target:
    """A word that can be jumped to.

    Attributes:
        start: where it starts.
        room: the cells from there to the next target, or to the end of the line on screen.
    """

    start: int
    room: int


def make_tags(count: int) -> list[str]:
    """At least `count` tags, the shortest first: none begins with another, none has a letter twice in a row."""
    short, long = list(LETTERS), list[str]()
    while len(short) + len(long) < count:
        if not short:
            short, long = long, []
        stem = short.pop()
        long += [stem + letter for letter in LETTERS if letter != stem[-1]]
    return [*short, *long]


class Jump:
    """A jump under way: which tags are left, and what has been typed of them."""

    def __init__(self, targets: Sequence[Target], cursor: int) -> None:
        """Give each target a tag, the shortest to those near the cursor and those with little room.

        Where there are so many targets that one has no room for its tag, it goes without.
        """
        tags = make_tags(len(targets))
        longest = len(tags[-1])
        ranked = sorted(targets, key=lambda one: (one.room >= longest, abs(one.start - cursor)))
        pairs = zip(ranked, tags, strict=False)
        self._starts = {tag: target.start for target, tag in pairs if len(tag) <= target.room}
        self.typed = ""

    def left(self) -> dict[int, str]:
        """What is still to be typed, by where it leads."""
        typed = self.typed
        return {start: tag[len(typed) :] for tag, start in self._starts.items() if tag.startswith(typed)}

    def type(self, letter: str) -> int | None:
        """Take a letter; where it leads when a tag is complete."""
        self.typed += letter
        return self._starts.get(self.typed)
