"""The domain's values as the plain documents that files and journal lines hold, and back, checked."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Any, TypeVar

from annotate.decisions import VERBS, Decision, How
from annotate.layers import Annotation, Marks, Part, Remark, State, Status, Unplaced
from annotate.pace import Effort
from annotate.project_wide import Accepted, EntityRecord
from annotate.spans import Span
from annotate.suggestions import Suggestion

Doc = dict[str, Any]
T = TypeVar("T")

ANNOTATION_FIELDS = frozenset({"start", "end", "label", "quote", "state", "origin", "spread"})
REMARK_FIELDS = frozenset({"start", "end", "unsure", "note"})
UNPLACED_FIELDS = frozenset({"text", "start", "end", "quote", "annotation", "remark"})
MARK_FIELDS = frozenset({"finished", "flagged", "note", "shown", "remembered"})
ENTITY_FIELDS = frozenset({"name", "identifier", "names", "mentions"})
ACCEPTED_FIELDS = frozenset({"rule", "told"})
SUGGESTION_FIELDS = frozenset({"start", "end", "label", "score"})


class RecordError(ValueError):
    """A document that is not what it should be; the message says which field."""


def field(doc: Mapping[str, Any], key: str, kind: type[T], default: T | None = None) -> T:
    """A document's field.

    Raises:
        RecordError: it is missing and has no default, or is of another kind.
    """
    value = doc.get(key, default)
    if type(value) is kind:
        return value
    raise RecordError(f"{key}: {'missing' if key not in doc else 'not ' + _KINDS[kind]}")


def characters(doc: Mapping[str, Any], key: str) -> str:
    """A document's text that goes out to other programs.

    Raises:
        RecordError: it is missing, or no text that UTF-8 can hold.
    """
    text = field(doc, key, str)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise RecordError(f"{key}: holds a lone surrogate") from error
    return text


_KINDS: dict[type[Any], str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def suggestion_doc(one: Suggestion) -> Doc:
    """A suggestion as its source's file holds it."""
    score = one.score if one.score is not None and math.isfinite(one.score) else None
    return {"start": one.span.start, "end": one.span.end, "label": one.span.label, "score": score}


def suggestion_from(doc: Mapping[str, Any], source: str, version: str) -> Suggestion:
    """A suggestion of the source of that name.

    Raises:
        RecordError: the document is none.
    """
    return Suggestion(_span(doc), source, version, _score(doc))


def annotation_doc(one: Annotation) -> Doc:
    """An annotation without its id."""
    origin = [
        {**suggestion_doc(suggestion), "source": suggestion.source, "version": suggestion.version}
        for suggestion in one.origin
    ]
    doc = {
        "start": one.span.start,
        "end": one.span.end,
        "label": one.span.label,
        "quote": one.quote,
        "state": one.state.value,
        "origin": origin,
    }
    return doc | {"spread": True} if one.spread else doc


def annotation_from(name: str, doc: Mapping[str, Any]) -> Annotation:
    """The annotation of that id.

    Raises:
        RecordError: the document is none.
    """
    origin = tuple([_origin_from(one) for one in _documents(doc, "origin")])
    span = _span(doc)
    if not span.label.isascii():
        characters(doc, "label")
    spread = field(doc, "spread", bool, False)
    return Annotation(name, span, field(doc, "quote", str), _one_of(State, doc, "state"), origin, spread)


def _origin_from(doc: Doc) -> Suggestion:
    return suggestion_from(doc, field(doc, "source", str), field(doc, "version", str, ""))


def remark_doc(one: Remark) -> Doc:
    """A remark."""
    return {"start": one.start, "end": one.end, "unsure": one.unsure, "note": one.note}


def remark_from(doc: Mapping[str, Any]) -> Remark:
    """A remark.

    Raises:
        RecordError: the document is none.
    """
    start, end = field(doc, "start", int), field(doc, "end", int)
    return Remark(start, end, field(doc, "unsure", bool, False), field(doc, "note", str, ""))


def unplaced_doc(one: Unplaced) -> Doc:
    """What has no place, without its id."""
    return {
        "text": one.text_hash,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "annotation": annotation_doc(one.annotation) if one.annotation else None,
        "remark": remark_doc(one.remark) if one.remark else None,
    }


def unplaced_from(name: str, doc: Mapping[str, Any]) -> Unplaced:
    """What has no place, of that id.

    Raises:
        RecordError: the document is none.
    """
    annotation, remark = doc.get("annotation"), doc.get("remark")
    return Unplaced(
        name,
        field(doc, "text", str),
        field(doc, "start", int),
        field(doc, "end", int),
        field(doc, "quote", str),
        annotation_from(name, field(doc, "annotation", dict)) if annotation is not None else None,
        remark_from(field(doc, "remark", dict)) if remark is not None else None,
    )


def marks_doc(marks: Marks) -> Doc:
    """What was said of the article as a whole."""
    finished = marks.finished.value if marks.finished else None
    doc = {"finished": finished, "flagged": marks.flagged, "note": marks.note, "shown": list(marks.shown)}
    return doc | {"remembered": marks.remembered} if marks.remembered else doc


def marks_from(doc: Mapping[str, Any]) -> Marks:
    """What was said of the article as a whole.

    Raises:
        RecordError: the document does not say it.
    """
    finished = _one_of(Status, doc, "finished") if doc.get("finished") is not None else None
    shown = field(doc, "shown", list, [])
    if not all(isinstance(name, str) for name in shown):
        raise RecordError("shown: not names")
    flagged, note = field(doc, "flagged", bool, False), field(doc, "note", str, "")
    return Marks(finished, flagged, note, tuple(shown), field(doc, "remembered", str, ""))


