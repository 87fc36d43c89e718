"""The index gives what a look at every range would give."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.position_index import PositionIndex

RANGES = st.tuples(st.integers(0, 3000), st.integers(1, 1200)).map(lambda pair: (pair[0], sum(pair)))


@given(st.lists(RANGES, unique=True, max_size=20), RANGES, st.data())
def test_overlapping_gives_exactly_the_ranges_that_share_a_code_point(
    ranges: list[tuple[int, int]], asked: tuple[int, int], data: st.DataObject
) -> None:
    split = data.draw(st.integers(0, len(ranges)))
    index = PositionIndex((*place, place) for place in ranges[:split])
    for place in ranges[split:]:
        index.add(*place, place)
    gone = data.draw(st.sets(st.sampled_from(ranges))) if ranges else set()
    for place in gone:
        index.remove(*place, place)
    left = [place for place in ranges if place not in gone]
    assert len(index) == len(left)
    found = list(index.overlapping(*asked))
    assert sorted(found) == sorted(place for place in left if place[0] < asked[1] and asked[0] < place[1])


def test_removing_what_is_not_there_is_an_error() -> None:
    index = PositionIndex([(0, 3, "one")])
    with pytest.raises(KeyError):
        index.remove(0, 3, "two")
    with pytest.raises(KeyError):
        index.remove(5, 9, "one")
