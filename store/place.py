"""Where the annotator was, so that the program opens there again."""

from __future__ import annotations

import json
from dataclasses import dataclass

from store.project import Project
from store.storage import to_json

_FILE = "place.json"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a project: an article, and the code point that the cursor stood on."""

    article_id: str
    offset: int


def read_place(project: Project) -> Place | None:
    """The last place on this machine, if one is known; the article may be gone."""
    try:
        content = json.loads((project.locations.local / _FILE).read_bytes())
        article_id, offset = content["article"], content["offset"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if isinstance(article_id, str) and type(offset) is int and offset >= 0:
        return Place(article_id, offset)
    return None


def write_place(project: Project, place: Place) -> None:
    """Remember the place; where that cannot be written the next start is elsewhere, nothing more."""
    content = {"article": place.article_id, "offset": place.offset}
    project.locations.try_write_local(_FILE, to_json(content) + b"\n")
