"""Models that are trained in the pass doubt what everything else speaks against; the same each time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from marked_corpus import Corpus, marked

from annotate.checks.corpus import CheckedArticle
from annotate.checks.cross_validation import NAME, TooFewError, cross_validate
from annotate.checks.rule import Options
from annotate.errors import PipelineError
from annotate.spans import Span

NAMES = ("Ali", "Bo", "Carl", "Dora", "Emil", "Fay", "Gus", "Hal", "Ida", "Jon", "Kim", "Lea", "Max", "Noa", "Olaf")
TOWNS = ("Lima", "Rome", "Oslo", "Bonn", "Graz", "Bern", "Kyiv", "Cork", "Lyon", "Nice", "Vigo", "Bath", "Turin")


def story(at: int) -> str:
    """Articles that share no run of three words with another, so that each is in a fold by itself."""
    name, other = NAMES[at % len(NAMES)], NAMES[(at * 7 + 3) % len(NAMES)]
    town = TOWNS[at % len(TOWNS)]
    return f"Mr [{name}|PERSON] came to [{town}|GPE] on day{at}.\nMr [{other}|PERSON] left it{at}."


def stories(count: int = 40) -> list[str]:
    return [story(at) for at in range(count)]


def corpus(*odd: str, done: bool = True) -> Corpus:
    usual = [marked(f"u{at:03}", one) for at, one in enumerate(stories())]
    return Corpus([*usual, *(marked(f"x{at}", one, done=done) for at, one in enumerate(odd))])


def test_what_everything_else_speaks_against_is_doubted_the_same_each_time() -> None:
    articles = corpus("Mr [Zed|GPE] came to [Lima|GPE] today.")
    options = Options(threshold=0.7, folds=2)
    steps: list[tuple[int, int]] = []
    first = cross_validate(articles, options, lambda done, total: steps.append((done, total)))
    assert [(one.rule, one.spots[0].article_id, one.spots[0].fix) for one in first if one.spots[0].start == 3] == [
        (NAME, "x0", Span(3, 6, "PERSON"))
    ]
    assert steps == [(done, 14) for done in range(1, 15)]
    assert cross_validate(articles, options) == first


def test_articles_that_are_not_done_are_neither_learnt_from_nor_asked_about() -> None:
    with pytest.raises(TooFewError):
        cross_validate(Corpus([marked("a", "Mr [Bo|PERSON] left.", done=False)] * 3), Options())


def test_copies_of_one_text_are_in_one_fold() -> None:
    with pytest.raises(TooFewError):
        cross_validate(Corpus([marked(f"a{at}", "Mr [Bo|PERSON] left for Lima today.") for at in range(3)]), Options())


def test_overlapping_mentions_and_edges_inside_words_can_be_learnt_from() -> None:
    spans = (Span(3, 8, "GPE"), Span(3, 15, "LOC"), Span(9, 15, "ORG"))
    odd = CheckedArticle("odd", "In Kenyan towns\n\n  \nso", True, spans)
    texts = [marked(str(at), one) for at, one in enumerate(stories(6))]
    assert isinstance(cross_validate(Corpus([*texts, odd]), Options(folds=2)), list)


def test_a_language_without_a_tokenizer_is_told() -> None:
    with pytest.raises(PipelineError):
        cross_validate(corpus(), Options(language="zz"))


def test_spacy_is_loaded_only_when_a_model_is_trained() -> None:
    code = "import sys, annotate.checks, annotate.checks.cross_validation; raise SystemExit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[3], check=False).returncode == 0
