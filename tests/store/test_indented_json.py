"""The quicker writer of JSON writes what the standard library's does."""

from __future__ import annotations

import json
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.indented_json import indented

TEXTS = st.text(st.characters(exclude_categories=[]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
)


@given(VALUES, st.booleans())
def test_it_writes_what_json_dumps_writes(value: object, ascii_only: bool) -> None:
    expected = json.dumps(value, indent=1, sort_keys=True, ensure_ascii=ascii_only)
    assert indented(value, ascii_only=ascii_only) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_numbers_that_json_does_not_have_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no JSON"):
        indented({"a": [value]})


@pytest.mark.parametrize("value", [b"", {1}, object()])
def test_what_is_no_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="no JSON"):
        indented({"a": value})


def test_it_takes_less_time() -> None:
    document = {f"a{number}": {"start": number, "label": "ORG", "origin": [{"score": 0.5}]} for number in range(500)}
    own = min(timeit.repeat(lambda: indented(document), number=1, repeat=7))
    assert own < min(timeit.repeat(lambda: json.dumps(document, indent=1, sort_keys=True), number=1, repeat=7))
