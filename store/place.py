"""Where each annotator was, and through which sieve they looked, so that the program opens like that again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.sieve import ALL, Sieve
from store.project import Project
from store.storage import to_json


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a project: an article, and the code point that the cursor stood on."""

    article_id: str
    offset: int


def read_place(project: Project, annotator: str = "") -> Place | None:
    """The annotator's last place on this machine, else the one where everybody begins; the article may be gone."""
    locations = project.locations
    own = _place(locations.place(annotator)) if annotator else None
    return own or _place(locations.place())


def _place(path: Path) -> Place | None:
    content = _content(path)
    article_id, offset = content.get("article"), content.get("offset")
    if isinstance(article_id, str) and type(offset) is int and offset >= 0:
        return Place(article_id, offset)
    return None


def write_place(project: Project, place: Place, annotator: str = "") -> None:
    """Remember the annotator's place, or without a name the one where everybody begins.

    Where it cannot be written the next start is elsewhere, nothing more.
    """
    content = {"article": place.article_id, "offset": place.offset}
    _write(project, project.locations.place(annotator), content)


def read_sieve(project: Project, annotator: str) -> Sieve:
    """The sieve through which the annotator last looked on this machine; one that shows all where none is known."""
    content = _content(project.locations.sieve(annotator))
    threshold: Any = content.get("threshold")
    below: Any = content.get("below")
    known = isinstance(threshold, int | float) and not isinstance(threshold, bool) and isinstance(below, bool)
    if known and 0 <= threshold <= 1:
        return Sieve(float(threshold), below)
    return ALL


def write_sieve(project: Project, annotator: str, sieve: Sieve) -> None:
    """Remember the annotator's sieve; where it cannot be written it is not remembered, nothing more."""
    content = {"threshold": sieve.threshold, "below": sieve.below}
    _write(project, project.locations.sieve(annotator), content)


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(project: Project, path: Path, content: dict[str, Any]) -> None:
    name = path.relative_to(project.locations.local).as_posix()
    project.locations.try_write_local(name, to_json(content) + b"\n")
