"""A mapping that shares its entries holds what a copy would hold, and costs no more to change when it is large."""

from __future__ import annotations

import timeit
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate import overlay
from annotate.layers import Annotation, Layer, Part, State, Status
from annotate.overlay import to_change
from annotate.spans import Span

STEPS = st.lists(st.tuples(st.sampled_from(["set", "delete", "branch", "back"]), st.integers(0, 9)), max_size=40)


@given(st.dictionaries(st.integers(0, 9), st.integers()), STEPS)
def test_it_holds_what_a_copy_would_hold(start: dict[int, int], steps: list[tuple[str, int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlay, "_LARGE", 0)
        patch.setattr(overlay, "_MANY", 3)
        held, model = to_change(start), dict(start)
        earlier: list[tuple[Mapping[int, int], dict[int, int]]] = []
        for number, (step, key) in enumerate(steps):
            if step == "set":
                held[key] = model[key] = number
            elif step == "delete" and key in model:
                del held[key], model[key]
            elif step == "delete":
                with pytest.raises(KeyError):
                    del held[key]
            else:
                earlier.append((held, dict(model)))
                source, model = earlier[key % len(earlier)] if step == "back" else earlier[-1]
                held, model = to_change(source), dict(model)
            assert dict(held) == model == dict(held.items())
            assert sorted(held) == sorted(held.keys()) == sorted(model)
            assert sorted(held.values()) == sorted(model.values())
            assert list(zip(held, held.values(), strict=True)) == list(held.items())
            assert (held == model, len(held), held.get(key)) == (True, len(model), model.get(key))
        assert all(one == then for one, then in earlier)


def layer_of(count: int) -> Layer:
    """A layer of so many annotations."""
    spans = (Span(start, start + 1, "ORG") for start in range(count))
    held = (Annotation(f"h{span.start}", span, "x", State.CONFIRMED) for span in spans)
    return Layer("a", "ff", {one.id: one for one in held})


def test_a_decision_costs_no_more_in_a_large_layer() -> None:
    def seconds(layer: Layer) -> float:
        one = layer.annotations["h1"]

        def change() -> None:
            held = layer
            for _ in range(100):
                held = held.replaced([(Part((one,)), Part()), (Part(), Part((one,)))])

        return min(timeit.repeat(change, number=1, repeat=7))

    large = layer_of(20_000)
    begun = large.replaced([])
    assert begun == large
    assert seconds(begun) < 20 * seconds(layer_of(10))


def test_the_status_of_a_large_layer_costs_no_more_after_a_decision() -> None:
    def seconds(layer: Layer) -> float:
        one = layer.annotations["h1"]

        def change() -> None:
            held = layer
            for _ in range(100):
                held = held.replaced([(Part((one,)), Part()), (Part(), Part((one,)))])
                assert held.status is Status.IN_PROGRESS

        return min(timeit.repeat(change, number=1, repeat=7))

    assert seconds(layer_of(20_000)) < 20 * seconds(layer_of(10))
