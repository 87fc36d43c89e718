"""Decisions: an annotator's acts as values that can be applied to a layer and turned round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Self

from annotate.layers import Layer, Part


class How(Enum):
    """How a decision came about; precision and pace are reported from single ones."""

    SINGLE = "single"
    ARTICLE = "same in article"
    PROJECT = "same in project"
    REST = "all left"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Decision:
    """One reversible act: the part of a layer that it takes out and the part that it puts in.

    Attributes:
        article_id: the article it belongs to.
        text_hash: the revision that the offsets belong to.
        before: what the layer held.
        after: what it holds then.
        how: singly or in bulk.
    """

    verb: ClassVar[str] = "change"

    article_id: str
    text_hash: str
    before: Part
    after: Part
    how: How = How.SINGLE

    def apply(self, layer: Layer) -> Layer:
        """The layer after this decision.

        Raises:
            DecisionError: the layer does not hold what the decision starts from.
        """
        return layer.replaced([(self.before, self.after)])

    def inverse(self) -> Self:
        """The decision that takes this one back."""
        return replace(self, before=self.after, after=self.before)

    @property
    def starts_from(self) -> str:
        """The revision that the layer belongs to before the decision."""
        return self.before.text_hash or self.text_hash

    def touched(self) -> Iterator[tuple[int, int]]:
        """The ranges of text whose drawing may change."""
        for part in (self.before, self.after):
            for annotation in part.annotations:
                yield annotation.span.start, annotation.span.end
            for remark in part.remarks:
                yield remark.start, remark.end


class Confirm(Decision):
    """A suggestion is right as it stands."""

    verb = "confirm"


class Reject(Decision):
    """There is no such entity."""

    verb = "reject"


class Relabel(Decision):
    """The range is right, the label was another."""

    verb = "relabel"


class Move(Decision):
    """A boundary was elsewhere."""

    verb = "move"


class Add(Decision):
    """An entity that nobody had suggested."""

    verb = "add"


class Remove(Decision):
    """An added annotation is taken away again."""

    verb = "remove"


class Annotate(Decision):
    """A note on an entity or on the article."""

    verb = "note"


class Flag(Decision):
    """An entity is unsure, or the article is to be looked at again."""

    verb = "flag"


class Show(Decision):
    """Suggestions of these sources were on screen when the annotator began to decide."""

    verb = "show"


class Finish(Decision):
    """The article is done."""

    verb = "finish"


class Skip(Decision):
    """The article is left out."""

    verb = "skip"


class Reopen(Decision):
    """A done or skipped article is open again."""

    verb = "reopen"


class Settle(Decision):
    """A group of decisions that another copy contradicted is let go; the group is named as the one taken back."""

    verb = "settle"


class Reanchor(Decision):
    """The layer goes on in a newer text of the article: its places are those of that text.

    `text_hash` and `after.text_hash` name the newer revision, `before.text_hash` the older one.
    """

    verb = "reanchor"


class Place(Decision):
    """What a newer text had left without a place has one again."""

    verb = "place"


class Discard(Decision):
    """What a newer text had left without a place is not kept any longer."""

    verb = "discard"


class Unite(Decision):
    """Entities of the project, or single mentions, are one."""

    verb = "unite"


class Divide(Decision):
    """Some names or mentions of an entity are another's."""

    verb = "divide"


class Describe(Decision):
    """What an entity is called, and what it is linked to."""

    verb = "describe"


class Accept(Decision):
    """A finding of a check is right as it stands."""

    verb = "accept"


VERBS: dict[str, type[Decision]] = {
    kind.verb: kind
    for kind in (
        Decision, Confirm, Reject, Relabel, Move, Add, Remove, Annotate, Flag, Show, Finish, Skip, Reopen, Settle,
        Reanchor, Place, Discard,
        Unite, Divide, Describe, Accept,
    )
}  # fmt: skip
"""Decision types by the verb that stands for them in the journal."""


@dataclass(frozen=True, slots=True)
class Group:
    """The decisions of one key press: counted all or nothing, undone as one.

    Attributes:
        id: random.
        decisions: in the order in which they are applied; they may touch several articles.
        undoes: the group that this one takes back, or "".
        redoes: the undoing group that this one takes back, or "".
    """

    id: str
    decisions: tuple[Decision, ...]
    undoes: str = ""
    redoes: str = ""

    def inverse(self) -> tuple[Decision, ...]:
        """The decisions that take the group back, last first."""
        return tuple(decision.inverse() for decision in reversed(self.decisions))


def apply_all(layer: Layer, decisions: Iterable[Decision]) -> Layer:
    """The layer after those of `decisions` that belong to its article, copied once.

    Raises:
        DecisionError: one of them does not fit.
    """
    mine = [(one.before, one.after) for one in decisions if one.article_id == layer.article_id]
    return layer.replaced(mine)