def entity_doc(one: EntityRecord) -> Doc:
    """What an annotator said of an entity, without its id."""
    names = [list(name) for name in one.names]
    return {"name": one.name, "identifier": one.identifier, "names": names, "mentions": [list(m) for m in one.mentions]}


def entity_from(name: str, doc: Mapping[str, Any]) -> EntityRecord:
    """What an annotator said of the entity of that id.

    Raises:
        RecordError: the document is none.
    """
    names = tuple(_typed(one, "names", str, str) for one in field(doc, "names", list, []))
    mentions = tuple(_typed(one, "mentions", str, int, int) for one in field(doc, "mentions", list, []))
    return EntityRecord(name, field(doc, "name", str, ""), field(doc, "identifier", str, ""), names, mentions)


def _typed(value: object, key: str, *kinds: type) -> Any:
    if isinstance(value, list) and [type(one) for one in value] == list(kinds):
        return tuple(value)
    raise RecordError(f"{key}: not a list of {len(kinds)}")


def accepted_doc(one: Accepted) -> Doc:
    """An accepted finding, without its id."""
    return {"rule": one.rule, "told": one.told}


def accepted_from(name: str, doc: Mapping[str, Any]) -> Accepted:
    """The accepted finding of that id.

    Raises:
        RecordError: the document is none.
    """
    return Accepted(name, field(doc, "rule", str, ""), field(doc, "told", str, ""))


def part_doc(part: Part) -> Doc:
    """The part of a layer that a decision takes out or puts in; what it leaves alone is left out."""
    doc: Doc = {}
    if part.annotations:
        doc["annotations"] = [{"id": one.id, **annotation_doc(one)} for one in part.annotations]
    if part.remarks:
        doc["remarks"] = [remark_doc(one) for one in part.remarks]
    if part.marks is not None:
        doc["marks"] = marks_doc(part.marks)
    if part.unplaced:
        doc["unplaced"] = [{"id": one.id, **unplaced_doc(one)} for one in part.unplaced]
    if part.text_hash:
        doc["text"] = part.text_hash
    if part.entities:
        doc["entities"] = [{"id": one.id, **entity_doc(one)} for one in part.entities]
    if part.accepted:
        doc["accepted"] = [{"id": one.id, **accepted_doc(one)} for one in part.accepted]
    return doc


def part_from(doc: Mapping[str, Any]) -> Part:
    """The part of a layer that a decision takes out or puts in.

    Raises:
        RecordError: the document is none.
    """
    annotations = tuple(annotation_from(field(one, "id", str), one) for one in _documents(doc, "annotations"))
    remarks = tuple(remark_from(one) for one in _documents(doc, "remarks"))
    marks = marks_from(field(doc, "marks", dict)) if "marks" in doc else None
    unplaced = tuple(unplaced_from(field(one, "id", str), one) for one in _documents(doc, "unplaced"))
    entities = tuple(entity_from(field(one, "id", str), one) for one in _documents(doc, "entities"))
    accepted = tuple(accepted_from(field(one, "id", str), one) for one in _documents(doc, "accepted"))
    return Part(annotations, remarks, marks, unplaced, field(doc, "text", str, ""), entities, accepted)


def decision_doc(decision: Decision) -> Doc:
    """A decision."""
    return {
        "article": decision.article_id,
        "text": decision.text_hash,
        "verb": decision.verb,
        "how": decision.how.value,
        "before": part_doc(decision.before),
        "after": part_doc(decision.after),
    }


def decision_from(doc: Mapping[str, Any]) -> Decision:
    """A decision; a verb that is not known stands for a change of no particular kind.

    Raises:
        RecordError: the document is none.
    """
    return VERBS.get(field(doc, "verb", str), Decision)(
        field(doc, "article", str),
        field(doc, "text", str),
        part_from(field(doc, "before", dict)),
        part_from(field(doc, "after", dict)),
        _one_of(How, doc, "how"),
    )


def effort_doc(effort: Effort) -> Doc:
    """What a decision took."""
    return {"seconds": effort.seconds, "keys": effort.keys}


def effort_from(doc: Mapping[str, Any]) -> Effort | None:
    """What a decision took; None where it was not kept.

    Raises:
        RecordError: the document says something impossible.
    """
    seconds, keys = doc.get("seconds"), doc.get("keys")
    if seconds is None and keys is None:
        return None
    if not isinstance(seconds, (int, float)) or isinstance(seconds, bool) or not 0 <= seconds < math.inf:
        raise RecordError("seconds: not a number")
    if type(keys) is not int or keys < 0:
        raise RecordError("keys: not a number")
    return Effort(seconds, keys)


def _span(doc: Mapping[str, Any]) -> Span:
    start, end, label = doc.get("start"), doc.get("end"), doc.get("label")
    if type(start) is int and type(end) is int and type(label) is str and 0 <= start < end:
        return Span(start, end, label)  # the usual case of files with many thousands of these
    start, end = field(doc, "start", int), field(doc, "end", int)
    field(doc, "label", str)
    raise RecordError(f"no range: [{start}, {end})")


def _score(doc: Mapping[str, Any]) -> float | None:
    score = doc.get("score")
    if score is None:
        return None
    if isinstance(score, (int, float)) and not isinstance(score, bool) and abs(score) <= sys.float_info.max:
        return score
    raise RecordError("score: not a number")


def _documents(doc: Mapping[str, Any], key: str) -> list[Doc]:
    documents = field(doc, key, list, [])
    if not all([type(one) is dict for one in documents]):
        raise RecordError(f"{key}: not a list of objects")
    return documents


def _one_of(kind: Any, doc: Mapping[str, Any], key: str) -> Any:
    value = doc.get(key)
    try:
        return kind(value)
    except ValueError as error:
        raise RecordError(f"{key}: {value!r} is none of {', '.join(one.value for one in kind)}") from error
