"""A held key is told from presses."""

from __future__ import annotations

from tui.pace import HELD_SECONDS, Pace


def test_a_key_that_follows_itself_at_once_is_held_however_long() -> None:
    times = iter([0.0, 0.03, 0.06, 0.15, 0.15 + HELD_SECONDS])
    pace = Pace(lambda: next(times))
    assert [pace.is_held("space") for _ in range(5)] == [False, True, True, True, False]


def test_another_key_may_follow_at_once() -> None:
    times = iter([0.0, 0.01, 0.02])
    pace = Pace(lambda: next(times))
    assert [pace.is_held(key) for key in ("space", "x", "space")] == [False, False, True]
