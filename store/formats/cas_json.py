"""UIMA CAS JSON, which INCEpTION reads and writes: a folder with one file for each article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.formats.cas import cas_of, read_cas
from store.formats.files import files_in, text_of
from store.formats.model import Capabilities, Format, GoldArticle, ReadArticle, ReadOptions, WriteOptions

if TYPE_CHECKING:
    from cassis import Cas


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.json` for each article, with the types that it needs and no more, so that they merge with DKPro's."""
    for article in articles:
        cas = cas_of(article, article.text)
        from cassis.typesystem import TypeSystemMode

        held = cas.to_json(ensure_ascii=True, type_system_mode=TypeSystemMode.MINIMAL)
        (folder / f"{article.id}.json").write_text(f"{held}\n", encoding="utf-8", newline="\n")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.json` of a folder, or the file given."""
    for one in files_in(path, ".json"):
        text = text_of(one)

        def load(text: str = text) -> Cas:
            from cassis import load_cas_from_json

            return load_cas_from_json(text.removeprefix("\ufeff"))

        yield read_cas(one, load)


FORMAT = Format(
    "cas-json",
    "UIMA CAS JSON, for INCEpTION",
    "",
    Capabilities(),
    write,
    read,
)
