"""The component that names a capitalised run by its head word: X University, Ministry of Y, Port of Z, the W Act."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.name_edges import LONGEST, Scan, capitals, left_edge, right_edge
from annotate.news_pipeline.spans import Found, add_ents, read_ents
from annotate.news_pipeline.tables import heads
from annotate.news_pipeline.tables.people import (
    GIVEN_NAMES,
    MAYBE_GIVEN,
    NOT_NAMES,
    PORTFOLIOS,
    ROLE_ACRONYMS,
    ROLE_HEADS,
    TITLES,
)
from annotate.news_pipeline.words import BREAK, CAPITAL, NUMBER, UPPER, Words, words_of

FACTORY = "manicule_patterns"
LABELS = ("ORG", "FAC", "LOC", "GPE", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART")

Rule = Callable[[Scan, int], Found | None]

_LISTING = frozenset(
    (
        "Ministry Department Committee Commission Directorate Secretariat Office Institute Board Bureau Faculty "
        "University Council Association Federation Union Chamber Society Organization Organisation Bank Academy "
        "Agency Authority"
    ).split()
)


def _organisation(scan: Scan, i: int) -> Found | None:
    """X Head, X Head of Y; Head of Y and Z."""
    words, text = scan.words, scan.words.texts[i]
    if text in heads.ORG_LAST or text in heads.ORG_LAST_LONG:
        if text in ("Centre", "Center", "Complex") and words.text(i - 1) in heads.FAC_CENTRES:
            return None
        start = left_edge(scan, i)
        extends = text in heads.ORG_FIRST or text in ("Court", "Bank", "House", "Academy")
        end = right_edge(scan, i + 1, lists=text in _LISTING) if extends else i + 1
        if i - start >= (2 if text in heads.ORG_LAST_LONG else 1):
            return _body(scan, start, end)
    if text in heads.ORG_FIRST:
        end = right_edge(scan, i + 1, frozenset(("of", "for", "on")), lists=text in _LISTING)
        if end > i + 2 and words.text(i + 2) != "Directors":
            return _body(scan, left_edge(scan, i), end)
    if text in heads.ORG_START_FOREIGN and not words.titled[i]:
        end = capitals(scan, i, min(i + LONGEST, len(words)))
        end = right_edge(scan, end, frozenset(("de", "del", "do", "du", "des", "di", "da")))
        if end > i + 1:
            return Found(i, end, "ORG")
    return None


_PORTFOLIO = frozenset(
    (
        "Minister Ministers Secretary Director Commissioner Member Members Undersecretary Under-Secretary Chairman "
        "Head Deputy Commander"
    ).split()
)


def _body(scan: Scan, start: int, end: int) -> Found | None:
    """The range as an organisation, unless it is a person's name or a part of somebody's role."""
    words = scan.words
    if end - start == 2 and words.text(start) in GIVEN_NAMES:
        return None
    if words.text(end) in ROLE_HEADS and words.kinds[end] == CAPITAL and not words.titled[start]:
        return None
    here = start - 1
    while start - here < LONGEST and (words.text(here) in ("and", ",", "for", "of", "&") or scan.name_part(here)):
        if words.text(here) in _PORTFOLIO:
            return None
        here -= 1
    if words.text(end - 1) in ("Ltd.", "Plc.") and (end >= len(words) or words.kinds[end] == BREAK):
        return None
    return Found(start, end, "ORG")


_BUILT_OF = frozenset("Cathedral Basilica Mosque Monastery Church Temple Shrine Tower Palace".split())
_BUILT_FIRST = frozenset("Port Basilica Cathedral Monastery Mosque Tower".split())
_BUILT_NUMBERED = frozenset("Highway Route Gate Pier Terminal Plant Runway Line".split())
_OF = frozenset(("of",))


def _place_built(scan: Scan, i: int) -> Found | None:
    """X Airport, X Convention Centre, Camp X, Highway 97; Port of X."""
    words, text = scan.words, scan.words.texts[i]
    if text in _BUILT_FIRST and words.text(i + 1) == "of":
        end = right_edge(scan, i + 1, _OF)
        return Found(left_edge(scan, i), end, "FAC") if end > i + 1 else None
    if text in heads.FAC_LAST or text in heads.FAC_LAST_LONG:
        start = left_edge(scan, i)
        if i - start >= (2 if text in heads.FAC_LAST_LONG else 1):
            return Found(start, right_edge(scan, i + 1, _OF) if text in _BUILT_OF else i + 1, "FAC")
    if text in ("Centre", "Center", "Village", "City", "Complex") and words.text(i - 1) in heads.FAC_CENTRES:
        start = left_edge(scan, i)
        return Found(start, i + 1, "FAC") if i - start >= 2 else None
    if text == "Camp" and scan.name_part(i + 1) and words.text(i + 1) not in heads.ORG_LAST:
        return Found(i, capitals(scan, i + 1, i + 4), "FAC")
    if text in _BUILT_NUMBERED and i + 1 < len(words) and words.kinds[i + 1] == NUMBER:
        return Found(left_edge(scan, i), i + 2, "FAC")
    return None


def _place_natural(scan: Scan, i: int) -> Found | None:
    """X River, Lake X, Gulf of X, X National Park."""
    words, text = scan.words, scan.words.texts[i]
    if text in heads.LOC_LAST:
        start = left_edge(scan, i)
        if i > start:
            return _unless_followed(scan, start, i + 1, "LOC")
        if text in ("Gulf", "Strait", "Sea", "Bay", "Isle", "Cape", "Straits") and words.text(i + 1) == "of":
            end = right_edge(scan, i + 1, frozenset(("of",)))
            return Found(i, end, "LOC") if end > i + 1 else None
    if words.text(i + 1) in _LOC_NOUNS and not words.titled[i] and text not in heads.NEVER_IN_NAMES:
        return Found(left_edge(scan, i), i + 1, "LOC") if not words.opens[i] else None
    if text == "Park" and words.text(i - 1) in ("National", "Game", "Marine"):
        return Found(left_edge(scan, i), i + 1, "LOC")
    if text in ("Reserve", "Coast", "Falls", "Range") and words.text(i - 1) in (
        "Nature",
        "Game",
        "Forest",
        "Ivory",
        "Gold",
    ):
        return Found(left_edge(scan, i), i + 1, "LOC")
    if text in heads.LOC_FIRST and scan.name_part(i + 1) and words.text(i + 1) not in heads.NEVER_IN_NAMES:
        end = capitals(scan, i + 1, min(i + 4, len(words)))
        return None if words.text(end - 1) in heads.FAC_LAST | heads.ORG_LAST else Found(i, end, "LOC")
    return None


_LOC_NOUNS = frozenset(
    "river rivers valley mountain mountains volcano peninsula desert bay lake forest delta basin".split()
)


def _unless_followed(scan: Scan, start: int, end: int, label: str) -> Found | None:
    """The range, unless the capitals go on behind it, so that it is part of a longer name."""
    words = scan.words
    goes_on = scan.name_part(end) and not words.titled[start] and words.text(end) not in ROLE_HEADS
    return None if goes_on else Found(start, end, label)


def _polity(scan: Scan, i: int) -> Found | None:
    """X State, Republic of X; X before a lower-case province or district."""
    words, text = scan.words, scan.words.texts[i]
    if text in heads.GPE_LAST:
        start = left_edge(scan, i)
        after = words.text(i + 1)
        if 1 <= i - start <= 3 and not (scan.name_part(i + 1) and not words.titled[i]) and after != "of":
            return Found(start, i + 1, "GPE")
    if text in ("Republic", "Kingdom", "State", "Province", "Commonwealth") and words.text(i + 1) == "of":
        end = right_edge(scan, i + 1, frozenset(("of",)))
        if end > i + 1 and words.text(end - 1) not in heads.ORG_LAST:
            return Found(left_edge(scan, i), end, "GPE")
    if words.text(i + 1) in heads.GPE_AFTER and not words.titled[i] and text not in heads.NEVER_IN_NAMES:
        start = left_edge(scan, i)
        return None if words.opens[start] and words.text(i + 1) == "state" else Found(start, i + 1, "GPE")
    return None


def _event(scan: Scan, i: int) -> Found | None:
    """X Festival, Cyclone X, Battle of X."""
    words, text = scan.words, scan.words.texts[i]
    if text in heads.EVENT_LAST or text in heads.EVENT_LAST_LONG:
        start = left_edge(scan, i)
        end = right_edge(scan, i + 1, frozenset(("of",)))
        if i - start >= (2 if text in heads.EVENT_LAST_LONG else 1):
            return Found(_with_number(words, start), end, "EVENT")
    if text in heads.EVENT_FIRST:
        if words.text(i + 1) in ("of", "des", "de", "du"):
            end = right_edge(scan, i + 1)
            return Found(i, end, "EVENT") if end > i + 1 else None
        if text not in ("Battle", "Siege", "Tour") and scan.name_part(i + 1):
            end = capitals(scan, i + 1, min(i + 4, len(words)))
            start = i - 1 if words.text(i - 1) in ("Tropical", "Super") else i
            return Found(start, end, "EVENT") if end > i + 1 else None
    return None


def _with_number(words: Words, start: int) -> int:
    """One token further left where an ordinal stands ("47th ASEAN Summit")."""
    before = words.text(start - 1)
    return start - 1 if before[:1].isdigit() and before.endswith(("st", "nd", "rd", "th")) else start


def _law(scan: Scan, i: int) -> Found | None:
    """X Act 2019, Treaty of X, Article 370, Law No. 22 of 2010."""
    words, text = scan.words, scan.words.texts[i]
    if text in heads.LAW_NUMBERED:
        end = _legal_number(words, i + 1)
        if end > i + 1:
            return Found(_law_start(scan, i) if text[0].isupper() else i, end, "LAW")
    if text in heads.LAW_LAST:
        start = _law_start(scan, i)
        end = right_edge(scan, i + 1, frozenset(("of", "on", "for")))
        if i > start or (end > i + 1 and text in ("Treaty", "Convention", "Charter", "Declaration", "Protocol")):
            return Found(start, _with_year(words, end), "LAW")
    return None


def _law_start(scan: Scan, i: int) -> int:
    """The left edge of a law's name, over bracketed parts, "and", and commas before an "and"."""
    words, start = scan.words, left_edge(scan, i)
    for _ in range(4):
        if words.text(start - 1) == ")" and words.text(start - 3) == "(" and scan.name_part(start - 2):
            start = left_edge(scan, start - 4) if scan.name_part(start - 4) else start - 3
        elif words.text(start - 1) in ("and", "of") and scan.name_part(start - 2) and start < i:
            start = left_edge(scan, start - 2)
        else:
            break
    return start


