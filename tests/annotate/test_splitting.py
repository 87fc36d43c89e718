import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.splitting import Shares, SplitError, Splitter, near_duplicates, read_shares, signature

WORDS = [f"word{number}" for number in range(3000)]


def _text(seed: int, length: int = 200) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def _splitter(count: int, rare: int = 0) -> tuple[Splitter, list[Counter[str]]]:
    chance = random.Random(7)
    labels = [Counter({"A": chance.randint(0, 6), "B": chance.randint(0, 3)}) for _ in range(count)]
    for number in range(rare):
        labels[number]["RARE"] = 1
    splitter = Splitter()
    for number, one in enumerate(labels):
        splitter.add(f"a{number}", _text(number, 60), one)
    return splitter, labels


def test_parts_have_their_shares_of_articles_and_of_every_label():
    splitter, labels = _splitter(200, rare=10)
    part_of = splitter.parts(read_shares("80/10/10"), 1)
    assert sorted(part_of) == sorted(f"a{number}" for number in range(200))
    spans: dict[str, Counter[str]] = {part: Counter() for part in ("train", "dev", "test")}
    for number, one in enumerate(labels):
        spans[part_of[f"a{number}"]].update(one)
    assert [spans[part]["RARE"] for part in ("train", "dev", "test")] == [8, 1, 1]
    totals = sum(spans.values(), Counter())
    for label in "AB":
        assert spans["train"][label] / totals[label] == pytest.approx(0.8, abs=0.03)
        assert spans["dev"][label] / totals[label] == pytest.approx(0.1, abs=0.03)
    assert Counter(part_of.values())["train"] == pytest.approx(160, abs=10)


def test_the_same_seed_gives_the_same_parts_and_another_seed_others():
    one, two, three = (_splitter(60)[0].parts(Shares(0.8, 0.1, 0.1), seed) for seed in (1, 1, 2))
    assert one == two != three


def test_texts_that_are_nearly_the_same_are_in_one_part():
    splitter = Splitter()
    for number in range(40):
        text = _text(number, 300)
        words = text.split()
        changed = " ".join(["update", *words[:150], "new", "words", *words[152:]])
        splitter.add(f"a{number}", text, {"A": 1})
        splitter.add(f"b{number}", changed, {"A": 1})
    part_of = splitter.parts(read_shares("60/20/20"), 3)
    assert all(part_of[f"a{number}"] == part_of[f"b{number}"] for number in range(40))
    assert len(set(part_of.values())) == 3


def test_unrelated_texts_of_any_length_stay_apart_and_equal_ones_come_together():
    texts = [_text(number, length) for number, length in enumerate([4, 5, 8, 13, 40, 90, 300, 3000] * 4)]
    groups = near_duplicates([signature(one) for one in [*texts, *texts]])
    assert groups == [[number, number + len(texts)] for number in range(len(texts))]


def test_two_shares_make_no_test_part():
    splitter, _ = _splitter(20)
    assert set(splitter.parts(read_shares("3/1"), 1).values()) == {"train", "dev"}


@pytest.mark.parametrize("text", ["", "80", "80/x/10", "80/-1/21", "0/0/0", "1/2/3/4", "inf/1/1", "nan/1/1"])
def test_shares_that_are_none_are_one_line(text):
    with pytest.raises(SplitError, match="shares are written 80/10/10"):
        read_shares(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text("ab ", max_size=12), st.integers(0, 3)), max_size=20), st.integers(0, 9))
def test_every_article_is_in_one_part_and_equal_texts_are_in_the_same(drawn, seed):
    splitter = Splitter()
    for number, (text, count) in enumerate(drawn):
        splitter.add(str(number), text, {"A": count})
    part_of = splitter.parts(Shares(0.5, 0.25, 0.25), seed)
    assert set(part_of) == {str(number) for number in range(len(drawn))}
    by_text: dict[str, set[str]] = {}
    for number, (text, _) in enumerate(drawn):
        by_text.setdefault(text, set()).add(part_of[str(number)])
    assert all(len(parts) == 1 for parts in by_text.values())


SCRIPTS = {"Chinese": (0x4E00, 3000), "Japanese": (0x3041, 170), "Thai": (0x0E01, 58), "Lao": (0x0E81, 50)}


@pytest.mark.parametrize("script", SCRIPTS)
def test_texts_without_spaces_are_nearly_the_same_by_their_characters(script):
    first, count = SCRIPTS[script]
    letters = [chr(first + number) for number in range(count)]
    texts = ["".join(random.Random(number).choices(letters, k=400)) for number in range(20)]
    changed = [f"{letters[0] * 2}{text[:200]}{letters[1] * 3}{text[203:]}" for text in texts]
    groups = near_duplicates([signature(one) for one in [*texts, *changed]])
    assert groups == [[number, number + len(texts)] for number in range(len(texts))]
