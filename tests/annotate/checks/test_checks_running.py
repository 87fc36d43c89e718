"""Whatever is annotated, findings name places that are there, and are known again when they are found again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from marked_corpus import Corpus, corpus, found, marked

from annotate.checks import CHECKS
from annotate.checks.corpus import CheckedArticle
from annotate.checks.rule import Options
from annotate.checks.running import MOST_CASES, find, left_open
from annotate.spans import Span
from annotate.suggestions import Suggestion

_TEXTS = st.text("ab .A'\n(日\u200b’", min_size=1, max_size=30)


@st.composite
def _spans(draw: st.DrawFn, text: str) -> tuple[Span, ...]:
    made = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        made.append(Span(start, end, draw(st.sampled_from(["PERSON", "ORG"]))))
    return tuple(sorted(set(made)))


@st.composite
def _articles(draw: st.DrawFn) -> Corpus:
    found = []
    texts = draw(st.lists(_TEXTS, min_size=1, max_size=4))
    for number, text in enumerate(texts):
        suggestions = tuple(Suggestion(span, "one", "1", 0.95) for span in draw(_spans(text)))
        found.append(
            CheckedArticle(f"a{number}", text, draw(st.booleans()), draw(_spans(text)), draw(_spans(text)), suggestions)
        )
    return Corpus(found)


@given(_articles())
def test_places_and_what_they_would_become_lie_in_their_text(articles: Corpus) -> None:
    for finding in find(articles, CHECKS, Options()):
        assert finding.suspects
        assert 0 <= finding.weight <= 1 and finding.unlisted >= 0
        for case in finding.cases:
            spot, text = case.spot, articles.text(case.spot.article_id)
            assert 0 <= spot.start < spot.end <= len(text)
            held = {one.article_id: one.spans for one in articles}[spot.article_id]
            assert not spot.label or Span(spot.start, spot.end, spot.label) in held
            if spot.fix:
                assert spot.fix.end <= len(text)
                assert spot.fix != Span(spot.start, spot.end, spot.label or "-")


def test_a_finding_is_accepted_place_by_place_and_is_back_with_a_new_place() -> None:
    usual = ["The [ISPR|ORG] said."] * 4
    odd = "Bo [ISPR|PERSON] left."
    (before,) = found(corpus(*usual, odd), "labels")
    accepted = {case.id for case in before.suspects}
    assert left_open([before], accepted) == []
    more = corpus(*usual, odd, "Anna [ISPR|PERSON] came.")
    (left,) = left_open(found(more, "labels"), accepted)
    assert [case.spot.article_id for case in left.suspects] == ["f"]


def test_what_was_accepted_is_known_again_where_text_before_it_has_grown() -> None:
    usual = ["The [ISPR|ORG] said."] * 4
    odd = "Somebody whose name is Bo [ISPR|PERSON] left for the sea at noon."
    (before,) = found(corpus(*usual, odd), "labels")
    (after,) = found(corpus(*usual, f"One more word. {odd}"), "labels")
    assert [case.id for case in before.suspects] == [case.id for case in after.suspects]
    (other,) = found(corpus(*usual, odd.replace("PERSON", "GPE")), "labels")
    assert before.suspects[0].id != other.suspects[0].id


def test_a_finding_of_very_many_places_lists_some_and_counts_the_others() -> None:
    usual = Corpus([marked(f"u{at}", "The [Lima|GPE] is.") for at in range(MOST_CASES * 5)])
    bare = Corpus([marked(f"b{at}", "We saw Lima.") for at in range(MOST_CASES + 3)])
    (finding,) = found(Corpus([*usual.articles, *bare.articles]), "missed")
    assert len(finding.cases) + finding.unlisted == MOST_CASES * 6 + 3


def test_no_article_no_finding() -> None:
    assert find(Corpus([]), CHECKS, Options()) == []
