"""Varies examples afresh each epoch, so that the network learns where names stand and not only which there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from random import Random

from annotate.news_pipeline.tags import range_tags
from annotate.news_pipeline.training.examples import Example

_SWAPPED_TEXTS = 0.5
_SWAPPED_NAMES = 0.3
_TEXTS_WITH_PLACES_SWAPPED = 0.15
_SOME = 0.1
_FEW = 0.03
_TITLES = (
    "Lt Gen|Foreign Secretary|COAS|Brigadier|Deputy Governor|Federal Minister|Justice|MP|Coach|Sheikh|Dr|Prof|Mr|Ms|"
    "Senator|Chief Minister|Home Secretary|Ambassador|Captain|Superintendent|Chairman|Attorney General|Mayor|"
    "Special Representative|Vice President|Army Chief|Opposition Leader|Commissioner|Archbishop|Engineer|Secretary"
).split("|")

Surface = tuple[str, ...]


@dataclass(slots=True)
class Names:
    """Names to put in for others, as the examples that they were gathered from have them.

    Attributes:
        people: pairs of first and last names, by region.
        others: surfaces by label and number of tokens.
    """

    people: dict[str, tuple[list[str], list[str]]] = field(default_factory=dict)
    others: dict[tuple[str, int], list[Surface]] = field(default_factory=lambda: defaultdict(list))

    def gather(self, region: str, found: Iterable[Example]) -> None:
        """Add the names of a region's examples."""
        firsts, lasts = self.people.setdefault(region, ([], []))
        for example in found:
            for start, end, label in example.ranges():
                surface = tuple(example.words[start:end])
                if label == "PERSON" and len(surface) > 1 and surface[0].istitle() and surface[-1].istitle():
                    firsts.append(surface[0])
                    lasts.append(surface[-1])
                elif label in ("ORG", "GPE", "FAC", "EVENT", "LOC"):
                    self.others[label, len(surface)].append(surface)


def vary(example: Example, names: Names, random: Random) -> Example:
    """Another example like this one, with names swapped, titles, acronyms and datelines put in, or in capitals."""
    if random.random() < _SWAPPED_TEXTS:
        example = _swap(example, names, random)
    if example.kind == "written" and random.random() < 3 * _SOME:
        example = _with_titles(example, random)
    if random.random() < 2 * _SOME:
        example = _with_acronym(example, random)
    if random.random() < _SOME:
        example = _with_dateline(example, names, random)
    if random.random() < 2 * _FEW:
        example = _in_capitals(example, random)
    return example


def _swap(example: Example, names: Names, random: Random) -> Example:
    """Some of the names replaced, each by the same other one all through the text, so that the text still agrees."""
    labels = {"ORG", "FAC", "EVENT"}
    if random.random() < _TEXTS_WITH_PLACES_SWAPPED:
        labels |= {"GPE", "LOC"}
    people: dict[str, str] = {}
    others: dict[tuple[str, Surface], Surface] = {}
    region = names.people[random.choice(sorted(names.people))]
    words = list(example.words)
    for start, end, label in sorted(example.ranges(), key=lambda found: found[0] - found[1]):
        surface = tuple(words[start:end])
        if label == "PERSON":
            _choose_person(surface, people, region, random)
            words[start:end] = [people.get(word, word) for word in surface]
        elif label in labels:
            if (label, surface) not in others:
                pool = names.others.get((label, len(surface)))
                others[label, surface] = random.choice(pool) if pool and random.random() < _SWAPPED_NAMES else surface
            words[start:end] = others[label, surface]
    return replace(example, words=words)


def _choose_person(
    surface: Surface, people: dict[str, str], region: tuple[Sequence[str], Sequence[str]], random: Random
) -> None:
    firsts, lasts = region
    if surface[-1] in people or not surface[-1].istitle() or not firsts:
        return
    swapped = random.random() < _SWAPPED_NAMES
    people[surface[-1]] = random.choice(lasts) if swapped else surface[-1]
    if swapped and len(surface) > 1 and surface[0].istitle():
        people.setdefault(surface[0], random.choice(firsts))


def _with_titles(example: Example, random: Random) -> Example:
    """A title before some full names that stand inside a sentence without one."""
    words, spaces, tags = list(example.words), list(example.spaces), list(example.tags)
    found = [(start, end) for start, end, label in example.ranges() if label == "PERSON" and end - start > 1]
    for start, _ in reversed(found):
        inside = start > 0 and spaces[start - 1] and (words[start - 1].islower() or words[start - 1] == ",")
        if inside and random.random() < _SWAPPED_NAMES:
            title = random.choice(_TITLES).split()
            words[start:start] = title
            spaces[start:start] = [True] * len(title)
            tags[start:start] = ["O"] * len(title)
    return replace(example, words=words, spaces=spaces, tags=tags)


def _with_acronym(example: Example, random: Random) -> Example:
    """A long organisation's acronym in brackets after its first mention, in place of the name at later ones."""
    found = [(s, e) for s, e, label in example.ranges() if label == "ORG" and e - s > 2]
    found = [(s, e) for s, e in found if e >= len(example.words) or example.words[e] != "("]
    if not found:
        return example
    start, end = random.choice(found)
    surface = example.words[start:end]
    short = "".join(word[0] for word in surface if word[:1].isupper())
    if len(short) < 2:
        return example
    words, spaces, tags = list(example.words), list(example.spaces), list(example.tags)
    for s, e in reversed(found):
        if s > start and words[s:e] == surface:
            words[s:e], spaces[s:e], tags[s:e] = [short], [spaces[e - 1]], range_tags(1, "ORG")
    words[end:end] = ["(", short, ")"]
    spaces[end - 1 : end] = [True, False, False, spaces[end - 1]]
    tags[end:end] = ["O", "U-ORG", "O"]
    return replace(example, words=words, spaces=spaces, tags=tags)


def _with_dateline(example: Example, names: Names, random: Random) -> Example:
    """A city in front of the first sentence that is no headline, in one of the forms that agencies use."""
    cities = [surface for surface in names.others.get(("GPE", 1), ()) if surface[0].istitle()]
    if not cities:
        return example
    at = next((i + 1 for i, word in enumerate(example.words) if "\n" in word), 0)
    city = random.choice(cities)[0]
    city = city.upper() if random.random() < 0.5 else city
    agency = random.choice([surface for surface in names.others.get(("ORG", 1), [("Reuters",)])])
    words, tags, spaces = random.choice(
        [
            ([city, ":"], ["U-GPE", "O"], [False, True]),
            ([city, "-"], ["U-GPE", "O"], [True, True]),
            ([city, "(", *agency, ")", "-"], ["U-GPE", "O", "U-ORG", "O", "O"], [True, False, False, True, True]),
        ]
    )
    return replace(
        example,
        words=[*example.words[:at], *words, *example.words[at:]],
        spaces=[*example.spaces[:at], *spaces, *example.spaces[at:]],
        tags=[*example.tags[:at], *tags, *example.tags[at:]],
    )


def _in_capitals(example: Example, random: Random) -> Example:
    """The whole text, or the names in it, in capitals."""
    if random.random() < 0.5:
        return replace(
            example, words=[word.upper() if len(word.upper()) == len(word) else word for word in example.words]
        )
    words = list(example.words)
    for start, end, _ in example.ranges():
        if random.random() < _SWAPPED_NAMES:
            words[start:end] = [word.upper() if len(word.upper()) == len(word) else word for word in words[start:end]]
    return replace(example, words=words)
