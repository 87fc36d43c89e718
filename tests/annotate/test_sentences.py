from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.sentences import REACH, sentence_around


def around(text: str, quote: str) -> str:
    start = text.index(quote)
    return text[slice(*sentence_around(text, start, start + len(quote)))]


@pytest.mark.parametrize(
    ("text", "quote", "sentence"),
    [
        ("Talks ended. Ada Khan left. Nobody spoke.", "Ada", "Ada Khan left."),
        ("He met Gen. Qamar in Lima. Then he left.", "Lima", "He met Gen. Qamar in Lima."),
        ("The U.S. Army and A. Khan met. So it went.", "Khan", "The U.S. Army and A. Khan met."),
        ('"Go!" Ada said. "Stay?" he asked.', "Ada", "Ada said."),
        ("It rose 4.5 per cent, to 3.2 points. It fell.", "3.2", "It rose 4.5 per cent, to 3.2 points."),
        ("A title\nThe text begins. It ends", "ends", "It ends"),
        ("これは東京です。それは京都です。", "京都", "それは京都です。"),
        ("One. Two", "One. Two", "One. Two"),
    ],
)
def test_the_sentence_around_a_range(text: str, quote: str, sentence: str) -> None:
    assert around(text, quote) == sentence


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    text = "word " * 1000 + "Lima" + " word" * 1000
    found = around(text, "Lima")
    assert len(found) <= 2 * REACH + 4
    assert set(found.split(" ")) == {"word", "Lima"}


@given(st.text("ab. A!?\n\"'。é", max_size=60), st.data())
def test_the_sentence_holds_what_it_is_around_and_has_clean_edges(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    left, right = sentence_around(text, start, end)
    assert 0 <= left <= right <= len(text)
    assert text[left:right] == text[left:right].strip()
    inner = text[start:end].strip()
    if inner:
        assert inner in text[left:right]
