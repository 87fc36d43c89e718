from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from annotate.news_pipeline import COMPONENTS, load
from annotate.news_pipeline.gazetteer import FACTORY as GAZETTEER
from annotate.news_pipeline.numbers import FACTORY as NUMBERS

TEXT = (
    "NAIROBI, Kenya - General Ossip Velmor of the Kisumu Water Board (KWB) said on Monday that KWB would pay "
    "$3 million. Velmor spoke in Swahili."
)
HOSTILE = [
    "",
    " ",
    "\n\n\t ",
    "\u0000\u0007\u001b[31m",
    "東京で会議が開かれた。",
    "😀 🇰🇪 👩‍👩‍👧",
    "ALL IN CAPITALS WITH KENYA AND THE WHO",
    "General",
    "By ",
    "(A)",
    "the 's 's the",
    "\ufeffKenya\u2028Uganda\u0085",
    "Mr\nSmith",
    "Aa Bb, ² and Aa Cc, ٣٤, said",
    "Mr. \n Smith 's\n's",
    '"',
    "((((((((((",
    "A" * 5000,
    "9" * 5000,
    "A-" * 2000,
    "(" * 5000,
    "1,1" * 2000,
    "Aa Bb " * 2000,
    "May and " * 2000,
    "one hundred and " * 1000,
    "of the Ministry of " * 1000,
]
WORDS = st.sampled_from(
    [
        "\n",
        *"The Kenya Kenyan General Mr Ossip Velmor said in of and , . ( ) KWB Ministry Health Act 2019 's -".split(),
        *'" “ ” 8 a.m. $ 3 million Monday night May first the United Nations Lake By al bin French into A.'.split(),
    ]
)


def _assert_sound(news: Language, text: str) -> None:
    doc = news(text)
    assert doc.text == text
    last = 0
    for ent in doc.ents:
        assert last <= ent.start_char < ent.end_char <= len(text)
        last = ent.end_char
        assert ent.text == ent.text.strip()
        assert "\n" not in ent.text
        assert not ent.text.endswith(("'s", "’s"))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_gives_sound_entities(news: Language, text: str) -> None:
    _assert_sound(news, text)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=150)
def test_any_text_gives_flat_tidy_entities(text: str) -> None:
    _assert_sound(_shared(), text)


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(deadline=None, max_examples=200)
def test_any_order_of_telling_words_gives_flat_tidy_entities(text: str) -> None:
    _assert_sound(_shared(), text)


_LOADED: list[Language] = []


def _shared() -> Language:
    if not _LOADED:
        _LOADED.append(load())
    return _LOADED[0]


def test_the_pipeline_says_what_it_is(news: Language) -> None:
    meta = news.meta
    assert (meta["lang"], meta["name"], meta["version"], meta["license"]) == ("en", "manicule_news", "0.2.1", "MIT")
    assert meta["description"]


def test_a_saved_pipeline_finds_the_same(news: Language, tmp_path: Path) -> None:
    news.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert _found(again) == _found(news) != []
    assert again.pipe_names == list(COMPONENTS)


def test_a_pipeline_from_bytes_finds_the_same(news: Language) -> None:
    assert _found(load().from_bytes(news.to_bytes())) == _found(news)


@pytest.mark.parametrize("text", [TEXT, "", *HOSTILE[:12]])
def test_every_entity_has_a_score_and_nothing_else_is_left_behind(news: Language, text: str) -> None:
    doc = news(text)
    group = doc.spans["manicule_news"]
    assert [(s.start, s.end, s.label_) for s in group] == [(e.start, e.end, e.label_) for e in doc.ents]
    assert len(group.attrs["scores"]) == len(doc.ents)
    assert all(0 <= one <= 1 for one in group.attrs["scores"])
    assert not doc.user_data


def test_without_the_network_scores_are_still_given(news: Language) -> None:
    with news.select_pipes(disable=["manicule_network"]):
        assert all(0 <= one <= 1 for one in news(TEXT).spans["manicule_news"].attrs["scores"])


def test_the_network_leaves_other_labels_to_the_rules() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NUMBERS)
    nlp.add_pipe("manicule_network", config={"labels": ["PERSON"]})
    assert [(ent.text, ent.label_) for ent in nlp("It cost $3 million.").ents] == [("$3 million", "MONEY")]


def test_names_added_by_hand_last(tmp_path: Path) -> None:
    nlp = load()
    nlp.get_pipe(GAZETTEER).add({"blue moon society": "ORG"})  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path)
    doc = spacy.load(tmp_path)("the blue moon society met")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("blue moon society", "ORG")]


@pytest.mark.parametrize("component", COMPONENTS)
def test_each_component_can_be_switched_off(component: str) -> None:
    nlp = load()
    with nlp.select_pipes(disable=component):
        assert component not in nlp.pipe_names
        nlp(TEXT)


def test_labels_can_be_switched_off_by_configuration() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NUMBERS, config={"labels": ["MONEY"]})
    assert [ent.label_ for ent in nlp("On Monday it cost $3.").ents] == ["MONEY"]


def test_a_batch_gives_what_single_texts_give(news: Language) -> None:
    texts = [TEXT, "", "It rained in Kenya."]
    batch = [[(e.text, e.label_) for e in doc.ents] for doc in news.pipe(texts)]
    assert batch == [[(e.text, e.label_) for e in news(text).ents] for text in texts]


def test_importing_annotate_does_not_import_spacy() -> None:
    code = "import annotate, sys; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("unit", ["General Aa Bb of ", "1 ", "(", "A-", "X and Y, ", "Act (A) "])
def test_a_long_monotonous_text_is_read_to_its_end(news: Language, unit: str) -> None:
    text = unit * (15_000 // len(unit)) + "in Kenya."
    doc = news(text)
    assert doc.text == text
    assert all(0 <= ent.start_char < ent.end_char <= len(text) for ent in doc.ents)


def _found(nlp: Language) -> list[tuple[str, str]]:
    return [(ent.text, ent.label_) for ent in nlp(TEXT).ents]


def test_names_are_cut_into_tokens_as_texts_are(news: Language) -> None:
    names = news.get_pipe(GAZETTEER).names  # type: ignore[attr-defined]
    tokenizer = news.tokenizer
    for name in [*names, "cannot go", "Im here", "St. Kitts", "Al  Nur", " Oman"]:
        assert [token.text for token in tokenizer.name(name)] == [token.text for token in tokenizer(name)], name
