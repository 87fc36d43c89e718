"""Where a corpus contradicts itself: rules that find it, one module a rule, and the registry of them."""

from __future__ import annotations

from annotate.checks import boundaries, copies, edges, labels, missed, pipeline, places
from annotate.checks.rule import Check

CHECKS: tuple[Check, ...] = (
    Check(labels.NAME, "the same text with different labels", labels.Labels),
    Check(boundaries.NAME, "the same entity with different boundaries", boundaries.Boundaries),
    Check(edges.NAME, "a word inside a mention that elsewhere stands outside, or the reverse", edges.Edges),
    Check(missed.NAME, "a text that is labelled here and not there", missed.Missed),
    Check(copies.NAME, "articles that are nearly the same, decided differently", copies.Copies),
    Check(pipeline.NAME, "decided against a pipeline that is sure of itself", pipeline.Pipeline),
    Check(places.SENTENCES, "mentions that cross the end of a sentence", places.Sentences),
    Check(places.WORDS, "mentions that begin or end inside a word", places.InnerWords),
    Check(places.SPACES, "white space at the edge of a mention", places.Spaces),
)
"""All rules, in the order in which they are told."""


def check_named(name: str) -> Check | None:
    """The rule of that name, if there is one."""
    return next((one for one in CHECKS if one.name == name), None)
