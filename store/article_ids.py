"""The ids of a project's articles in order: of a large one kept, so that only the folders that changed are listed."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping
from typing import Any

from store.cache_files import cache_path, read_cache, write_cache
from store.disk_state import State, disk_clock, is_settled, states_in
from store.ids import natural_key, shard
from store.locations import Locations

_NAME = "ids.json"

_WORTH_KEEPING = 500
"""Articles from which it takes longer to list the folders than to read what was kept."""

_FEW = 10
"""One new article in so many is sorted in; more are cheaper to sort all at once."""


def sorted_ids(locations: Locations) -> list[str]:
    """The ids of all articles, sorted as a person sorts names; no article is read."""
    states = dict(states_in(locations.articles))
    ids, shards, known = _kept(locations)
    changed = {name for name in states.keys() | known.keys() if states.get(name) != known.get(name)}
    if ids and not changed:
        return ids
    now = disk_clock(locations) if states else 0
    found = set(locations.ids_in(name for name in changed if name in states))
    stay = [one for one, name in zip(ids, shards, strict=True) if name not in changed or one in found]
    merged = _merged(stay, found.difference(stay))
    if len(merged) >= _WORTH_KEEPING:
        _keep(locations, merged, {name: state for name, state in states.items() if is_settled(state, now)})
    return merged


def _merged(ids: list[str], new: Iterable[str]) -> list[str]:
    fresh = list(new)
    if len(fresh) * _FEW > len(ids):
        return sorted([*ids, *fresh], key=natural_key)
    for one in fresh:
        insort(ids, one, key=natural_key)
    return ids


def _kept(locations: Locations) -> tuple[list[str], list[str], dict[str, State]]:
    """The ids as they were, the shard of each, and the states of the shards' folders then."""
    content: Any = read_cache(cache_path(locations, _NAME))
    try:
        ids, shards = content["ids"], content["shards"]
        names = [shards[at : at + 2] for at in range(0, len(shards), 2)]
        folders = {name: (*map(int, state),) for name, state in content["folders"].items()}
        if len(ids) == len(names) and set(map(type, ids)) <= {str}:
            return ids, names, folders  # type: ignore[return-value]
    except (ValueError, TypeError, LookupError, AttributeError):
        pass
    return [], [], {}


def _keep(locations: Locations, ids: list[str], folders: Mapping[str, State]) -> None:
    content = {"ids": ids, "shards": "".join(map(shard, ids)), "folders": folders}
    write_cache(locations, cache_path(locations, _NAME), content)
