"""Set the statistics as a page: what matters first, a chart with the table of its figures below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from annotate.layers import Kind, Status
from annotate.statistics import UNDECIDED, Correction, Statistics
from annotate.timeline import Period, periods
from annotate.ways import Way
from tui.report.svg import Moments, Series, bars, columns, lines, shares, text_of
from tui.statistics_rows import Sheet, in_order, number, percent, sheets

if TYPE_CHECKING:
    from store.statistics import ProjectStatistics

LISTED = 30
"""Periods, articles, names and pairs that are listed."""

_CHARTED = 15
"""Names and pairs that are drawn."""

_STYLE = """:root { color-scheme: light dark; --ink: #1d2126; --soft: #5a636d; --rule: #d5dae0; --paper: #fff;
  --confirmed: #0072b2; --corrected: #e69f00; --added: #009e73; --rejected: #b3548a; --undecided: #c9ced4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --soft: #9ba5af; --rule: #3a4149; --paper: #16191d;
  --confirmed: #56b4e9; --corrected: #f0b93a; --added: #2fc498; --rejected: #d98cb9; --undecided: #4b535c; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --rule: #ccc; --paper: #fff;
  --confirmed: #0072b2; --corrected: #e69f00; --added: #009e73; --rejected: #b3548a; --undecided: #c9ced4; } }
body { margin: 0 auto; max-width: 46rem; padding: 1.5rem; color: var(--ink); background: var(--paper);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; break-after: avoid; }
p { margin: .3rem 0; } p.soft, caption, footer { color: var(--soft); font-size: .85rem; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
dl div { border: 1px solid var(--rule); border-radius: .4rem; padding: .6rem .8rem; }
dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; font-size: 1.35rem; font-variant-numeric: tabular-nums; }
dd small { color: var(--soft); font-size: .8rem; }
figure { margin: 1rem 0; break-inside: avoid; overflow-x: auto; } svg { display: block; width: 100%; min-width: 30rem; }
svg text { fill: var(--soft); font: 12px system-ui, sans-serif; unicode-bidi: isolate; }
svg text.name, svg text.figure { fill: var(--ink); }
.grid { stroke: var(--rule); } .line { fill: none; stroke-width: 2; } .dot { stroke: none; }
.confirmed { fill: var(--confirmed); background: var(--confirmed); }
.corrected { fill: var(--corrected); background: var(--corrected); }
.added { fill: var(--added); background: var(--added); }
.rejected { fill: var(--rejected); background: var(--rejected); }
.undecided { fill: var(--undecided); background: var(--undecided); }
.ground { fill: var(--rule); opacity: .5; }
.line.confirmed { stroke: var(--confirmed); fill: none; } .line.rejected { stroke: var(--rejected); fill: none; }
.line.added { stroke: var(--added); fill: none; }
ul.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0 0 .5rem; padding: 0;
  font-size: .85rem; }
ul.legend i { display: inline-block; width: .8em; height: .8em; margin-right: .4em; border-radius: .15em;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; margin: .75rem 0; }
caption { caption-side: bottom; text-align: left; padding-top: .3rem; }
th, td { padding: .15rem .7rem .15rem 0; text-align: right; border-bottom: 1px solid var(--rule); }
th:first-child, td:first-child { text-align: left; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 9rem; }
thead th { color: var(--soft); font-weight: 500; } thead { display: table-header-group; } tr { break-inside: avoid; }
tr.total td { font-weight: 600; border-bottom: none; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } svg { min-width: 0; } }
"""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}: statistics</title>
<style>
{style}</style>
</head>
<body>
<header><h1><bdi>{title}</bdi></h1>
<p class="soft">Statistics of <bdi>{annotator}</bdi> · {made} UTC</p></header>
{body}</body>
</html>
"""

_CHAPTERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Progress", ("articles", "shares", "open")),
    ("Labels", ("entities",)),
    ("Over time", ("time",)),
    ("Pace", ("pace single decisions", "pace by label", "pace by article")),
    ("Corrections", ("corrections",)),
    ("Precision", ("seen", "sources")),
    ("Names", ("names",)),
    ("Named together", ("pairs",)),
)
"""The headings, and the tables under each of them."""


