from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from annotate.news_pipeline import load

Finder = Callable[[str], list[tuple[str, str]]]


@pytest.fixture(scope="session")
def news() -> Language:
    return load()


@pytest.fixture(scope="session")
def find(news: Language) -> Finder:
    """The entities of a text as (surface, label)."""
    return lambda text: [(ent.text, ent.label_) for ent in news(text).ents]
