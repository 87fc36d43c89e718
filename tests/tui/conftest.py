"""What tests of the command line and of screens share."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui import main


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command; its exit code and what it said to both streams."""

    def run(*arguments: object) -> tuple[int, str, str]:
        capfd.readouterr()
        code = main.run([str(one) for one in arguments])
        said = capfd.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture(autouse=True)
def _no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave memory unread: what is suggested is not to depend on when that is done; tests of it set another time."""
    monkeypatch.setattr("tui.app.MEMORY_AFTER", 3600.0)
