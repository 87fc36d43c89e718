from __future__ import annotations

from annotate.news_pipeline.edges import tidy
from annotate.news_pipeline.spans import Found, merge


def _tidy(tokens: list[str], *ents: Found) -> list[Found]:
    return list(tidy(tokens, ents))


def test_a_title_a_learnt_model_left_in_is_dropped() -> None:
    assert _tidy(["General", "Ann", "Lee", "'s"], Found(0, 4, "PERSON")) == [Found(1, 3, "PERSON")]


def test_a_leading_article_is_dropped_but_not_from_a_title_of_a_work() -> None:
    tokens = ["The", "Road"]
    assert _tidy(tokens, Found(0, 2, "FAC")) == [Found(1, 2, "FAC")]
    assert _tidy(tokens, Found(0, 2, "WORK_OF_ART")) == [Found(0, 2, "WORK_OF_ART")]


def test_an_entity_ends_at_a_line_break() -> None:
    assert _tidy(["Ann", "\n\n", "Lee"], Found(0, 3, "PERSON")) == [Found(0, 1, "PERSON")]


def test_nothing_but_white_space_or_a_role_is_left_out() -> None:
    assert _tidy([" ", "CEO"], Found(0, 1, "ORG"), Found(1, 2, "ORG")) == []


def test_a_longer_range_replaces_what_it_covers() -> None:
    old = [Found(2, 3, "GPE"), Found(5, 6, "DATE")]
    assert merge(old, [Found(0, 3, "ORG")]) == [Found(0, 3, "ORG"), Found(5, 6, "DATE")]


def test_a_range_that_crosses_another_is_left_out() -> None:
    assert merge([Found(2, 4, "GPE")], [Found(3, 6, "ORG")]) == [Found(2, 4, "GPE")]


def test_of_equal_ranges_the_first_stays() -> None:
    assert merge([Found(0, 1, "GPE")], [Found(0, 1, "ORG")]) == [Found(0, 1, "GPE")]
