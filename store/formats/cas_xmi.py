"""UIMA CAS XMI, which INCEpTION and other UIMA tools read: a folder with one file for each article, and the types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from store.formats.cas import cas_of, read_cas, type_system, types_as_xml
from store.formats.files import files_in, text_of
from store.formats.model import Capabilities, Format, FormatError, GoldArticle, ReadArticle, ReadOptions, WriteOptions
from store.formats.xml_text import for_xml

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem

_TYPES = "TypeSystem.xml"


def write(folder: Path, articles: Iterable[GoldArticle], options: WriteOptions) -> list[str]:
    """Write `ID.xmi` for each article, and `TypeSystem.xml`."""
    (folder / _TYPES).write_text(types_as_xml(), encoding="utf-8", newline="\n")
    for article in articles:
        cas_of(article, for_xml(article.text)).to_xmi(folder / f"{article.id}.xmi")
    return []


def read(path: Path, options: ReadOptions) -> Iterator[ReadArticle]:
    """Read every `.xmi` of a folder, or the file given, with the `TypeSystem.xml` beside it, else DKPro's types."""
    folder = path if path.is_dir() else path.parent
    beside = folder / _TYPES
    types = _types(beside) if beside.is_file() else type_system()
    for one in files_in(path, ".xmi"):

        def load(one: Path = one) -> Cas:
            from cassis import load_cas_from_xmi

            with one.open("rb") as file:
                return load_cas_from_xmi(file, typesystem=types, lenient=True)

        yield read_cas(one, load)


def _types(path: Path) -> TypeSystem:
    """The types of a file; those that every export of ours holds are there already."""
    text = text_of(path)
    if text == types_as_xml():
        return type_system()
    from cassis import load_typesystem

    try:
        return load_typesystem(text)
    except Exception as error:  # cassis and lxml raise what happens to happen
        raise FormatError(path, 0, f"no type system that can be read: {error}") from error


FORMAT = Format(
    "cas-xmi",
    "UIMA CAS XMI with its types, for INCEpTION",
    "",
    Capabilities(controls=False),
    write,
    read,
)
