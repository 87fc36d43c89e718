"""The built-in news pipeline: rules over a blank English spaCy pipeline, importable without any download."""

from __future__ import annotations

import spacy
from spacy.language import Language

from annotate.news_pipeline import article, context, edges, gazetteer, numbers, patterns, people
from annotate.news_pipeline.tokenizer import REGISTERED

NAME = "manicule_news"
VERSION = "0.1.0"
DESCRIPTION = "Entities of English news by rules: lists of the world's places and peoples, patterns, article memory."

COMPONENTS = (
    numbers.FACTORY,
    gazetteer.FACTORY,
    patterns.FACTORY,
    people.FACTORY,
    context.FACTORY,
    article.FACTORY,
    edges.FACTORY,
)
"""The factories of the pipeline's components, in order; each component is named like its factory."""


def load() -> Language:
    """Build the pipeline; its entities are in `doc.ents`, flat and without scores."""
    meta = {"name": NAME, "version": VERSION, "license": "MIT", "description": DESCRIPTION}
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": REGISTERED}}}, meta=meta)
    for factory in COMPONENTS:
        nlp.add_pipe(factory)
    return nlp
