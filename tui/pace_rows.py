"""The annotator's pace as rows of tables, for the statistics screen and the command line alike."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.pace import PaceStatistics, Work

PACE_COLUMNS = ("decisions", "minutes", "per minute", "keys each")

ARTICLES_SHOWN = 10
"""How many articles are listed, those first on which most time was spent."""

Rows = list[tuple[str, ...]]


def pace_rows(pace: PaceStatistics) -> list[tuple[str, Rows]]:
    """Tables by the name of their first column; none where nothing was measured."""
    if not pace.total.decisions:
        return []
    slowest = sorted(pace.articles.items(), key=lambda item: (-item[1].seconds, item[0]))
    labels = sorted(pace.labels.items(), key=lambda item: (-item[1].decisions, item[0]))
    return [
        ("single decisions", [_row("all", pace.total)]),
        ("by label", _rows(labels)),
        ("by article", _rows(slowest[:ARTICLES_SHOWN])),
    ]


def _rows(works: Iterable[tuple[str, Work]]) -> Rows:
    return [_row(name, work) for name, work in works]


def _row(name: str, work: Work) -> tuple[str, ...]:
    minutes = f"{work.seconds / 60.0:,.1f}"
    return name, f"{work.decisions:,}", minutes, _number(work.per_minute), _number(work.keys_each)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