def _legal_number(words: Words, i: int) -> int:
    """The end of "370", "10-A", "No. 22 of 2010", or `i` where no number follows."""
    end = i
    if words.text(end) in ("No", "No."):
        end += 1
        if words.text(end) == ".":
            end += 1
    if end >= len(words) or words.kinds[end] != NUMBER or len(words.text(end)) > 9:
        return i
    end += 1
    while (
        words.text(end) in ("-", "/")
        and words.glued[end]
        and end + 1 < len(words)
        and words.glued[end + 1]
        and end < i + 8
    ):
        end += 2
    return end + 2 if words.text(end) == "of" and _is_year(words.text(end + 1)) else end


def _with_year(words: Words, end: int) -> int:
    if _is_year(words.text(end)):
        return end + 1
    if words.text(end) in (",", "of") and _is_year(words.text(end + 1)):
        return end + 2
    return end


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[0] in "12"


def _ship(scan: Scan, i: int) -> Found | None:
    """MV X, HMS X, USS X."""
    if scan.words.texts[i] in ("MV", "MT", "SS", "HMS", "USS", "INS", "PNS", "RV", "HMAS", "HMNZS") and scan.name_part(
        i + 1
    ):
        return Found(i, capitals(scan, i + 1, min(i + 4, len(scan.words))), "PRODUCT")
    return None


