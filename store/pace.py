"""Keeps what each decision took: on this machine, or in the journal where project and annotator agree to share it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from annotate.decisions import Decision, How
from annotate.pace import Act, Effort, PaceStatistics, Work, label_of, reckon
from store.atomic import write_all
from store.following import Follower
from store.journal_lines import Entry
from store.locations import Locations
from store.records import Doc, RecordError, effort_from
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


def shared_act(line: Doc, decision: Decision) -> Act | None:
    """What a journal line, which holds that decision, says that a key press took; None where it says nothing.

    Raises:
        RecordError: it says something impossible.
    """
    effort = effort_from(line)
    if effort is None:
        return None
    takes_back = bool(line.get("undoes") or line.get("redoes"))
    made = (decision.article_id, decision.verb, label_of(decision), decision.how)
    return Act(str(line["group"]), *made, effort, takes_back, str(line["time"]))


def _read(path: Path, offset: int, found: PaceStatistics) -> int:
    """Count what this machine's file has from `offset` bytes on; gives where its last line ends."""
    length = offset
    with suppress(OSError), path.open("rb") as file:
        file.seek(offset)

        def acts() -> Iterator[Act]:
            nonlocal length
            for line in file:
                if line.endswith(b"\n"):
                    length += len(line)
                    with suppress(ValueError, KeyError, TypeError, RecursionError):
                        yield _act_from(json.loads(line))

        reckon(acts(), found)
    return length


def encoded_pace(pace: PaceStatistics) -> list[Any]:
    """The pace as JSON holds it."""
    return [_works(one) for one in ({"": pace.total}, pace.articles, pace.labels, pace.slots)]


def _works(works: dict[str, Work]) -> dict[str, list[float]]:
    return {name: [work.decisions, round(work.seconds, 3), work.keys] for name, work in works.items()}


def decoded_pace(value: Any) -> PaceStatistics:
    """The pace that `encoded_pace` encoded; ValueError, TypeError or LookupError where it is none."""
    total, articles, labels, slots = (
        {str(name): Work(int(decisions), float(seconds), int(keys)) for name, (decisions, seconds, keys) in one.items()}
        for one in value
    )
    return PaceStatistics(total[""], articles, labels, slots)


PACE = Follower(1, PaceStatistics, _read, encoded_pace, decoded_pace)
"""How an annotator's pace is reckoned from the file that this machine keeps of it."""


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
    return Act(*texts, How(doc["how"]), effort, bool(doc["back"]), str(doc.get("time", "")))
