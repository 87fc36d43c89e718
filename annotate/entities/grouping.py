"""Group mentions into entities by their names, within an article first and then across all of them.

A surname, a given name or an acronym is what the one longer name of its article that it fits stands for; where several
fit it stays by itself: two people who share a surname are never made one. Across articles equal names are one, and
so are spelling variants that never stand in the same article. What an annotator said goes before all of it.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.entities.names import Name, is_part_of, is_variant, name_of, skeleton, stands_for
from annotate.project_wide import EntityRecord, MentionKey, NameKey

PERSON = "person"

_FAMILIES = {
    "PERSON": PERSON, "PER": PERSON, "GPE": "place", "LOC": "place", "FAC": "place", "ORG": "organisation",
}  # fmt: skip

_NAMELESS = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"))
"""Labels of OntoNotes 5 whose mentions name no thing."""


def family_of(label: str) -> str:
    """What kind of thing a label names; labels of one family may name the same thing. "" where it names none."""
    return "" if label in _NAMELESS else _FAMILIES.get(label, label)


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention in an article, in the order of the text.

    Attributes:
        article_id: the article.
        start, end: the range.
        label: as annotated or suggested.
        text: what it covers.
    """

    article_id: str
    start: int
    end: int
    label: str
    text: str

    @property
    def key(self) -> MentionKey:
        """What it is found by."""
        return self.article_id, self.start, self.end


@dataclass(frozen=True, slots=True)
class Entity:
    """Mentions that name the same thing.

    Attributes:
        id: the annotator's record's, else made of its name: the same as long as that is.
        name: what it is called: given by the annotator, else its longest common name.
        family: what kind of thing it is.
        identifier: what it is linked to, or "".
        mentions: in the order of the articles and their texts.
        names: how often each text stands for it, most frequent first.
        labels: how often each label was given, most frequent first.
    """

    id: str
    name: str
    family: str
    identifier: str
    mentions: tuple[Mention, ...]
    names: tuple[tuple[str, int], ...]
    labels: tuple[tuple[str, int], ...]


_Node = tuple[str, str, str]
"""Article, family, key of the name. The name of all articles has no article."""


def group(mentions: Sequence[Mention], records: Iterable[EntityRecord] = ()) -> list[Entity]:
    """The entities of a corpus, the most frequent first.

    Args:
        mentions: those of all articles that are looked at, article by article.
        records: what the annotator said.
    """
    return _Grouping(mentions, {one.id: one for one in records}).entities()


class _Sets:
    """Disjoint sets of nodes, some of which belong to a record; sets of two records are never made one."""

    def __init__(self) -> None:
        self._parent: dict[_Node, _Node] = {}
        self._record: dict[_Node, str] = {}

    def find(self, node: _Node) -> _Node:
        root = self._parent.setdefault(node, node)
        while root != self._parent[root]:
            root = self._parent[root]
        while node != root:
            self._parent[node], node = root, self._parent[node]
        return root

    def claim(self, node: _Node, record: str) -> None:
        self._record.setdefault(self.find(node), record)

    def record(self, node: _Node) -> str:
        return self._record.get(self.find(node), "")

    def join(self, one: _Node, other: _Node) -> None:
        first, second = self.find(one), self.find(other)
        if first == second:
            return
        records = {self._record.get(first, ""), self._record.get(second, "")} - {""}
        if len(records) > 1:
            return
        self._parent[second] = first
        if records:
            self._record[first] = records.pop()


