"""The same text with different labels, after the variation n-grams of Dickinson and Meurers (2003).

A text with several labels is a variation nucleus. Where the words beside it are the same as well, there is hardly a
reason for another label; where they differ it may name another thing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import exp, log

from annotate.checks.corpus import CheckedArticle, Evidence, by_range
from annotate.checks.findings import Doubt, Spot
from annotate.checks.rule import COMPARED, Options
from annotate.checks.tokens import Tokens, string_of, tokens_of
from annotate.spans import Span

NAME = "labels"
_SMOOTH, _WORDS = 0.5, 200
"""What is added to a count of words, and for how many words."""

_Context = tuple[str, str]
"""The word before and the word after."""


@dataclass(frozen=True, slots=True)
class _Place:
    spot: Spot
    context: _Context


class Labels:
    """Remembers where texts stand whose labels vary."""

    def __init__(self, evidence: Evidence, options: Options) -> None:
        self._evidence = evidence
        self._usual = {text: evidence.majority(text) for text, found in evidence.strings.items() if len(found) > 1}
        self._odd: dict[str, list[_Place]] = defaultdict(list)
        self._like: dict[str, list[Spot]] = defaultdict(list)
        self._alike: dict[tuple[str, _Context], Spot] = {}
        self._contexts: dict[tuple[str, _Context], Counter[str]] = defaultdict(Counter)

    def look(self, article: CheckedArticle) -> None:
        """Remember the mentions of texts that vary."""
        for (start, end), label in by_range(article.spans).items():
            text = string_of(article.text[start:end])
            usual = self._usual.get(text)
            if usual is None:
                continue
            context = _context(tokens_of(article.text), start, end)
            self._contexts[text, context][label] += 1
            spot = Spot(article.article_id, start, end, label)
            if label != usual:
                self._odd[text].append(_Place(spot, context))
            elif len(self._like[text]) < COMPARED:
                self._like[text].append(spot)
            elif all(context):
                self._alike.setdefault((text, context), spot)

    def doubts(self) -> Iterator[Doubt]:
        """One for each text of which some mentions are rare or contradicted by others between the same words."""
        for text, places in self._odd.items():
            by_label = self._evidence.strings[text]
            found = [(one, weight) for one in places if (weight := self._weight(text, one, by_label))]
            if not found:
                continue
            found.sort(key=lambda one: -one[1])
            usual = self._usual[text]
            spots = [_fixed(one.spot, usual) for one, _ in found]
            compared = self._compared(text, [one.context for one, _ in found])
            told = ", ".join(f"{label} {count}" for label, count in Counter(by_label).most_common())
            listed = (*spots, *compared)
            yield Doubt(NAME, f"“{text}”: {told}", listed, found[0][1], sum(by_label.values()) - len(listed))

    def _weight(self, text: str, place: _Place, by_label: Mapping[str, int]) -> float:
        """How probable it is that the label is wrong; 0 where it is more probable that it is right."""
        label, usual = place.spot.label, self._usual[text]
        here = self._contexts[text, place.context]
        odds = log(by_label[usual] / by_label[label])
        odds += sum(
            self._beside(usual, side, word, 0) - self._beside(label, side, word, 1)
            for side, word in zip((-1, 1), place.context, strict=True)
            if word
        )
        if all(place.context):
            odds += log((1 + here[usual]) / here[label])
        return 1 / (1 + exp(-odds)) if odds > 0 else 0.0

    def _beside(self, label: str, side: int, word: str, own: int) -> float:
        """The logarithm of how often the word stands beside mentions of a label, but for `own` of them."""
        count = max(self._evidence.outside[label, side, word] - own, 0)
        return log((count + _SMOOTH) / (self._evidence.labels[label] - own + _SMOOTH * _WORDS))

    def _compared(self, text: str, contexts: list[_Context]) -> list[Spot]:
        """Usual mentions to show, those between the same words as a doubtful one before all others."""
        alike = [spot for one in dict.fromkeys(contexts) if (spot := self._alike.get((text, one)))]
        return [*alike, *self._like[text]][:COMPARED]


def _fixed(spot: Spot, label: str) -> Spot:
    return Spot(spot.article_id, spot.start, spot.end, spot.label, Span(spot.start, spot.end, label))


def _context(tokens: Tokens, start: int, end: int) -> _Context:
    before, after = tokens.before(start), tokens.after(end)
    left = "" if tokens.parted(before) else tokens.text(before)
    return left, "" if tokens.parted(after - 1) else tokens.text(after)
