"""Part a corpus for training, development and test so that labels are spread evenly and no text is on two sides.

Articles that are nearly the same (agency copy, updates of one story) are found by the runs of three words that they
share, and stay together: a model that has seen one in training has seen the other. In scripts that put no spaces
between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese, Tibetan) each character counts as a word.
"""

from __future__ import annotations

import random
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from annotate.errors import ManiculeError

PARTS = ("train", "dev", "test")
"""The parts, in the order of their shares."""

ALIKE = 0.6
"""Share of their runs of words that two texts have in common from which they count as nearly the same."""

_BINS = 64
_BAND = 4
_MOST_COMPARED = 8
_RUN = 3
_UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u0f00-\u0fff\u1000-\u109f\uaa60-\uaa7f"  # Tibetan, Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W{_UNSPACED}]+")
_EMPTY = 0xFFFFFFFF


class SplitError(ManiculeError):
    """Shares that are none."""

    title = "Split"


@dataclass(frozen=True, slots=True)
class Shares:
    """How much of a corpus goes to each part, of 1 altogether; a part of 0 is not made."""

    train: float
    dev: float
    test: float

    def __iter__(self) -> Iterator[tuple[str, float]]:
        """The parts that are made, with their shares."""
        return ((name, share) for name, share in zip(PARTS, (self.train, self.dev, self.test), strict=True) if share)


def read_shares(text: str) -> Shares:
    """Shares as a person writes them: 80/10/10, or 80/20 for no test part.

    Raises:
        SplitError: these are no such shares.
    """
    try:
        numbers = [float(one) for one in text.split("/")]
    except ValueError:
        numbers = []
    total = sum(numbers)
    if len(numbers) not in (2, 3) or min(numbers, default=-1) < 0 or not 0 < total < float("inf"):
        raise SplitError(f"{text}: shares are written 80/10/10 (training, development, test), or 80/20")
    train, dev, test = [*(one / total for one in numbers), 0.0][:3]
    return Shares(train, dev, test)


@dataclass(slots=True)
class Splitter:
    """Takes articles one by one, keeps little of each, and then says what part each is in."""

    _ids: list[str] = field(default_factory=list)
    _labels: list[dict[str, int]] = field(default_factory=list)
    _signatures: list[array[int]] = field(default_factory=list)

    def add(self, article_id: str, text: str, labels: Mapping[str, int]) -> None:
        """Take an article with the number of its spans of each label."""
        self._ids.append(article_id)
        self._labels.append(dict(labels))
        self._signatures.append(signature(text))

    def parts(self, shares: Shares, seed: int) -> dict[str, str]:
        """The part of each article; the same for the same articles, shares and seed."""
        groups = [_Group(members, self._counted(members)) for members in near_duplicates(self._signatures)]
        part_of = _assigned(groups, shares, random.Random(seed))
        return {self._ids[member]: part for group, part in part_of for member in group.members}

    def _counted(self, members: Sequence[int]) -> Counter[str]:
        counted: Counter[str] = Counter()
        for member in members:
            counted.update(self._labels[member])
        return counted


@dataclass(frozen=True, slots=True)
class _Group:
    """Articles that stay together, by their numbers, and the labels of their spans."""

    members: Sequence[int]
    labels: Counter[str]


# Spreading labels ------------------------------------------------------------------------------------------


def _assigned(groups: Sequence[_Group], shares: Shares, chance: random.Random) -> Iterator[tuple[_Group, str]]:
    """The part of each group: rare labels first, each group to the part that lacks most of them."""
    left = list(groups)
    chance.shuffle(left)
    left.sort(key=lambda one: -len(one.members))
    totals: Counter[str] = Counter()
    for one in left:
        totals.update(one.labels)
    articles = {name: share * sum(len(one.members) for one in groups) for name, share in shares}
    wanted = {name: {label: share * count for label, count in totals.items()} for name, share in shares}
    for label in [*(label for label, _ in sorted(totals.items(), key=lambda one: (one[1], one[0]))), ""]:
        with_it = [one for one in left if not label or one.labels[label]]
        left = [one for one in left if label and not one.labels[label]]
        with_it.sort(key=lambda one: -one.labels[label])
        for group in with_it:
            name = max(articles, key=lambda part: (wanted[part].get(label, 0), articles[part]))
            articles[name] -= len(group.members)
            for other, count in group.labels.items():
                wanted[name][other] -= count
            yield group, name


# Near duplicates -------------------------------------------------------------------------------------------


def signature(text: str) -> array[int]:
    """A text's signature: of two texts about as many places are equal as they share runs of three words."""
    words = _WORD.findall(text.casefold())
    lowest = [_EMPTY] * _BINS
    for at in range(max(len(words) - _RUN + 1, 1)):
        mixed = crc32(" ".join(words[at : at + _RUN]).encode("utf-8", "replace"))
        place, value = mixed % _BINS, mixed // _BINS
        if value < lowest[place]:
            lowest[place] = value
    return array("I", _filled(lowest))


def _filled(lowest: Sequence[int]) -> list[int]:
    """The places of a short text that hold nothing borrow from the next that holds something."""
    filled = list(lowest)
    for place in range(_BINS):
        steps = 0
        while filled[place] == _EMPTY:
            steps += 1
            borrowed = lowest[(place + steps) % _BINS]
            filled[place] = borrowed if borrowed == _EMPTY else (borrowed + steps * 0x9E3779B1) % _EMPTY
    return filled


def near_duplicates(signatures: Sequence[array[int]]) -> list[list[int]]:
    """The numbers of all texts in groups of those that are nearly the same, in order of each group's first."""
    parent = list(range(len(signatures)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    seen: dict[tuple[int, bytes], list[int]] = {}
    for number, own in enumerate(signatures):
        for band in range(0, _BINS, _BAND):
            others = seen.setdefault((band, own[band : band + _BAND].tobytes()), [])
            for other in others:
                if root(other) != root(number) and _alike(own, signatures[other]):
                    low, high = sorted((root(other), root(number)))
                    parent[high] = low
            if len(others) < _MOST_COMPARED:
                others.append(number)
    groups: dict[int, list[int]] = {}
    for number in range(len(signatures)):
        groups.setdefault(root(number), []).append(number)
    return list(groups.values())


def _alike(one: Iterable[int], other: Iterable[int]) -> bool:
    return sum(a == b for a, b in zip(one, other, strict=True)) >= ALIKE * _BINS
