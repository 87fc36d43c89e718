"""An annotator's file for an article: their layer up to the decisions that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotate.layers import Layer
from annotate.project_wide import PROJECT
from store import records
from store.atomic import write_atomic
from store.errors import BrokenFileError, NewerFileError
from store.merged_by_git import MergedFileError
from store.records import RecordError
from store.storage import FORMAT, Database, encode_tables

_ABOUT = records.MARK_FIELDS | {"format", "text", "applied", "until"}
_CLASH = frozenset({"group", "why"})


@dataclass(frozen=True, slots=True)
class Clash:
    """A group of decisions that did not fit where it was replayed; the journal keeps it.

    Attributes:
        group: the group's id.
        why: what was in the way.
    """

    group: str
    why: str


@dataclass(frozen=True, slots=True)
class StoredLayer:
    """A layer and the journal lines that it holds already.

    Attributes:
        layer: the annotator's layer.
        applied: the last line folded in of each journal file that had a part in it, by the file's stem.
        clashes: what could not be folded in, by the group's id.
        until: the time of the newest of those lines, or "".
        newer: whether a newer version wrote it, so that it must not be written.
    """

    layer: Layer
    applied: Mapping[str, int] = field(default_factory=dict)
    clashes: Mapping[str, Clash] = field(default_factory=dict)
    newer: bool = False
    until: str = ""


def read_layer(path: Path, article_id: str) -> StoredLayer | None:
    """What an annotator's file holds, or None where there is none.

    Raises:
        MergedFileError: it holds the lines of two versions; the journal has the decisions of both.
        BrokenFileError: it cannot be read.
    """
    database = Database(path)
    if not database.exists():
        return None
    about = database.about("layer", article_id)
    try:
        return _stored(article_id, about, database)
    except RecordError as error:
        raise BrokenFileError(path, str(error)) from error


def read_applied(path: Path, article_id: str) -> Mapping[str, int]:
    """The journal lines that an annotator's file names: the last of each journal file, by its stem; see `StoredLayer`.

    Raises:
        BrokenFileError: it cannot be read.
    """
    database = Database(path)
    try:
        return _applied(database.about("layer", article_id)) if database.exists() else {}
    except MergedFileError as error:
        return error.applied
    except RecordError as error:
        raise BrokenFileError(path, str(error)) from error


def _stored(article_id: str, about: Mapping[str, Any], database: Database) -> StoredLayer:
    annotations = {name: records.annotation_from(name, doc) for name, doc in database.documents("annotations").items()}
    remarks = [records.remark_from(doc) for doc in database.documents("remarks").values()]
    clashes = {
        name: Clash(name, records.field(doc, "why", str, "")) for name, doc in database.documents("clashes").items()
    }
    layer = Layer(
        article_id,
        records.field(about, "text", str),
        annotations,
        {(one.start, one.end): one for one in remarks},
        records.marks_from(about),
        {name: records.unplaced_from(name, doc) for name, doc in database.documents("unplaced").items()},
        {name: records.entity_from(name, doc) for name, doc in database.documents("entities").items()},
        {name: records.accepted_from(name, doc) for name, doc in database.documents("accepted").items()},
    )
    until = records.field(about, "until", str, "")
    return StoredLayer(layer, _applied(about), clashes, about["format"] > FORMAT, until)


def _applied(about: Mapping[str, Any]) -> dict[str, int]:
    applied = records.field(about, "applied", dict, {})
    return {session: records.field(applied, session, int) for session in applied}


def write_layer(path: Path, stored: StoredLayer) -> None:
    """Write an annotator's layer; `stored` is to come from the journal where git merged two versions of the file.

    Raises:
        BrokenFileError: there is a file that cannot be read.
        NewerFileError: a newer version made the file.
        OSError: nothing has changed.
    """
    write_atomic(path, encode_over(path, stored))


def encode_over(path: Path, stored: StoredLayer) -> bytes:
    """The file that is to take the place of `path`, with what a newer version may have added to it; see `write_layer`.

    Raises:
        BrokenFileError: there is a file that cannot be read.
        NewerFileError: a newer version made the file.
    """
    database = _to_write(path)
    layer = stored.layer
    about = {
        "format": FORMAT,
        "text": layer.text_hash,
        "applied": dict(stored.applied),
        "until": stored.until,
        **records.marks_doc(layer.marks),
    }
    annotations = {name: records.annotation_doc(one) for name, one in layer.annotations.items()}
    remarks = {f"{start}-{end}": records.remark_doc(one) for (start, end), one in layer.remarks.items()}
    clashes = {name: {"why": one.why} for name, one in stored.clashes.items()}
    unplaced = {name: records.unplaced_doc(one) for name, one in layer.unplaced.items()}
    tables = {
        "layer": database.merged("layer", {layer.article_id: about}, _ABOUT),
        "annotations": database.merged("annotations", annotations, records.ANNOTATION_FIELDS),
        "remarks": database.merged("remarks", remarks, records.REMARK_FIELDS),
        "clashes": database.merged("clashes", clashes, _CLASH),
        "unplaced": database.merged("unplaced", unplaced, records.UNPLACED_FIELDS),
    }
    if layer.article_id == PROJECT:
        entities = {name: records.entity_doc(one) for name, one in layer.entities.items()}
        accepted = {name: records.accepted_doc(one) for name, one in layer.accepted.items()}
        tables["entities"] = database.merged("entities", entities, records.ENTITY_FIELDS)
        tables["accepted"] = database.merged("accepted", accepted, records.ACCEPTED_FIELDS)
    return encode_tables({**database.tables_held(), **tables})


def _to_write(path: Path) -> Database:
    database = Database(path)
    try:
        database.check_writable("layer")
    except MergedFileError as error:
        if error.format > FORMAT:
            raise NewerFileError(path) from error
        database.begin_anew()
    return database
