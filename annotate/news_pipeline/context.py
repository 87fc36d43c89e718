"""The component that guesses unknown capitals from where they stand: after "in", before "said", in a dateline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.people import name_end, plausible
from annotate.news_pipeline.spans import Found, add_ents, read_ents
from annotate.news_pipeline.tables import heads
from annotate.news_pipeline.tables.people import NOT_NAMES, PORTFOLIOS, ROLE_ACRONYMS, ROLE_HEADS, SPEECH_VERBS, TITLES
from annotate.news_pipeline.tables.peoples import RELIGIONS
from annotate.news_pipeline.words import BREAK, LOWER, NUMBER, UPPER, Words, words_of

FACTORY = "manicule_context"
CUES = ("places", "lists", "datelines", "speech", "apposition", "acronyms")

_PLACE_BEFORE = frozenset("in from near between at outside around towards across In From Near At".split())
_NOT_PLACES = frozenset(
    (
        "Parliament Court Group Year Phase Chapter Category Room Class Grade Form Stage Level Part Block Ward Page "
        "Table Annex Appendix Schedule Section Question Response Council Congress Cabinet Government Office House "
        "Facebook Twitter Instagram Telegram TikTok YouTube Heaven God Earth Arabic English Form Test Twenty20 "
        "Formula Ramadan Lent Easter Government Opposition Treasury Customs Immigration Police Finance Parliament "
        "Mass Asr Maghrib Fajr Isha Zone Division League Pool University College School Mayor Season Week Day Lot "
        "Lane Gate Terminal Platform Unit Plant Mr Mrs Dr Latin"
    ).split()
)
_APPOSED = frozenset("a an the who whose whom of his her their one now then also from".split())
_DASHES = frozenset(["-", "–", "—", "--", ":"])


class _Guesser:
    """One pass over the unlabelled capitals of a document."""

    def __init__(self, words: Words, ents: Sequence[Found], cues: Sequence[str]) -> None:
        self.words = words
        self.cues = frozenset(cues)
        self.labels = {i: e.label for e in ents for i in range(e.start, e.end)}
        self.ends = {e.end: e for e in ents}

    def guesses(self) -> Iterator[Found]:
        """Guessed entities, in order, none over another."""
        words, here = self.words, 0
        while here < len(words):
            if words.opens[here] and (here == 0 or words.kinds[here - 1] == BREAK) and "datelines" in self.cues:
                for found in self._dateline(here):
                    yield self._keep(found)
            end = self._run(here)
            label = self._label(here, end) if end > here else None
            if label is not None:
                yield self._keep(Found(here, end, label))
            here = max(end, here + 1)

    def _keep(self, found: Found) -> Found:
        for i in range(found.start, found.end):
            self.labels[i] = found.label
        self.ends[found.end] = found
        return found

    def _run(self, start: int) -> int:
        """The end of the unlabelled run of capitals at `start`; `start` where there is none."""
        words = self.words
        if start in self.labels or not words.is_capital(start) or words.titled[start]:
            return start
        if words.is_capital(start - 1) and words.text(start - 1) not in heads.NEVER_IN_NAMES and not words.opens[start]:
            return start
        if words.text(start - 1) == "-" and words.glued[start]:
            return start
        end = name_end(words, start)
        for i in range(start, end):
            if i in self.labels:
                return start
        return start if end in self.labels and words.is_capital(end) else end

    def _label(self, start: int, end: int) -> str | None:
        words, cues = self.words, self.cues
        if end - start == 1 and words.kinds[start] == UPPER:
            return self._acronym(start) if "acronyms" in cues else None
        size = sum(words.is_capital(i) for i in range(start, end))
        if "places" in cues and self._is_place(start, end, size):
            return "GPE"
        if "lists" in cues and size <= 2 and self._continues_places(start, end):
            return "GPE"
        if not plausible(words, start, end):
            return None
        if "speech" in cues and self._speaks(start, end, size):
            return "PERSON"
        if "apposition" in cues and 2 <= size <= 4 and self._apposed(start, end):
            return "PERSON"
        return None

    def _is_place(self, start: int, end: int, size: int) -> bool:
        words = self.words
        before = words.text(start - 1)
        if size > 2 or words.text(start) in _NOT_PLACES or (before == "at" and size > 1):
            return False
        if words.text(start) in RELIGIONS or (before == "at" and words.text(end) in ("'s", "’s")):
            return False
        if before not in _PLACE_BEFORE and not (before == "to" and size == 1):
            return False
        if any(words.text(i) in _NEVER_PLACE for i in range(start, end)):
            return False
        if end < len(words) and (words.kinds[end] == NUMBER or words.text(end) in ("&", "/")):
            return False
        return words.text(end) not in ("'s", "’s") or not words.is_capital(end + 1)

    def _continues_places(self, start: int, end: int) -> bool:
        """Whether the run goes on a list of places ("in Khasab, Duqm and Sur"), or stands before one's country."""
        words = self.words
        joint = words.text(start - 1)
        if words.opens[start] or words.text(start) in _NOT_PLACES or words.text(start) in _NEVER_PLACE:
            return False
        if end < len(words) and words.kinds[end] == LOWER and words.text(end) in SPEECH_VERBS:
            return False
        before = self.ends.get(start - 1)
        if joint in ("and", "or") and words.text(start - 2) == ",":
            before = self.ends.get(start - 2)
        return joint in ("and", "or", ",") and before is not None and before.label == "GPE" and self._listed(end, joint)

    def _listed(self, end: int, joint: str) -> bool:
        """Whether what follows fits a list of places: after a comma, another item must."""
        words = self.words
        if joint != ",":
            return True
        if words.text(end) in ("and", "or"):
            return words.is_capital(end + 1)
        return words.text(end) == "," and words.is_capital(end + 1)

    def _speaks(self, start: int, end: int, size: int) -> bool:
        words = self.words
        if end >= len(words) or words.text(end) not in SPEECH_VERBS or words.kinds[end] != LOWER or size > 4:
            return False
        if size == 1 and (words.text(start).endswith("s") or len(words.text(start)) < 3):
            return False
        return words.opens[start] or words.text(start - 1) in (",", "and", "that", "but", "when", "as", "which", "what")

    def _apposed(self, start: int, end: int) -> bool:
        """Whether the name stands between commas or at the start of a sentence, with a description behind it."""
        words = self.words
        if words.text(end) != "," or any(words.text(i) in _NEVER_PLACE for i in range(start, end)):
            return False
        behind = words.text(end + 1)
        if words.opens[start]:
            return True
        lower = words.kinds[end + 1] == LOWER if end + 1 < len(words) else False
        return words.text(start - 1) == "," and (lower or behind in _APPOSED) and self.labels.get(start - 2) != "GPE"

    def _acronym(self, i: int) -> str | None:
        """ORG for capitals that act or stand after "the"."""
        words, text = self.words, self.words.texts[i]
        if not 3 <= len(text) <= 7 or not text.isalpha() or text in ROLE_ACRONYMS or words.shouted[i]:
            return None
        acts = words.text(i + 1) in SPEECH_VERBS
        named = words.text(i - 1) in ("the", "The") and not words.is_capital(i + 1)
        return "ORG" if acts or named else None

    def _dateline(self, start: int) -> Iterator[Found]:
        """The places, and the agency in brackets, of "CITY, Country, March 4 (Agency) -" at the start of a line."""
        words = self.words
        places, agency, end = self._dateline_parts(start)
        if not places or words.titled[start] or words.text(end) not in _DASHES:
            return
        if end + 1 >= len(words) or words.kinds[end + 1] == BREAK:
            return
        first = places[0]
        shouts = all(words.kinds[i] == UPPER for i in range(first.start, first.end))
        known = any(self.labels.get(p.start) == "GPE" for p in places)
        if first.end - first.start <= 4 and (shouts or known or agency is not None):
            yield from (p for p in places if p.start not in self.labels and p.end - p.start <= 4)
            if agency is not None:
                yield agency

    def _dateline_parts(self, start: int) -> tuple[list[Found], Found | None, int]:
        """Runs of capitals between commas and dates from `start` on, a name in brackets, and where they end."""
        words, here, agency = self.words, start, None
        places: list[Found] = []
        while here < start + 16 and words.is_capital(here):
            end = here
            while words.is_capital(end) and self.labels.get(end) not in ("DATE", "TIME"):
                end += 1
            if any(words.text(i) in _NOT_DATELINE for i in range(here, end)):
                return [], None, here
            if end > here:
                places.append(Found(here, end, "GPE"))
            here = self._past_dates(end)
            if words.text(here) == "(":
                close = next((i for i in range(here + 1, min(here + 8, len(words))) if words.texts[i] == ")"), None)
                if close is None:
                    return [], None, here
                agency = Found(here + 1, close, "ORG") if words.is_capital(here + 1) else None
                here = close + 1
        return places, agency, here

    def _past_dates(self, i: int) -> int:
        while i < len(self.words) and (self.labels.get(i) in ("DATE", "TIME") or self.words.text(i) in (",", ".")):
            i += 1
        return i


_NEVER_PLACE = (
    heads.ORG_LAST | heads.EVENT_LAST | heads.LAW_LAST | NOT_NAMES | ROLE_HEADS | TITLES | PORTFOLIOS | ROLE_ACRONYMS
)
_NOT_DATELINE = frozenset(
    (
        "UPDATE BREAKING READ MORE ALSO NOTE EDITOR CORRECTION WATCH LIVE VIDEO PHOTO Photo File Note By BY Q A KEY "
        "FACTBOX ANALYSIS EXCLUSIVE CRICKET FOOTBALL TENNIS"
    ).split()
)


class Context:
    """Adds guesses for unknown capitals; `cues` says from what."""

    def __init__(self, cues: Sequence[str]) -> None:
        self.cues = tuple(cues)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        add_ents(doc, list(_Guesser(words_of(doc), read_ents(doc), self.cues).guesses()))
        return doc


@Language.factory(FACTORY, default_config={"cues": list(CUES)}, assigns=["doc.ents"])
def make_context(nlp: Language, name: str, cues: list[str]) -> Context:
    """Build the component; `cues` is a subset of CUES."""
    return Context(cues)
