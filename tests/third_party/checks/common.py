"""What the checks share: they know nothing of Manicule but the files that it wrote and what these should say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

Fact = tuple[str, int, int, str, str]

OURS, THEIRS = Path("ours"), Path("theirs")
TEXTS: dict[str, str] = json.loads(Path("articles.json").read_text("utf-8"))


def expected(form: str) -> set[Fact]:
    """What the corpus in this format holds."""
    held = json.loads(Path("expected.json").read_text("utf-8"))[form]
    return {(str(i), int(s), int(e), str(label), str(text)) for i, s, e, label, text in held}


def same(found: Iterable[tuple[object, ...]], form: str) -> int:
    """Fail where a tool found something else; how many spans it found."""
    got, wanted = set(found), expected(form)
    if got != wanted:
        raise SystemExit(f"{form}: missing {sorted(wanted - got)}, not expected {sorted(got - wanted, key=repr)}")
    return len(got)


def theirs(name: str) -> Path:
    """A place for files that the tool writes."""
    THEIRS.mkdir(exist_ok=True)
    return THEIRS / name
