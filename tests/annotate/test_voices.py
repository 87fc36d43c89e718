from collections.abc import Iterable

from annotate.articles import Article, hash_text
from annotate.layers import Layer
from annotate.schemes import Label, LabelScheme
from annotate.sieve import Sieve
from annotate.spans import Span
from annotate.suggestions import Suggestion
from annotate.view import View
from annotate.voices import voices

TEXT = "The Bank of Lima in Lima"
SCHEME = LabelScheme((Label("ORG"), Label("GPE")))


def _one(quote: str, label: str, source: str, score: float | None = None) -> Suggestion:
    start = TEXT.index(quote)
    return Suggestion(Span(start, start + len(quote), label), source, "1", score)


def _view(suggestions: Iterable[Suggestion], sieve: Sieve | None = None) -> View:
    article = Article("a", "A", TEXT, hash_text(TEXT))
    return View(article, SCHEME, suggestions, Layer("a", article.text_hash), sieve=sieve or Sieve())


def test_sources_are_told_apart_by_what_they_say_of_a_range():
    exact = [_one("Bank of Lima", "ORG", "x", 0.9), _one("Bank of Lima", "ORG", "y"), _one("Bank of Lima", "GPE", "z")]
    wider, elsewhere = _one("The Bank of Lima", "ORG", "wide"), _one("in Lima", "GPE", "far")
    view = _view([*exact, wider, elsewhere, _one("The Bank of Lima", "ORG", "x")])
    entry = next(one for one in view.entries() if one.start == 4)
    said = voices(view, entry, ["far", "wide", "x", "y", "z", "never looked"])
    assert said.by_label == {"ORG": exact[:2], "GPE": exact[2:]}
    assert said.otherwise == (wider,)
    assert said.silent == ("far",)


def test_a_source_whose_suggestion_is_hidden_by_its_score_is_not_told_to_be_silent():
    sure, unsure = _one("Bank of Lima", "ORG", "x", 0.9), _one("Bank of Lima", "GPE", "y", 0.2)
    view = _view([sure, unsure], Sieve(0.5))
    (entry,) = view.entries()
    said = voices(view, entry, ["x", "y"])
    assert (said.by_label, said.otherwise, said.silent) == ({"ORG": [sure]}, (), ())
