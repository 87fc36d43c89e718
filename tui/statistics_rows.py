"""An annotator's statistics as tables, for the screen, the command line and the report alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotate.layers import Status
from annotate.statistics import KINDS, UNDECIDED, Correction, Share, Statistics
from annotate.timeline import Period, periods
from annotate.ways import Way
from tui.pace_rows import PACE_COLUMNS, pace_rows

if TYPE_CHECKING:
    from store.statistics import ProjectStatistics

NOTHING = "–"

AGREED = "precision: of what a source suggests where you have decided, shown or not, what you confirmed as it was"
SEEN = (
    "as suggested: suggestions that you decided on one by one, in bulk or otherwise (imported, or not in the journal); "
    "right: confirmed as they were"
)
WIDESPREAD = "pairs of the 150 names that are in most articles"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        id: says which one it is.
        heads: of the columns: what its rows are about, then what the numbers are.
        rows: a name, then a text for each further column.
        total: a row that sums up the others, if there is one.
        note: what has to be known to read it.
    """

    id: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    total: Sequence[str] = ()
    note: str = ""


def sheets(found: ProjectStatistics, labels: Sequence[str], sources: Sequence[str], listed: int) -> list[Sheet]:
    """All tables that have something in them.

    Args:
        found: the statistics.
        labels: the scheme's, in the order in which they are listed.
        sources: the project's.
        listed: how many periods, articles, names and pairs are listed at most.
    """
    counted = found.counted
    made = [
        _articles(counted),
        _entities(counted, labels),
        _shares(counted),
        _open_articles(found, listed),
        _periods(found, listed),
        *(Sheet(f"pace {name}", (name, *PACE_COLUMNS), rows) for name, rows in pace_rows(found.pace)),
        _corrections(counted, labels),
        _sources(counted, sources),
        _seen(counted, labels),
        _names(found, listed),
        _pairs(found, listed),
    ]
    return [one for one in made if one.rows]


def in_order(found: Iterable[str], labels: Sequence[str]) -> list[str]:
    """The scheme's labels in their order, then any that it no longer has."""
    return [*labels, *sorted({*found} - {*labels})]


def number(value: int) -> str:
    """A count; a dash for none."""
    return f"{value:,}" if value else NOTHING


def percent(part: int, whole: int) -> str:
    """A share; a dash where there is nothing to have a share of."""
    return f"{part / whole:.1%}" if whole else NOTHING


def label_shares(counted: Statistics, labels: Sequence[str]) -> list[tuple[str, int, int]]:
    """For each label with something in it its name, how much is decided, and how much there is."""
    found = []
    for label in in_order((label for label, _ in counted.entities), labels):
        whole = sum(counted.entities[label, kind] for kind in KINDS)
        found.append((label, whole - counted.entities[label, UNDECIDED], whole))
    return [one for one in found if one[2]]


def _articles(counted: Statistics) -> Sheet:
    rows = [(status.value, f"{counted.articles[status]:,}", f"{counted.words[status]:,}") for status in Status]
    total = ("all", f"{counted.articles.total():,}", f"{counted.words.total():,}")
    return Sheet("articles", ("articles", "number", "words"), rows, total)


def _entities(counted: Statistics, labels: Sequence[str]) -> Sheet:
    def row(name: str, of: Callable[[str], int]) -> tuple[str, ...]:
        numbers = {kind: of(kind) for kind in KINDS}
        every = sum(numbers.values())
        return name, *map(number, numbers.values()), percent(every - numbers[UNDECIDED], every)

    names = in_order((label for label, _ in counted.entities), labels)
    rows = [row(label, lambda kind, label=label: counted.entities[label, kind]) for label in names]  # type: ignore[misc]
    total = row("all", counted.count_of)
    return Sheet("entities", ("entities", *KINDS, "decided"), [one for one in rows if any(_filled(one))], total)


def _filled(row: Sequence[str]) -> list[bool]:
    return [text != NOTHING for text in row[1:]]


