from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from annotate.news_pipeline import load, load_rules

Finder = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def news() -> Language:
    return load()


@pytest.fixture(scope="session")
def find() -> Finder:
    """The entities that the rules find in a text as (surface, label)."""
    rules = load_rules()
    return lambda text: [(ent.text, ent.label_) for ent in rules(text).ents]
