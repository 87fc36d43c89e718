"""UIMA CAS JSON, which INCEpTION reads and writes: a folder with one file for each article."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from store.formats.cas import cas_of, read_cas, type_system
from store.formats.files import files_in, text_of
from store.formats.model import Capabilities, Format, GoldArticle, ReadArticle, ReadOptions, WriteOptions

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.json` for each article, with the types that it needs and no more, so that they merge with DKPro's."""
    for article in articles:
        cas = cas_of(article, article.text)
        from cassis.typesystem import TypeSystemMode

        held = cas.to_json(ensure_ascii=True, type_system_mode=TypeSystemMode.MINIMAL)
        (folder / f"{article.id}.json").write_text(f"{held}\n", encoding="utf-8", newline="\n")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.json` of a folder, or the file given; one that names no types has DKPro's."""
    known: dict[str, TypeSystem] = {}
    for one in files_in(path, ".json"):
        yield read_cas(one, partial(_load, text_of(one).removeprefix("\ufeff"), known))


def _load(text: str, known: dict[str, TypeSystem]) -> Cas:
    """The CAS of a file; types that an earlier file had as well are in `known`, since making them takes the longest."""
    from cassis import load_cas_from_json

    declared = json.loads(text).get("%TYPES")
    types = type_system() if not declared else known.get(key := json.dumps(declared, sort_keys=True))
    if types is not None:
        return load_cas_from_json(text, typesystem=types, merge_typesystem=False)
    cas = load_cas_from_json(text)
    known[key] = cas.typesystem
    return cas


FORMAT = Format(
    "cas-json",
    "UIMA CAS JSON, for INCEpTION",
    "",
    Capabilities(),
    write,
    read,
)
