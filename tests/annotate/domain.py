"""Small articles, suggestions and random acts for the tests of the domain."""

from __future__ import annotations

from hypothesis import strategies as st

from annotate import acts
from annotate.articles import Article, hash_text, title_of
from annotate.decisions import Decision
from annotate.errors import DecisionError
from annotate.layers import Layer
from annotate.schemes import Label, LabelScheme
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import View

FLAT = LabelScheme((Label("PERSON", "P"), Label("ORG", "O"), Label("GPE", "G")))
NESTED = LabelScheme(FLAT.labels, overlap=True)
LABELS = [label.name for label in FLAT.labels]


def article(text: str) -> Article:
    return Article("a", title_of(text), text, hash_text(text))


def suggestion(text: str, quote: str, label: str, source: str = "one", score: float | None = None) -> Suggestion:
    start = text.index(quote)
    return Suggestion(Span(start, start + len(quote), label), source, "1", score)


def view(text: str, *suggestions: Suggestion, scheme: LabelScheme = FLAT) -> View:
    page = article(text)
    return View(page, scheme, suggestions, Layer(page.id, page.text_hash))


@st.composite
def views(draw: st.DrawFn) -> View:
    """A view of random text with random suggestions of two sources, near one another."""
    text = draw(st.text("ab é日\n", min_size=2, max_size=40).filter(str.strip))
    spans = draw(st.lists(_spans(len(text)), max_size=8))
    scores = st.one_of(st.none(), st.floats(0, 1))
    suggested = {
        (span, source): Suggestion(span, source, "1", draw(scores))
        for span in spans
        for source in draw(st.sets(st.sampled_from(["one", "two"]), min_size=1))
    }
    return view(text, *suggested.values(), scheme=draw(st.sampled_from([FLAT, NESTED])))


@st.composite
def _spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length - 1))
    end = draw(st.integers(start + 1, min(length, start + 8)))
    return Span(start, end, draw(st.sampled_from(LABELS)))


def random_act(draw: st.DrawFn, page: View) -> tuple[Decision, ...]:
    """The decisions of one random act; none when it was refused."""
    entries = page.entries()
    entry = draw(st.sampled_from(entries)) if entries else None
    name = draw(st.sampled_from(["confirm", "reject", "relabel", "move", "add", "rest", "article", "remark"]))
    label = draw(st.sampled_from(LABELS))
    length = len(page.article.text)
    start, end = sorted((draw(st.integers(0, length)), draw(st.integers(0, length))))
    try:
        match name:
            case "add":
                return acts.add(page, start, end, label)
            case "rest":
                return draw(st.sampled_from([acts.confirm_rest, acts.reject_rest]))(page)
            case "article":
                rest = draw(st.sampled_from([acts.confirm_rest, acts.reject_rest, None]))
                choices = [lambda view: acts.finish(view, rest), acts.skip, acts.reopen]
                return draw(st.sampled_from(choices))(page)
            case "remark":
                if draw(st.booleans()):
                    return acts.flag(page, entry)
                return acts.note(page, entry, draw(st.sampled_from(["", "why", "see above"])))
        if entry is None:
            return ()
        match name:
            case "confirm":
                return acts.confirm(page, entry)
            case "reject":
                return acts.reject(page, entry)
            case "relabel":
                return acts.relabel(page, entry, label)
            case _:
                return acts.move(page, entry, start, end)
    except DecisionError:
        return ()
