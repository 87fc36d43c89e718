"""Made-up names as news mentions them: few very often, most hardly ever, some short after the first time."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import accumulate

_SYLLABLES = (
    "ba be bo da de do fa ga ha ja ka ke ki ko la le li lo ma me mi mo na ne no ra ri sa se ta to vi za".split()
)
_MONTHS = "January February March April May June July August September October November December".split()
_BODIES = ("Council", "Bank", "Agency", "Institute", "Union", "Authority")
_SIZES = {"PERSON": 20_000, "ORG": 10_000, "GPE": 2_000, "DATE": 360, "NORP": 150}
_AGAIN, _SHORT = 0.35, 0.7
"""How often a mention repeats a name of its article, and how often it is a shorter form then."""


class Names:
    """Draws names: the nth of a label as often as 1/n says (Zipf 1949), and again within an article."""

    def __init__(self, seed: int) -> None:
        self._chooser = random.Random(seed)
        made = {"PERSON": self._person, "ORG": self._body, "GPE": lambda: self._word(3), "NORP": self._people}
        self._names = {label: self._distinct(make, _SIZES[label]) for label, make in made.items()}
        self._names["DATE"] = [f"{day} {month}" for month in _MONTHS for day in range(1, 31)]
        self._weights = {
            label: list(accumulate(1 / rank for rank in range(1, len(names) + 1)))
            for label, names in self._names.items()
        }

    def of_an_article(self, labels: list[str]) -> list[str]:
        """A name for each label."""
        held: dict[str, list[str]] = {}
        return [self._draw(label, held.setdefault(label, [])) for label in labels]

    def _draw(self, label: str, held: list[str]) -> str:
        chooser = self._chooser
        if held and chooser.random() < _AGAIN:
            name = chooser.choice(held)
            return shortened(label, name) if chooser.random() < _SHORT else name
        (name,) = chooser.choices(self._names[label], cum_weights=self._weights[label])
        held.append(name)
        return name

    def _distinct(self, make: Callable[[], str], count: int) -> list[str]:
        names: dict[str, None] = {}
        while len(names) < count:
            names[make()] = None
        return list(names)

    def _word(self, syllables: int) -> str:
        return "".join(self._chooser.choices(_SYLLABLES, k=syllables)).capitalize()

    def _person(self) -> str:
        return f"{self._word(2)} {self._word(3)}"

    def _body(self) -> str:
        return f"{self._word(3)} {self._word(2)} {self._chooser.choice(_BODIES)}"

    def _people(self) -> str:
        return f"{self._word(2)}ian"


def shortened(label: str, name: str) -> str:
    """A surname, an acronym, or the name itself."""
    if label == "PERSON":
        return name.split()[-1]
    return "".join(word[0] for word in name.split()) if label == "ORG" else name
