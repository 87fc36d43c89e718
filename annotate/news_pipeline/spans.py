"""How the entities of several components are brought into one flat list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A labelled half-open range of tokens."""

    start: int
    end: int
    label: str


def merge(old: Iterable[Found], new: Iterable[Found]) -> list[Found]:
    """A flat list in which a new range counts where it is free or covers, as the longer one, all it touches.

    Of equal ranges the old one stays; among new ones the longer, then the earlier, counts first.
    """
    fresh = sorted(new, key=lambda f: (f.start - f.end, f.start))
    if not fresh:
        return list(old)
    owner: dict[int, Found] = {i: found for found in old for i in range(found.start, found.end)}
    for found in fresh:
        touched = {owner[i] for i in range(found.start, found.end) if i in owner}
        if any(not _covers(found, other) for other in touched):
            continue
        for other in touched:
            for i in range(other.start, other.end):
                del owner[i]
        for i in range(found.start, found.end):
            owner[i] = found
    return list(dict.fromkeys(owner[i] for i in sorted(owner)))


def _covers(longer: Found, other: Found) -> bool:
    inside = longer.start <= other.start and other.end <= longer.end
    return inside and longer.end - longer.start > other.end - other.start


def read_ents(doc: Doc) -> list[Found]:
    """The document's entities as token ranges."""
    return [Found(ent.start, ent.end, ent.label_) for ent in doc.ents]


def write_ents(doc: Doc, found: Iterable[Found]) -> None:
    """Set the document's entities; the ranges must be in order and must not overlap."""
    doc.ents = [Span(doc, f.start, f.end, label=f.label) for f in found]


def add_ents(doc: Doc, new: Iterable[Found]) -> None:
    """Merge new ranges into the document's entities."""
    fresh = list(new)
    if fresh:
        write_ents(doc, merge(read_ents(doc), fresh))
