"""What is asked of an import, and what it answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from annotate.offsets import Unit
from store.errors import StoreError
from store.formats.model import Overlap

As = Literal["suggestions", "layer", "gold"]
"""What imported spans become: what a source suggests, what an annotator confirmed, or that with the articles done."""

OnArticle = Callable[[int, int | None], None]
"""Called with (articles so far, None) after each."""

MOST_LINES = 1_000
"""Problems that are named one by one."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What to import, and how.

    Attributes:
        form: the format's name.
        paths: files, or folders where the format is one.
        become: what the spans become.
        name: the annotator, or the source of suggestions.
        labels: the project's label for a file's, or "" to leave such spans out; labels not named stay as they are.
        unit: what the file's offsets count; None to find out.
        said_by: whose spans to take where the file holds several annotators'; "" for the only one's.
        overlap: which of overlapping spans stays where the project's labels may not overlap.
        with_articles: whether articles that the project does not have are added.
        keep_mine: whether the annotator's own annotations stay where an imported span overlaps them.
        allow_loss: whether to leave out what the project cannot hold.
        replaces: whether a source of this name is replaced.
    """

    form: str
    paths: tuple[Path, ...]
    become: As
    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    said_by: str = ""
    overlap: Overlap = "strict"
    with_articles: bool = False
    keep_mine: bool = False
    allow_loss: bool = False
    replaces: bool = False


@dataclass(slots=True)
class Imported:
    """What was imported, or would be.

    Attributes:
        articles: how many the file holds.
        added: how many of them are new to the project.
        spans: how many became something.
        there: how many the annotator had already.
        unknown: labels that the project does not have, after the mapping, with how many spans have them.
        notes: lines that a person should read.
        losses: one line about each thing that was left out.
    """

    articles: int = 0
    added: int = 0
    spans: int = 0
    there: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)


class ImportFailedError(StoreError):
    """Nothing was imported.

    Attributes:
        problems: one line about each thing that is wrong or cannot be held.
        unknown: labels that the project does not have, with how many spans have them.
        losses: whether all would be well if losses were allowed.
    """

    title = "Nothing imported"

    def __init__(self, problems: Sequence[str], unknown: Mapping[str, int], *, losses: bool) -> None:
        told = [
            f"there is no label {name} (on {count:,} span{'' if count == 1 else 's'})"
            for name, count in sorted(unknown.items())
        ]
        more = [f"and {len(problems) - MOST_LINES:,} more"] if len(problems) > MOST_LINES else []
        super().__init__("\n".join([*problems[:MOST_LINES], *more, *told]))
        self.problems = tuple(problems)
        self.unknown = dict(unknown)
        self.losses = losses
