"""The component that finds persons by the words around a name: titles, roles, given names, speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.spans import Found, add_ents, read_ents
from annotate.news_pipeline.tables import heads
from annotate.news_pipeline.tables.people import (
    GIVEN_NAMES,
    MAYBE_GIVEN,
    NOT_NAMES,
    PARTICLES,
    PORTFOLIOS,
    ROLE_ACRONYMS,
    ROLE_HEADS,
    ROLE_NOUNS,
    SAYS_BEFORE,
    SPEECH_VERBS,
    SURNAMES,
    TITLES,
)
from annotate.news_pipeline.words import CAPITAL, LOWER, UPPER, Words, words_of

FACTORY = "manicule_people"
CUES = ("title", "role", "given_name", "surname", "initials", "speech", "age", "byline")
"""The kinds of evidence, each of which can be switched off."""

_LONGEST = 8
_NO_NAME = heads.NEVER_IN_NAMES | ROLE_ACRONYMS
_NOT_LAST = (
    heads.ORG_LAST
    | heads.FAC_LAST
    | heads.LOC_LAST
    | heads.EVENT_LAST
    | heads.LAW_LAST
    | heads.GPE_LAST
    | frozenset("Street Road House Award Prize Day Week Show Song Affairs Department Government Opposition".split())
) - frozenset(
    (
        "Lane Fort Price Temple Church Hall Park Field Castle Peak Cape Point Hill Hills Woods Lake Bay Rivers "
        "Rangers Mills Bond Marsh Forest Sound Bill Code Law Range Pass Cross Ridge Star"
    ).split()
)


def name_end(words: Words, start: int, limit: int = _LONGEST) -> int:
    """The end of the name that starts at `start` (capitals, initials, particles, hyphens); `start` where none does."""
    if not words.is_capital(start) or words.text(start) in _NO_NAME:
        if not _opens_with_particle(words, start):
            return start
    end, stop = start + 1, min(start + limit, len(words))
    while end < stop:
        text = words.text(end)
        if words.is_capital(end) and text not in _NO_NAME:
            end += 1
        elif text in ("-", "’", "'") and words.glued[end] and end + 1 < stop and words.glued[end + 1]:
            if words.kinds[end + 1] not in (CAPITAL, UPPER, LOWER):
                break
            end += 2
        elif text.lower() in PARTICLES and _particle_binds(words, end):
            end += 1
        else:
            break
    return _without_tail(words, start, end)


def _opens_with_particle(words: Words, i: int) -> bool:
    return words.text(i) in ("al", "el", "bin", "van", "de", "von", "der") and _particle_binds(words, i)


def _particle_binds(words: Words, i: int) -> bool:
    """Whether the particle at i is followed, after a hyphen or other particle, by a capital."""
    for after in range(i + 1, i + 4):
        if words.is_capital(after):
            return words.text(after) not in _NO_NAME
        if words.text(after).lower() not in PARTICLES and words.text(after) not in ("-", "’", "'"):
            return False
    return False


def _without_tail(words: Words, start: int, end: int) -> int:
    """The end without trailing hyphens and lower-case words that only a particle list let in."""
    while end > start and not words.is_capital(end - 1) and not words.glued[end - 1]:
        end -= 1
    return end


def plausible(words: Words, start: int, end: int) -> bool:
    """Whether the range may be a person's name by its own words."""
    if end <= start or words.text(end - 1) in _NOT_LAST or words.text(start) in _NO_NAME:
        return False
    if any(words.text(i) in _NEVER_INSIDE for i in range(start, end)):
        return False
    size = sum(words.is_capital(i) for i in range(start, end))
    loud = all(words.kinds[i] == UPPER for i in range(start, end) if words.is_capital(i))
    return size <= 6 and (not loud or words.shouted[start] or size > 1)


_HEADS = heads.FAC_LAST | heads.FAC_LAST_LONG | heads.LOC_LAST | heads.GPE_LAST | heads.ORG_LAST | heads.ORG_LAST_LONG
_BEFORE_NAMES = TITLES | ROLE_HEADS | ROLE_ACRONYMS | PORTFOLIOS
_NEVER_INSIDE = heads.ORG_FIRST | ROLE_HEADS | NOT_NAMES