_FIRST_NAMES_TOO = (
    GIVEN_NAMES | MAYBE_GIVEN | frozenset(("Asia", "Parliament", "Toyota", "Ford", "Boeing", "Airbus", "Honda"))
)
_OTHER_HEADS = (
    heads.FAC_LAST
    | heads.FAC_LAST_LONG
    | heads.LOC_LAST
    | heads.EVENT_LAST
    | heads.EVENT_LAST_LONG
    | heads.LAW_LAST
    | heads.GPE_LAST
    | frozenset("Centre Center Award Prize South North East West Place Show Week Buildings".split())
)


def _place_and_more(scan: Scan, i: int) -> Found | None:
    """A place with capitals behind it that no role explains: a club, firm or body of that place ("Goroka Thunder")."""
    words, end = scan.words, scan.known.get(i)
    if end is None or words.titled[i] or words.text(i) in _FIRST_NAMES_TOO or not scan.name_part(end):
        return None
    if words.text(i - 1) in ("of", "Member"):
        return None
    if words.is_capital(i - 1) and words.text(i - 1) not in heads.NEVER_IN_NAMES:
        return None
    stop = capitals(scan, end, min(end + 5, len(words)))
    if any(words.text(k) in _ROLE_PARTS or k in scan.known for k in range(end, stop)):
        return None
    if words.text(stop - 1) in _OTHER_HEADS:
        return None
    return Found(i, stop, "ORG") if stop > end and words.text(end) not in heads.NEVER_IN_NAMES else None


