"""Names of articles, annotators and sources: they become names of files, so what they may hold is settled here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count

from annotate.project_wide import PROJECT
from store.errors import StoreError

MAX_LENGTH = 80
"""Most characters that a name may have."""

_MAX_BYTES = 200
_OTHER_CHARACTERS = frozenset("._-")
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)
_DIGITS = re.compile(r"(\d+)")


def check_name(name: str, kind: str) -> str:
    """The name in NFC.

    Args:
        name: what a person or a file calls it.
        kind: what it names, for the message: "article", "annotator", "source".

    Raises:
        StoreError: it cannot be used.
    """
    name = unicodedata.normalize("NFC", name)
    problem = _problem(name)
    if problem:
        raise StoreError(f"{kind} {name!r}: {problem}")
    return name


def is_name(name: str) -> bool:
    """Whether `name` can be used as it stands."""
    return unicodedata.is_normalized("NFC", name) and not _problem(name)


def folded(name: str) -> str:
    """What two names have in common that differ in case, or in how accents are coded, only."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def shard(name: str) -> str:
    """The folder in which an article's files lie: two hex digits of the SHA-256 of the folded id."""
    return hashlib.sha256(folded(name).encode("utf-8")).hexdigest()[:2]


class IdGiver:
    """Gives each stem an id of its own; many equal stems cost no more than different ones."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Begin with the ids that are in use."""
        self._taken = {PROJECT, *(folded(name) for name in taken)}
        self._candidates: dict[str, Iterator[str]] = {}

    def give(self, stem: str) -> str:
        """A new id for an article that comes from a file of that stem.

        `check_name` accepts it as it is, and it differs from those in use, also regardless of case.
        """
        candidates = self._candidates.setdefault(stem, _candidates(stem))
        name = next(name for name in candidates if folded(name) not in self._taken)
        self._taken.add(folded(name))
        return name


def plain_id(stem: str) -> str:
    """The id that the first article of a stem is given."""
    return next(_candidates(stem))


def natural_key(name: str) -> tuple[list[str | int], str]:
    """Sorts names as a person does: "page 9" before "page 10", regardless of case."""
    parts = _DIGITS.split(folded(name))
    return [int(part) if index % 2 else part for index, part in enumerate(parts)], name


def _candidates(stem: str) -> Iterator[str]:
    name = _cleaned(stem)
    yield _cut(name, MAX_LENGTH, _MAX_BYTES)
    for number in count(2):
        ending = f"-{number}"
        yield _cut(name, MAX_LENGTH - len(ending), _MAX_BYTES - len(ending)) + ending


def _cleaned(stem: str) -> str:
    kept = "".join(char if _is_allowed(char) else "-" for char in unicodedata.normalize("NFC", stem))
    name = re.sub(r"-{2,}", "-", kept)
    while name and (name[0] in ".-" or unicodedata.category(name[0])[0] == "M"):
        name = name[1:]
    name = name.rstrip(".-")
    base, dot, rest = name.partition(".")
    if base.casefold() in _RESERVED:
        name = f"{base}_{dot}{rest}"
    return unicodedata.normalize("NFC", name) or "article"


def _cut(name: str, length: int, size: int) -> str:
    name = name[:length]
    return name.encode("utf-8")[:size].decode("utf-8", "ignore").rstrip(".-")


def _problem(name: str) -> str:
    if not name:
        return "a name cannot be empty"
    if len(name) > MAX_LENGTH or len(name.encode("utf-8", "replace")) > _MAX_BYTES:
        return f"a name has at most {MAX_LENGTH} characters"
    bad = next((char for char in name if not _is_allowed(char)), "")
    if bad:
        return f"{bad!r} cannot be part of a name: letters, digits and . _ - can"
    if name[0] in ".-" or unicodedata.category(name[0])[0] == "M":
        return "a name begins with a letter, a digit or _"
    if name[-1] in ".-":
        return "a name does not end with . or -"
    if name.partition(".")[0].casefold() in _RESERVED:
        return "some systems keep that name for themselves"
    return ""


def _is_allowed(char: str) -> bool:
    return char in _OTHER_CHARACTERS or unicodedata.category(char)[0] in "LMN"
