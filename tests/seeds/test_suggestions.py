"""What the sample ships as suggestions is what the built-in pipeline makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

import seeds
from annotate.suggestions import SuggestionLayer
from seeds.suggestions import extract_suggestions, in_json, shipped_suggestions


def test_the_shipped_suggestions_are_those_of_the_pipeline_now() -> None:
    shipped, now = shipped_suggestions(), extract_suggestions()
    assert _without_scores(shipped) == _without_scores(now), "run `python -m seeds.suggestions`"
    assert _scores(shipped) == pytest.approx(_scores(now), abs=0.01)


def _without_scores(layers: list[SuggestionLayer]) -> list[SuggestionLayer]:
    return [replace(one, suggestions=tuple(replace(s, score=None) for s in one.suggestions)) for one in layers]


def _scores(layers: list[SuggestionLayer]) -> list[float]:
    """Sums in another order, as on another processor, may change the last digits."""
    return [one.score for layer in layers for one in layer.suggestions if one.score is not None]


def test_every_article_of_the_sample_has_something_to_decide() -> None:
    assert {layer.article_id for layer in shipped_suggestions() if layer.suggestions} == {
        article.id for article in seeds.gold()
    }


def test_the_file_is_written_as_it_is_read() -> None:
    layers = shipped_suggestions()
    assert in_json(layers) == (seeds.files("seeds") / "suggestions.json").read_text(encoding="utf-8")
