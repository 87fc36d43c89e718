"""The formats that an export can write and an import can read: one module each, imported when it is asked for.

Other packages add theirs by an entry point of the group "manicule.formats", which has the format's name and leads
to a `store.formats.model.Format`.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from annotate.errors import ManiculeError
from store.formats.model import Format

GROUP = "manicule.formats"
"""The entry points by which other packages add formats."""

_OWN = {
    "jsonl": "store.formats.jsonl",
    "spacy": "store.formats.docbin",
    "prodigy": "store.formats.prodigy",
    "label-studio": "store.formats.label_studio",
    "doccano": "store.formats.doccano",
    "conll2003": "store.formats.conll:CONLL2003",
    "iob2": "store.formats.conll:IOB2",
    "bioes": "store.formats.conll:BIOES",
    "huggingface": "store.formats.huggingface",
    "huggingface-parquet": "store.formats.parquet",
    "gliner": "store.formats.gliner",
    "conllu": "store.formats.conllu",
    "brat": "store.formats.brat",
    "cas-json": "store.formats.cas_json",
    "cas-xmi": "store.formats.cas_xmi",
    "webanno-tsv": "store.formats.webanno",
    "w3c": "store.formats.w3c",
    "bdoc": "store.formats.bdoc",
    "csv": "store.formats.csv_table",
    "tsv": "store.formats.tsv_table",
    "tei": "store.formats.tei",
    "html": "store.formats.html",
}
"""Our formats' modules by name, in the order shown; with the name of the value where it is not FORMAT."""


class UnknownFormatError(ManiculeError):
    """A format that there is not, or that cannot be loaded."""

    title = "Format"


def format_names() -> list[str]:
    """The names of all formats, ours first; none of their modules is imported."""
    return [*_OWN, *sorted(_added())]


def loaded_formats() -> tuple[list[Format], list[str]]:
    """All formats that can be loaded, ours first, and one line about each of another package that cannot."""
    found, problems = [], []
    for name in format_names():
        try:
            found.append(find_format(name))
        except UnknownFormatError as error:
            problems.append(error.message)
    return found, problems


def find_format(name: str) -> Format:
    """The format of that name.

    Raises:
        UnknownFormatError: there is none, or another package's cannot be loaded.
    """
    if name in _OWN:
        module, _, attribute = _OWN[name].partition(":")
        form: Format = getattr(import_module(module), attribute or "FORMAT")
        return form
    point = _added().get(name)
    if point is None:
        raise UnknownFormatError(f"no format {name!r}: there are {', '.join(format_names())}")
    return _loaded(point)


@cache
def _added() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP) if point.name not in _OWN}


def _loaded(point: EntryPoint) -> Format:
    try:
        form = point.load()
    except Exception as error:  # another package's code: it may raise anything
        raise UnknownFormatError(f"format {point.name} ({point.value}) cannot be loaded: {error}") from error
    if not isinstance(form, Format) or form.name != point.name:
        raise UnknownFormatError(f"format {point.name}: {point.value} is no format of that name")
    return form
