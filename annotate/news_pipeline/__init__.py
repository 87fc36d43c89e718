"""The built-in news pipeline: rules and a small network, importable without any download."""

from __future__ import annotations

import spacy
from spacy.language import Language

from annotate.news_pipeline import article, context, edges, gazetteer, labeller, numbers, patterns, people, scores
from annotate.news_pipeline.tokenizer import REGISTERED

NAME = "manicule_news"
VERSION = "0.2.1"
DESCRIPTION = "Entities of English news: lists of the world's places and peoples, patterns, a network, article memory."

NOT_RUN = frozenset(
    ("corpus", "training", "card.py", "evaluate.py", "gold.py", "scoring.py", "train.py", "MODEL_CARD.md")
)
"""What lies in this folder and has no part in what is suggested."""

RULES = (
    numbers.FACTORY,
    gazetteer.FACTORY,
    patterns.FACTORY,
    people.FACTORY,
    context.FACTORY,
    article.FACTORY,
    edges.FACTORY,
)
"""The rules' components, in order; each is named like its factory. The network reads what they found."""

AFTERWARDS = {
    labeller.FACTORY: labeller.FACTORY,
    "manicule_edges_after": edges.FACTORY,
    scores.FACTORY: scores.FACTORY,
}
"""The components after the rules: their names, in order, and factories."""

COMPONENTS = (*RULES, *AFTERWARDS)
"""The names of the pipeline's components, in order."""


def load() -> Language:
    """Build the pipeline: entities in `doc.ents`, flat, and with a score each in `doc.spans["manicule_news"]`."""
    nlp = load_rules()
    for name, factory in AFTERWARDS.items():
        nlp.add_pipe(factory, name=name)
    return nlp


def load_rules() -> Language:
    """The pipeline without network and scores."""
    meta = {"name": NAME, "version": VERSION, "license": "MIT", "description": DESCRIPTION}
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": REGISTERED}}}, meta=meta)
    for factory in RULES:
        nlp.add_pipe(factory)
    return nlp
