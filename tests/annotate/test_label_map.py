from hypothesis import given
from hypothesis import strategies as st

from annotate.label_map import translated
from annotate.schemes import Label, LabelScheme, Translation
from annotate.spans import Span
from annotate.suggestions import Suggestion

LABELS = (Label("PERSON"), Label("GPE"), Label("LOC"))


def _scheme(*translations: Translation) -> LabelScheme:
    return LabelScheme(LABELS, translations=translations)


def _suggestion(label: str, source: str = "hf", score: float | None = None, start: int = 0) -> Suggestion:
    return Suggestion(Span(start, start + 3, label), source, "1", score)


def _labels(found: list[Suggestion]) -> list[str]:
    return [one.span.label for one in found]


def test_a_translated_label_is_the_project_s_and_all_else_stays():
    scheme = _scheme(Translation("PER", "PERSON"))
    assert translated([_suggestion("PER", score=0.5)], scheme) == [_suggestion("PERSON", score=0.5)]
    assert _labels(translated([_suggestion("GPE"), _suggestion("MISC")], scheme)) == ["GPE", "MISC"]


def test_a_source_s_own_translation_counts_for_it_and_no_other():
    scheme = _scheme(Translation("LOC", "GPE", "conll"), Translation("PER", "PERSON"), Translation("PER", "", "conll"))
    found = [_suggestion("LOC", "conll"), _suggestion("LOC", "ours"), _suggestion("PER", "ours")]
    assert _labels(translated([*found, _suggestion("PER", "conll")], scheme)) == ["GPE", "LOC", "PERSON"]


def test_what_means_nothing_is_left_out():
    assert translated([_suggestion("MISC")], _scheme(Translation("MISC", ""))) == []


def test_of_two_that_become_one_the_better_scored_stays():
    scheme = _scheme(Translation("PER", "PERSON"))
    found = [_suggestion("PER", score=None), _suggestion("PERSON", score=0.4), _suggestion("PER", score=0.3)]
    assert translated(found, scheme) == [_suggestion("PERSON", score=0.4)]
    others = [_suggestion("PER", "a"), _suggestion("PERSON", "b"), _suggestion("PER", "a", start=5)]
    assert len(translated(others, scheme)) == 3


@given(st.lists(st.tuples(st.sampled_from(["PER", "LOC", "X"]), st.sampled_from("ab"), st.integers(0, 3))))
def test_translating_twice_changes_nothing_where_no_meaning_is_translated_again(rows):
    scheme = _scheme(Translation("PER", "PERSON"), Translation("X", ""), Translation("LOC", "GPE", "a"))
    once = translated([_suggestion(label, source, start=start) for label, source, start in rows], scheme)
    assert translated(once, scheme) == once
    assert len({(one.source, one.span) for one in once}) == len(once)