def report(
    found: ProjectStatistics, title: str, labels: Sequence[str], sources: Sequence[str], now: datetime | None = None
) -> str:
    """The page.

    Args:
        found: the statistics.
        title: the project's.
        labels: the scheme's, in the order in which they are listed.
        sources: the project's.
        now: when it is made; UTC.
    """
    tables = {sheet.id: sheet for sheet in sheets(found, labels, sources, LISTED)}
    charts = _charts(found, labels)
    body = [_summary(found)]
    for heading, ids in _CHAPTERS:
        parts = [charts.get(heading, ""), *(_table(tables[one]) for one in ids if one in tables)]
        if any(parts):
            body.append(f"<section>\n<h2>{heading}</h2>\n{''.join(parts)}</section>\n")
    body.append(_problems(found.problems))
    return _PAGE.format(
        title=text_of(title),
        style=_STYLE,
        annotator=text_of(found.annotator or "nobody"),
        made=f"{now or datetime.now(UTC):%Y-%m-%d %H:%M}",
        body="".join(body),
    )


def _summary(found: ProjectStatistics) -> str:
    counted, rate = found.counted, found.pace.total.per_minute
    held, seen = _as_suggested(counted, Way.SINGLE)
    done, decided = counted.articles[Status.DONE], counted.decided
    figures = (
        ("Articles done", f"{done:,}", f"of {counted.articles.total():,}"),
        ("Entities decided", f"{decided:,}", f"of {decided + counted.undecided:,}"),
        ("Decisions a minute", "–" if rate is None else f"{rate:.1f}", f"in {found.pace.total.decisions:,}"),
        ("As suggested, singly", percent(held, seen), f"of {seen:,}"),
    )
    return "<dl>\n{}</dl>\n".format(
        "".join(f"<div><dt>{name}</dt><dd>{figure} <small>{of}</small></dd></div>\n" for name, figure, of in figures)
    )


def _as_suggested(counted: Statistics, way: Way) -> tuple[int, int]:
    found = [counted.as_suggested(source, way) for source in {source for source, _, _ in counted.seen}]
    return sum(held for held, _ in found), sum(seen for _, seen in found)


def _table(sheet: Sheet) -> str:
    heads = "".join(f'<th scope="col">{text_of(head)}</th>' for head in sheet.heads)
    rows = "".join(f"<tr>{_cells(row)}</tr>\n" for row in sheet.rows)
    total = f'<tr class="total">{_cells(sheet.total)}</tr>\n' if sheet.total else ""
    note = f"<caption>{text_of(sheet.note)}</caption>\n" if sheet.note else ""
    return (
        f'<div class="scroll"><table>\n{note}<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}{total}</tbody>\n'
        "</table></div>\n"
    )


def _cells(row: Sequence[str]) -> str:
    return "".join(f"<td><bdi>{text_of(text)}</bdi></td>" for text in row)


def _problems(problems: Sequence[str]) -> str:
    if not problems:
        return ""
    listed = "".join(f"<li><bdi>{text_of(one)}</bdi></li>\n" for one in problems)
    return f"<section>\n<h2>Not counted</h2>\n<ul>\n{listed}</ul>\n</section>\n"


# Charts -------------------------------------------------------------------------------------------------------


def _charts(found: ProjectStatistics, labels: Sequence[str]) -> dict[str, str]:
    """The chart under each heading that has one."""
    times = periods(found.timeline, found.pace)
    made = {
        "Labels": _labels(found.counted, labels),
        "Over time": "".join(_over_time(times)),
        "Pace": _pace(times),
        "Corrections": _corrections(found.counted, labels),
        "Precision": _precision(found.counted, labels),
        "Names": _names(found),
        "Named together": _pairs(found),
    }
    return {heading: chart for heading, chart in made.items() if chart}


def _labels(counted: Statistics, labels: Sequence[str]) -> str:
    kinds = [*(kind.value for kind in Kind), UNDECIDED]
    rows = in_order((label for label, _ in counted.entities), labels)
    rows = [label for label in rows if any(counted.entities[label, kind] for kind in kinds)]
    if not rows:
        return ""
    series = [Series(kind, kind, [counted.entities[label, kind] for label in rows]) for kind in kinds]
    wholes = {label: sum(counted.entities[label, kind] for kind in kinds) for label in rows}
    done = [percent(wholes[label] - counted.entities[label, UNDECIDED], wholes[label]) for label in rows]
    return bars("Entities by label", rows, series, [f"{one} decided" for one in done])


