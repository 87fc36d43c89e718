"""What a person says of entities, as decisions: a name, a link, what belongs together and what does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import regex

from annotate.decisions import Decision, Describe, Divide, Unite
from annotate.entities.grouping import PERSON, Entity, Mention
from annotate.entities.index import key_of
from annotate.entities.names import name_of
from annotate.errors import DecisionError
from annotate.ids import new_id
from annotate.layers import Layer, Part
from annotate.project_wide import PROJECT, EntityRecord, NameKey

_IDENTIFIER = regex.compile(r"Q[1-9]\d*|https?://\S+")


def name(layer: Layer, entity: Entity, called: str) -> tuple[Decision, ...]:
    """The entity is called so; nothing where it is already.

    Raises:
        DecisionError: that is no name.
    """
    if not called.strip():
        raise DecisionError("a name cannot be empty")
    return _describe(layer, entity, replace(_record(layer, entity), name=called.strip()))


def link(layer: Layer, entity: Entity, identifier: str) -> tuple[Decision, ...]:
    """The entity is linked to a Wikidata id or an address; "" takes the link away.

    Raises:
        DecisionError: it is neither.
    """
    if identifier and not _IDENTIFIER.fullmatch(identifier):
        raise DecisionError(f"{identifier!r} is neither a Wikidata id such as Q30 nor an address (https://…)")
    return _describe(layer, entity, replace(_record(layer, entity), identifier=identifier))


def merge(layer: Layer, entity: Entity, other: Entity) -> tuple[Decision, ...]:
    """Both are one: the first, with the second's link where it has none.

    Raises:
        DecisionError: they name different kinds of things, or are one already.
    """
    if entity.id == other.id:
        raise DecisionError("they are one already")
    if entity.family != other.family:
        raise DecisionError(f"{entity.name} and {other.name} are different kinds of things")
    one, two = _record(layer, entity), _record(layer, other)
    merged = replace(
        one,
        name=one.name or entity.name,
        identifier=one.identifier or two.identifier,
        names=_sorted({*one.names, *two.names}),
        mentions=tuple(sorted({*one.mentions, *two.mentions})),
    )
    return (_decision(Unite, _held(layer, one, two), (merged,)),)


def split_mention(layer: Layer, entity: Entity, mention: Mention) -> tuple[Decision, ...]:
    """A single mention is another entity's."""
    before = _held(layer, _record(layer, entity))
    kept = tuple(replace(one, mentions=tuple(key for key in one.mentions if key != mention.key)) for one in before)
    return (_decision(Divide, before, (*kept, EntityRecord(new_id(), mention.text, mentions=(mention.key,)))),)


def split_name(layer: Layer, entity: Entity, mention: Mention) -> tuple[Decision, ...]:
    """All mentions with the text of this one are another entity's.

    Raises:
        DecisionError: nothing would be left.
    """
    key = key_of(mention)
    rest = {found for one in entity.mentions if (found := key_of(one)) and found != key}
    if key is None or not rest:
        raise DecisionError(f"all its mentions are “{mention.text}”")
    record = _record(layer, entity)
    remaining = replace(record, name=record.name or entity.name, names=_sorted(({*record.names} - {key}) or rest))
    parted = EntityRecord(new_id(), mention.text, names=(key,))
    return (_decision(Divide, _held(layer, record), (remaining, parted)),)


def names_of(entity: Entity) -> tuple[NameKey, ...]:
    """The names that stand for the entity wherever they are: not a surname or an acronym, unless it has no others."""
    keys = {key for one in entity.mentions if (key := key_of(one))}
    long = {key for key in keys if not _is_short(key, entity.mentions)}
    return _sorted(long or keys)


def _is_short(key: NameKey, mentions: Sequence[Mention]) -> bool:
    family, text = key
    if family == PERSON:
        return " " not in text
    return any(name_of(one.text).acronym for one in mentions if key_of(one) == key)


def _record(layer: Layer, entity: Entity) -> EntityRecord:
    """What the annotator said of the entity, or what comes to the same as grouping does by itself."""
    return layer.entities.get(entity.id) or EntityRecord(new_id(), names=names_of(entity))


def _held(layer: Layer, *records: EntityRecord) -> tuple[EntityRecord, ...]:
    return tuple(one for one in records if one.id in layer.entities)


def _describe(layer: Layer, entity: Entity, changed: EntityRecord) -> tuple[Decision, ...]:
    before = layer.entities.get(changed.id)
    return () if changed == before else (_decision(Describe, (before,) if before else (), (changed,)),)


def _decision(kind: type[Decision], before: tuple[EntityRecord, ...], after: tuple[EntityRecord, ...]) -> Decision:
    return kind(PROJECT, "", Part(entities=before), Part(entities=after))


def _sorted(keys: Iterable[NameKey]) -> tuple[NameKey, ...]:
    return tuple(sorted(keys))
