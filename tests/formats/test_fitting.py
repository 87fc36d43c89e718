from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from round_trips import articles, texts

from store.formats.fitting import Fitted, Policy, fit
from store.formats.model import Align, Capabilities, GoldArticle, GoldSpan, Overlap
from store.formats.tokens import tokenizer

TEXT = "Ada met Bob-Jones in Lima\nin May."
TOKENS = Capabilities(tokens=True)
FLAT = Capabilities(nesting=False, crossing=False)
NESTED = Capabilities(crossing=False)


def _fit(can: Capabilities, *spans: GoldSpan, align: Align = "strict", overlap: Overlap = "strict") -> Fitted:
    return fit(GoldArticle("a-1", "", TEXT, spans), can, Policy(align, overlap), tokenizer("en"))


def _quotes(fitted: Fitted) -> list[str]:
    return [TEXT[one.start : one.end] for one in fitted.article.spans]


def _at(start: int, end: int, label: str = "X") -> GoldSpan:
    return GoldSpan(start, end, label)


def test_a_span_off_the_token_grid_is_a_loss_that_is_named():
    fitted = _fit(TOKENS, _at(1, 3, "PERSON"), _at(21, 25))
    assert [one.line for one in fitted.losses] == ["a-1: 1-3 PERSON “da”: it begins or ends inside a token"]
    assert fitted.losses[0].kind == "align"
    assert _quotes(fitted) == ["Lima"]


@pytest.mark.parametrize(
    ("align", "start", "end", "expected"),
    [("expand", 1, 7, "Ada met"), ("contract", 1, 7, "met"), ("expand", 22, 24, "Lima"), ("expand", 20, 26, "Lima")],
)
def test_a_span_off_the_grid_is_moved_when_asked(align, start, end, expected):
    fitted = _fit(TOKENS, _at(start, end), align=align)
    assert (_quotes(fitted), fitted.losses, fitted.aligned) == ([expected], [], 1)


def test_a_contraction_that_leaves_nothing_is_a_loss():
    assert [one.reason for one in _fit(TOKENS, _at(1, 3), align="contract").losses] == ["it covers no whole token"]


def test_what_is_the_same_after_it_was_moved_is_a_loss():
    fitted = _fit(TOKENS, _at(0, 1), _at(1, 3), align="expand")
    assert [one.reason for one in fitted.losses] == ["aligned with tokens, it is the same as another"]


def test_error_forbids_what_strict_only_calls_a_loss():
    assert [one.kind for one in _fit(TOKENS, _at(1, 3), align="error").losses] == ["forbidden"]
    assert [one.kind for one in _fit(FLAT, _at(0, 7), _at(0, 3), overlap="error").losses] == ["forbidden"]


@pytest.mark.parametrize(
    ("can", "overlap", "kept", "lost"),
    [
        (FLAT, "strict", ["Bob-Jones in"], ["met Bob", "Bob", "in Lima"]),
        (FLAT, "longest", ["Bob-Jones in"], ["met Bob", "Bob", "in Lima"]),
        (FLAT, "outermost", ["met Bob", "in Lima"], ["Bob-Jones in", "Bob"]),
        (NESTED, "longest", ["Bob-Jones in", "Bob"], ["met Bob", "in Lima"]),
        (NESTED, "outermost", ["met Bob", "Bob", "in Lima"], ["Bob-Jones in"]),
    ],
)
def test_of_overlapping_spans_those_stay_that_the_policy_says(can, overlap, kept, lost):
    spans = [_at(4, 11), _at(8, 20), _at(8, 11), _at(18, 25)]
    fitted = _fit(can, *spans, overlap=overlap)
    assert _quotes(fitted) == kept
    named = fitted.losses if overlap == "strict" else fitted.chosen
    assert [one.quote for one in named] == lost
    assert {one.kind for one in named} == {"overlap"}
    assert fitted.losses == ([] if overlap != "strict" else named)


