"""Articles of every awkward kind, and the way through a format and back, for the tests of all formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st

from annotate.offsets import to_codepoints
from annotate.schemes import Label, LabelScheme
from store.formats import find_format
from store.formats.fitting import Policy, fit
from store.formats.model import Format, GoldArticle, GoldSpan, ReadArticle, ReadOptions, WriteOptions
from store.formats.tokens import tokenizer

LABELS = ("PERSON", "GPE", "WORK_OF_ART", "B-A-B", "Ünit.2+")
TEST_STRING = "Ada Lovelace 👩🏽‍💻 met Charles Babbage in London\non 5 June 1833."
"""Whose word “Charles” begins at 22 in code points, 25 in UTF-16, 19 in grapheme clusters, 33 in UTF-8."""

Fact = tuple[str, int, int, str, str]
"""(article, start, end, label, surface) of one span."""

_WORDS = (
    "Ada", "Lovelace's", "O'Neill-Smith", "👩🏽‍💻", "🇵🇪🇩🇪", "Zoe\u0308", "S\u030ckoda", "東京都", "は", "e.g.",
    "5\u202f000", "$3.50", "—", "\u200f", "a_b", "[x]", "\\n", '"q"', "<b>&amp;", "#1", "B-PER", "*", "|", "U.S.",
)  # fmt: skip
_GAPS = (" ", " ", " ", "  ", "\t", "\n", "\n\n", "\n\n\n", "\xa0", " \n ", "", "\u2028", "\x0b", "\x1c")


def scheme(*, overlap: bool = True) -> LabelScheme:
    """A scheme of LABELS."""
    return LabelScheme(tuple(Label(name) for name in LABELS), overlap)


def texts() -> st.SearchStrategy[str]:
    """Texts with emoji, joiners, combining marks, CJK, tabs, blank lines and what formats use as marks."""
    pieces = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_GAPS)), min_size=1, max_size=14)
    odd = st.sampled_from(["", "", "\n", "\t "])
    return st.tuples(odd, pieces).map(lambda one: one[0] + "".join(word + gap for word, gap in one[1]).rstrip("\n"))


@st.composite
def articles(draw: st.DrawFn, *, on_tokens: bool = False) -> tuple[GoldArticle, ...]:
    """One to four articles of different texts with nested, overlapping and no spans."""
    found = []
    for number, text in enumerate(draw(st.lists(texts(), min_size=1, max_size=4, unique_by=_letters)), start=1):
        edges = _token_ranges(text) if on_tokens else None
        spans = draw(st.lists(_spans(text, edges), max_size=6, unique=True)) if text.strip() else []
        in_order = sorted(spans, key=lambda one: (one.start, -one.end, one.label))
        found.append(GoldArticle(f"article-{number}", f"Title {number}", text, tuple(in_order)))
    return tuple(found)


def _letters(text: str) -> str:
    return "".join(text.split())


def _token_ranges(text: str) -> list[tuple[int, int]]:
    return [(one.start, one.end) for one in tokenizer("en")(text)]


def _spans(text: str, tokens: list[tuple[int, int]] | None) -> st.SearchStrategy[GoldSpan]:
    starts = [start for start, _ in tokens] if tokens else [n for n, char in enumerate(text) if not char.isspace()]
    ends = [end for _, end in tokens] if tokens else [n + 1 for n in starts]
    places = st.tuples(st.integers(0, len(starts) - 1), st.integers(0, len(starts) - 1))
    return st.builds(
        lambda place, label: GoldSpan(starts[min(place)], ends[max(place)], label, annotator="ada"),
        places,
        st.sampled_from(LABELS),
    )


def fitted(
    form: Format, given: Sequence[GoldArticle], options: WriteOptions, policy: Policy | None = None
) -> list[GoldArticle]:
    """The articles with what the format can hold of them."""
    can = form.capabilities(options)
    tokenize = tokenizer(options.language) if can.tokens else None
    return [fit(one, can, policy or Policy(), tokenize).article for one in given]


def written(name: str, given: Sequence[GoldArticle], out: Path, options: WriteOptions | None = None) -> Path:
    """Have a format write the articles, which fit it."""
    form = find_format(name)
    assert form.write is not None
    if form.is_folder:
        out.mkdir()
    form.write(out, iter(given), options or WriteOptions(scheme()))
    return out


def read_back(name: str, path: Path, options: ReadOptions | None = None) -> list[ReadArticle]:
    """What a format reads."""
    form = find_format(name)
    assert form.read is not None
    return list(form.read(path, options or ReadOptions()))


def facts(given: Sequence[GoldArticle]) -> set[Fact]:
    """What the articles' confirmed spans say."""
    return {
        (one.id, span.start, span.end, span.label, one.text[span.start : span.end])
        for one in given
        for span in one.spans
        if span.status == "confirmed"
    }


def read_facts(read: Sequence[ReadArticle], ids: Sequence[str] = ()) -> set[Fact]:
    """What the articles' spans say, in code points; `ids` where the file has none."""
    named = [replace(one.article, id=one.article.id or ids[n]) for n, one in enumerate(read)]
    return facts([_in_codepoints(one, article) for one, article in zip(read, named, strict=True)])


def _in_codepoints(read: ReadArticle, article: GoldArticle) -> GoldArticle:
    spans = article.spans
    starts = to_codepoints(article.text, (one.start for one in spans), read.unit)
    ends = to_codepoints(article.text, (one.end for one in spans), read.unit)
    moved = (replace(one, start=start, end=end) for one, start, end in zip(spans, starts, ends, strict=True))
    return replace(article, spans=tuple(moved))


def letter_facts(given: Sequence[GoldArticle], ids: Sequence[str] = ()) -> set[Fact]:
    """The same with offsets that count only what is not white space, for formats that lose that."""
    found = set()
    for number, one in enumerate(given):
        for span in one.spans:
            start, end = len(_letters(one.text[: span.start])), len(_letters(one.text[: span.end]))
            found.add((one.id or ids[number], start, end, span.label, _letters(one.text[span.start : span.end])))
    return found
