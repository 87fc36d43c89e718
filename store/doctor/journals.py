"""Check an annotator's journal files line by line, and part the lines that cannot be used from those that can."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.atomic import make_folder, sync_folder, write_atomic
from store.claims import Claims
from store.doctor.findings import Finding
from store.doctor.folders import aside
from store.doctor.ledger import Ledger
from store.doctor.rewriting import keep_copy
from store.errors import reason
from store.journal import journal_files
from store.journal_lines import Gathering
from store.locations import Locations

_BATCH = 10_000
_TORN = "the last line is torn: it was being written when the machine stopped, or the file was cut"


def journal_findings(locations: Locations, annotator: str) -> Iterator[Finding]:
    """What is wrong with an annotator's journal files."""
    folder = locations.journal(annotator)
    with suppress(FileNotFoundError):
        for path in sorted(folder.iterdir()):
            if path.suffix != ".jsonl" and path.name[0] != ".":
                what, do = "no journal file", "move it elsewhere, or run with --repair"
                yield Finding(path, 0, what, do, aside(locations, path))
    for path in journal_files(folder):
        yield from _findings_in(locations, annotator, path)


def _findings_in(locations: Locations, annotator: str, path: Path) -> Iterator[Finding]:
    """One finding for each line; the first one mends the file."""
    problems: list[tuple[int, str]] = []
    try:
        gaps = _gaps(path, problems)
    except OSError as error:
        yield Finding(path, 0, reason(error), "see that the file can be read")
        return
    for index, (number, what) in enumerate(problems):
        do = "other clones may have the line; --repair sets it aside, the rest counts"

        def mend(first: bool = index == 0) -> str:
            return _isolate(locations, annotator, path) if first else "set aside with the one before"

        yield Finding(path, number, what, do, mend)
    for gap in gaps:
        if not _is_known(locations, path, gap):
            what = f"lacks what was its {_lines(gap)}: deleted, or lost before a check could tell"
            do = "put the file back from a backup or another clone; --repair takes it as it is and keeps a copy"
            yield Finding(path, 0, what, do, lambda: f"taken as it is; as it was: {keep_copy(locations, path)}")


def _gaps(path: Path, problems: list[tuple[int, str]]) -> list[range]:
    """The numbers of decisions that a file skips, but for those about which something stands in `problems`.

    Raises:
        OSError: the file cannot be read.
    """
    gaps: list[range] = []
    due = told = 0
    for *_, seq, _, _ in _walk(path, problems):
        if seq > due and len(problems) == told:
            gaps.append(range(due, seq))
        due, told = seq + 1, len(problems)
    return gaps


def _lines(gap: range) -> str:
    return f"line {gap.start + 1}" if len(gap) == 1 else f"lines {gap.start + 1:,} to {gap.stop:,}"


def _is_known(locations: Locations, path: Path, gap: range) -> bool:
    """Whether a copy of the file that was set aside goes beyond a gap and had nothing to fill it: it was told then."""
    for copy in locations.copies_aside(path):
        with suppress(OSError):
            seqs = [seq for *_, seq, _, _ in _walk(copy, [])]
            if any(seq >= gap.stop for seq in seqs) and not any(seq in gap for seq in seqs):
                return True
    return False


def fill(ledger: Ledger, folder: Path) -> None:
    """Take in where the lines of all journal files in a folder stand; files that cannot be read are passed over."""
    rows: list[tuple[str, str, str, int, int, int]] = []
    ledger.begin()
    for path in journal_files(folder):
        with suppress(OSError):
            for row in _walk(path, []):
                rows.append(row)
                if len(rows) >= _BATCH:
                    ledger.write(rows)
                    rows.clear()
    ledger.write(rows)
    ledger.end()


def _walk(path: Path, problems: list[tuple[int, str]]) -> Iterator[tuple[str, str, str, int, int, int]]:
    """Each line of a complete group as the ledger holds it; what is wrong with others goes to `problems`."""
    gathering = Gathering(path.stem)
    gathering.problems = problems
    places: dict[int, tuple[int, int]] = {}
    start = number = 0
    with path.open("rb") as file:
        for number, raw in enumerate(file, start=1):
            if not raw.endswith(b"\n"):
                problems.append((number, _TORN))
                return
            closed = gathering.take(number, raw[:-1])
            if gathering.newest is not None:
                places[gathering.newest] = start, len(raw) - 1
            start += len(raw)
            if closed:
                for line in gathering.lines:
                    yield line.article, line.time, line.session, line.seq, *places[line.seq]
                gathering.lines.clear()
                places.clear()
    if gathering.open_lines:
        problems.append((number, "a group of decisions lacks lines after this one and does not count"))


def _isolate(locations: Locations, annotator: str, path: Path) -> str:
    """Write a journal file anew with the lines that count; the file as it was is kept."""
    with Claims(locations, annotator).alone():
        kept = locations.place_aside(path)
        make_folder(kept.parent)
        _link(path, kept)
        sync_folder(kept.parent)
        _write_sound(path, kept)
        with suppress(OSError):
            locations.journal_index(annotator).unlink()
    return f"the lines that count are kept; as it was: {kept.relative_to(locations.root).as_posix()}"


def _link(path: Path, kept: Path) -> None:
    try:
        os.link(path, kept)
    except OSError:
        shutil.copyfile(path, kept)


def _write_sound(path: Path, whole: Path) -> None:
    """Replace `path` by the lines of `whole` that count, among them such as are added to it meanwhile."""
    read = -1
    while read < (read := whole.stat().st_size):
        with whole.open("rb") as file:
            sound = []
            for *_, start, length in _walk(whole, []):
                file.seek(start)
                sound.append(file.read(length + 1))
        write_atomic(path, b"".join(sound))
