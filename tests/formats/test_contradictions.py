"""Files that say twice where a span lies, and not the same: one line that says where, nothing read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from round_trips import scheme, written

from store.formats import find_format
from store.formats.model import FormatError, GoldArticle, GoldSpan, ReadOptions, WriteOptions

TEXT = "Ada 👩 met Zoë in Lima."
ARTICLE = GoldArticle("a", "", TEXT, (GoldSpan(0, 3, "PERSON"), GoldSpan(10, 13, "PERSON"), GoldSpan(17, 21, "GPE")))
OPTIONS = WriteOptions(scheme(overlap=True))


def said(name: str, path: Path) -> str:
    """What reading that file says, with the folder left out; "" where it is read."""
    form = find_format(name)
    assert form.read is not None
    try:
        list(form.read(path, ReadOptions()))
    except FormatError as error:
        return error.message.replace(f"{path.parent}/", "")
    return ""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("\t0-3\tAda", "\t0-2\tAda", "a.tsv:6: 0-2: its text is 'Ada', but 'Ad' is there"),
        ("\tZoë\t", "\tZoe\t", "a.tsv:9: 11-14: its text is 'Zoe', but 'Zoë' is there"),
        ("\t4-6\t", "\t4-5\t", "a.tsv:7: 4-5: offset 5 is inside a character"),
        ("#Text=Ada", "#Text= Ada", "a.tsv:6: 0-3: its text is 'Ada', but ' Ad' is there"),
    ],
)
def test_a_row_of_webanno_tsv_is_held_against_its_sentence(tmp_path: Path, old: str, new: str, expected: str) -> None:
    written("webanno-tsv", [ARTICLE], tmp_path / "out", OPTIONS)
    path = tmp_path / "out" / "a.tsv"
    content = path.read_text("utf-8")
    assert old in content and said("webanno-tsv", path) == ""
    path.write_text(content.replace(old, new), "utf-8")
    assert said("webanno-tsv", path) == expected


def record(name: str, path: Path) -> dict[str, Any]:
    """What we write of the article, in JSON."""
    found: dict[str, Any] = json.loads(written(name, [ARTICLE], path, OPTIONS).read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"start": 1}, "x.jsonl:1: span 1: it is 1-3, and its tokens 0 to 0 are 0-3"),
        ({"end": 5, "token_end": 0}, "x.jsonl:1: span 1: it is 0-5, and its tokens 0 to 0 are 0-3"),
        ({"token_end": 99}, "x.jsonl:1: span 1: tokens 0 to 99 are none of its 7"),
    ],
)
def test_a_prodigy_span_is_held_against_its_tokens(tmp_path: Path, change: dict[str, int], expected: str) -> None:
    path = tmp_path / "x.jsonl"
    task = record("prodigy", path)
    assert said("prodigy", path) == ""
    task["spans"][0].update(change)
    path.write_text(json.dumps(task), "utf-8")
    assert said("prodigy", path) == expected


def test_prodigy_tokens_of_another_text_are_refused_and_those_in_lower_case_are_not(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    task = record("prodigy", path)
    for token in task["tokens"]:
        token["text"] = token["text"].lower()
    path.write_text(json.dumps(task), "utf-8")
    assert said("prodigy", path) == ""
    path.write_text(json.dumps(task | {"text": f"x{TEXT}"}), "utf-8")
    assert said("prodigy", path) == "x.jsonl:1: span 1: the text of its token 0-3 is 'ada', but 'xAd' is there"


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 3, "PERSON"), (10, 13, "PERSON"), (17, 21, "GPE")], ""),
        ([(0, 3, "PERSON"), (10, 13, "PERSON"), (10, 21, "ORG"), (17, 21, "GPE")], ""),
        (
            [(1, 4, "PERSON"), (10, 13, "PERSON"), (17, 21, "GPE")],
            "the tags say 0-3 PERSON, which is none of the spans",
        ),
        ([(0, 3, "ORG"), (10, 13, "PERSON"), (17, 21, "GPE")], "the tags say 0-3 PERSON, which is none of the spans"),
        (
            [(0, 3, "PERSON"), (6, 9, "ORG"), (10, 13, "PERSON"), (17, 21, "GPE")],
            "span 6-9 ORG: the tags do not have it",
        ),
    ],
)
def test_rows_of_hugging_face_are_held_against_their_tags(
    tmp_path: Path, spans: list[tuple[int, int, str]], expected: str
) -> None:
    written("huggingface", [ARTICLE], tmp_path / "out", OPTIONS)
    path = tmp_path / "out" / "data" / "train.jsonl"
    row = json.loads(path.read_text("utf-8"))
    row["spans"] = [{"start": start, "end": end, "label": label} for start, end, label in spans]
    path.write_text(json.dumps(row), "utf-8")
    found = said("huggingface", tmp_path / "out")
    assert found == (f"out/data/train.jsonl:1: {expected}" if expected else "")


def test_tokens_that_do_not_make_the_text_prove_nothing(tmp_path: Path) -> None:
    row = {"text": 'He said "no".', "spans": [], "tokens": ["He", "said", "``", "no"], "ner_tags": ["B-X", *"OOO"]}
    path = tmp_path / "x.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    assert said("huggingface", path) == ""
