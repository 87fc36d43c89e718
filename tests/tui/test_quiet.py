"""Work behind the screens waits while keys are pressed, and not for ever."""

from __future__ import annotations

import threading
from pathlib import Path

from pilots import project_of

from tui.desk import LARGE, Desk
from tui.quiet import PATIENCE, QUIET_SECONDS, Quiet


class Clock:
    """Time that goes on a little whenever somebody looks."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def test_nothing_waits_when_no_key_was_pressed() -> None:
    clock = Clock(0.001)
    Quiet(clock).wait()
    assert clock.now < 0.01


def test_work_waits_until_the_keys_have_rested() -> None:
    clock = Clock(QUIET_SECONDS / 8)
    quiet = Quiet(clock)
    quiet.press()
    pressed = clock.now
    quiet.wait()
    assert clock.now - pressed >= QUIET_SECONDS


def test_work_waits_for_what_is_urgent_and_patience_ends() -> None:
    clock = Clock(PATIENCE / 4)
    quiet = Quiet(clock)
    with quiet.urgent():
        quiet.wait()
    assert clock.now >= PATIENCE
    later = clock.now
    quiet.wait()
    assert clock.now - later < PATIENCE


def test_nothing_waits_once_the_app_has_ended() -> None:
    quiet = Quiet()
    with quiet.urgent():
        waiting = threading.Thread(target=quiet.wait)
        waiting.start()
        quiet.end()
        waiting.join(20)
        assert not waiting.is_alive()


def test_only_a_large_article_is_held_back(tmp_path: Path) -> None:
    desk = Desk(project_of(tmp_path / "wire", {"small": "A short text", "large": "word " * LARGE}), "ada")
    held: list[str] = []
    desk.quiet.wait = lambda: held.append("held")  # type: ignore[method-assign]
    desk.hold_back("small")
    assert held == []
    desk.hold_back("large")
    assert held == ["held"]