class _Grouping:
    def __init__(self, mentions: Sequence[Mention], records: Mapping[str, EntityRecord]) -> None:
        self._records = records
        self._sets = _Sets()
        self._own: dict[MentionKey, str] = {}
        self._by_article: dict[str, dict[str, dict[str, Name]]] = defaultdict(lambda: defaultdict(dict))
        self._named = [one for one in mentions if family_of(one.label)]
        self._articles: dict[NameKey, set[str]] = defaultdict(set)
        self._explained: dict[NameKey, set[_Node]] = defaultdict(set)

    def entities(self) -> list[Entity]:
        self._claim()
        self._read()
        unresolved = [node for article_id in self._by_article for node in self._resolve(article_id)]
        self._join_across()
        self._join_unresolved(unresolved)
        return self._gathered()

    # What the annotator said -------------------------------------------------------------------------------

    def _claim(self) -> None:
        for record in self._records.values():
            for family, key in record.names:
                self._sets.claim(("", family, key), record.id)
            for mention in record.mentions:
                self._own[mention] = record.id

    # One article -------------------------------------------------------------------------------------------

    def _read(self) -> None:
        for mention in self._named:
            if mention.key in self._own:
                continue
            family = family_of(mention.label)
            name = name_of(mention.text, person=family == PERSON)
            self._by_article[mention.article_id][family].setdefault(" ".join(name.key), name)

    def _resolve(self, article_id: str) -> Iterator[_Node]:
        """Join the short names of an article to the long ones; the nodes of those that have none there."""
        for family, names in self._by_article[article_id].items():
            for key, name in names.items():
                node = (article_id, family, key)
                longer = self._longer(name, names.values(), family)
                if len(longer) == 1 and not self._sets.record(("", family, key)):
                    long = " ".join(longer[0].key)
                    self._explained[family, key].add(("", family, long))
                    self._sets.join((article_id, family, long), node)
                elif longer or _is_short(name, family):
                    yield node
                else:
                    self._articles[family, key].add(article_id)
                    self._sets.join(("", family, key), node)

    def _longer(self, name: Name, names: Iterable[Name], family: str) -> list[Name]:
        """The names of the article that a short name may stand for; of those that include each other the longest."""
        fits = [other for other in names if _may_stand_for(name, other, family)]
        return [one for one in fits if not any(is_part_of(one, other) for other in fits)]

    # All articles ------------------------------------------------------------------------------------------

    def _join_across(self) -> None:
        """Join spelling variants of full names that never stand in one article."""
        alike: dict[tuple[str, ...], list[tuple[str, Name]]] = defaultdict(list)
        for family, key in self._articles:
            if family == PERSON and " " in key:
                name = name_of(key)
                alike[skeleton(name)].append((key, name))
        for names in alike.values():
            names.sort(key=lambda one: (-len(self._articles[PERSON, one[0]]), one[0]))
            for at, (key, name) in enumerate(names):
                for other_key, other in names[:at]:
                    articles, others = self._articles[PERSON, key], self._articles[PERSON, other_key]
                    if articles.isdisjoint(others) and is_variant(name, other):
                        self._sets.join(("", PERSON, other_key), ("", PERSON, key))
                        others |= articles
                        break

    def _join_unresolved(self, nodes: Iterable[_Node]) -> None:
        """Join what no name of its article explains to what explains it elsewhere, if that is one thing only."""
        for family, key in self._articles:
            if family == PERSON and " " in key:
                self._explained[family, key.rsplit(" ", 1)[1]].add(("", family, key))
        for node in nodes:
            _, family, key = node
            own = ("", family, key)
            found = set() if self._sets.record(own) else {self._sets.find(one) for one in self._explained[family, key]}
            self._sets.join(found.pop() if len(found) == 1 else own, node)

    # What comes of it --------------------------------------------------------------------------------------

    def _gathered(self) -> list[Entity]:
        members: dict[tuple[str, str], list[Mention]] = defaultdict(list)
        for mention in self._named:
            family = family_of(mention.label)
            record = self._own.get(mention.key, "")
            if not record:
                name = name_of(mention.text, person=family == PERSON)
                node = self._sets.find((mention.article_id, family, " ".join(name.key)))
                record = self._sets.record(node)
            members[(family, record) if record else (family, "/".join(node))].append(mention)
        found = [self._entity(family, key, held) for (family, key), held in members.items()]
        return sorted(found, key=lambda one: (-len(one.mentions), one.name.casefold(), one.id))

    def _entity(self, family: str, key: str, mentions: list[Mention]) -> Entity:
        names = Counter(" ".join(one.text.split()) for one in mentions)
        labels = Counter(one.label for one in mentions)
        record = self._records.get(key)
        name = (record.name if record else "") or _best_name(names, family)
        made = hashlib.blake2b(f"{family}/{key}".encode(), digest_size=8).hexdigest()
        return Entity(
            record.id if record else made,
            name,
            family,
            record.identifier if record else "",
            tuple(mentions),
            tuple(names.most_common()),
            tuple(labels.most_common()),
        )


def _is_short(name: Name, family: str) -> bool:
    """Whether a name by itself does not say whose it is."""
    return name.acronym or (family == PERSON and len(name.key) == 1)


def _may_stand_for(short: Name, long: Name, family: str) -> bool:
    if short.acronym and stands_for(short, long):
        return True
    return family == PERSON and is_part_of(short, long)


def _best_name(names: Counter[str], family: str) -> str:
    """The name with most words, then the most frequent, then the first in the alphabet; capitals alone come last."""
    parted = {text: name_of(text, person=family == PERSON) for text in names}
    best = min(names, key=lambda text: (text.isupper(), -len(parted[text].key), -names[text], text))
    return parted[best].text
