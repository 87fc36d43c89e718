from hypothesis import given
from hypothesis import strategies as st

from annotate.pipeline_agreement import Agreed, Agreement
from annotate.spans import Span

SPANS = st.lists(
    st.builds(lambda start, length, label: Span(start, start + length, label), st.integers(0, 5), st.integers(1, 3),
              st.sampled_from("AB")),
    max_size=8,
)  # fmt: skip


def test_only_the_same_range_with_the_same_label_counts():
    agreement = Agreement()
    agreement.take([Span(0, 3, "A"), Span(4, 6, "A"), Span(7, 9, "B")], [Span(0, 3, "A"), Span(4, 6, "B")])
    agreement.take([], [Span(0, 3, "A")])
    assert agreement.articles == 2
    assert agreement.of("A") == Agreed(2, 2, 1)
    assert agreement.of("B") == Agreed(1, 1, 0)
    assert (agreement.total.precision, agreement.total.recall, agreement.total.f1) == (1 / 3, 1 / 3, 1 / 3)
    assert agreement.labels() == {"A", "B"}


def test_where_there_is_nothing_there_is_no_share():
    agreement = Agreement()
    agreement.take([], [Span(0, 1, "A")])
    assert (agreement.of("A").recall, agreement.of("A").precision, agreement.of("A").f1) == (None, 0.0, 0.0)
    assert agreement.of("B").f1 is None


@given(st.lists(st.tuples(SPANS, SPANS), max_size=5))
def test_turned_round_precision_is_recall_and_f1_stays(articles):
    one, other = Agreement(), Agreement()
    for first, second in articles:
        one.take(first, second)
        other.take(second, first)
    assert one.total.precision == other.total.recall
    assert one.total.f1 == other.total.f1
    assert sum(one.of(label).both for label in one.labels()) == one.total.both
