"""The component that reads the article as a whole: surnames, acronyms in brackets, short forms, repeats."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.spans import Found, merge, read_ents, write_ents
from annotate.news_pipeline.tables import heads
from annotate.news_pipeline.tables.people import NOT_NAMES, PARTICLES, PORTFOLIOS, ROLE_ACRONYMS, ROLE_HEADS, TITLES
from annotate.news_pipeline.words import Words, words_of

FACTORY = "manicule_article"
RULES = ("acronyms", "surnames", "short_forms", "repeats", "votes")
_NAMED = frozenset(("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE"))
_REPEATED = _NAMED - {"NORP", "LANGUAGE", "LAW"}

Key = tuple[str, ...]


def acronyms(words: Words, ents: Sequence[Found]) -> Iterator[Found]:
    """Acronyms in brackets after a name that they abbreviate, and that name where it was not found yet."""
    by_end = {e.end: e for e in ents}
    for i in range(1, len(words) - 2):
        if words.texts[i] != "(" or words.text(i + 2) != ")":
            continue
        short = words.texts[i + 1]
        if words.shouted[i] or not _acronym(short) or short in ROLE_ACRONYMS:
            continue
        start = _spelled_out(words, i, short)
        long = by_end.get(i)
        if start is not None and (long is None or start < long.start):
            yield Found(start, i, "ORG")
            yield Found(i + 1, i + 2, "ORG")
        elif long is not None and long.label in ("ORG", "FAC", "EVENT", "LAW"):
            yield Found(i + 1, i + 2, long.label)


def _acronym(text: str) -> bool:
    return 2 <= len(text) <= 9 and text.isalpha() and sum(c.isupper() for c in text) >= 2 and text[0].isupper()


_SMALL = frozenset("of and for the on in de del la du des et e y to & do da dos".split())


def _spelled_out(words: Words, bracket: int, short: str) -> int | None:
    """Where the capitalised words before the bracket start whose initials the acronym gives; None if it does not."""
    letters = [c for c in short if c.isupper()]
    here, left, capitals = bracket, len(letters), 0
    while left and bracket - here < 2 * len(letters) + 6:
        here -= 1
        text = words.text(here)
        if words.is_capital(here):
            capitals += 1
            if text[0] == letters[left - 1]:
                left -= 1
            elif text[0].upper() not in letters or capitals > len(letters) + 1:
                return None
        elif text.lower() not in _SMALL and text not in ("-", ",", "'s", "’s", "'", "’"):
            return None
    if left or capitals < 2 or words.text(here) in heads.NEVER_IN_NAMES:
        return None
    return here


class _Memory:
    """The names that an article has introduced, by their tokens."""

    def __init__(self) -> None:
        self._labels: dict[Key, Counter[str]] = defaultdict(Counter)

    def learn(self, key: Key, label: str, weight: int = 1) -> None:
        """Count a name's label."""
        if key:
            self._labels[key][label] += weight

    def decided(self) -> dict[Key, str]:
        """The most frequent label of each name; ties go to the label that was learnt first."""
        return {key: votes.most_common(1)[0][0] for key, votes in self._labels.items()}


def learn(words: Words, ents: Sequence[Found], rules: frozenset[str]) -> dict[Key, str]:
    """What later mentions may look like, with the label each would get."""
    memory = _Memory()
    shorts: list[tuple[Key, str]] = []
    for e in ents:
        key = tuple(words.texts[e.start : e.end])
        if "repeats" in rules and e.label in _REPEATED and not words.shouted[e.start]:
            memory.learn(key, e.label)
        if "surnames" in rules and e.label == "PERSON":
            shorts += [(short, "PERSON") for short in surnames(key)]
        if "short_forms" in rules and e.label == "ORG" and not words.titled[e.start]:
            shorts += [(short, "ORG") for short in short_forms(key)]
    known = memory.decided()
    for short, label in shorts:
        known.setdefault(short, label)
    return known


def surnames(name: Key) -> Iterator[Key]:
    """What a person may be called later: surname with its particles, last two names, first name."""
    last = len(name) - 1
    if last < 1:
        return
    start = last
    while start > 0 and name[start - 1] in ("-", "’", "'"):
        start -= 2
    start = max(start, 0)
    begin = start
    while begin > 1 and name[begin - 1].lower() in PARTICLES:
        begin -= 1
    for at in {start, begin}:
        if at > 0 and len(name[at:]) > 0 and len(name[-1]) > 1:
            yield name[at:]
            if name[at][:1].islower():
                yield (name[at].capitalize(), *name[at + 1 :])
    capitals = [i for i, part in enumerate(name) if part[:1].isupper()]
    if len(capitals) > 2:
        yield name[capitals[1] :]
        yield name[capitals[-2] :]
        yield name[: capitals[-1]]
    if len(name[0]) > 2 and not name[0].endswith(".") and name[1] not in ("-",):
        yield name[:1]


_LEGAL_FORMS = frozenset(
    (
        "Ltd Ltd. Limited Inc Inc. Corp Corp. Corporation Co Co. Company PLC Plc plc LLC SA S.A. NV AG GmbH JSC SAL "
        "SAOC SARL FC FK Group Holdings Holding"
    ).split()
)


