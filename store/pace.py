"""Keeps what each decision took: on this machine, or in the journal where project and annotator agree to share it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotate.decisions import How
from annotate.pace import Act, Effort, PaceStatistics, label_of, reckon
from store.atomic import write_all
from store.errors import BrokenFileError
from store.journal import journal_files
from store.journal_lines import Entry, read_lines
from store.locations import Locations
from store.records import RecordError, decision_from, effort_from
from store.storage import FORMAT, to_json


class PaceLog:
    """The annotator's figures on this machine; to lose one loses no decision, so nothing waits for the disk."""

    def __init__(self, locations: Locations, annotator: str) -> None:
        """Nothing is written yet."""
        self._locations = locations
        self._path = locations.pace(annotator)

    def note(self, entry: Entry, effort: Effort) -> None:
        """Keep what an entry took; where that cannot be written it is not kept."""
        doc = _act_doc(act_of(entry, effort)) | {"time": entry.time}
        line = to_json(doc, separators=(",", ":")) + b"\n"
        with suppress(OSError):
            self._append(line)

    def _append(self, line: bytes) -> None:
        try:
            descriptor = self._open()
        except FileNotFoundError:
            self._locations.make_local()
            self._path.parent.mkdir(exist_ok=True)
            descriptor = self._open()
        try:
            write_all(descriptor, line)
        finally:
            os.close(descriptor)

    def _open(self) -> int:
        return os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)


def act_of(entry: Entry, effort: Effort) -> Act:
    """An entry and what it took as the act of which its last decision says what it was."""
    last = entry.decisions[-1]
    back = bool(entry.undoes or entry.redoes)
    return Act(entry.group, last.article_id, last.verb, label_of(last), last.how, effort, back)


def pace_of(locations: Locations, annotator: str) -> PaceStatistics:
    """The annotator's pace, from what is kept on this machine and what their journal shares."""
    return reckon([*_local(locations.pace(annotator)), *_shared(locations.journal(annotator))])


def timed_efforts(path: Path) -> Iterator[tuple[str, str, Effort]]:
    """When this machine wrote each entry, its group and what it took, in order, as far as the times are kept.

    Args:
        path: an annotator's figures on this machine.
    """
    with suppress(OSError), path.open("rb") as file:
        for line in file:
            with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
                doc = json.loads(line)
                effort = effort_from(doc)
                if effort and isinstance(doc["time"], str) and isinstance(doc["group"], str):
                    yield doc["time"], doc["group"], effort


def _local(path: Path) -> Iterator[Act]:
    with suppress(OSError):
        for line in path.read_bytes().split(b"\n"):
            with suppress(ValueError, KeyError, TypeError, RecursionError):
                yield _act_from(json.loads(line))


def _shared(folder: Path) -> Iterator[Act]:
    for path in journal_files(folder):
        with suppress(BrokenFileError):
            for line in read_lines(path).lines:
                if b'"seconds":' in line.raw:
                    with suppress(RecordError):
                        yield from _acts_in(line.group, bool(line.undoes or line.redoes), line.raw)


def _acts_in(group: str, takes_back: bool, raw: bytes) -> Iterable[Act]:
    doc = json.loads(raw)
    effort = effort_from(doc)
    if effort:
        decision = decision_from(doc)
        yield Act(group, decision.article_id, decision.verb, label_of(decision), decision.how, effort, takes_back)


def _act_doc(act: Act) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "group": act.group,
        "article": act.article_id,
        "verb": act.verb,
        "label": act.label,
        "how": act.how.value,
        "seconds": act.effort.seconds,
        "keys": act.effort.keys,
        "back": act.takes_back,
    }


def _act_from(doc: Any) -> Act:
    effort = effort_from(doc) if isinstance(doc, dict) else None
    if effort is None:
        raise RecordError("no figures")
    texts = (doc["group"], doc["article"], doc["verb"], doc["label"])
    if not all(isinstance(one, str) for one in texts):
        raise RecordError("not texts")
    return Act(*texts, How(doc["how"]), effort, bool(doc["back"]))
