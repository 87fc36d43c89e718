"""Read documents in the tests of each kind, and say where what they hold comes from in one place."""

from __future__ import annotations

from pathlib import Path

from store.documents.values import Note, Options, Refused
from store.project import Draft
from store.reading_in import look_through


def items(path: Path, **options: object) -> list[Draft | Refused | Note]:
    """What is in a file or a folder."""
    return list(look_through([path], Options(**options)))  # type: ignore[arg-type]


def drafts(path: Path, **options: object) -> list[Draft]:
    """The drafts in a file or a folder, of which nothing is refused."""
    found = items(path, **options)
    assert [str(one) for one in found if isinstance(one, Refused)] == []
    return [one for one in found if isinstance(one, Draft)]


def refusals(path: Path, **options: object) -> list[str]:
    """What is refused in a file or folder, without the folder that it is in."""
    found = [str(one) for one in items(path, **options) if isinstance(one, Refused)]
    return [line.removeprefix(f"{path.parent}/") for line in found]
