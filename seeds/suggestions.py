"""What the built-in pipeline suggests for the sample, shipped so that its first page opens with something to decide.

`python -m seeds.suggestions` writes it anew; a test holds it against the pipeline.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from annotate.articles import hash_text
from annotate.spans import Span
from annotate.suggestions import Source, Suggestion, SuggestionLayer
from seeds import gold

_FILE = "suggestions.json"


def shipped_suggestions() -> list[SuggestionLayer]:
    """The layers of the built-in pipeline, one an article."""
    held = json.loads((files("seeds") / _FILE).read_text(encoding="utf-8"))
    source = Source(**held["source"])
    texts = {article.id: article.text for article in gold()}
    return [
        SuggestionLayer(
            article_id,
            hash_text(texts[article_id]),
            source,
            tuple(
                Suggestion(Span(start, end, label), source.name, source.version, score)
                for start, end, label, score in spans
            ),
        )
        for article_id, spans in held["suggestions"].items()
    ]


def extract_suggestions() -> list[SuggestionLayer]:
    """The same layers, made now."""
    from annotate.extraction import BUILT_IN, load_spacy, suggest

    pipeline = load_spacy(BUILT_IN)
    return [
        SuggestionLayer(one.id, hash_text(one.text), pipeline.source, tuple(suggest(pipeline, one.text)))
        for one in gold()
    ]


def in_json(layers: Iterable[SuggestionLayer]) -> str:
    """The layers as the file holds them."""
    held = list(layers)
    source = held[0].source
    spans = {
        layer.article_id: [[one.span.start, one.span.end, one.span.label, one.score] for one in layer.suggestions]
        for layer in held
    }
    lines = [f" {json.dumps(name)}: {json.dumps(rows)}" for name, rows in spans.items()]
    about = {"name": source.name, "version": source.version, "fingerprint": source.fingerprint}
    return f'{{"source": {json.dumps(about)},\n"suggestions": {{\n' + ",\n".join(lines) + "\n}}\n"


if __name__ == "__main__":
    Path(__file__).with_name(_FILE).write_text(in_json(extract_suggestions()), encoding="utf-8")
