"""Which revision each article's text has, and each source has read, kept so that nobody reads all files to find out."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from store.article_files import read_article
from store.errors import StoreError
from store.ids import is_name
from store.locations import Locations
from store.shard_cache import ARTICLES, Recipe, ShardCache
from store.suggestion_files import read_suggestions

Reading = tuple[str, str, str]
"""What a source has read of an article: the revision of the text; the source's version and fingerprint then."""

_RULES = "1"
"""Changes with what is kept of the same files."""


def text_hashes(
    locations: Locations, *, thorough: bool = False, stop: threading.Event | None = None
) -> Mapping[str, str]:
    """The newest revision of each article; "" where its file cannot be read.

    Args:
        locations: of the project.
        thorough: whether to look at every file for changes, and not only at the times of folders.
        stop: ends the reading; what was read by then is given.
    """

    def make(article_id: str) -> tuple[str, bool]:
        try:
            return read_article(locations.article(article_id), article_id).text_hash, True
        except StoreError:
            return "", False

    recipe = Recipe("texts", _RULES, lambda: {ARTICLES: locations.articles}, make, str, lambda _, value: str(value))
    return ShardCache(locations, recipe).current(thorough=thorough, stop=stop)


def readings(
    locations: Locations, source: str, *, thorough: bool = False, stop: threading.Event | None = None
) -> Mapping[str, Reading]:
    """What a source has read of each article; nothing of one that it has not, or whose suggestions cannot be read.

    A name that can be no source's has read nothing.

    Args:
        locations: of the project.
        source: its name.
        thorough: whether to look at every file for changes, and not only at the times of folders.
        stop: ends the reading; what was read by then is given.
    """
    if not is_name(source):
        return {}

    def make(article_id: str) -> tuple[Reading | None, bool]:
        try:
            layer = read_suggestions(locations.suggestions(source, article_id), article_id)
        except StoreError:
            return None, False
        return (layer.text_hash, layer.source.version, layer.source.fingerprint) if layer else None, True

    folders = {ARTICLES: locations.articles, "suggestions": locations.root / "suggestions" / source}
    recipe = Recipe(f"readings/{source}", _RULES, lambda: folders, make, lambda value: value, _reading)
    found = ShardCache(locations, recipe).current(thorough=thorough, stop=stop)
    return {article_id: reading for article_id, reading in found.items() if reading}


def _reading(_: str, value: Any) -> Reading | None:
    if value is None:
        return None
    text_hash, version, fingerprint = map(str, value)
    return text_hash, version, fingerprint
