"""The component that knows names by heart: countries, cities, peoples, languages and the world's large bodies."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from annotate.news_pipeline.spans import Found, add_ents
from annotate.news_pipeline.tables import bodies, peoples, places
from annotate.news_pipeline.tokenizer import NewsTokenizer
from annotate.news_pipeline.words import CAPITAL, LOWER, UPPER, Words, words_of

FACTORY = "manicule_gazetteer"
LABELS = ("GPE", "LOC", "NORP", "LANGUAGE", "ORG", "EVENT", "LAW", "WORK_OF_ART", "PRODUCT", "FAC", "DATE")

_NEEDS_PLACE_WORD = frozenset(
    (
        "Aba Ajman Albany Bari Bata Bath Beja Beni Bergen Bor Bria Buffalo Cali Carolina Champagne Charlotte Chin "
        "Columbus Constantine Cork Dakota Darwin Delaware Derry Devon Douglas Essen Essex Faro Florence Fur "
        "Granada Hama Hamilton Helena Ho Hue Hull Imo Java Kara Kasai Kent Leon León Lincoln Lira Male Mars Mary "
        "Merca Mercury Mobile Moi Montana Moshi Napier Nelson Newport Nice Norfolk Orlando Paro Pemba Perm "
        "Phoenix Plateau Queens Reading Regina Salisbury Salto Santos Scarborough Solo Split Stanley Suffolk Sumy "
        "Surrey Swat Tamale Tanga Torit Trenton Trinidad Tyre Van Victoria Virginia Volta Wau Yei"
    ).split()
)
"""Names that are as often a word or a person: they count only where a place is meant."""
_PLACE_WORDS = frozenset(
    (
        "in at from near to of around outside across into via through between for towards toward inside throughout "
        "visit visited leave left reach reached and , ( — – -"
    ).split()
)
_NEVER_FIRST = frozenset(
    (
        "ANI AP APP Android Apple Ashes Channel Chin Commonwealth Conservatives Constitution Creole DPA Dawn "
        "Dominican Economist Evangelical Even Fed Fitch Ford Fossil Fur Guardian Hague Highlands ISI Karen Mary "
        "Meta Midlands Moro Oracle Orthodox Outback Quad Reliance Rio Roma Sana Shell Visa Wave Windows"
    ).split()
)
"""Names whose capital says nothing at the start of a sentence."""
_LANGUAGE_AFTER = frozenset(
    (
        "language languages dialect dialects speaker speakers lessons grammar dictionary script translation "
        "translations subtitles alphabet word words edition version medium orthography proverb interpreter"
    ).split()
)
_SPOKEN_BEFORE = frozenset(
    (
        "speaks speak spoke speaking spoken fluent learn learned learning learnt teach taught translated translate "
        "writes written understands understand sing sings sung sang called means meaning say said say"
    ).split()
)
_NATION_AFTER = frozenset(
    (
        "people community communities tribe tribes clan herders farmers villagers leaders elders family families "
        "men women"
    ).split()
)
_SKIPPED_ZONES = frozenset(
    (
        "Easter Midway Wake Knox Center Casey Davis Mawson Palmer Vostok Troll Syowa Rothera Nome Dawson Creston "
        "Louisville Resolute Thule Godthab Eucla Currie Lindeman Catamarca Boise Simferopol Faeroe Canary Azores "
        "Madeira Reunion Mahe Galapagos Tell_City"
    ).split()
)


def world_names() -> dict[str, str]:
    """The built-in table: name to label, from CLDR (babel) and the tables of general knowledge."""
    names: dict[str, str] = {}
    _put(names, places.CITIES | _zone_cities() | places.STATES, "GPE")
    _put(names, _languages(), "LANGUAGE")
    _put(names, _peoples(), "NORP")
    _put(names, places.REGIONS - {"Baltic"}, "LOC")
    _put(names, _territories() | places.COUNTRY_FORMS, "GPE")
    _put(names, bodies.BODIES, "ORG")
    for name, label in bodies.OTHERS.items():
        _put(names, [name], label)
    return names


def _put(names: dict[str, str], new: Iterable[str], label: str) -> None:
    """Add names in their variants: curly and straight apostrophes, with and without accents."""
    for name in new:
        for variant in {name, name.replace("’", "'"), name.replace("'", "’"), _unaccented(name)}:
            names[variant] = label


def _unaccented(name: str) -> str:
    letters = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(c for c in letters if not unicodedata.combining(c)))


def _territories() -> set[str]:
    """Names of countries and territories without the forms that need reading ("Congo - Kinshasa")."""
    other = {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO", "AQ"}
    plain = {
        name
        for code, name in Locale("en").territories.items()
        if len(code) == 2 and code not in other and "(" not in name and " - " not in name and "SAR" not in name
    }
    return plain | {name.replace("&", "and") for name in plain} | {name.replace("St. ", "St ") for name in plain}


def _zone_cities() -> set[str]:
    """Cities that name a time zone."""
    cities = set()
    for zone in get_global("zone_territories"):
        area, _, city = zone.partition("/")
        if area in ("Africa", "America", "Asia", "Europe", "Australia", "Pacific") and "/" not in city:
            if city not in _SKIPPED_ZONES:
                cities.add(city.replace("_", " "))
    return cities


def _languages() -> set[str]:
    """Usual languages, and the official ones of CLDR by their English names."""
    english = Locale("en").languages
    official = {
        english[code]
        for spoken in get_global("territory_languages").values()
        for code, facts in spoken.items()
        if facts["official_status"] and code in english
    }
    return set(peoples.LANGUAGES) | {name for name in official if len(name) > 3 and name.isalpha()}


def _peoples() -> set[str]:
    """Adjectives of nationality with plurals; regular ones are derived from the countries' names."""
    derived = {form for name in _territories() if name.isalpha() for form in _demonyms(name)}
    single = peoples.IRREGULAR | derived
    plural = {form + "s" for form in single if form.endswith(_TAKES_S)}
    return set(single | plural | peoples.PLURALS)


