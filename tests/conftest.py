"""Settings that every test shares: no deadline on a busy machine, no user's own configuration or terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("manicule", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("manicule")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's configuration, data and terminal out of the tests, and the tests out of theirs."""
    home: Path = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("NO_COLOR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "MANICULE_ANNOTATOR"):
        monkeypatch.delenv(name, raising=False)
