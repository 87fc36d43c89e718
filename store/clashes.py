"""Where two copies of one annotator's work contradict each other, so that the annotator can settle it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from annotate.changes_told import describe_whole_change
from annotate.contradictions import contradictions
from annotate.decisions import Decision
from annotate.layers import Annotation
from store.errors import StoreError
from store.journal_lines import Line
from store.layer_files import Clash
from store.lost_lines import journal_problems
from store.project import Project
from store.records import RecordError


@dataclass(frozen=True, slots=True)
class Side:
    """What one copy decided.

    Attributes:
        time: UTC, when, as in 2026-01-31T09:30:00.123Z; "" where the journal does not say.
        told: what, in a few words.
    """

    time: str
    told: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that two copies settled differently.

    Attributes:
        article_id: where.
        start, end: the range of the text; (0, 0) where it is about the article as a whole.
        sides: what each copy decided; of a group that did not fit only that group.
        why: what is wrong, in a few words.
        group: id of a group of decisions that did not fit and does not count; "" for annotations that both count.
    """

    article_id: str
    start: int
    end: int
    sides: tuple[Side, ...]
    why: str
    group: str = ""


def find_contradictions(
    project: Project, annotator: str, problems: list[str], on_article: Callable[[int, int], None] | None = None
) -> Iterator[Contradiction]:
    """All contradictions of an annotator's copies; what cannot be read is added to `problems`, a line each."""
    ids = project.article_ids()
    for done, article_id in enumerate(ids, start=1):
        try:
            yield from contradictions_in(project, annotator, article_id)
        except StoreError as error:
            problems.append(error.message)
        if on_article:
            on_article(done, len(ids))
    problems.extend(journal_problems(project, annotator))


def contradictions_in(project: Project, annotator: str, article_id: str) -> list[Contradiction]:
    """Those in one article.

    Raises:
        StoreError: the annotator's layer, or the journal, cannot be read.
    """
    stored = project.stored_layer(annotator, article_id)
    pairs = contradictions(stored.layer, project.config.scheme)
    if not (pairs or stored.clashes):
        return []
    lines = project.journal_lines(annotator, article_id)
    times = _times(lines)
    found = [_of_pair(article_id, pair, times) for pair in pairs]
    found.extend(_of_group(article_id, clash, lines) for clash in stored.clashes.values())
    return sorted(found, key=lambda one: (one.start, one.end, one.group))


def _of_pair(article_id: str, pair: tuple[Annotation, Annotation], times: dict[str, str]) -> Contradiction:
    one, other = pair
    start, end = min(one.span.start, other.span.start), max(one.span.end, other.span.end)
    sides = tuple(Side(times.get(held.id, ""), _told(held)) for held in pair)
    why = "confirmed and rejected" if one.span == other.span else "these labels may not overlap"
    return Contradiction(article_id, start, end, sides, why)


def _told(one: Annotation) -> str:
    return f"{one.state.value} {one.span.label} “{one.quote}”"


def _of_group(article_id: str, clash: Clash, lines: Iterable[Line]) -> Contradiction:
    mine = [line for line in lines if line.group == clash.group]
    decisions = list(_decisions(mine))
    places = [place for decision in decisions for place in decision.touched()]
    start, end = min(places) if places else (0, 0)
    told = ", ".join(f"{one.verb} {describe_whole_change(one)}".strip() for one in decisions) or "decisions"
    return Contradiction(article_id, start, end, (Side(mine[0].time if mine else "", told),), clash.why, clash.group)


def _times(lines: Iterable[Line]) -> dict[str, str]:
    """When each annotation became what it is, by its id."""
    times: dict[str, str] = {}
    for line in lines:
        for decision in _decisions([line]):
            times.update((one.id, line.time) for one in decision.after.annotations)
    return times


def _decisions(lines: Iterable[Line]) -> Iterator[Decision]:
    for line in lines:
        with suppress(RecordError):
            yield line.decision()
