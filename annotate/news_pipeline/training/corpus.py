"""The written corpus and its split, so that training, choosing and measuring never see each other's articles.

`python -m annotate.news_pipeline.training.corpus [FILES]` checks the form of the batches.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotate.news_pipeline.gold import GoldText, read_gold
from annotate.news_pipeline.tags import LABELS

FOLDER = Path(__file__).parents[1] / "corpus"
"""Where the batches lie in a checkout; an installed package has none."""

TEST = (
    "02-africa-e",
    "05-latam-e",
    "08-world-e",
    "09-politics-d",
    "11-business-d",
    "13-courts-d",
    "15-culture-d",
    "16-wire-d",
)
"""Batches that are only measured on."""

DEV = ("03-mena-e", "06-europe-e", "10-diplomacy-d", "12-sport-d", "14-health-d")
"""Batches that epochs and thresholds are chosen on and scores are calibrated with."""

_LABELS = frozenset(LABELS)
_HEADER = re.compile(r"=== \S+ \| [^|]+ \| [^|]+")
_TITLE = re.compile(
    r"(Mr|Mrs|Ms|Dr|Prof|General|Gen|Colonel|Col|President|Minister|Sheikh|Sir|Ambassador|Justice|Senator|Captain)"
    r"\b\.? "
)
_MAY_END_IN_S = frozenset(("WORK_OF_ART", "ORG", "PRODUCT", "EVENT", "DATE"))


def batches(part: str, folder: Path = FOLDER) -> list[Path]:
    """The files of a part, in order: "train", "dev", "test" or "all"."""
    paths = sorted(folder.glob("*.txt"))
    match part:
        case "all":
            return paths
        case "train":
            return [path for path in paths if path.stem not in TEST + DEV]
        case _:
            named = {"dev": DEV, "test": TEST}[part]
            return [path for path in paths if path.stem in named]


def articles(part: str, folder: Path = FOLDER) -> list[GoldText]:
    """The articles of a part. Raises GoldError where a batch is not in the corpus's form."""
    return [text for path in batches(part, folder) for text in read_gold(path)]


def faults(path: Path) -> Iterator[str]:
    """What a batch has against the guidelines' form and boundaries, a line each; GoldError where it cannot be read."""
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("===") and _HEADER.fullmatch(line) is None:
            yield f"{path.name}:{number}: a header is === id | desk | register"
    for text in read_gold(path):
        for start, end, label in text.spans:
            reason = _fault(text.text[start:end], label)
            if reason:
                yield f"{path.name}: {text.text[start:end]!r} {label}: {reason}"


def _fault(surface: str, label: str) -> str:
    if label not in _LABELS:
        return "unknown label"
    if surface != surface.strip():
        return "space at an edge"
    if re.match(r"(the|a|an) ", surface) and label != "WORK_OF_ART":
        return "starts with an article"
    if surface.endswith(("'s", "’s")) and label not in _MAY_END_IN_S:
        return "ends in a possessive"
    return "title inside" if label == "PERSON" and _TITLE.match(surface) else ""


def main(paths: Sequence[str]) -> int:
    """Print the faults of the batches, all of the corpus if none is named; returns the exit code."""
    found = [fault for path in ([Path(p) for p in paths] or batches("all")) for fault in faults(path)]
    print("\n".join(found) if found else "every batch is well-formed")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
