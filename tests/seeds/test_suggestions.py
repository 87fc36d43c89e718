"""What the sample ships as suggestions is what the built-in pipeline makes of it."""

from __future__ import annotations

import seeds
from seeds.suggestions import extract_suggestions, in_json, shipped_suggestions


def test_the_shipped_suggestions_are_those_of_the_pipeline_now() -> None:
    assert shipped_suggestions() == extract_suggestions(), "run `python -m seeds.suggestions`"


def test_every_article_of_the_sample_has_something_to_decide() -> None:
    assert {layer.article_id for layer in shipped_suggestions() if layer.suggestions} == {
        article.id for article in seeds.gold()
    }


def test_the_file_is_written_as_it_is_read() -> None:
    layers = shipped_suggestions()
    assert in_json(layers) == (seeds.files("seeds") / "suggestions.json").read_text(encoding="utf-8")
