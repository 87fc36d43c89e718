"""The corpus that other people's tools get to read: hard texts, entities that nest and cross, and none at all."""

from __future__ import annotations

from collections.abc import Iterable

from annotate.schemes import Label, LabelScheme
from store.formats.fitting import Policy, fit
from store.formats.model import Format, GoldArticle, GoldSpan, WriteOptions
from store.formats.tokens import tokenizer

LABELS = ("PERSON", "ORG", "GPE", "DATE", "WORK_OF_ART")

_TEXTS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "emoji": (
        "Ada Lovelace 👩🏽‍💻 met Charles Babbage in London\non 5 June 1833.",
        [("Ada Lovelace", "PERSON"), ("Charles Babbage", "PERSON"), ("London", "GPE"), ("5 June 1833", "DATE")],
    ),
    "combining": (
        "Zoe\u0308 S\u030ckoda left Perú for Zürich. Zoe\u0308 came back.",
        [("Zoe\u0308 S\u030ckoda", "PERSON"), ("Perú", "GPE"), ("Zürich", "GPE")],
    ),
    "cjk": ("東京都で 山田太郎 が話した。 \U00020bb7野家 も。", [("山田太郎", "PERSON"), ("\U00020bb7野家", "ORG")]),
    "blank-lines": (
        "Headline\n\n\tBy Mary Shelley\n\nIn  Geneva,\tFrankenstein was begun.\n\n\nThe end.",
        [("Mary Shelley", "PERSON"), ("Geneva", "GPE"), ("Frankenstein", "WORK_OF_ART")],
    ),
    "nested": (
        "The Bank of England Museum in London is open. The Tate is, too.",
        [("Bank of England Museum", "ORG"), ("Bank of England", "ORG"), ("England", "GPE"), ("London", "GPE")],
    ),
    "crossing": (
        "New York Times Square Hotel opens.",
        [("New York Times", "ORG"), ("New York", "GPE"), ("Times Square Hotel", "WORK_OF_ART")],
    ),
    "over-a-line": (
        "They read Pride and\nPrejudice in Bath.",
        [("Pride and\nPrejudice", "WORK_OF_ART"), ("Bath", "GPE")],
    ),
    "marks": (
        'B-PER O | _ * -> [1] "quoted, by" O\'Neill & Sons <b> #Text= \\ \\t said.',
        [("O'Neill & Sons", "ORG")],
    ),
    "flags": ("🇵🇪🇩🇪 teams met in Lima.", [("Lima", "GPE")]),
    "right-to-left": ("דוד בן-גוריון visited חיפה today.", [("דוד בן-גוריון", "PERSON"), ("חיפה", "GPE")]),
    "none": ("Nothing is named here.\n\nNor here.", []),
}


def scheme(*, overlap: bool) -> LabelScheme:
    """The labels, with or without overlap."""
    return LabelScheme(tuple(Label(name) for name in LABELS), overlap)


def corpus() -> list[GoldArticle]:
    """All articles."""
    return [_article(name, *held) for name, held in _TEXTS.items()]


def _article(name: str, text: str, quotes: Iterable[tuple[str, str]]) -> GoldArticle:
    spans = []
    for quote, label in quotes:
        start = text.index(quote)
        spans.append(GoldSpan(start, start + len(quote), label, annotator="ada"))
    in_order = sorted(spans, key=lambda one: (one.start, -one.end, one.label))
    return GoldArticle(name, f"About {name}", text, tuple(in_order))


def as_held(form: Format, options: WriteOptions) -> list[GoldArticle]:
    """The corpus with what a format can hold of it: where spans overlap and it cannot, the longest."""
    can = form.capabilities(options)
    tokenize = tokenizer(options.language) if can.tokens else None
    policy = Policy(align="expand", overlap="longest")
    held = [fit(one, can, policy, tokenize).article for one in corpus()]
    return held if can.empty else [one for one in held if one.spans]