def _over_time(times: Sequence[Period]) -> Iterator[str]:
    if not times:
        return
    moments = _moments(times)
    yield lines(
        "Annotations at the end of each period",
        moments,
        [
            Series("annotations confirmed", "confirmed", [one.confirmed for one in times]),
            Series("rejected", "rejected", [one.rejected for one in times]),
        ],
        from_nought=True,
    )
    names = ((Way.SINGLE, "decisions one by one", "confirmed"), (Way.BULK, "in bulk", "corrected"))
    series = [Series(name, look, [one.tally.decisions[way] for one in times]) for way, name, look in names]
    imported = [one.tally.decisions[Way.OTHER] for one in times]
    yield columns("Decisions in each period", moments, [*series, Series("imported", "undecided", imported)])


def _pace(times: Sequence[Period]) -> str:
    rates = [one.work.per_minute for one in times]
    if not any(rates):
        return ""
    return lines("Decisions a minute", _moments(times), [Series("single decisions a minute", "added", rates)])


def _moments(times: Sequence[Period]) -> Moments:
    return Moments([one.start.timestamp() for one in times], 60.0 * times[0].minutes, [one.name for one in times])


_LOOKS = {
    Correction.LABEL: "corrected",
    Correction.BOUNDARY: "confirmed",
    Correction.BOTH: "undecided",
    Correction.ADDED: "added",
    Correction.REJECTED: "rejected",
}


def _corrections(counted: Statistics, labels: Sequence[str]) -> str:
    found = {label for label, _ in counted.corrections}
    rows = [label for label in in_order(found, labels) if label in found]
    if not rows:
        return ""
    series = [
        Series(one.value, look, [counted.corrections[label, one] for label in rows]) for one, look in _LOOKS.items()
    ]
    wholes = [sum(counted.corrections[label, one] for one in Correction) for label in rows]
    return bars("Corrections by label", rows, series, [f"{one:,}" for one in wholes])


def _precision(counted: Statistics, labels: Sequence[str]) -> str:
    rows = [
        (source, label)
        for source in sorted({source for source, _, _ in counted.seen})
        for label in ["", *in_order((label for one, label, _ in counted.seen if one == source), labels)]
        if _decided(counted, source, label)
    ]
    if not rows:
        return ""

    def values(way: Way) -> list[float | None]:
        found = (counted.as_suggested(source, way, label) for source, label in rows)
        return [held / seen if seen else None for held, seen in found]

    series = [Series("one by one", "confirmed", values(Way.SINGLE)), Series("in bulk", "corrected", values(Way.BULK))]
    figures = [" · ".join(f"of {number(seen)}" for seen in _decided(counted, source, label)) for source, label in rows]
    names = [f"{source} {label}" if label else source for source, label in rows]
    return shares("Suggestions confirmed as they were", names, series, figures)


def _decided(counted: Statistics, source: str, label: str) -> list[int]:
    """How many suggestions were decided on one by one, and how many in bulk; nothing where both are none."""
    found = [counted.as_suggested(source, way, label)[1] for way in (Way.SINGLE, Way.BULK)]
    return found if any(found) else []


def _names(found: ProjectStatistics) -> str:
    names = found.names[:_CHARTED]
    if not names:
        return ""
    mentions = Series("mentions", "confirmed", [one.mentions for one in names])
    figures = [f"{one.mentions:,} in {one.articles:,}" for one in names]
    return bars("Most frequent entities: mentions, and articles", [one.name for one in names], [mentions], figures)


def _pairs(found: ProjectStatistics) -> str:
    pairs = found.pairs[:_CHARTED]
    if not pairs:
        return ""
    articles = Series("articles", "added", [one.articles for one in pairs])
    names = [" · ".join(one.names) for one in pairs]
    return bars("Names in one article", names, [articles], [f"{one.articles:,}" for one in pairs])