_TAKES_S = ("n", "i", "t", "r", "d", "b", "o", "a", "k", "e", "m", "u", "g", "c")


def _demonyms(country: str) -> Iterator[str]:
    """Regular adjectives of a country's name; forms that nobody uses do no harm, since no text holds them."""
    if country.endswith("a"):
        yield country + "n"
    elif country[-1] not in "aeiouy":
        yield country + "i"
        yield country + "ian"
    elif country.endswith("y"):
        yield country[:-1] + "ian"


class Gazetteer:
    """Adds known names; sequences of capitals in headlines match too.

    Attributes:
        names: name to label; change it through `add`.
    """

    def __init__(self, nlp: Language, names: Mapping[str, str], labels: Sequence[str]) -> None:
        tokenizer = nlp.tokenizer
        self._tokenize = tokenizer.name if isinstance(tokenizer, NewsTokenizer) else tokenizer
        self._vocab = nlp.vocab
        self.labels = list(labels)
        self.names: dict[str, str] = {}
        self._shouted: dict[str, str] = {}
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self.add(names)

    def add(self, names: Mapping[str, str]) -> None:
        """Add names with their labels; labels that the component does not give are left out."""
        fresh = {name: label for name, label in names.items() if label in self.labels and name.strip()}
        self.names.update(fresh)
        self._shouted.update({name.upper(): label for name, label in fresh.items() if len(name) > 3})
        self._matcher.add("name", [self._tokenize(name) for name in fresh])

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        words = words_of(doc)
        found: list[Found] = []
        for span, label in self._longest(doc):
            judged = _judge(words, span.start, span.end, label, self.names, found[-1] if found else None)
            if judged is not None:
                found.append(judged)
        add_ents(doc, (f for f in found if f.label in self.labels))
        return doc

    def _longest(self, doc: Doc) -> list[tuple[Span, str]]:
        """Known names written as they are known or in capitals, the longest at each place, with their labels."""
        labels: dict[tuple[int, int], str] = {}
        spans = []
        for _, start, end in self._matcher(doc):
            span = doc[start:end]
            label = self.names.get(span.text) or self._shouted.get(span.text)
            if label is not None:
                labels[start, end] = label
                spans.append(span)
        return [(span, labels[span.start, span.end]) for span in filter_spans(spans)]

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The names and labels as bytes."""
        return json.dumps({"names": self.names, "labels": self.labels}).encode()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Gazetteer:
        """Take over names and labels from to_bytes."""
        self._restore(json.loads(data))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write names and labels to a folder as JSON."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "names.json").write_bytes(self.to_bytes())

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Gazetteer:
        """Take over names and labels from to_disk."""
        return self.from_bytes((Path(path) / "names.json").read_bytes())

    def _restore(self, state: Any) -> None:
        if state["names"] == self.names and state["labels"] == self.labels:
            return
        self.labels = list(state["labels"])
        self.names = {}
        self._shouted = {}
        self._matcher = PhraseMatcher(self._vocab, attr="LOWER")
        self.add(state["names"])


def _judge(
    words: Words, start: int, end: int, label: str, names: Mapping[str, str], last: Found | None
) -> Found | None:
    """The match as an entity, None where the words around it speak against the name."""
    first = words.text(start)
    if end - start == 1:
        before = words.text(start - 1)
        if first in _NEEDS_PLACE_WORD and not _stands_as_place(words, start, before):
            return None
        if words.opens[start] and first in _NEVER_FIRST:
            return None
        loud = words.shouted[start] or words.opens[start]
        if words.kinds[start] == UPPER and not loud and first not in names:
            return None
    if label in ("NORP", "LANGUAGE"):
        label = _people_or_language(words, start, end, label)
        listed = last is not None and last.label == "LANGUAGE" and start - last.end == 1
        if listed and words.text(start - 1) in ("and", "or", ",") and _is_language(words.phrase(start, end)):
            label = "LANGUAGE" if not words.is_capital(end) else label
    return Found(start, end, label)


def _stands_as_place(words: Words, start: int, before: str) -> bool:
    after = words.text(start + 1)
    lone = words.kinds[start + 1] not in (CAPITAL, UPPER) if start + 1 < len(words) else True
    return lone and (before.lower() in _PLACE_WORDS or after in (",", ":") and words.opens[start])


def _people_or_language(words: Words, start: int, end: int, label: str) -> str:
    """NORP or LANGUAGE by the words around a name that may be either."""
    name = words.phrase(start, end)
    if not _is_language(name):
        return "NORP"
    before, after = words.text(start - 1).lower(), words.text(end).lower()
    if before == "the" and words.text(start - 2).lower() == "from" and words.text(start - 3).lower() == "translated":
        return "LANGUAGE"
    if after in _LANGUAGE_AFTER or before in _SPOKEN_BEFORE:
        return "LANGUAGE"
    if after == "-" and words.text(end + 1).lower() in ("language", "speaking", "medium", "speaker", "speakers"):
        return "LANGUAGE"
    if name not in _ALL_PEOPLES:
        return "NORP" if after in _NATION_AFTER else "LANGUAGE"
    follows_noun = end < len(words) and words.kinds[end] in (LOWER, CAPITAL, UPPER) and after not in _NO_NOUN
    if before in ("in", "into", "of", "from") and not follows_noun:
        return "LANGUAGE"
    if before in ("and", "or", ",") and not follows_noun and words.text(start - 2) in _ALL_LANGUAGES:
        return "LANGUAGE"
    return "NORP"


def _is_language(name: str) -> bool:
    return name in _ALL_LANGUAGES or name.title() in _ALL_LANGUAGES


_NO_NOUN = frozenset("and or to at on for with by is was as but who that which when than because from through".split())
_ALL_PEOPLES = frozenset(_peoples())
_ALL_LANGUAGES = frozenset(_languages() | (_ALL_PEOPLES & set(Locale("en").languages.values())))


@Language.factory(FACTORY, default_config={"labels": list(LABELS), "extra": {}, "built_in": True}, assigns=["doc.ents"])
def make_gazetteer(nlp: Language, name: str, labels: list[str], extra: dict[str, str], built_in: bool) -> Gazetteer:
    """Build the component; `extra` maps further names to labels, `built_in` says whether the world's names count."""
    return Gazetteer(nlp, {**(world_names() if built_in else {}), **extra}, labels)
