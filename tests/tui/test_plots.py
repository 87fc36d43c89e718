"""Plots fit the width there is, say what they show, and are the same lines on every front."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from small_projects import annotate, propose, small_project

from annotate.pace import PaceStatistics, Work
from annotate.statistics import Statistics
from annotate.timeline import Period, Tally, Timeline, periods
from store.statistics import ProjectStatistics
from tui.axes import apart, tick_step, ticks
from tui.command_line import stats
from tui.plots import Plot, progress_plot, rate_plot, share_bars, statistics_plots
from tui.statistics_rows import sheets

START = datetime(2026, 1, 31, 9, 30, tzinfo=UTC)


def text_of(plot: Plot) -> list[str]:
    return ["".join(text for text, _ in line) for line in plot]


def times_of(confirmed: list[int], seconds: float = 60.0) -> list[Period]:
    timeline, pace = Timeline(), PaceStatistics()
    for number, more in enumerate(confirmed):
        slot = (START + number * timedelta(days=1)).isoformat()[:15]
        timeline.slots[slot] = Tally(confirmed=more, rejected=1)
        pace.slots[slot] = Work(more, seconds, 0)
    return periods(timeline, pace)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=70), st.integers(1, 220))
def test_no_plot_is_wider_than_there_is_room(confirmed: list[int], width: int) -> None:
    times = times_of(confirmed)
    for plot in (progress_plot(times, width), rate_plot(times, width), share_bars([("日" * 20, 1, 2)], width)):
        assert all(cell_len(line) <= max(width, 0) for line in text_of(plot))


def test_progress_begins_at_nought_and_ends_at_what_there_is() -> None:
    legend, _, *rows = text_of(progress_plot(times_of([10, 0, 30]), 60))
    assert legend.split() == ["⠤⠤", "annotations", "confirmed", "··", "rejected"]
    assert [row.split("┤")[0].strip() for row in rows if "┤" in row] == ["40", "30", "20", "10", "0"]
    assert rows[-1].split()[0] == "2026-01-31"
    assert "·" in next(row for row in rows if row.strip().startswith("0┤"))


def test_lines_can_be_told_apart_without_colour() -> None:
    plot = progress_plot(times_of([10, 20]), 60)
    shapes = {
        number: {char for line in plot[1:] for text, one in line if one == number for char in text} for number in (0, 1)
    }
    assert shapes[1] == {"·"}
    assert shapes[0] and not shapes[0] & shapes[1]


def test_nothing_is_plotted_of_nothing() -> None:
    assert progress_plot([], 80) == rate_plot([], 80) == share_bars([], 80) == []
    assert rate_plot(times_of([5]), 80) == []
    assert rate_plot(times_of([5, 6], 0.0), 80) == []


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    first, second = text_of(share_bars([("PERSON", 10, 40), ("ORG", 20, 20)], 80))
    assert (first.count("█"), second.count("░")) == (pytest.approx(first.count("░") / 3, abs=1), 0)
    assert second.count("█") == pytest.approx((first.count("█") + first.count("░")) / 2, abs=1)
    assert first.endswith(" 10 of 40")


def test_every_plot_stands_below_a_table() -> None:
    timeline = Timeline({"2026-01-31T09:3": Tally(confirmed=1), "2026-01-31T10:3": Tally(confirmed=1)})
    pace = PaceStatistics(slots={"2026-01-31T09:3": Work(1, 5.0, 1), "2026-01-31T10:3": Work(1, 5.0, 1)})
    counted = Statistics(entities=Counter({("ORG", "confirmed"): 2}))
    found = ProjectStatistics("ada", counted, pace, timeline)
    plots = statistics_plots(found, ["ORG"], 80)
    assert all(plots.values())
    assert plots.keys() <= {sheet.id for sheet in sheets(found, ["ORG"], [], 10)}


def test_a_terminal_gets_plots_and_a_program_only_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = small_project(tmp_path / "wire", {"a": "Ada met Bob in Lima."})
    propose(project, "a", [("Ada", "PERSON"), ("Bob", "PERSON")])
    annotate(project, "ada", "a", [("Ada", "PERSON")])
    assert stats.stats(project.root) == 0
    assert "█" not in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    assert stats.stats(project.root) == 0
    told = capsys.readouterr().out
    assert "█" in told and "annotations confirmed" in told


@given(st.floats(0.001, 1e12), st.integers(2, 8))
def test_marks_on_an_axis_are_few_and_reach_the_top(most: float, wanted: int) -> None:
    found = ticks(most, wanted)
    assert found[0] == 0.0
    assert found[-1] >= most * 0.999999
    assert 2 <= len(found) <= wanted + 2
    assert tick_step(most, wanted) == found[1] >= 1.0


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 30)), max_size=20))
def test_names_on_an_axis_never_touch(given_names: list[tuple[float, float]]) -> None:
    placed = sorted(given_names)
    places, lengths = [place for place, _ in placed], [length for _, length in placed]
    shown = list(apart(places, lengths, 100.0))
    ends = [places[number] + lengths[number] for number in shown]
    assert all(end <= places[following] for end, following in zip(ends, shown[1:], strict=False))
    assert all(end <= 100.0 for end in ends)
