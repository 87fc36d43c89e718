"""Times as people type them."""

from __future__ import annotations

from datetime import UTC, datetime


def moment_in_journal(text: str) -> str:
    """A day, or a moment of it (UTC where no zone is named), as the journal writes times.

    Raises:
        ValueError: it is none; with a line for the person.
    """
    try:
        given = datetime.fromisoformat(text)
        utc = given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text}: a time is written 2026-01-31, or 2026-01-31T09:30") from error
    return utc.isoformat(timespec="milliseconds").replace("+00:00", "Z")
