"""The names of a corpus, to be looked up by their words: an entity is found without a look at all the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from annotate.entities.grouping import PERSON, Entity, Mention, family_of, group
from annotate.entities.names import Name, name_of, skeleton, stands_for
from annotate.project_wide import EntityRecord, NameKey


class NameIndex:
    """Mentions by article and name; kept up to date article by article."""

    def __init__(self) -> None:
        self._by_article: dict[str, tuple[Mention, ...]] = {}
        self._articles_of: dict[NameKey, Counter[str]] = defaultdict(Counter)
        self._by_word: dict[NameKey, set[str]] = defaultdict(set)
        self._by_skeleton: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._acronyms: dict[str, set[str]] = defaultdict(set)
        self._names: dict[NameKey, Name] = {}

    def __len__(self) -> int:
        return sum(map(len, self._by_article.values()))

    def put(self, article_id: str, mentions: Iterable[Mention]) -> None:
        """Make `mentions`, in the order of the text, all that the article has."""
        for old in self._by_article.pop(article_id, ()):
            key = key_of(old)
            if key:
                self._forget(key, article_id)
        held = tuple(mentions)
        if held:
            self._by_article[article_id] = held
        for mention in held:
            key = key_of(mention)
            if key:
                self._learn(key, mention)

    def mentions(self, article_id: str) -> Sequence[Mention]:
        """What the article has, in the order of its text."""
        return self._by_article.get(article_id, ())

    def count(self, family: str, name: Name) -> int:
        """How many mentions have that name."""
        return self.count_of((family, " ".join(name.key)))

    def count_of(self, key: NameKey) -> int:
        """How many mentions have that name."""
        return self._articles_of.get(key, Counter()).total()

    def named(self, part: str, family: str) -> list[tuple[str, Mention]]:
        """Names of a family that hold `part`, case aside, with one mention each; the most frequent first."""
        wanted = part.casefold().strip()
        if not wanted:
            return []
        keys = [key for key in self._names if key[0] == family and wanted in key[1] and self._articles_of[key]]
        keys.sort(key=lambda key: (-self._articles_of[key].total(), key))
        return [(self._names[key].text, self._a_mention(key)) for key in keys]

    def _a_mention(self, key: NameKey) -> Mention:
        article_id = next(iter(self._articles_of[key]))
        return next(one for one in self._by_article[article_id] if key_of(one) == key)

    def articles(self) -> list[str]:
        """The articles that have any."""
        return list(self._by_article)

    def entity_of(self, mention: Mention, records: Iterable[EntityRecord] = ()) -> Entity | None:
        """The entity that a mention of the index belongs to; None where its label names nothing.

        Args:
            mention: one of the index.
            records: what the annotator said of entities.
        """
        key = key_of(mention)
        if key is None:
            return None
        records = tuple(records)
        own = [one for one in records if mention.key in one.mentions or key in one.names]
        keys = {near for start in [key, *(name for one in own for name in one.names)] for near in self._near(start)}
        wanted = {one for record in own for one in record.mentions}
        entities = group(self._with_names(keys, wanted), records)
        return next((one for one in entities if mention in one.mentions), None)

    def _near(self, key: NameKey) -> set[NameKey]:
        """The names that may be grouped with one: those that share a word, and the short forms of these."""
        near = self._sharing(key)
        for one in tuple(near):
            others = self._sharing(one)
            near |= others if self._names[one].acronym else {other for other in others if " " not in other[1]}
        return near

    def _sharing(self, key: NameKey) -> set[NameKey]:
        family, text = key
        name = self._names.get(key)
        if name is None:
            return set()
        found = {text}
        if family == PERSON:
            for word in name.key:
                found |= self._by_word.get((family, word), set())
            found |= self._by_skeleton.get(skeleton(name), set())
        if name.acronym:
            longer = self._by_word.get((family, name.key[0][0]), set())
            found |= {one for one in longer if stands_for(name, self._names[family, one])}
        elif len(name.key) > 1:
            short = self._acronyms.get(family, set())
            found |= {one for one in short if stands_for(self._names[family, one], name)}
        return {(family, one) for one in found}

    def _with_names(self, keys: set[NameKey], wanted: set[tuple[str, int, int]]) -> list[Mention]:
        articles = {article_id for key in keys for article_id in self._articles_of.get(key, ())}
        articles |= {article_id for article_id, _, _ in wanted}
        held = (
            one for article_id in self._by_article if article_id in articles for one in self._by_article[article_id]
        )
        return [one for one in held if key_of(one) in keys or one.key in wanted]

    def _learn(self, key: NameKey, mention: Mention) -> None:
        self._articles_of[key][mention.article_id] += 1
        if key in self._names:
            return
        family, text = key
        name = self._names[key] = name_of(mention.text, person=family == PERSON)
        for word in name.key:
            self._by_word[family, word].add(text)
        if len(name.key) > 1:
            self._by_word[family, name.key[0][0]].add(text)
        if family == PERSON:
            self._by_skeleton[skeleton(name)].add(text)
        if name.acronym:
            self._acronyms[family].add(text)

    def _forget(self, key: NameKey, article_id: str) -> None:
        articles = self._articles_of[key]
        articles[article_id] -= 1
        if not articles[article_id]:
            del articles[article_id]


def key_of(mention: Mention) -> NameKey | None:
    """The family and name of a mention; None where its label names nothing."""
    family = family_of(mention.label)
    return (family, " ".join(name_of(mention.text, person=family == PERSON).key)) if family else None
