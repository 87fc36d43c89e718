"""The component that keeps entities tidy: no article, title, possessive, line break or space at an edge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.spans import Found, read_ents, write_ents
from annotate.news_pipeline.tables.people import ROLE_ACRONYMS, TITLES

FACTORY = "manicule_edges"
RULES = ("articles", "possessives", "titles", "lines", "roles")
_ARTICLES = frozenset(("the", "The", "THE", "a", "A", "an", "An"))
_POSSESSIVES = frozenset(("'s", "’s", "'S", "’S", "'", "’"))


def tidy(texts: Sequence[str], ents: Sequence[Found], rules: frozenset[str] = frozenset(RULES)) -> Iterator[Found]:
    """The entities with clean edges, cut at line breaks; one that is nothing but a role is left out.

    `texts` are the tokens' texts. White space never stays at an edge, whatever the rules.
    """
    for found in ents:
        start, end = found.start, found.end
        if "lines" in rules:
            end = next((i for i in range(start, end) if "\n" in texts[i]), end)
        while start < end and _drops_first(texts[start], found.label, rules):
            start += 1
        while start < end and _drops_last(texts[end - 1], rules):
            end -= 1
        role = (
            end - start == 1 and "roles" in rules and texts[start] in ROLE_ACRONYMS and found.label in ("PERSON", "ORG")
        )
        if start < end and not role:
            yield Found(start, end, found.label)


def _drops_first(text: str, label: str, rules: frozenset[str]) -> bool:
    if text.isspace():
        return True
    if text in _ARTICLES:
        return "articles" in rules and label != "WORK_OF_ART"
    return label == "PERSON" and "titles" in rules and text in TITLES


def _drops_last(text: str, rules: frozenset[str]) -> bool:
    return text.isspace() or ("possessives" in rules and text in _POSSESSIVES)


class Edges:
    """Trims what the components before it, or a statistical `ner`, left at the edges; `rules` says what."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = frozenset(rules)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        before = read_ents(doc)
        after = list(tidy([token.text for token in doc], before, self.rules))
        if after != before:
            write_ents(doc, after)
        return doc


@Language.factory(FACTORY, default_config={"rules": list(RULES)}, assigns=["doc.ents"])
def make_edges(nlp: Language, name: str, rules: list[str]) -> Edges:
    """Build the component; `rules` is a subset of RULES."""
    return Edges(rules)
