"""The component that finds dates, times, sums, percentages, measures, ordinals and cardinals."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from annotate.news_pipeline.number_rules import NUMBER_LABELS, find_numbers
from annotate.news_pipeline.spans import Found, add_ents

FACTORY = "manicule_numbers"


class Numbers:
    """Adds the numeric labels by pattern; `labels` says which of them."""

    def __init__(self, labels: Sequence[str]) -> None:
        self.labels = frozenset(labels)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its entities completed."""
        starts = {token.idx: token.i for token in doc}
        ends = {token.idx + len(token): token.i + 1 for token in doc}
        ranges = find_numbers(doc.text, self.labels)
        add_ents(
            doc,
            (Found(starts[s], ends[e], label) for s, e, label in ranges if s in starts and e in ends),
        )
        return doc


@Language.factory(FACTORY, default_config={"labels": list(NUMBER_LABELS)}, assigns=["doc.ents"])
def make_numbers(nlp: Language, name: str, labels: list[str]) -> Numbers:
    """Build the component; `labels` is a subset of NUMBER_LABELS."""
    return Numbers(labels)
