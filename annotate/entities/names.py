"""A name taken apart: what of a mention's text names something, and which other texts may name the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import category, combining, normalize

import regex

_POSSESSIVE = regex.compile(r"['’](?:s|S)?$")
_DOTTED = regex.compile(r"^(?:\p{L}\.){2,}$")
_ARTICLES = frozenset(("the", "a", "an"))
_SMALL = frozenset("and of for the in on de del la el du des da do y e und für der die das von van to with & -".split())

TITLES = frozenset(
    (
        "mr mrs ms miss dr prof professor sir dame lord lady gen general lt lieutenant col colonel maj major capt "
        "captain brig brigadier adm admiral cmdr commander sgt sergeant cpl corporal marshal president premier "
        "minister secretary ambassador senator sen rep gov governor mayor justice judge king queen prince princess "
        "sheikh imam ayatollah mullah maulana pope bishop archbishop cardinal rev reverend fr father sister rabbi "
        "chief chancellor speaker inspector superintendent hon prime foreign coach"
    ).split()
)
"""Words before a person's name that are no part of it, case and full stops aside."""

LONGEST_ACRONYM = 8


@dataclass(frozen=True, slots=True)
class Name:
    """What of a mention's text names something.

    Attributes:
        words: the words as they stand, without article, titles and possessive.
        key: the words without case and marks over letters; equal keys are the same name.
        acronym: whether it may stand for the initials of a longer name.
    """

    words: tuple[str, ...]
    key: tuple[str, ...]
    acronym: bool

    @property
    def text(self) -> str:
        """The words, a space between them."""
        return " ".join(self.words)


@lru_cache(maxsize=65_536)
def name_of(text: str, *, person: bool = False) -> Name:
    """The name in a mention's text; all of the text where nothing would be left.

    Args:
        text: of the mention.
        person: whether it names a person, so that titles before it are passed over.
    """
    words = _POSSESSIVE.sub("", " ".join(text.split())).split() or text.split() or [text]
    start = 0
    while start < len(words) - 1 and (_plain(words[start]) in _ARTICLES or (person and _plain(words[start]) in TITLES)):
        start += 1
    kept = tuple(words[start:])
    return Name(kept, tuple(_plain(word) for word in kept), len(kept) == 1 and _is_acronym(kept[0]))


def _plain(word: str) -> str:
    """A word without case, marks over letters, and full stops at its end or between initials."""
    if _DOTTED.match(word):
        word = word.replace(".", "")
    decomposed = normalize("NFKD", word)
    bare = "".join(one for one in decomposed if not combining(one) and category(one) != "Cf")
    return bare.casefold().strip(".,;:") or word


def _is_acronym(word: str) -> bool:
    letters = word.replace(".", "").replace("-", "")
    return 2 <= len(letters) <= LONGEST_ACRONYM and letters.isalpha() and letters.isupper()


def stands_for(acronym: Name, name: Name) -> bool:
    """Whether `acronym` is made of the initials of `name`, small words counted or not.

    One of three letters or more may have further letters of the words: GHQ, General Headquarters.
    """
    if not acronym.acronym or len(name.words) < 2:
        return False
    wanted = acronym.key[0].replace("-", "")
    parts = [part for word in name.key for part in word.replace("–", "-").split("-") if part]
    large = [part for part in parts if part not in _SMALL]
    if wanted in ("".join(part[0] for part in parts), "".join(part[0] for part in large)):
        return True
    return len(wanted) > 2 and len(large) > 1 and _within(wanted, large)


def _within(wanted: str, words: Sequence[str]) -> bool:
    """Whether a word is the first letters of the words, in order, with further letters of each in its order."""
    pattern = "".join(
        regex.escape(word[0]) + "".join(f"{regex.escape(letter)}?" for letter in word[1:]) for word in words
    )
    return regex.fullmatch(pattern, wanted) is not None


def is_part_of(short: Name, long: Name) -> bool:
    """Whether the words of `short` are some of those of `long`, in order: a surname, or a name without its middle."""
    if len(short.key) >= len(long.key):
        return False
    words = iter(long.key)
    return all(any(_same_word(one, other) for other in words) for one in short.key)


def _same_word(one: str, other: str) -> bool:
    return one == other or (len(one) == 1 and other.startswith(one))


def is_variant(one: Name, other: Name) -> bool:
    """Whether two names of as many words differ only as spellings of the same do: Sergey, Sergei; Muhammad, Mohamed.

    Words of fewer than five letters must be equal, and so must all but one of the words.
    """
    if len(one.key) != len(other.key):
        return False
    differing = [pair for pair in zip(one.key, other.key, strict=True) if pair[0] != pair[1]]
    return len(differing) == 1 and _is_spelling(*differing[0])


def _is_spelling(one: str, other: str) -> bool:
    from rapidfuzz.distance import JaroWinkler

    if min(len(one), len(other)) < _SHORTEST_VARIANT or _skeleton(one) != _skeleton(other):
        return False
    if (one[-1] == "a") != (other[-1] == "a"):
        return False  # Maria and Mario, Alexandra and Alexander are two people
    return JaroWinkler.normalized_similarity(one, other) >= _ALIKE


_SHORTEST_VARIANT = 5
_ALIKE = 0.8
_SOUNDS = (("ph", "f"), ("ck", "k"), ("q", "k"), ("w", "v"), ("z", "s"), ("dj", "j"), ("kh", "k"), ("gh", "g"))
_VOWELS = regex.compile(r"[aeiouyj'’`ʿʾ-]")
_DOUBLED = regex.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def _skeleton(word: str) -> str:
    """The first letter and the consonants of a word, those that transliterations swap made one."""
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    return word[0] + _DOUBLED.sub(r"\1", _VOWELS.sub("", word[1:]))


def skeleton(name: Name) -> tuple[str, ...]:
    """What all spelling variants of a name have in common, for looking them up; other names may share it."""
    return tuple(_skeleton(word) if len(word) >= _SHORTEST_VARIANT else word for word in name.key)