def _shares(counted: Statistics) -> Sheet:
    rows = [(share.value, number(counted.shares[share])) for share in Share]
    return Sheet("shares", ("decided of an article", "articles"), rows if counted.shares.total() else ())


def _open_articles(found: ProjectStatistics, listed: int) -> Sheet:
    rows = [
        (one.article_id, number(one.decided), number(one.undecided), percent(one.decided, one.decided + one.undecided))
        for one in found.open_articles[:listed]
    ]
    return Sheet("open", ("in progress", "decided", "undecided", "share"), rows)


def _periods(found: ProjectStatistics, listed: int) -> Sheet:
    rows = [_period(one) for one in periods(found.timeline, found.pace)[-listed:]]
    heads = ("time (UTC)", "single", "in bulk", "imported", "a minute", "confirmed", "done")
    note = "confirmed, done: annotations and articles at the end of that time"
    return Sheet("time", heads, rows, note=note)


def _period(one: Period) -> tuple[str, ...]:
    tally, rate = one.tally, one.work.per_minute
    decisions = [number(tally.decisions[way]) for way in (Way.SINGLE, Way.BULK, Way.OTHER)]
    minute = NOTHING if rate is None else f"{rate:.1f}"
    return one.name, *decisions, minute, number(one.confirmed), number(one.done)


def _corrections(counted: Statistics, labels: Sequence[str]) -> Sheet:
    names = in_order((label for label, _ in counted.corrections), labels)
    rows = [(label, *(number(counted.corrections[label, one]) for one in Correction)) for label in names]
    total = ("all", *(number(counted.corrected(one)) for one in Correction))
    heads = ("corrections", *(one.value for one in Correction))
    note = "label, boundary, both: what was wrong with the suggestion; by the label that you gave or rejected"
    return Sheet("corrections", heads, [one for one in rows if any(_filled(one))], total, note)


def _sources(counted: Statistics, sources: Sequence[str]) -> Sheet:
    rows = [
        (
            one,
            number(counted.settled[one]),
            number(counted.agreed[one]),
            percent(counted.agreed[one], counted.settled[one]),
        )
        for one in sorted({*sources, *counted.settled})
    ]
    return Sheet("sources", ("sources", "settled", "agreed", "precision"), rows, note=AGREED)


def _seen(counted: Statistics, labels: Sequence[str]) -> Sheet:
    rows = []
    for source in sorted({source for source, _, _ in counted.seen}):
        rows.append((source, *_ways(counted, source)))
        for label in in_order((label for one, label, _ in counted.seen if one == source), labels):
            ways = _ways(counted, source, label)
            if any(text != NOTHING for text in ways):
                rows.append((f"  {label}", *ways))
    heads = ("as suggested", "single", "right", "share", "bulk", "right", "share", "other")
    return Sheet("seen", heads, rows, note=SEEN)


def _ways(counted: Statistics, source: str, label: str = "") -> list[str]:
    texts = []
    for way in (Way.SINGLE, Way.BULK):
        held, seen = counted.as_suggested(source, way, label)
        texts += [number(seen), number(held) if seen else NOTHING, percent(held, seen)]
    return [*texts, number(counted.as_suggested(source, Way.OTHER, label)[1])]


def _names(found: ProjectStatistics, listed: int) -> Sheet:
    rows = [(one.name, number(one.mentions), number(one.articles)) for one in found.names[:listed]]
    note = f"counts may be up to {found.names_missed:,} too low" if found.names_missed else ""
    return Sheet("names", ("most frequent entities", "mentions", "articles"), rows, note=note)


def _pairs(found: ProjectStatistics, listed: int) -> Sheet:
    rows = [(" · ".join(one.names), number(one.articles), number(one.sentences)) for one in found.pairs[:listed]]
    return Sheet("pairs", ("named together", "articles", "sentences"), rows, note=WIDESPREAD)
