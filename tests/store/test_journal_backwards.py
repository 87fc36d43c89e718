"""Read from its end, a journal file holds the same groups as read from its beginning."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.decisions import Confirm, Decision
from annotate.layers import Annotation, Part, State
from annotate.spans import Span
from store import journal_backwards
from store.errors import BrokenFileError
from store.journal_backwards import groups_backwards
from store.journal_lines import Entry, encode, in_groups, read_lines


def decision(number: int) -> Decision:
    """A decision of its own."""
    held = Annotation(f"h{number}", Span(number, number + 3, "ORG"), "abc", State.CONFIRMED)
    return Confirm("a", "ff", Part(), Part((held,)))


def written(path: Path, sizes: list[int], damaged: set[int]) -> None:
    """A file of groups of those sizes, of which some lines are damaged; a size of 0 goes on with the group before."""
    lines: list[bytes] = []
    name = "g0"
    for number, size in enumerate(sizes):
        name = f"g{number}" if size else name
        lines += encode(Entry(name, tuple(map(decision, range(max(size, 1)))), "2026-01-01T00:00:00.000Z"), len(lines))
    path.write_bytes(b"".join(b"x" + one[1:] if at in damaged else one for at, one in enumerate(lines)))


@given(st.lists(st.integers(0, 6), max_size=12), st.sets(st.integers(0, 40), max_size=3), st.integers(1, 3000))
def test_both_ways_tell_the_same_groups(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], damaged: set[int], piece: int
) -> None:
    path = tmp_path_factory.mktemp("journal") / "s.jsonl"
    written(path, sizes, damaged)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal_backwards, "_PIECE", piece)
        assert list(groups_backwards(path))[::-1] == list(in_groups(read_lines(path).lines))


def test_only_the_end_is_read_for_the_newest_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.jsonl"
    written(path, [1] * 2000, set())
    read: list[int] = []
    piece = journal_backwards._piece
    monkeypatch.setattr(
        journal_backwards, "_piece", lambda path, begin, end: read.append(end - begin) or piece(path, begin, end)
    )
    (newest,) = next(groups_backwards(path))
    assert newest.group == "g1999"
    assert read == [1 << 16]
    assert path.stat().st_size > 5 * read[0]


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenFileError, match=r"s\.jsonl"):
        list(groups_backwards(tmp_path / "s.jsonl"))