_SETTLED = frozenset(("DATE", "TIME", "MONEY", "CARDINAL", "ORG", "EVENT", "LAW", "FAC", "PRODUCT", "WORK_OF_ART"))
"""Labels found before that a person's name does not start in, unless its first word is a given name."""


class _Finder:
    """One pass over a document's words, cue by cue."""

    def __init__(self, words: Words, ents: Sequence[Found], cues: Sequence[str]) -> None:
        self.words = words
        self.cues = frozenset(cues)
        self.taken = {i: e.label for e in ents for i in range(e.start, e.end)}
        self.ends = {e.start: e.end for e in ents}

    def names(self) -> Iterator[Found]:
        """Person names; ranges may repeat or overlap."""
        words = self.words
        here = 0
        while here < len(words):
            found = self._at(here)
            if found is None:
                here += 1
                continue
            yield found
            here = found.end

    def _at(self, i: int) -> Found | None:
        """The person whose titles or name start at token i."""
        if not self._can_start(i):
            return None
        start = self._skip_titles(i)
        end = self._clip(start, name_end(self.words, start))
        if end <= start or not plausible(self.words, start, end):
            return None
        return Found(start, end, "PERSON") if self._evidence(i, start, end) else None

    def _can_start(self, i: int) -> bool:
        words = self.words
        if words.shouted[i] or not (words.is_capital(i) or _opens_with_particle(words, i)):
            return False
        if i > 0 and words.is_capital(i - 1) and not self._ends_role(i - 1):
            return False
        if i > 1 and words.text(i - 1) == "-" and words.glued[i] and words.glued[i - 1]:
            return False
        name_like = words.text(i) in GIVEN_NAMES or words.text(i) in MAYBE_GIVEN
        return name_like or self.taken.get(i) not in _SETTLED

    def _skip_titles(self, i: int) -> int:
        """The first token after titles and capitalised roles ("Deputy Prime Minister", "Lt Gen")."""
        words, start, last = self.words, i, i
        while start < i + _LONGEST and words.is_capital(start):
            text = words.text(start)
            start += 1
            if text in _BEFORE_NAMES:
                if words.text(start) == "." and words.glued[start]:
                    start += 1
                last = start
                while words.text(start) in ("-",) and words.glued[start]:
                    start += 1
        return last

    def _clip(self, start: int, end: int) -> int:
        """The end before the first entity inside that is no person's word: a date, a country."""
        for i in range(start + 1, end):
            if self.taken.get(i) in ("DATE", "TIME", "ORG", "NORP"):
                return _without_tail(self.words, start, i)
        return end

    def _ends_role(self, i: int) -> bool:
        """Whether token i ends a title, a role or a nationality, after which a name can start."""
        text = self.words.text(i)
        if text in TITLES or text in ROLE_HEADS or text in ROLE_ACRONYMS or text in heads.NEVER_IN_NAMES:
            return True
        return self.taken.get(i) == "NORP"

    def _evidence(self, i: int, start: int, end: int) -> bool:
        """Whether any cue that is switched on speaks for a person; titles were skipped from i to start."""
        size = sum(self.words.is_capital(k) for k in range(start, end))
        if self._has_title(i, start, end, size):
            return True
        if self.taken.get(start) in ("GPE", "LOC") and self.ends.get(start) == end:
            return False
        if self._in_byline(start, size):
            return True
        if size == 1:
            return "given_name" in self.cues and self._lone_given_name(start, end)
        return size <= 5 and (self._own_words(start, end) or self._neighbours(start, end))

    def _has_title(self, i: int, start: int, end: int, size: int) -> bool:
        titled = self.words.titled[start]
        return "title" in self.cues and start > i and not titled and self._title_counts(i, start, end, size)

    def _in_byline(self, start: int, size: int) -> bool:
        """Whether "By" opens a line before the name, or "by" stands before an unlabelled name of two to four words."""
        before = self.words.text(start - 1)
        if "byline" not in self.cues or before not in ("By", "by") or size < 2:
            return False
        return self.words.opens[start - 1] or (before == "by" and size <= 4 and self.taken.get(start) is None)

    def _own_words(self, start: int, end: int) -> bool:
        """Whether the name's own words tell: a given name, a frequent surname, initials."""
        first, last, held = self.words.text(start), self.words.text(end - 1), self.taken.get(start)
        if "given_name" in self.cues and held != "ORG" and self._given(start, end):
            return True
        if "surname" in self.cues and last in SURNAMES and held is None:
            return True
        return "initials" in self.cues and _initial(first) and not _initial(last) and len(last) > 2

    def _given(self, start: int, end: int) -> bool:
        """Whether the first word, or the one behind its hyphen, is a given name."""
        words, first = self.words, self.words.text(start)
        if first in GIVEN_NAMES or (words.text(start + 1) == "-" and words.text(start + 2) in GIVEN_NAMES):
            return True
        maybe = first in MAYBE_GIVEN and words.text(end - 1) not in _HEADS
        return maybe and not words.titled[start] and self._alone(start, end)

    def _neighbours(self, start: int, end: int) -> bool:
        """Whether a role before the name, or an age or a verb of speech beside it, tells."""
        words, cues = self.words, self.cues
        if words.titled[start] or self.taken.get(start) in ("GPE", "LOC", "NORP"):
            return False
        if "role" in cues and words.text(start - 1).lower() in ROLE_NOUNS:
            return True
        if "age" in cues and words.text(end) == "," and self._is_age(end + 1):
            return True
        return "speech" in cues and self._speaks(start, end)

    def _title_counts(self, i: int, start: int, end: int, size: int) -> bool:
        """Whether what was skipped is a title right before the name, not a role that stands by itself."""
        words = self.words
        title = words.text(start - 1) if words.text(start - 1) != "." else words.text(start - 2)
        if title not in TITLES and title not in ROLE_HEADS:
            return size >= 2 and (
                title in ROLE_ACRONYMS or words.text(i - 1) in ("of", "for", "on", "and") or start > i + 1
            )
        if self.taken.get(start) in ("GPE", "NORP", "LOC") and self.ends.get(start) == end:
            return title in ("Mr", "Mrs", "Ms", "Dr", "Miss", "Madam")
        return title in TITLES or size >= 2

    def _is_age(self, i: int) -> bool:
        text = self.words.text(i)
        return text.isdecimal() and len(text) < 4 and 5 < int(text) < 115

    def _lone_given_name(self, start: int, end: int) -> bool:
        """Whether a given name stands by itself in running text."""
        words = self.words
        if end - start > 1 or words.titled[start] or words.text(start) not in GIVEN_NAMES or self.taken.get(start):
            return False
        return words.kinds[start] == CAPITAL and not words.is_capital(end) and len(words.text(start)) > 2

    def _alone(self, start: int, end: int) -> bool:
        """Whether the name's further words are unlabelled, so that the first is no month or country by itself."""
        return all(self.taken.get(k) is None for k in range(start + 1, end))

    def _speaks(self, start: int, end: int) -> bool:
        """Whether a verb of speech stands beside the name."""
        words = self.words
        if words.text(end) in SPEECH_VERBS and words.kinds[end] == LOWER:
            return True
        return words.text(start - 1) in SAYS_BEFORE and words.text(start - 2) in ('"', "”", "'", "’", ",", "''")


def _initial(text: str) -> bool:
    return len(text) <= 3 and text.endswith(".") and text[0].isupper()


class People:
    """Adds persons; `cues` says which evidence counts."""

    def __init__(self, cues: Sequence[str]) -> None:
        self.cues = tuple(cues)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        ents = read_ents(doc)
        add_ents(doc, list(_Finder(words_of(doc), ents, self.cues).names()))
        return doc


@Language.factory(FACTORY, default_config={"cues": list(CUES)}, assigns=["doc.ents"])
def make_people(nlp: Language, name: str, cues: list[str]) -> People:
    """Build the component; `cues` is a subset of CUES."""
    return People(cues)