_ROLE_PARTS = ROLE_HEADS | TITLES | PORTFOLIOS | ROLE_ACRONYMS | GIVEN_NAMES | NOT_NAMES


_QUOTES = {'"': '"', "“": "”", "‘": "’"}


def _quoted_title(scan: Scan, i: int) -> Found | None:
    """Capitalised words between quotation marks, as titles of books, films and songs are set."""
    words = scan.words
    close = _QUOTES.get(words.text(i - 1))
    if close is None or words.titled[i]:
        return None
    end = i
    while end < min(i + 8, len(words)) and words.text(end) != close:
        small = words.text(end).lower() in _SMALL_IN_TITLES
        if not words.is_capital(end) and not (small and end > i) and words.text(end) not in ("'s", "’s"):
            return None
        end += 1
    capitals = sum(words.is_capital(k) for k in range(i, end))
    if words.text(end) != close or capitals < 2 or not words.is_capital(end - 1):
        return None
    return Found(i, end, "WORK_OF_ART")


_SMALL_IN_TITLES = frozenset("a an the of in on at to for from by with and or de la el".split())


def _award(scan: Scan, i: int) -> Found | None:
    """X Award, X Prize for Y, X Medal."""
    if scan.words.texts[i] not in ("Award", "Awards", "Prize", "Medal"):
        return None
    start = left_edge(scan, i)
    return Found(start, right_edge(scan, i + 1, frozenset(("for", "of"))), "WORK_OF_ART") if start < i else None


_RULES: dict[str, tuple[Rule, ...]] = {
    "LAW": (_law,),
    "EVENT": (_event,),
    "ORG": (_organisation, _place_and_more),
    "FAC": (_place_built,),
    "LOC": (_place_natural,),
    "GPE": (_polity,),
    "PRODUCT": (_ship,),
    "WORK_OF_ART": (_award, _quoted_title),
}


def find_patterns(words: Words, ents: Sequence[Found], labels: Sequence[str] = LABELS) -> Iterator[Found]:
    """Names by their head words; `ents` are entities found before, of which dates and numbers are not grown over."""
    closed = frozenset(
        i for e in ents if e.label in ("DATE", "TIME", "PERCENT", "MONEY") for i in range(e.start, e.end)
    )
    known = {e.start: e.end for e in ents if e.label in ("GPE", "ORG", "PERSON", "LOC")}
    scan = Scan(words, closed, known)
    rules = [rule for label in LABELS if label in labels for rule in _RULES[label]]
    for i, kind in enumerate(words.kinds):
        text = words.texts[i]
        if (kind in (CAPITAL, UPPER) or text in heads.LAW_NUMBERED) and not words.shouted[i]:
            for rule in rules:
                found = rule(scan, i)
                if found is not None and not _bad_head_line(words, found):
                    yield found


def _bad_head_line(words: Words, found: Found) -> bool:
    """Whether the range crosses a line or is most of a headline, where capitals bind nothing."""
    size = found.end - found.start
    broken = any(words.kinds[i] == BREAK for i in range(found.start, found.end))
    return broken or (words.titled[found.start] and size > 5)


class Patterns:
    """Adds names by their head words; `labels` says which."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = tuple(labels)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        add_ents(doc, find_patterns(words_of(doc), read_ents(doc), self.labels))
        return doc


@Language.factory(FACTORY, default_config={"labels": list(LABELS)}, assigns=["doc.ents"])
def make_patterns(nlp: Language, name: str, labels: list[str]) -> Patterns:
    """Build the component; `labels` is a subset of LABELS."""
    return Patterns(labels)
