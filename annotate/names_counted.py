"""Count names in articles, and which of them stand together, with no more in memory for more articles."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from annotate.entities.grouping import PERSON, Mention, group
from annotate.entities.names import name_of
from annotate.layers import Annotation
from annotate.project_wide import EntityRecord, NameKey
from annotate.sentences import sentence_breaks

MOST_NAMES = 50_000
"""Different names that are counted at once; beyond, the rarest are forgotten, and it is said how much that may be."""

PAIRED_NAMES = 150
"""Names, those in most articles, of which pairs are looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """What an article says of one thing.

    Attributes:
        family: what kind of thing it is; see `annotate.entities.grouping.family_of`.
        key: of its longest name there: names that differ by case, accents, `the`, titles and possessives have one.
        name: that name as written.
        mentions: how often it is mentioned, also by surname or acronym.
    """

    family: str
    key: str
    name: str
    mentions: int


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """The things that an article names.

    Attributes:
        named: the things.
        sentences: for each sentence that names several of them their numbers among these.
    """

    named: tuple[Named, ...] = ()
    sentences: tuple[tuple[int, ...], ...] = ()


def names_in(article_id: str, text: str, annotations: Iterable[Annotation]) -> ArticleNames:
    """What annotations of an article name, short names counted for the long ones that they stand for there."""
    mentions = [
        Mention(article_id, one.span.start, one.span.end, one.span.label, one.quote)
        for one in sorted(annotations, key=lambda one: one.span)
    ]
    entities = group(mentions)
    if not entities:
        return ArticleNames()
    named = tuple(Named(one.family, _key(one.name, one.family), one.name, len(one.mentions)) for one in entities)
    breaks = sentence_breaks(text) if len(named) > 1 else []
    sentences: dict[int, set[int]] = defaultdict(set)
    for number, entity in enumerate(entities):
        for mention in entity.mentions:
            sentences[bisect_right(breaks, mention.start)].add(number)
    several = [tuple(sorted(numbers)) for _, numbers in sorted(sentences.items()) if len(numbers) > 1]
    return ArticleNames(named, tuple(several))


def _key(name: str, family: str) -> str:
    return " ".join(name_of(name, person=family == PERSON).key)


class Called:
    """What an annotator has said that names stand for, wherever they are."""

    def __init__(self, records: Iterable[EntityRecord] = ()) -> None:
        """Of records of single mentions nothing is known here."""
        self._keys: dict[NameKey, NameKey] = {}
        self._names: dict[NameKey, str] = {}
        for record in records:
            for key in record.names:
                self._keys[key] = record.names[0]
            if record.names and record.name:
                self._names[record.names[0]] = record.name

    def key(self, named: Named) -> NameKey:
        """What the thing is counted as."""
        key = (named.family, named.key)
        return self._keys.get(key, key)

    def name(self, key: NameKey, written: str) -> str:
        """What is shown for it."""
        return self._names.get(key, written)


@dataclass(slots=True)
class Frequency:
    """How often something is named.

    Attributes:
        name: as written where it was met first, or as the annotator calls it.
        family: what kind of thing it is.
        mentions: how often.
        articles: in how many articles.
    """

    name: str
    family: str
    mentions: int = 0
    articles: int = 0


class NameCounter:
    """Counts names; of more than `most` different ones it forgets the rarest.

    Attributes:
        missed: by how much a count may be too low.
    """

    def __init__(self, called: Called, most: int = MOST_NAMES) -> None:
        self.missed = 0
        self._called = called
        self._most = most
        self._found: dict[NameKey, Frequency] = {}

    def take(self, names: ArticleNames) -> None:
        """Count those of an article."""
        keys = set()
        for one in names.named:
            key = self._called.key(one)
            found = self._found.get(key)
            if found is None:
                found = self._found[key] = Frequency(self._called.name(key, one.name), one.family)
            found.mentions += one.mentions
            found.articles += key not in keys
            keys.add(key)
        if len(self._found) > self._most:
            self._forget()

    def _forget(self) -> None:
        order = sorted(self._found, key=lambda key: -self._found[key].mentions)
        dropped = order[self._most // 2 :]
        self.missed += self._found[dropped[0]].mentions
        for key in dropped:
            del self._found[key]

    def most_frequent(self, number: int) -> list[Frequency]:
        """Those that are mentioned most often, first the most frequent."""
        found = sorted(self._found.values(), key=lambda one: (-one.mentions, -one.articles, one.name.casefold()))
        return found[:number]

    def widespread(self, number: int = PAIRED_NAMES) -> dict[NameKey, str]:
        """Those that are in most articles, with what is shown for them."""
        found = sorted(self._found.items(), key=lambda item: (-item[1].articles, -item[1].mentions, item[0]))
        return {key: one.name for key, one in found[:number]}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that are named together.

    Attributes:
        names: of both.
        articles: in how many articles both are named.
        sentences: in how many sentences.
    """

    names: tuple[str, str]
    articles: int
    sentences: int


@dataclass(slots=True)
class PairCounter:
    """Counts in how many articles and sentences two of some names stand together.

    Attributes:
        called: what names stand for.
        names: those that are looked for, with what is shown for them.
    """

    called: Called
    names: Mapping[NameKey, str]
    _articles: Counter[tuple[NameKey, NameKey]] = field(default_factory=Counter)
    _sentences: Counter[tuple[NameKey, NameKey]] = field(default_factory=Counter)

    def take(self, names: ArticleNames) -> None:
        """Count those of an article."""
        keys = [self.called.key(one) for one in names.named]
        self._articles.update(self._pairs(keys))
        for numbers in names.sentences:
            self._sentences.update(self._pairs(keys[number] for number in numbers))

    def _pairs(self, keys: Iterable[NameKey]) -> Iterable[tuple[NameKey, NameKey]]:
        return combinations(sorted({key for key in keys if key in self.names}), 2)

    def most_frequent(self, number: int) -> list[Pair]:
        """The pairs in most articles and those in most sentences, so many of each, first those in most articles."""
        wanted = {*_top(self._articles, number), *_top(self._sentences, number)}
        found = [Pair(self._named(pair), self._articles[pair], self._sentences[pair]) for pair in wanted]
        return sorted(found, key=lambda one: (-one.articles, -one.sentences, one.names))

    def _named(self, pair: tuple[NameKey, NameKey]) -> tuple[str, str]:
        one, other = sorted((self.names[key] for key in pair), key=lambda name: (name.casefold(), name))
        return one, other


def _top(counter: Counter[tuple[NameKey, NameKey]], number: int) -> list[tuple[NameKey, NameKey]]:
    return sorted(counter, key=lambda pair: (-counter[pair], pair))[:number]