def short_forms(name: Key) -> Iterator[Key]:
    """What a firm or club may be called later: without its legal form, and by its first word if that is a coinage."""
    bare = name
    while len(bare) > 1 and bare[-1] in _LEGAL_FORMS:
        bare = bare[:-1]
    if bare != name:
        yield bare
    if len(bare) > 1 and bare[-1] in _FIRM_WORDS and bare[0] not in _COMMON_FIRST:
        yield bare[:-1]
        if len(bare) > 2:
            yield bare[:1]


_FIRM_WORDS = frozenset(
    (
        "Cement Securities Oil Energy Airlines Airways Foods Mills Textile Textiles Bank Insurance Capital Press "
        "Mining Metals Resources Steel Telecom Mobile Motors Brokerage Commodities Air Petrochemicals Industries "
        "Systems Partners Hydropower Contracting Investments Fabrics Precision Trust Pharma Pharmaceuticals "
        "Stockbrokers Electric Power Logistics Shipping Lines Rovers Thunder Frigates Stars Warriors City United "
        "Athletic Queens Sevens Saints Tigers Wanderers Mariners Dockers"
    ).split()
)
_COMMON_FIRST = frozenset(
    (
        "National Central International Federal State Royal General First New United Northern Southern Eastern "
        "Western North South East West Public World Global American British African Asian European Pacific Atlantic "
        "Islamic Arab Bank Air Great Green Blue Red Black White City"
    ).split()
)


def mentions(words: Words, known: dict[Key, str], taken: dict[int, Found]) -> Iterator[Found]:
    """Further mentions of known names on free text, or in place of a shorter guess; the longest first at each place."""
    index: dict[str, list[tuple[Key, str]]] = defaultdict(list)
    for key, label in known.items():
        index[key[0]].append((key, label))
        loud = tuple(part.upper() for part in key)
        if loud != key:
            index[loud[0]].append((loud, label))
    for options in index.values():
        options.sort(key=lambda option: -len(option[0]))
    i = 0
    while i < len(words):
        step = 1
        for key, label in index.get(words.texts[i], ()):
            end = i + len(key)
            if tuple(words.texts[i:end]) == key and _free_standing(words, i, end, label, taken):
                yield Found(_with_first_names(words, i, taken) if label == "PERSON" else i, end, label)
                step = len(key)
                break
        i += step


def _with_first_names(words: Words, start: int, taken: dict[int, Found]) -> int:
    """Further left over capitals that can only be first names, "April" too: the "Rodel" of "Rodel Macaspac"."""
    here = start
    while start - here < 3 and words.is_capital(here - 1) and not words.titled[here]:
        text = words.text(here - 1)
        held = taken.get(here - 1)
        if text in _NO_FIRST_NAME or not text.isalpha() or (held is not None and held.label not in ("DATE", "GPE")):
            break
        if held is not None and held.end - held.start > 1:
            break
        here -= 1
    return here


_NO_FIRST_NAME = (
    heads.NEVER_IN_NAMES - {"April", "June", "August", "Sunday", "Friday", "Monday"}
    | TITLES
    | ROLE_HEADS
    | PORTFOLIOS
    | NOT_NAMES
    | ROLE_ACRONYMS
)


def _free_standing(words: Words, start: int, end: int, label: str, taken: dict[int, Found]) -> bool:
    """Whether the words are a mention of their own and not a part of a longer name."""
    held = [taken[i] for i in range(start, end) if i in taken]
    if any(h.start < start or h.end > end or h.label not in _NAMED for h in held):
        return False
    if words.titled[start]:
        return True
    if end - start == 1 and words.opens[start] and words.texts[start] in heads.NEVER_IN_NAMES:
        return False
    after = words.is_capital(end) and words.text(end) not in heads.NEVER_IN_NAMES and end not in taken
    before = words.is_capital(start - 1) and start - 1 not in taken and not words.opens[start - 1]
    if before and words.text(start - 1) not in heads.NEVER_IN_NAMES and words.text(start - 1) not in TITLES:
        return label != "PERSON" or _with_first_names(words, start, taken) < start
    return not after


class Article:
    """Completes and evens out the entities of one article; `rules` says by which means."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = tuple(rules)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        words = words_of(doc)
        before = read_ents(doc)
        after = complete(words, before, frozenset(self.rules))
        if after != before:
            write_ents(doc, after)
        return doc


def complete(words: Words, ents: Sequence[Found], rules: frozenset[str] = frozenset(RULES)) -> list[Found]:
    """The entities of an article with those that follow from them."""
    found = list(ents)
    if "acronyms" in rules:
        found = merge(found, acronyms(words, found))
    known = learn(words, found, rules)
    taken = {i: e for e in found for i in range(e.start, e.end)}
    extra = list(mentions(words, known, taken))
    if "votes" in rules:
        found = _outvote(found, extra)
    return merge(found, extra)


def _outvote(found: Iterable[Found], extra: Iterable[Found]) -> list[Found]:
    """Entities without those whose very range the article's memory labels otherwise."""
    labels = {(e.start, e.end): e.label for e in extra}
    return [e for e in found if labels.get((e.start, e.end), e.label) == e.label]


@Language.factory(FACTORY, default_config={"rules": list(RULES)}, assigns=["doc.ents"])
def make_article(nlp: Language, name: str, rules: list[str]) -> Article:
    """Build the component; `rules` is a subset of RULES."""
    return Article(rules)
