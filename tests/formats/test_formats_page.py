from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.formats import find_format, format_names

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text("utf-8")
WHAT_IS_WRITTEN, READ_BY_OTHERS = PAGE.split("## Read by other people's tools")
NO_TOOL = {"jsonl", "webanno-tsv"}
"""Our own, and one that no tool on a package registry reads."""


def named_in_rows(part: str) -> set[str]:
    """What the first column of a page's tables names."""
    rows = [line.split("|")[1] for line in part.split("\n") if line.startswith("| ")]
    return {name.strip(" `*") for row in rows for name in row.split(",")} - {"format", "---"}


def test_every_format_has_its_row() -> None:
    assert named_in_rows(WHAT_IS_WRITTEN) == set(format_names())


def test_every_format_that_a_tool_reads_has_a_row_that_says_what_was_proved() -> None:
    assert named_in_rows(READ_BY_OTHERS) == set(format_names()) - NO_TOOL


@pytest.mark.parametrize("name", format_names())
def test_rows_say_what_cannot_be_held(name: str) -> None:
    can = find_format(name).can
    row = next(line for line in WHAT_IS_WRITTEN.split("\n") if re.match(rf"\| [^|]*`{name}`", line))
    lost = row.rstrip(" |").rpartition("|")[2]
    for thing in ("titles", "metadata", "notes", "texts"):
        assert (thing in lost) == (not getattr(can, thing)), thing
    assert ("control characters" in lost) == (not can.controls)
    assert ("suggestions" in lost) == (not can.statuses)