def test_two_labels_on_one_range_are_nested():
    assert len(_fit(NESTED, _at(0, 3, "A"), _at(0, 3, "B")).article.spans) == 2
    assert len(_fit(FLAT, _at(0, 3, "A"), _at(0, 3, "B")).article.spans) == 1


def test_what_is_suggested_or_rejected_stands_in_nobody_s_way():
    said = Capabilities(nesting=False, crossing=False, statuses=True)
    spans = [_at(0, 7), replace(_at(0, 3), status="suggested"), replace(_at(0, 3), status="rejected")]
    assert len(_fit(said, *spans).article.spans) == 3


def test_statuses_scores_notes_and_line_breaks_that_cannot_be_held_are_named():
    can = Capabilities(newlines=False, empty=False)
    suggested = replace(_at(0, 3), status="suggested")
    fitted = _fit(can, suggested, replace(_at(4, 7), note="hm"), replace(_at(8, 11), score=0.5), _at(21, 28))
    assert [one.line for one in fitted.losses] == [
        "a-1: 0-3 X “Ada”: it is suggested, which the format cannot say",
        "a-1: 4-7 X “met”: its note “hm”",
        "a-1: 8-11 X “Bob”: its score 0.5",
        "a-1: 21-28 X “Lima in”: it runs over a line break",
    ]
    assert [(one.note, one.score) for one in fitted.article.spans] == [("", None), ("", None)]
    assert [one.line for one in _fit(can).losses] == [
        "a-1: it has no span, and the format has no place for such an article"
    ]


@settings(max_examples=80, deadline=None)
@given(articles(), st.sampled_from(["strict", "longest", "outermost"]), st.booleans(), st.booleans(), st.booleans())
def test_every_span_stays_or_is_named_and_those_that_stay_fit(given_articles, overlap, nesting, crossing, newlines):
    can = Capabilities(nesting=nesting, crossing=crossing, newlines=newlines)
    for article in given_articles:
        fitted = fit(article, can, Policy(overlap=overlap), None)
        named = [one.span for one in (*fitted.losses, *fitted.chosen)]
        assert sorted((*fitted.article.spans, *named), key=repr) == sorted(article.spans, key=repr)
        again = fit(fitted.article, can, Policy(overlap=overlap), None)
        assert (again.article, again.losses, again.chosen) == (fitted.article, [], [])


@settings(max_examples=60, deadline=None)
@given(texts(), st.data(), st.sampled_from(["expand", "contract"]))
def test_moved_spans_lie_on_tokens_and_as_near_as_may_be(text, data, align):
    edges = st.integers(0, len(text))
    start, end = sorted((data.draw(edges), data.draw(edges)))
    if start == end:
        return
    tokens = tokenizer("en")(text)
    fitted = fit(GoldArticle("a", "", text, (GoldSpan(start, end, "X"),)), TOKENS, Policy(align), tokenizer("en"))
    touched = [one for one in tokens if one.end > start and one.start < end]
    inside = [one for one in tokens if one.start >= start and one.end <= end]
    expected = touched if align == "expand" else inside
    assert [(one.start, one.end) for one in fitted.article.spans] == (
        [(expected[0].start, expected[-1].end)] if expected else []
    )


@pytest.mark.parametrize("status", ["new", "in progress", "skipped"])
def test_an_article_that_is_not_done_is_left_out_where_the_format_cannot_say_so(status):
    article = GoldArticle("a-1", "", TEXT, (_at(0, 3),), status)
    fitted = fit(article, TOKENS, Policy(), tokenizer("en"))
    assert [one.line for one in fitted.losses] == ["a-1: it is not done, which the format cannot say"]
    assert fitted.left_out
    assert not fit(article, Capabilities(statuses=True), Policy(), None).left_out


def test_a_loss_is_one_line_though_quote_and_note_are_several():
    (loss,) = _fit(Capabilities(), replace(_at(21, 29), note="who\nis it?")).losses
    assert loss.line == "a-1: 21-29 X “Lima in ”: its note “who is it?”"
