"""Random names for annotations and groups, so that two machines never choose the same."""

from __future__ import annotations

import secrets


def new_id() -> str:
    """Twelve random hex digits."""
    return secrets.token_hex(6)
