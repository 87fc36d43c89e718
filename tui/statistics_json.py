"""An annotator's statistics as the document that `manicule stats --json` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from annotate.layers import Status
from annotate.pace import Work
from annotate.statistics import KINDS, Correction, Share, Statistics
from annotate.timeline import DAY, Period, periods
from annotate.ways import Way
from store.project import Project
from store.statistics import ProjectStatistics
from tui.statistics_rows import in_order


def statistics_record(project: Project, found: ProjectStatistics, by_article: Mapping[str, Any]) -> dict[str, Any]:
    """The document.

    Args:
        project: the project.
        found: its statistics.
        by_article: an `article_record` for each article that could be read.
    """
    counted = found.counted
    labels = [label.name for label in project.config.scheme.labels]
    named = in_order({label for label, _ in (*counted.entities, *counted.corrections)}, labels)
    return {
        "format": 1,
        "project": project.config.title,
        "annotator": found.annotator or None,
        "articles": _by_status(counted.articles),
        "words": _by_status(counted.words),
        "entities": {label: {kind: counted.entities[label, kind] for kind in KINDS} for label in named},
        "corrections": {label: {one.value: counted.corrections[label, one] for one in Correction} for label in named},
        "sources": {name: _source(counted, name) for name in sorted({*project.sources(), *_sources(counted)})},
        "progress": {
            "shares": {share.value: counted.shares[share] for share in Share},
            "articles": {name: by_article[name] for name in sorted(by_article)},
            "days": [_day(one) for one in periods(found.timeline, found.pace, minutes=DAY)],
        },
        "pace": {
            **_pace(found.pace.total),
            "articles": {name: _pace(work) for name, work in sorted(found.pace.articles.items())},
            "labels": {name: _pace(work) for name, work in sorted(found.pace.labels.items())},
        },
        "names": [
            {"name": one.name, "kind": one.family, "mentions": one.mentions, "articles": one.articles}
            for one in found.names
        ],
        "names_missed": found.names_missed,
        "together": [
            {"names": list(one.names), "articles": one.articles, "sentences": one.sentences} for one in found.pairs
        ],
        "unreadable": found.problems,
    }


def article_record(counted: Statistics) -> dict[str, Any]:
    """How far one article is."""
    ((status, words),) = counted.words.items()
    return {"status": status.value, "words": words, "decided": counted.decided, "undecided": counted.undecided}


def _sources(counted: Statistics) -> set[str]:
    return {*counted.settled, *(source for source, _, _ in counted.seen)}


def _source(counted: Statistics, source: str) -> dict[str, Any]:
    labels = sorted({label for one, label, _ in counted.seen if one == source})
    return {
        "settled": counted.settled[source],
        "agreed": counted.agreed[source],
        "precision": counted.precision(source),
        "seen": _seen(counted, source),
        "labels": {label: _seen(counted, source, label) for label in labels},
    }


def _seen(counted: Statistics, source: str, label: str = "") -> dict[str, Any]:
    record = {}
    for way in Way:
        held, seen = counted.as_suggested(source, way, label)
        record[way.value] = {"decided": seen, "as_suggested": held, "precision": held / seen if seen else None}
    return record


def _day(one: Period) -> dict[str, Any]:
    return {
        "day": one.start.date().isoformat(),
        "decisions": {way.value: one.tally.decisions[way] for way in Way},
        "undone": one.tally.undone,
        "confirmed": one.tally.confirmed,
        "rejected": one.tally.rejected,
        "done": one.tally.done,
        "labels": {label: number for label, number in sorted(one.tally.labels.items()) if number},
        "total": {"confirmed": one.confirmed, "rejected": one.rejected, "done": one.done},
        "pace": _pace(one.work),
    }


def _pace(work: Work) -> dict[str, Any]:
    return {
        "decisions": work.decisions,
        "minutes": round(work.seconds / 60.0, 3),
        "per_minute": work.per_minute,
        "keys_each": work.keys_each,
    }


def _by_status(counts: Counter[Status]) -> dict[str, int]:
    return {"total": counts.total(), **{status.value: counts[status] for status in Status}}
