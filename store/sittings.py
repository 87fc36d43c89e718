"""What an annotator's journal says of when and how they decided, kept sitting by sitting as the journal grows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from annotate.pace import SETTLING, PaceStatistics
from annotate.project_wide import PROJECT
from annotate.timeline import Tally, Timeline
from annotate.ways import Way, noted, way_of, ways_in
from store.cache_files import cache_path, read_cache
from store.disk_state import disk_clock
from store.following import Follower, follow
from store.ids import check_name
from store.journal import journal_files
from store.journal_lines import Gathering
from store.pace import PACE, decoded_pace, encoded_pace, shared_act
from store.project import Project
from store.records import Doc, RecordError, decision_from

_RULES = 1
"""Changes with what is kept of the same journal file."""

_MANY = 64
"""Sittings of which it is kept in memory how their annotations came to be."""

_REST = 512
"""Journal lines after which whoever waits is told that the reading goes on."""

_WAYS = tuple(Way)

Log = tuple[str, str]
"""When an article was last decided on in a sitting, and what was noted of how; see `annotate.ways`."""


@dataclass(slots=True)
class Sitting:
    """What a journal file says.

    Attributes:
        timeline: when it was decided.
        pace: what it took, where that is shared in the journal.
        logs: by article.
        group: the last group with a single decision: further presses of it are no further decisions.
        paced: the same of what it took.
    """

    timeline: Timeline = field(default_factory=Timeline)
    pace: PaceStatistics = field(default_factory=PaceStatistics)
    logs: dict[str, Log] = field(default_factory=dict)
    group: str = ""
    paced: str = ""

    def take(self, line: Doc) -> None:
        """Count a line.

        Raises:
            RecordError: it holds no decision that this version understands.
        """
        decision = decision_from(line)
        if decision.article_id == PROJECT:
            return
        time, group, back = str(line["time"]), str(line["group"]), bool(line.get("undoes"))
        presses = decision.verb in SETTLING and way_of(decision.how) is Way.SINGLE
        self.timeline.take(time, decision, 0 if presses and group == self.group else 1, back=back)
        self.group = group if presses else self.group
        log = noted(decision, back=back)
        if log:
            self._note(decision.article_id, time, log)
        act = shared_act(line, decision)
        if act and act.single:
            self.pace.take(act, 0 if group == self.paced else 1)
            self.paced = group

    def include(self, other: Sitting) -> None:
        """Count what came after this."""
        self.timeline.include(other.timeline)
        self.pace.include(other.pace)
        for article_id, (time, log) in other.logs.items():
            self._note(article_id, time, log)
        self.group, self.paced = other.group, other.paced

    def _note(self, article_id: str, time: str, log: str) -> None:
        _, before = self.logs.get(article_id, ("", ""))
        self.logs[article_id] = time, before + log


class Sittings:
    """The sittings of one annotator. For one thread at a time."""

    def __init__(self, project: Project, annotator: str) -> None:
        """Nothing is read yet.

        Raises:
            StoreError: that is no annotator's name.
        """
        self._project = project
        self._annotator = check_name(annotator, "annotator")
        self._folder = cache_path(project.locations, f"sittings/{annotator}")
        self._unwritten: dict[str, dict[str, Log]] = {}
        self._logs = lru_cache(maxsize=_MANY)(self._read_logs)

    def read(self, rest: Callable[[], object] = bool) -> tuple[Timeline, PaceStatistics]:
        """What all sittings come to: when it was decided, and how fast, as far as that is kept here or shared.

        Args:
            rest: called again and again.
        """
        locations = self._project.locations
        now = disk_clock(locations)
        timeline, pace = Timeline(), PaceStatistics()
        follower = Follower(_RULES, Sitting, partial(_take_in, rest=rest), _encoded, _decoded)
        paths = journal_files(locations.journal(self._annotator))
        for path in paths:
            sitting, kept = follow(locations, self._file(path.stem), path, follower, now)
            if not kept and sitting.logs:
                self._unwritten[path.stem] = sitting.logs
            timeline.include(sitting.timeline)
            pace.include(sitting.pace)
            rest()
        self._forget({path.stem for path in paths})
        own = cache_path(locations, f"pace/{self._annotator}.json")
        pace.include(follow(locations, own, locations.pace(self._annotator), PACE, now)[0])
        return timeline, pace

    def ways(self, article_id: str) -> Mapping[str, Way]:
        """How the annotations of an article came to be, by their ids, after `read`."""
        found = []
        for session in self._project.sittings_on(self._annotator, article_id):
            log = self._logs(session).get(article_id)
            if log:
                found.append(log)
        return ways_in("".join(log for _, log in sorted(found)))

    def _read_logs(self, session: str) -> dict[str, Log]:
        if session in self._unwritten:
            return self._unwritten[session]
        content = read_cache(self._file(session))
        with suppress(ValueError, TypeError, LookupError, AttributeError):
            return _logs_from(content["value"]["logs"])
        return {}

    def _file(self, session: str) -> Path:
        return self._folder / f"{session}.json"

    def _forget(self, sessions: set[str]) -> None:
        """Remove what was kept of journal files that are gone."""
        with suppress(OSError):
            for path in self._folder.glob("*.json"):
                if path.stem not in sessions:
                    path.unlink()


def _take_in(path: Path, offset: int, sitting: Sitting, rest: Callable[[], object]) -> int:
    """Take in the complete groups from `offset` bytes on; gives the bytes up to the end of the last of them."""
    gathering = Gathering(path.stem, offset, bare=True)
    length = position = offset
    group, lines = Sitting(), 0
    with suppress(OSError), path.open("rb") as file:
        file.seek(offset)
        for number, raw in enumerate(file, start=1):
            position += len(raw)
            closed = raw.endswith(b"\n") and gathering.take(number, raw[:-1])
            gathered = len(gathering.lines) + gathering.open_lines
            if gathered and gathering.newest is not None:
                if gathered != lines + 1 or not lines:  # else lines before belong to a group that never was complete
                    group, lines = Sitting(group=sitting.group, paced=sitting.paced), 0
                lines += 1
                with suppress(RecordError):
                    group.take(json.loads(raw))
            if closed:
                length, lines = position, 0
                sitting.include(group)
                gathering.lines.clear()
            if number % _REST == 0:
                rest()
    return length


# What is kept -------------------------------------------------------------------------------------------------


def _encoded(sitting: Sitting) -> dict[str, Any]:
    slots = {
        slot: [
            [one.decisions[way] for way in _WAYS],
            [one.undone, one.confirmed, one.rejected, one.done],
            {label: number for label, number in one.labels.items() if number},
        ]
        for slot, one in sitting.timeline.slots.items()
    }
    return {
        "slots": slots,
        "pace": encoded_pace(sitting.pace),
        "logs": sitting.logs,
        "groups": [sitting.group, sitting.paced],
    }


def _decoded(value: Any) -> Sitting:
    timeline = Timeline()
    for slot, (decisions, numbers, labels) in value["slots"].items():
        by_way = Counter({way: int(number) for way, number in zip(_WAYS, decisions, strict=True) if number})
        by_label = Counter({str(label): int(number) for label, number in labels.items()})
        undone, confirmed, rejected, done = map(int, numbers)
        timeline.slots[str(slot)] = Tally(by_way, undone, confirmed, rejected, done, by_label)
    group, paced = map(str, value["groups"])
    return Sitting(timeline, decoded_pace(value["pace"]), _logs_from(value["logs"]), group, paced)


def _logs_from(value: Any) -> dict[str, Log]:
    return {str(article_id): (str(time), str(log)) for article_id, (time, log) in value.items()}
