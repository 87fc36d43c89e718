"""What an annotator says of the project as a whole: entities over articles, findings that they accept."""

from __future__ import annotations

from dataclasses import dataclass

PROJECT = "_project"
"""Stands in the place of an article's id in decisions that belong to no article; no article has it."""

NameKey = tuple[str, str]
"""A family of labels and a name's key, its words joined by spaces."""

MentionKey = tuple[str, int, int]
"""Article, start and end."""


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """An entity that an annotator has made their own: grouping leaves its members together and apart from others'.

    Attributes:
        id: random.
        name: what it is called; "" for the name that grouping gives it.
        identifier: a Wikidata id or a URL; "" where none was given.
        names: what is always it, wherever it stands.
        mentions: single mentions that are it, whatever their name says.
    """

    id: str
    name: str = ""
    identifier: str = ""
    names: tuple[NameKey, ...] = ()
    mentions: tuple[MentionKey, ...] = ()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding of a check that the annotator has looked at and leaves as it is.

    Attributes:
        id: of the finding: the same whenever the same is found.
        rule: the check's name.
        told: what it was about, for people.
    """

    id: str
    rule: str
    told: str = ""
